package sealed_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules/sealed"
)

// hall is a portal with one collection, people, that has a sealed field of
// every kind and is open to everybody.
type hall struct {
	app     *tests.TestApp
	ring    *sealed.Ring
	handler http.Handler
}

func newHall(t testing.TB) *hall {
	t.Helper()
	h := &hall{ring: sealed.NewRing([]byte("test"))}
	h.ring.Register()
	app, err := tests.NewTestAppWithConfig(core.BaseAppConfig{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Cleanup)
	h.app = app

	people := core.NewBaseCollection("people")
	open := types.Pointer("")
	people.ListRule, people.ViewRule, people.CreateRule, people.UpdateRule = open, open, open, open
	for _, kind := range sealed.Kinds() {
		people.Fields.Add(
			&core.TextField{Name: kind + "_idx", Hidden: true},
			h.field(kind, kind),
		)
	}
	people.Fields.Add(&core.TextField{Name: "title"})
	people.AddIndex("idx_people_mobile", true, "mobile_idx", "mobile_idx != ''")
	h.save(t, people)
	h.serve(t)
	return h
}

// field returns a sealed field that uses the keys of the hall.
func (h *hall) field(name, kind string) *sealed.Field {
	f := core.Fields[sealed.Type]().(*sealed.Field)
	f.Name, f.Kind = name, kind
	return f
}

func (h *hall) save(t testing.TB, m core.Model) {
	t.Helper()
	if err := h.app.Save(m); err != nil {
		t.Fatal(err)
	}
}

func (h *hall) serve(t testing.TB) {
	t.Helper()
	router, err := apis.NewRouter(h.app)
	if err != nil {
		t.Fatal(err)
	}
	err = h.app.OnServe().Trigger(&core.ServeEvent{App: h.app, Router: router}, func(e *core.ServeEvent) error {
		h.handler, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// send makes a JSON request and returns status and body.
func (h *hall) send(method, url, token, body string) (int, string) {
	req := httptest.NewRequest(method, url, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	return h.do(req, token)
}

func (h *hall) do(req *http.Request, token string) (int, string) {
	if token != "" {
		req.Header.Set("Authorization", token)
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, req)
	return w.Code, w.Body.String()
}

// only returns the one record of people, read anew.
func (h *hall) only(t testing.TB) *core.Record {
	t.Helper()
	all, err := h.app.FindAllRecords("people")
	if err != nil || len(all) != 1 {
		t.Fatalf("%d people, error %v", len(all), err)
	}
	return all[0]
}
