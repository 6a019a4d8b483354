// Package rules_test is the rule book of the core: who, in which state, asks
// what, and gets what. It is played over HTTP on score reviews.
package rules_test

import (
	"maps"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

const collection = scorereviewtest.Collection

// open returns a hall with score reviews.
func open(t testing.TB) *modulestest.Hall {
	t.Helper()
	return modulestest.New(t, scorereview.Definition())
}

// move sends the present rev and the given values.
func move(h *modulestest.Hall, as, id, to string, values map[string]any) modulestest.Answer {
	h.T.Helper()
	all := map[string]any{"status": to, "rev": h.Row(collection, id).Rev}
	maps.Copy(all, values)
	return h.Update(as, collection, id, all)
}

// must is move, and fails the test unless it succeeds.
func must(h *modulestest.Hall, as, id, to string, values map[string]any) modulestest.Answer {
	h.T.Helper()
	a := move(h, as, id, to, values)
	if a.Verdict() != "200" {
		h.T.Fatalf("%s moves to %s: %s", as, to, a.Body)
	}
	return a
}

// reach leads a new application into a state.
func reach(h *modulestest.Hall, to modules.State) string {
	h.T.Helper()
	return scorereviewtest.Book().Reach(h, to)
}
