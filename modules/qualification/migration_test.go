package qualification_test

import (
	"go/format"
	"os"
	"testing"

	"examhall/modules"
	"examhall/modules/qualification"
)

// TestMigrationIsTheDraft: what runs is what the definitions say.
func TestMigrationIsTheDraft(t *testing.T) {
	for name, d := range map[string]modules.Definition{
		"1795392040_qualification_reviews": qualification.Definition(),
		"1795392041_qualification_appeals": qualification.AppealDefinition(),
	} {
		draft, err := modules.Migration(d)
		if err != nil {
			t.Fatal(err)
		}
		want, err := format.Source([]byte(draft))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile("../../pb_migrations/" + name + ".go")
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s differs from the draft of the definition", name)
		}
	}
}
