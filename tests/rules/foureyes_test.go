package rules_test

import (
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// TestFourEyes says that whoever has decided anything about a case does not
// complete it. Each row is a way from 待受理 to 已上报复核中; then "both", who
// holds both roles, and the approver try to complete.
func TestFourEyes(t *testing.T) {
	t.Parallel()
	h := open(t)
	const denied = "400 status same_reviewer"
	reply := m{"reply": "请核实复核结果"}
	for _, c := range []struct {
		what     string
		moves    []played
		both     string
		approver string
	}{
		{"both did nothing", []played{{"reviewer", "accepted", nil}, {"reviewer2", "reporting", nil}}, "200", ""},
		{"both accepted", []played{{"both", "accepted", nil}, {"reviewer", "reporting", nil}}, denied, "200"},
		{"both reported", []played{{"reviewer", "accepted", nil}, {"both", "reporting", nil}}, denied, "200"},
		{"both did everything", []played{{"both", "accepted", nil}, {"both", "reporting", nil}, {"both", "reporting", nil}}, denied, "200"},
		{"both reported, another recorded", []played{{"reviewer", "accepted", nil}, {"both", "reporting", nil}, {"reviewer", "reporting", nil}}, denied, "200"},
		{"another reported, both recorded", []played{{"reviewer", "accepted", nil}, {"reviewer", "reporting", nil}, {"both", "reporting", nil}}, denied, "200"},
		{"both returned it long ago", []played{
			{"both", "returned", reply}, {"li", "submitted", nil}, {"reviewer", "accepted", nil}, {"reviewer2", "reporting", nil},
		}, denied, "200"},
		{"sent back and reported again by both", []played{
			{"reviewer", "accepted", nil}, {"reviewer", "reporting", nil}, {"approver", "accepted", reply}, {"both", "reporting", nil},
		}, denied, "200"},
		{"both sent it back, which decides nothing", []played{
			{"reviewer", "accepted", nil}, {"reviewer", "reporting", nil}, {"both", "accepted", reply}, {"reviewer", "reporting", nil},
		}, "200", ""},
		{"both reported, it was sent back, another reported", []played{
			{"reviewer", "accepted", nil}, {"both", "reporting", nil}, {"approver", "accepted", reply}, {"reviewer", "reporting", nil},
		}, denied, "200"},
	} {
		id := reach(h, modules.Submitted)
		for _, p := range c.moves {
			values := p.values
			if p.to == "reporting" {
				values = m{"results": scorereviewtest.Results(h, id, m{"outcome": "unchanged"})}
			}
			must(h, p.as, id, p.to, values)
		}
		if got := move(h, "both", id, "completed", nil).Verdict(); got != c.both {
			t.Errorf("%s: both completes: %s, want %s", c.what, got, c.both)
		}
		if c.approver != "" {
			if got := move(h, "approver", id, "completed", nil).Verdict(); got != c.approver {
				t.Errorf("%s: the approver completes: %s, want %s", c.what, got, c.approver)
			}
		}
	}
}

// played is a move in a row of a table.
type played struct {
	as, to string
	values m
}

// TestFourEyesKnowPeople says that a new mail address, a new login or a role
// that was given later make nobody another person.
func TestFourEyesKnowPeople(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, scorereview.Reporting) // reported by reviewer
	staff := h.Find("staff", modulestest.ID("reviewer"))
	staff.Set("roles", []string{"score_reviews.approver"})
	staff.Set("name", "somebody else")
	staff.SetEmail("new@examhall.test")
	if err := h.App.Save(staff); err != nil {
		t.Fatal(err)
	}
	if got := move(h, "reviewer", id, "completed", nil).Verdict(); got != "400 status same_reviewer" {
		t.Error("the reviewer becomes an approver:", got)
	}
	if got := h.Batch("reviewer", modulestest.Change{Collection: collection, ID: id, Values: m{"status": "completed", "rev": h.Row(collection, id).Rev}})[0].Verdict(); got != "400 status same_reviewer" {
		t.Error("the same in a batch:", got)
	}
}
