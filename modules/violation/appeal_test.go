package violation_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"examhall/modules/calendar"
	"examhall/modules/modulestest"
	"examhall/modules/violation"
	"examhall/modules/violation/violationtest"
)

func open(t *testing.T) *modulestest.Hall { return modulestest.New(t, violation.New()) }

func at(month time.Month, day, hour, minute, second int) time.Time {
	return time.Date(2026, month, day, hour, minute, second, 0, calendar.Zone)
}

// TestWhatCanBeAppealed: a notice that was served, by whom it is about. Of one that
// is not served nobody learns, and what was decided is over.
func TestWhatCanBeAppealed(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"served", nil, ""},
		{"recorded only", map[string]any{"status": "recorded", "served": ""}, "validation_missing_rel_records"},
		{"somebody else's", map[string]any{"registration": modulestest.WangRegistration, "subject": ""}, "validation_missing_rel_records"},
		{"decided", map[string]any{"status": "decided", "served": at(11, 2, 9, 0, 0)}, "appeal_expired"},
		{"decided, and opened again", map[string]any{"status": "decided", "served": at(11, 2, 9, 0, 0), "reopened_until": at(11, 30, 17, 0, 0)}, ""},
		{"changed", map[string]any{"status": "changed"}, "not_eligible"},
		{"revoked", map[string]any{"status": "revoked"}, "not_eligible"},
	} {
		a := h.Create("li", violation.Collection, violationtest.Form(violationtest.Notice(h, c.change), nil))
		if a.Problem("violation") != c.want || (a.Code == http.StatusOK) != (c.want == "") {
			t.Errorf("%s: %d %v, want %q", c.name, a.Code, a.Problems(), c.want)
		}
	}
	offers := h.Send("li", http.MethodGet, "/api/portal/services/"+violation.Collection+"/offers", nil)
	if n := strings.Count(offers.Body, `"about":`); n != 5 {
		t.Errorf("%d notices are offered, want those 5 that were served: %s", n, offers.Body)
	}
}

// TestTimeToAnswer: five working days from the service, or as many as the session
// says, or until the row of windows says.
func TestTimeToAnswer(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := violationtest.Notice(h, nil) // Monday 2026-11-23
	problem := func(when time.Time) string {
		h.Travel(when)
		return h.Create("li", violation.Collection, violationtest.Form(id, map[string]any{"evidence": nil})).Problem("violation")
	}
	session := h.Find("exam_sessions", modulestest.Session)
	for _, c := range []struct {
		days       int
		last, late time.Time
	}{
		{0, at(11, 30, 23, 59, 59), at(12, 1, 0, 0, 0)}, {3, at(11, 26, 23, 59, 59), at(11, 27, 0, 0, 0)},
	} {
		session.Set("statement_workdays", c.days)
		if err := h.App.Save(session); err != nil {
			t.Fatal(err)
		}
		if in, out := problem(c.last), problem(c.late); in != "" || out != "appeal_expired" {
			t.Errorf("%d days: %q in the last second, %q after it", c.days, in, out)
		}
	}
	h.Add("windows", "", map[string]any{"service": violation.Collection, "session": modulestest.Session, "opens": at(11, 20, 0, 0, 0), "closes": at(12, 31, 17, 0, 0)})
	if got := problem(at(12, 31, 17, 0, 0)); got != "" {
		t.Errorf("extended: %q", got)
	}
}

