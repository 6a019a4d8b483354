package hooks_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/pocketbase/pocketbase/tests"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

const reviews = scorereviewtest.Collection

// m is the values of a request.
type m = map[string]any

// open returns a hall with score reviews and the pages. change may alter its
// options.
func open(t testing.TB, change ...func(*hooks.Options)) *modulestest.Hall {
	t.Helper()
	return modulestest.NewWith(t, func(_ *tests.TestApp, o *hooks.Options) {
		o.Public, o.Templates = os.DirFS("../pb_public"), os.DirFS("../templates")
		for _, c := range change {
			c(o)
		}
	}, scorereview.Definition())
}

// reach leads a new application of li into a state.
func reach(h *modulestest.Hall, to modules.State) string {
	h.T.Helper()
	return scorereviewtest.Book().Reach(h, to)
}

// play makes moves of the book, one after the other.
func play(h *modulestest.Hall, id string, actions ...string) {
	h.T.Helper()
	for _, action := range actions {
		scorereviewtest.Book().Play(h, id, action)
	}
}

// must moves an application, with the given values, and fails the test unless
// that succeeds.
func must(h *modulestest.Hall, as, id, to string, values m) {
	h.T.Helper()
	all := m{"status": to, "rev": h.Row(reviews, id).Rev}
	maps.Copy(all, values)
	if a := h.Update(as, reviews, id, all); a.Verdict() != "200" {
		h.T.Fatalf("%s moves to %s: %s", as, to, a.Body)
	}
}

// visit asks for an address and returns the whole answer. More is pairs of a
// header and its value.
func visit(h *modulestest.Hall, as, url string, more ...string) *httptest.ResponseRecorder {
	h.T.Helper()
	r := httptest.NewRequest(http.MethodGet, url, http.NoBody)
	if token := h.Token(as); token != "" {
		r.Header.Set("Authorization", token)
	}
	for i := 0; i < len(more); i += 2 {
		r.Header.Set(more[i], more[i+1])
	}
	w := httptest.NewRecorder()
	h.Mux.ServeHTTP(w, r)
	return w
}
