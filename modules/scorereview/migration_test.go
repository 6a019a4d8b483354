package scorereview_test

import (
	"go/format"
	"os"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
)

// TestMigrationIsTheDraft: what the draft command prints is a migration that
// works, because the one that runs is such a draft.
func TestMigrationIsTheDraft(t *testing.T) {
	draft, err := modules.Migration(scorereview.Definition())
	if err != nil {
		t.Fatal(err)
	}
	want, err := format.Source([]byte(draft))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../pb_migrations/1795392010_score_reviews.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("the migration differs from the draft of the definition")
	}
}

// TestDraftNamesItsRoles: a business whose roles nobody may have would stop the
// server at its start.
func TestDraftNamesItsRoles(t *testing.T) {
	h := modulestest.New(t, scorereview.Definition())
	if err := h.Portal.Set().Verify(h.App); err != nil {
		t.Error(err)
	}
}