// TestWhatAnAppealNeeds: grounds of 20 to 2000 characters, a proof, the identity card.
func TestWhatAnAppealNeeds(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := violationtest.Notice(h, nil)
	for _, c := range []struct {
		change map[string]any
		want   string
	}{
		{map[string]any{"reason": strings.Repeat("由", 19)}, "reason validation_min_text_constraint"},
		{map[string]any{"reason": strings.Repeat("由", 2001)}, "reason validation_max_text_constraint"},
		{map[string]any{"evidence": nil, "id_card": nil}, "evidence material_missing, id_card material_missing"},
		{map[string]any{"kind": nil, "demand": nil}, "demand validation_required, kind validation_required"},
		{map[string]any{"demand": "other"}, "demand_other validation_required"},
		{map[string]any{"proposal": "revoked"}, "proposal state_locked"},
	} {
		a := h.Create("li", violation.Collection, violationtest.Form(id, c.change))
		if got := strings.Join(a.Problems(), ", "); got != c.want {
			t.Errorf("%d %s, want %s", a.Code, got, c.want)
		}
	}
	if a := h.Create("li", violation.Collection, violationtest.Form(id, map[string]any{"reason": strings.Repeat("𬭎", 2000)})); a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
}

// TestOneAppeal: once for a notice, whatever became of it.
func TestOneAppeal(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := violationtest.Book()
	for state, want := range map[string]string{"submitted": "appeal_used", "not_accepted": "appeal_used", "upheld": "appeal_used", "revoked": "not_eligible"} {
		notice := h.Find(violation.Collection, b.Reach(h, stateOf(state))).GetString("violation")
		if a := h.Create("li", violation.Collection, violationtest.Form(notice, nil)); a.Problem("violation") != want {
			t.Errorf("after %s: %d %v, want %s", state, a.Code, a.Problems(), want)
		}
	}
}

// TestStrangersDecide: who recorded the violation has no part in the appeal, and
// who proposed an end does not decide on it.
func TestStrangersDecide(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := violationtest.Book()
	id := h.Create("li", violation.Collection, violationtest.Form(violationtest.Notice(h, map[string]any{"recorder": modulestest.ID("reviewer")}), nil)).ID()
	for _, to := range []string{"accepted", "returned", "not_accepted"} {
		a := h.Update("reviewer", violation.Collection, id, map[string]any{"status": to, "rev": 1, "reply": "请补充证据"})
		if a.Problem("status") != "same_reviewer" {
			t.Errorf("the recorder to %s: %d %v", to, a.Code, a.Problems())
		}
	}
	mine := b.Reach(h, "accepted")
	proposal := violationtest.Proposal(violation.Revoked)
	proposal["status"], proposal["rev"] = "reviewing", h.Row(violation.Collection, mine).Rev
	if a := h.Update("both", violation.Collection, mine, proposal); a.Code != http.StatusOK {
		t.Fatal(a.Body)
	}
	decision := violationtest.Number()
	decision["status"], decision["rev"] = "revoked", h.Row(violation.Collection, mine).Rev
	if a := h.Update("both", violation.Collection, mine, decision); a.Problem("status") != "same_reviewer" {
		t.Errorf("who proposed it: %d %v", a.Code, a.Problems())
	}
	decision["status"] = "upheld"
	if a := h.Update("approver", violation.Collection, mine, decision); a.Problem("status") != "not_proposed" {
		t.Errorf("another end: %d %v", a.Code, a.Problems())
	}
	decision["status"] = "revoked"
	if a := h.Update("approver", violation.Collection, mine, decision); a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
}

// TestNeverWorse: a change is by an article that allows it, to something else, and
// never heavier (行政处罚法 Art. 45).
func TestNeverWorse(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := violationtest.Book().Reach(h, "accepted")
	for _, c := range []struct{ clause, penalty, want string }{
		{"8", "all_void_long", "new_penalty penalty_heavier"}, {"6", "all_void_5y", "new_penalty penalty_mismatch"},
		{"7", "all_void_5y", "new_penalty penalty_same"}, {"", "", "new_clause validation_required, new_penalty validation_required"},
	} {
		a := h.Update("reviewer", violation.Collection, id, map[string]any{
			"status": "reviewing", "rev": 2, "proposal": "changed", "findings": "认定如上", "new_clause": c.clause, "new_penalty": c.penalty,
		})
		if got := strings.Join(a.Problems(), ", "); got != c.want {
			t.Errorf("%s %s: %d %s, want %s", c.clause, c.penalty, a.Code, got, c.want)
		}
	}
}
