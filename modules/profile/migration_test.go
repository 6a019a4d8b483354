package profile_test

import (
	"go/format"
	"os"
	"testing"

	"examhall/modules"
	"examhall/modules/profile"
)

// TestMigrationIsTheDraft: what runs is what the definition says.
func TestMigrationIsTheDraft(t *testing.T) {
	draft, err := modules.Migration(profile.Definition())
	if err != nil {
		t.Fatal(err)
	}
	want, err := format.Source([]byte(draft))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../pb_migrations/1795392047_profile_changes.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("the migration differs from the draft of the definition")
	}
}
