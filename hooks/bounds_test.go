package hooks_test

import (
	"net/http"
	"strings"
	"testing"

	"examhall/modules"
)

// TestBounds refuses what is larger than any honest request, and still takes
// materials.
func TestBounds(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted) // with four photographs
	much := `{"x":"` + strings.Repeat("x", 1<<20) + `"}`
	for _, c := range []struct{ as, method, url string }{
		{"", http.MethodPost, "/api/collections/candidates/auth-with-password"},
		{"", http.MethodPost, "/api/collections/_superusers/auth-with-password"},
		{"", http.MethodPost, "/api/realtime"},
		{"li", http.MethodPost, "/api/portal/notifications/read"},
		{"admin", http.MethodPatch, "/api/settings"},
	} {
		if a := h.Send(c.as, c.method, c.url, much); a.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%s %s: %d", c.method, c.url, a.Code)
		}
	}
	huge := `{"requests":[],"x":"` + strings.Repeat("x", 32<<20) + `"}`
	if a := h.Send("", http.MethodPost, "/api/batch", huge); a.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a batch: %d", a.Code)
	}
	if got := h.Row(reviews, id).Status; got != "submitted" {
		t.Error(got)
	}
}
