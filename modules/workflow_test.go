package modules_test

import (
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/dummy"
)

// TestContradictions lists what a definition must not say. Each stops the start.
func TestContradictions(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*modules.Definition)
		want   string
	}{
		{"no name", func(d *modules.Definition) { d.Name = "Waiver" }, "lower-case"},
		{"no prefix", func(d *modules.Definition) { d.Prefix = "x" }, "capital letters"},
		{"a column of the envelope", func(d *modules.Definition) { d.Fields[0].SetName("owner") }, "part of every application"},
		{"two ways between two states", func(d *modules.Definition) {
			d.Workflow = d.Workflow.With(modules.Transition{
				Action: "grab", Label: modules.T("取", "Grab"), From: []modules.State{modules.Submitted}, To: modules.UnderReview, By: modules.Reviewer,
			})
		}, "already"},
		{"two actions of one name", func(d *modules.Definition) { d.Workflow = d.Workflow.With(d.Workflow.Transitions[0]) }, "two transitions"},
		{"a state without words", func(d *modules.Definition) {
			d.Workflow = d.Workflow.State(modules.Approved, modules.StateInfo{WaitsFor: modules.ForNobody})
		}, "lacks its words"},
		{"a button without English", func(d *modules.Definition) {
			d.Workflow = d.Workflow.Change("approve", func(t *modules.Transition) { t.Label.EN = "" })
		}, "lacks its words"},
		{"a start nobody reaches", func(d *modules.Definition) {
			d.Workflow = d.Workflow.Change("approve", func(t *modules.Transition) { t.From = []modules.State{"limbo"} })
		}, "which no action reaches"},
		{"no beginning", func(d *modules.Definition) { d.Workflow = d.Workflow.Without("submit") }, "no action starts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := dummy.Definition()
			c.change(&d)
			_, err := modules.NewSet(d)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("NewSet = %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestOneBusinessOnce(t *testing.T) {
	if _, err := modules.NewSet(dummy.Definition(), dummy.Definition()); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Error(err)
	}
}

// A changed workflow leaves the one that it was made from alone: businesses share
// the standard one.
func TestChangesCopy(t *testing.T) {
	w := modules.Standard()
	w.Change("return", func(t *modules.Transition) { t.From[0], t.Label = "limbo", modules.T("x", "x") })
	w.State(modules.Approved, modules.StateInfo{})
	w.Without("submit")
	w.With(modules.Transition{Action: "more"})
	if got, ok := w.Find(modules.Submitted, modules.Returned); !ok || got.Label.ZH != "退回补正" {
		t.Error("the original has changed:", got)
	}
	if w.States[modules.Approved].Title.ZH != "审核通过" || len(w.Transitions) != len(modules.Standard().Transitions) {
		t.Error("the original has changed")
	}
}
