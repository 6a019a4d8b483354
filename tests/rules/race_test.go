package rules_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// rounds is how often each race is run.
const rounds = 50

// decision is what somebody wants at the moment when others want something else.
type decision struct {
	as, to string
	values m
}

// TestRaces says that of decisions made at the same moment from the same rev
// exactly one counts, whatever they are: one event, one rev, one answer 200.
func TestRaces(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	reply := m{"reply": "请补充材料"}
	for _, race := range []struct {
		in      modules.State
		deeds   []decision
		outcome string // of those that were too late
	}{
		{modules.Submitted, []decision{{"reviewer", "accepted", nil}, {"reviewer2", "returned", reply}}, "409 rev rev_conflict"},
		{modules.Submitted, []decision{{"reviewer", "accepted", nil}, {"reviewer2", "accepted", nil}, {"both", "rejected", reply}}, "409 rev rev_conflict"},
		{modules.Submitted, []decision{{"li", "submitted", m{"employer": "甲公司"}}, {"reviewer", "accepted", nil}}, "409 rev rev_conflict"},
		{modules.Submitted, []decision{{"li", "withdrawn", nil}, {"reviewer", "accepted", nil}, {"li", "submitted", nil}}, "409 rev rev_conflict"},
		{scorereview.Reporting, []decision{{"approver", "completed", nil}, {"both", "completed", nil}, {"reviewer", "reporting", m{"results": nil}}}, "409 rev rev_conflict"},
	} {
		for _, way := range []string{"single", "batch"} {
			name := fmt.Sprintf("%s, %d deciders, %s", race.in, len(race.deeds), way)
			won := map[string]int{}
			for i := range rounds / 2 {
				id := reach(h, race.in)
				first := i % len(race.deeds) // who is let go first
				deeds := slices.Concat(race.deeds[first:], race.deeds[:first])
				won[run(t, h, name, id, deeds, way == "batch", race.outcome)]++
			}
			t.Log(name, won)
		}
	}
	verify(t, h)
}

// run lets all decide at once and returns who won.
func run(t *testing.T, h *modulestest.Hall, name, id string, deeds []decision, batch bool, late string) string {
	t.Helper()
	before := h.Row(collection, id)
	var all []func() modulestest.Answer
	for _, d := range deeds {
		values := m{"status": d.to, "rev": before.Rev}
		for k, v := range d.values {
			values[k] = v
		}
		all = append(all, func() modulestest.Answer {
			if batch {
				return h.Batch(d.as, modulestest.Change{Collection: collection, ID: id, Values: values})[0]
			}
			return h.Update(d.as, collection, id, values)
		})
	}
	winner := ""
	for i, a := range modulestest.Together(all...) {
		switch {
		case a.Code == http.StatusOK && winner == "":
			winner = deeds[i].as + " " + deeds[i].to
		case a.Verdict() != late:
			t.Errorf("%s: %s moves to %s after %q won: %s, want %s", name, deeds[i].as, deeds[i].to, winner, a.Verdict(), late)
		}
	}
	after := h.Row(collection, id)
	if winner == "" || after.Rev != before.Rev+1 || after.Events != before.Events+1 || !strings.HasSuffix(winner, after.Status) {
		t.Errorf("%s: %q won, %+v became %+v", name, winner, before, after)
	}
	return winner
}

