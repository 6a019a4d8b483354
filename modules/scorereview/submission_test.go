package scorereview_test

import (
	"net/http"
	"testing"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// TestSubmission sends the same submission twice, alone and in batches: there
// is one application, and the second answer is the first one's record.
func TestSubmission(t *testing.T) {
	h := modulestest.New(t, scorereview.Definition())
	form := scorereviewtest.Form(map[string]any{"submission": "click-0001"})
	change := modulestest.Change{Collection: collection, Values: form}
	first := h.Create("li", collection, form)
	if first.Code != http.StatusOK {
		t.Fatal(first.Code, first.Body)
	}
	for _, a := range append(h.Batch("li", change, change), h.Create("li", collection, form)) {
		if a.Code != http.StatusOK || a.ID() != first.ID() {
			t.Errorf("the second time: %d %s, want the record %s", a.Code, a.Body, first.ID())
		}
	}
}

// TestSubmissionRefused wants a submission id to open no way around a rule that
// is checked after the row is written: not in a batch either, where the refused
// row can still be read.
func TestSubmissionRefused(t *testing.T) {
	h := modulestest.New(t, scorereview.Definition())
	h.Add("rules", "employedonly000", map[string]any{
		"service": collection, "action": "submit", "rule": "employer != ''", "field": "employer", "message": "请填写工作单位", "active": true,
	})
	form := scorereviewtest.Form(map[string]any{"submission": "click-0001"})
	alone := h.Create("li", collection, form)
	batch := h.Batch("li", modulestest.Change{Collection: collection, Values: form})
	for _, a := range append(batch, alone) {
		if a.Problem("employer") != "rule_denied" {
			t.Errorf("refused with %d %s, want rule_denied", a.Code, a.Body)
		}
	}
	if n, err := h.App.CountRecords(collection); n != 0 || err != nil {
		t.Errorf("%d applications are stored, %v", n, err)
	}
}
