package hooks_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"examhall/modules"
)

// TestPersonalAnswersStayOutOfCaches says that no answer about a person is left
// on a shared computer or in a proxy: neither JSON nor files, nor a refusal.
func TestPersonalAnswersStayOutOfCaches(t *testing.T) {
	h := open(t)
	id := reach(h, modules.Submitted)
	file := "/api/files/" + reviews + "/" + id + "/" + h.Find(reviews, id).GetString("statement")
	for _, c := range []struct {
		as, url string
		code    int
	}{
		{"li", "/api/portal/applications", 200},
		{"li", "/api/portal/applications/" + reviews + "/" + id, 200},
		{"wang", "/api/portal/applications/" + reviews + "/" + id, 404},
		{"li", "/api/portal/notifications", 200},
		{"li", "/api/portal/services/" + reviews + "/offers", 200},
		{"reviewer", "/api/portal/desk/me", 200},
		{"reviewer", "/api/portal/desk/queue", 200},
		{"reviewer", "/api/portal/desk/" + reviews + "/" + id, 200},
		{"li", "/api/collections/" + reviews + "/records", 200},
		{"li", "/api/collections/" + reviews + "/records/" + id, 200},
		{"li", "/api/collections/candidates/records/li0000000000000", 200},
		{"", file + "?token=" + h.FileToken("li"), 200},
		{"", file, 404},
	} {
		a := visit(h, c.as, c.url)
		if a.Code != c.code {
			t.Errorf("%s as %s: %d, want %d", c.url, c.as, a.Code, c.code)
		}
		if !unkept(a) {
			t.Errorf("%s as %s: Cache-Control %q", c.url, c.as, a.Header().Get("Cache-Control"))
		}
	}

	login := httptest.NewRequest(http.MethodPost, "/api/collections/candidates/auth-with-password",
		strings.NewReader(`{"identity":"li_candidate","password":"ExamHall-test-1"}`))
	login.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.Mux.ServeHTTP(w, login)
	if w.Code != 200 || !unkept(w) {
		t.Errorf("login: %d, Cache-Control %q", w.Code, w.Header().Get("Cache-Control"))
	}
}

// unkept reports whether no cache may answer with this again by itself.
func unkept(a *httptest.ResponseRecorder) bool {
	kept := a.Header().Get("Cache-Control")
	return strings.Contains(kept, "no-store") || strings.Contains(kept, "private") && strings.Contains(kept, "no-cache")
}