// verify wants a whole audit trail.
func verify(t testing.TB, h *modulestest.Hall) {
	t.Helper()
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

// TestRaceOfTwoCompletions says that a score is corrected once.
func TestRaceOfTwoCompletions(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	for range rounds / 5 {
		id := reach(h, scorereview.Reporting)
		rev := h.Row(collection, id).Rev
		complete := func(as string) func() modulestest.Answer {
			return func() modulestest.Answer { return h.Update(as, collection, id, m{"status": "completed", "rev": rev}) }
		}
		modulestest.Together(complete("approver"), complete("both"), complete("approver"))
		if n := count(h, "score_history", dbx.HashExp{"subject": scorereviewtest.Subjects(h, id)[0]}); n != 1 {
			t.Fatalf("%d rows of history", n)
		}
	}
	verify(t, h)
}

// count counts rows past all hooks.
func count(h *modulestest.Hall, table string, where dbx.Expression) int {
	h.T.Helper()
	var n int
	if err := h.App.DB().Select("COUNT(*)").From(table).Where(where).Row(&n); err != nil {
		h.T.Fatal(err)
	}
	return n
}

// TestDoubleClick says that a submit that is sent twice, because its answer was
// lost or the button was clicked twice, makes one application, and that both
// answers are about it.
func TestDoubleClick(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	for i := range rounds {
		values := scorereviewtest.Fresh(h)
		values["submission"] = fmt.Sprintf("click-%04d", i)
		before := h.Count(collection)
		submit := func() modulestest.Answer { return h.Create("li", collection, values) }
		if i%2 == 1 {
			submit = func() modulestest.Answer {
				return h.Batch("li", modulestest.Change{Collection: collection, Values: values})[0]
			}
		}
		answers := modulestest.Together(submit, submit, submit)
		for _, a := range append(answers, submit()) {
			if a.Verdict() != "200" || a.ID() != answers[0].ID() || a.Text("number") != answers[0].Text("number") {
				t.Errorf("round %d: %s %s, the first was %s", i, a.Verdict(), a.ID(), answers[0].ID())
			}
		}
		if after := h.Count(collection); after != before+1 {
			t.Fatalf("round %d: %d rows became %d", i, before, after)
		}
	}
	verify(t, h)
}

// TestRaceForASubject says that of two applications about one subject at the
// same moment one is made, and the other reads beside the subject why not.
func TestRaceForASubject(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	for i := range rounds {
		free, wanted := h.Subject(modulestest.Registration), h.Subject(modulestest.Registration)
		submit := func(subjects ...string) func() modulestest.Answer {
			values := scorereviewtest.Form(m{"items": scorereviewtest.About(subjects...)})
			if i%2 == 1 {
				return func() modulestest.Answer {
					return h.Batch("li", modulestest.Change{Collection: collection, Values: values})[0]
				}
			}
			return func() modulestest.Answer { return h.Create("li", collection, values) }
		}
		answers := modulestest.Together(submit(wanted), submit(free, wanted))
		got := answers[0].Verdict() + " | " + answers[1].Verdict()
		if got != "200 | 400 items.1.subject once_only" && got != "400 items.0.subject once_only | 200" {
			t.Fatalf("round %d: %s", i, got)
		}
		if n := count(h, "score_review_subjects", dbx.HashExp{"subject": wanted, "active": true}); n != 1 {
			t.Fatalf("round %d: active %d times", i, n)
		}
	}
	verify(t, h)
}

// TestRaceForAClaim says that one of two reviewers gets a case, and the other
// reads whose it is.
func TestRaceForAClaim(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	id := reach(h, modules.Submitted)
	desk := func(as, deed string) modulestest.Answer {
		return h.Send(as, http.MethodPost, "/api/portal/desk/"+collection+"/"+id+"/"+deed, nil)
	}
	for range rounds {
		claim := func(as string) func() modulestest.Answer {
			return func() modulestest.Answer { return desk(as, "claim") }
		}
		people := []string{"reviewer", "reviewer2", "both"}
		winner := ""
		for i, a := range modulestest.Together(claim(people[0]), claim(people[1]), claim(people[2])) {
			switch {
			case a.Code == http.StatusOK && winner == "" && a.Text("claimed_by") == modulestest.ID(people[i]):
				winner = people[i]
			case a.Verdict() != "409 claimed_by claimed_by_other":
				t.Fatal(people[i], a.Code, a.Body)
			}
		}
		if got := h.Find(collection, id).GetString("claimed_by"); winner == "" || got != modulestest.ID(winner) {
			t.Fatalf("%q won, %q has it", winner, got)
		}
		for _, as := range people {
			if got := move(h, as, id, "accepted", m{"employer": "x"}).Verdict(); (got == "409 claimed_by claimed_by_other") == (as == winner) {
				t.Errorf("%s decides about the case of %s: %s", as, winner, got)
			}
		}
		if a := desk(winner, "release"); a.Verdict() != "200" {
			t.Fatal(a.Body)
		}
	}
	verify(t, h)
}
