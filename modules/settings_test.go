package modules_test

import (
	"errors"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/dummy"
	"examhall/modules/modulestest"
)

// TestReadSettings wants every change of a settings row to be seen by the next
// step, whoever made it and on whatever way, and none that was undone.
func TestReadSettings(t *testing.T) {
	h := modulestest.New(t, dummy.Definition())
	const add = "INSERT INTO rules (id, service, action, rule, field, message, active) VALUES ('rule00000000000', 's', 'a', 'id = 1', 'f', 'm', 1)"
	count := func(app core.App) int {
		t.Helper()
		s, err := modules.ReadSettings(app)
		if err != nil {
			t.Fatal(err)
		}
		return len(s.Rules)
	}
	want := func(what string, n int) {
		t.Helper()
		if got := count(h.App); got != n {
			t.Errorf("%s: %d rules, want %d", what, got, n)
		}
	}
	raw := func(app core.App, sql string) {
		t.Helper()
		if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	want("at first", 0)
	other := core.NewBaseApp(core.BaseAppConfig{DataDir: h.App.DataDir()}) // as another process
	if err := other.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.ClearBootstrap() })
	raw(other, add)
	want("added by another process", 1)
	raw(h.App, "UPDATE rules SET active = 0")
	want("switched off by raw SQL", 0)

	undo := errors.New("undo")
	err := h.App.RunInTransaction(func(tx core.App) error {
		raw(tx, "UPDATE rules SET active = 1")
		if n := count(tx); n != 1 {
			t.Errorf("in the transaction: %d rules, want 1", n)
		}
		want("beside the transaction", 0)
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
	want("after the transaction was undone", 0)
	err = h.Portal.Unguarded(h.App, func(tx core.App) error {
		raw(tx, "UPDATE rules SET active = 1")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want("loaded in bulk", 1)
	if err := h.App.Delete(h.Find("rules", "rule00000000000")); err != nil {
		t.Fatal(err)
	}
	want("deleted", 0)
}
