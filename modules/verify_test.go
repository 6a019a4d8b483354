package modules_test

import (
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/dummy"
	"examhall/modules/modulestest"
)

// TestVerifyRows wants a start to be refused, with the count, while
// applications stand in states that the workflow does not have.
func TestVerifyRows(t *testing.T) {
	h := modulestest.New(t, dummy.Definition())
	err := h.Portal.Unguarded(h.App, func(tx core.App) error {
		_, err := tx.NonconcurrentDB().NewQuery(`INSERT INTO inquiries (id, number, owner, status) VALUES
			('a', '1', 'o', 'submitted'), ('b', '2', 'o', 'forgotten'), ('c', '3', 'o', 'forgotten'), ('d', '4', 'o', '')`).Execute()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = h.Portal.Set().Verify(h.App)
	for _, want := range []string{`2 rows of "inquiries" stand in the state "forgotten"`, `1 rows of "inquiries" stand in the state ""`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant: %s", err, want)
		}
	}
}
