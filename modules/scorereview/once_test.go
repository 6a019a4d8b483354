package scorereview_test

import (
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// TestOnceByIndex wants the unique index to refuse a subject that is taken, with
// the row that names it, where no guard has seen that.
func TestOnceByIndex(t *testing.T) {
	d := scorereview.Definition()
	offered := d.Choices
	d.Choices = func(s *modules.Step) (map[string][]modules.Choice, error) {
		all, err := offered(s)
		for i := range all["items"] {
			all["items"][i].Problem = nil
		}
		return all, err
	}
	h := modulestest.New(t, d)
	if a := h.Create("li", collection, scorereviewtest.Form(nil)); a.Code != 200 {
		t.Fatal(a.Body)
	}
	a := h.Create("li", collection, scorereviewtest.Form(map[string]any{
		"items": scorereviewtest.About(modulestest.Drafting, modulestest.Practice),
	}))
	if got := a.Problems(); len(got) != 1 || got[0] != "items.1.subject once_only" {
		t.Error(a.Code, got)
	}
	if n, err := h.App.CountRecords("score_review_subjects"); n != 1 || err != nil {
		t.Errorf("%d rows are mirrored, %v, want 1", n, err)
	}
}
