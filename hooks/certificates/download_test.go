package certificates_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules/modulestest"
)

// give makes somebody of the fixture the one who has passed, and issues.
func give(h *modulestest.Hall, who string) string {
	h.T.Helper()
	insert(h, "registrations", dbx.Params{
		"id": "passed000000000", "candidate": modulestest.ID(who), "session": session, "specialty": "建筑工程", "status": "paid", "result": "passed",
	})
	a := h.Send("foreign", http.MethodPost, desk, map[string]any{"registration": "passed000000000", "approve_date": "2026-09-13", "medium": "both"})
	if a.Code != http.StatusOK {
		h.T.Fatal(a.Code, a.Body)
	}
	return a.ID()
}

func TestDownload(t *testing.T) {
	h := open(t)
	id := give(h, "li")
	url := "/api/portal/certificates/" + id + "/pdf"
	first := h.Send("li", http.MethodGet, url, nil)
	if first.Code != http.StatusOK || !strings.HasPrefix(first.Body, "%PDF-") {
		t.Fatal(first.Code, first.Body[:min(len(first.Body), 300)])
	}
	if again := h.Send("li", http.MethodGet, url, nil); again.Body != first.Body {
		t.Error("the same certificate gave another file")
	}
	if a := h.Send("", http.MethodGet, url+"?token="+h.FileToken("li"), nil); a.Body != first.Body {
		t.Error("the file token opens nothing", a.Code)
	}
	for _, who := range []string{"", "wang", "reviewer", "operator", "auditor", "admin"} {
		if a := h.Send(who, http.MethodGet, url, nil); a.Code != http.StatusNotFound {
			t.Errorf("%s: %d", who, a.Code)
		}
	}
	if a := h.Send("foreign", http.MethodGet, url, nil); a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
	if r := h.Find("certificates", id); len(r.GetString("pdf_sha256")) != 64 {
		t.Error("no hash is kept")
	}
}
