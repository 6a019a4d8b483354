package dummy_test

import (
	"testing"

	"examhall/modules"
	"examhall/modules/dummy"
)

func TestDefinition(t *testing.T) {
	if _, err := modules.NewSet(dummy.Definition()); err != nil {
		t.Fatal(err)
	}
}
