package letters_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

const reviews = scorereviewtest.Collection

// m is the values of a request.
type m = map[string]any

func open(t testing.TB) *modulestest.Hall {
	t.Helper()
	return modulestest.New(t, scorereview.Definition())
}

// submit makes an application of li about the case study.
func submit(h *modulestest.Hall, change m) string {
	h.T.Helper()
	a := h.Create("li", reviews, scorereviewtest.Form(change))
	if a.Code != http.StatusOK {
		h.T.Fatal(a.Body)
	}
	return a.ID()
}

// move moves an application and fails the test unless that succeeds.
func move(h *modulestest.Hall, as, id, to string, values m) {
	h.T.Helper()
	all := m{"status": to, "rev": h.Find(reviews, id).GetInt("rev")}
	maps.Copy(all, values)
	if a := h.Update(as, reviews, id, all); a.Code != http.StatusOK {
		h.T.Fatalf("%s moves to %s: %s", as, to, a.Body)
	}
}

// complete leads an application to its end, with a corrected score.
func complete(h *modulestest.Hall, id, reply string) {
	h.T.Helper()
	move(h, "reviewer", id, "accepted", nil)
	move(h, "reviewer", id, "reporting", m{"results": scorereviewtest.Results(h, id, m{"outcome": "changed", "score": 552})})
	move(h, "approver", id, "completed", m{"reply": reply})
}

// get asks for a paper.
func get(h *modulestest.Hall, as, url string) *httptest.ResponseRecorder {
	h.T.Helper()
	return ask(h, as, http.MethodGet, url, "")
}

func ask(h *modulestest.Hall, as, method, url, body string) *httptest.ResponseRecorder {
	h.T.Helper()
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if token := h.Token(as); token != "" {
		r.Header.Set("Authorization", token)
	}
	w := httptest.NewRecorder()
	h.Mux.ServeHTTP(w, r)
	return w
}

// own and desk are where candidates and staff find the papers of a case.
func own(id, paper string) string {
	return "/api/portal/applications/" + reviews + "/" + id + "/" + paper
}
func desk(id, paper string) string { return "/api/portal/desk/" + reviews + "/" + id + "/" + paper }

// text returns what a paper says, without the ends of lines.
func text(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/pdf" {
		t.Fatal(w.Code, w.Body.String())
	}
	return textOf(t, w.Body.Bytes())
}

func textOf(t testing.TB, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("PAPERS"); dir != "" { // to look at them
		name := strings.ReplaceAll(t.Name(), "/", "_") + ".pdf"
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal("pdftotext:", err)
	}
	return squeezed(string(out))
}

// squeezed drops spaces and ends of lines, which a layout sets as it likes.
func squeezed(s string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\f", "", "　", "").Replace(s)
}

// wantAll wants every one of some texts in a paper.
func wantAll(t testing.TB, paper string, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(paper, squeezed(s)) {
			t.Errorf("the paper does not say %q:\n%s", s, paper)
		}
	}
}

// wantNone wants none of some texts in a paper.
func wantNone(t testing.TB, paper string, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(paper, squeezed(s)) {
			t.Errorf("the paper says %q", s)
		}
	}
}

// sum returns the beginning of the SHA-256 of a stored file.
func sum(h *modulestest.Hall, id, name string) string {
	h.T.Helper()
	for _, path := range h.Stored() {
		if !strings.Contains(path, id) || filepath.Base(path) != name {
			continue
		}
		data, err := os.ReadFile(filepath.Join(h.App.DataDir(), "storage", path))
		if err != nil {
			h.T.Fatal(err)
		}
		hash := sha256.Sum256(data)
		return hex.EncodeToString(hash[:])[:16]
	}
	h.T.Fatal(name, "is not stored")
	return ""
}

// same wants two answers to be the same file.
func same(t testing.TB, a, b *httptest.ResponseRecorder) {
	t.Helper()
	if a.Code != http.StatusOK || !bytes.Equal(a.Body.Bytes(), b.Body.Bytes()) {
		t.Errorf("%d bytes and %d bytes: another file", a.Body.Len(), b.Body.Len())
	}
}
