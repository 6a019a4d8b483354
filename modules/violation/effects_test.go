package violation_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/violation"
	"examhall/modules/violation/violationtest"
)

func stateOf(s string) modules.State { return modules.State(s) }

// outcome is what a notice has done: itself, the marks of its registration, the
// archive.
func outcome(h *modulestest.Hall, notice string) string {
	h.T.Helper()
	v := h.Find(violation.Notices, notice)
	words := []string{v.GetString("status"), v.GetString("clause") + "/" + v.GetString("penalty"), h.Find("registrations", v.GetString("registration")).GetString("result")}
	subjects, err := h.App.FindRecordsByFilter("registration_subjects", "registration = {:id}", "code", 0, 0, dbx.Params{"id": v.GetString("registration")})
	if err != nil {
		h.T.Fatal(err)
	}
	for _, s := range subjects {
		words = append(words, s.GetString("flag")+" "+s.GetString("score"))
	}
	records, err := h.App.FindRecordsByFilter("integrity_records", "violation = {:id}", "", 0, 0, dbx.Params{"id": notice})
	if err != nil {
		h.T.Fatal(err)
	}
	for _, r := range records {
		words = append(words, strings.TrimSpace(strings.Join([]string{r.GetString("kind"), r.GetString("status"), r.GetString("start"), r.GetString("end")}, " ")))
	}
	return strings.Join(words, ", ")
}

// TestWhatADecisionDoes: the three ends of an appeal, each at once with its marks
// and archive, signed by who decided and through which appeal.
func TestWhatADecisionDoes(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := violationtest.Book()
	for state, want := range map[modules.State]string{
		modules.Submitted: "notified, 7/all_void_5y, passed, normal 610, normal 720",
		violation.Refused: "notified, 7/all_void_5y, passed, normal 610, normal 720",
		violation.Upheld:  "decided, 7/all_void_5y, failed, violation 0, void 0, serious active 2026-11-23 2031-11-23",
		violation.Changed: "changed, 6/subject_void, failed, violation 0, normal 720",
		violation.Revoked: "revoked, 7/all_void_5y, passed, normal 610, normal 720",
	} {
		appeal := h.Find(violation.Collection, b.Reach(h, state))
		notice := appeal.GetString("violation")
		if got := outcome(h, notice); got != want {
			t.Errorf("%s: %s\nwant %s", state, got, want)
		}
		if state == modules.Submitted || state == violation.Refused {
			continue
		}
		var event struct{ Actor, Via string }
		err := h.App.DB().Select("actor", "via").From("events").Where(dbx.HashExp{"service": violation.Notices, "record": notice}).OrderBy("seq DESC").Limit(1).One(&event)
		if err != nil || event.Actor != modulestest.ID("approver") || event.Via != appeal.GetString("number") {
			t.Errorf("%s: %+v, %v", state, event, err)
		}
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

// TestDecidedThenReviewed: a decision of long ago is opened again, and its marks and
// its record follow the second one.
func TestDecidedThenReviewed(t *testing.T) {
	t.Parallel()
	for end, want := range map[modules.State]string{
		violation.Upheld:  "decided, 7/all_void_5y, failed, violation 0, void 0, serious active 2026-12-01 2031-12-01",
		violation.Changed: "changed, 6/subject_void, failed, violation 0, normal 720, serious removed 2026-12-01 2031-12-01",
		violation.Revoked: "revoked, 7/all_void_5y, passed, normal 610, normal 720, serious removed 2026-12-01 2031-12-01",
	} {
		t.Run(string(end), func(t *testing.T) {
			t.Parallel()
			h := open(t)
			notice := violationtest.Notice(h, nil)
			h.Travel(at(12, 1, 9, 0, 0)) // the time to answer is over
			if a := patch(h, "approver", notice, map[string]any{"status": "decided", "decision_no": "示例决〔2026〕1号"}); a.Code != http.StatusOK {
				t.Fatal(a.Code, a.Body)
			}
			if a := patch(h, "both", notice, map[string]any{"reopened_until": "2026-12-10 09:00:00.000Z"}); a.Code != http.StatusOK {
				t.Fatal(a.Code, a.Body)
			}
			id := h.Create("li", violation.Collection, violationtest.Form(notice, nil)).ID()
			for i, move := range []map[string]any{{"status": "accepted"}, violationtest.Proposal(end)} {
				if i == 1 {
					move["status"] = "reviewing"
				}
				move["rev"] = i + 1
				if a := h.Update("reviewer", violation.Collection, id, move); a.Code != http.StatusOK {
					t.Fatal(a.Code, a.Body)
				}
			}
			decision := violationtest.Number()
			decision["status"], decision["rev"] = string(end), 3
			if a := h.Update("approver", violation.Collection, id, decision); a.Problem("status") != "same_reviewer" {
				t.Errorf("who decided before: %d %v", a.Code, a.Problems())
			}
			staff := h.Find("staff", modulestest.ID("reviewer2")) // a third person
			staff.Set("roles", append(staff.GetStringSlice("roles"), "violation_appeals.approver"))
			if err := h.App.Save(staff); err != nil {
				t.Fatal(err)
			}
			if a := h.Update("reviewer2", violation.Collection, id, decision); a.Code != http.StatusOK {
				t.Fatal(a.Code, a.Body)
			}
			if got := outcome(h, notice); got != want {
				t.Errorf("%s\nwant %s", got, want)
			}
		})
	}
}

// TestAnotherDecisionStands: to revoke one of two decisions about a registration
// gives no mark back that the other one takes.
func TestAnotherDecisionStands(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := violationtest.Book()
	first := h.Find(violation.Collection, b.Reach(h, violation.Upheld)).GetString("violation")
	registration := h.Find(violation.Notices, first).GetString("registration")
	second := violationtest.Notice(h, map[string]any{"registration": registration, "subject": "", "clause": "8", "penalty": "all_void_long"})
	id := h.Create("li", violation.Collection, violationtest.Form(second, nil)).ID()
	for _, action := range []string{"accept", "propose", "revoke"} {
		b.Play(h, id, action)
	}
	if got, want := outcome(h, first), "decided, 7/all_void_5y, failed, violation 0, void 0, serious active 2026-11-23 2031-11-23"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// TestExactlyOne: double click, two tabs and two approvers have one effect.
func TestExactlyOne(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := violationtest.Book()
	notice, waiting := violationtest.Notice(h, nil), b.Reach(h, violation.Reviewing)
	rev := h.Row(violation.Collection, waiting).Rev
	decide := func(who string) func() modulestest.Answer {
		decision := violationtest.Number()
		decision["status"], decision["rev"] = "upheld", rev
		return func() modulestest.Answer { return h.Update(who, violation.Collection, waiting, decision) }
	}
	file := func() modulestest.Answer {
		return h.Create("li", violation.Collection, violationtest.Form(notice, nil))
	}
	if done := together(file, file, file); done != 1 {
		t.Errorf("%d appeals, want one", done)
	}
	if done := together(decide("approver"), decide("both")); done != 1 {
		t.Errorf("%d decisions, want one", done)
	}
	n, err := h.App.CountRecords("integrity_records")
	if err != nil || n != 1 {
		t.Errorf("%d rows of the archive, %v", n, err)
	}
}

// together runs all at once and counts those that succeeded.
func together(tries ...func() modulestest.Answer) int {
	var all sync.WaitGroup
	codes := make([]int, len(tries))
	for i, try := range tries {
		all.Go(func() { codes[i] = try().Code })
	}
	all.Wait()
	n := 0
	for _, code := range codes {
		if code == http.StatusOK {
			n++
		}
	}
	return n
}

// TestLetter: the decision names the notice, its own number, what was found, and
// until when it can be fought; a revocation needs no remedy.
func TestLetter(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := violationtest.Book()
	for state, want := range map[modules.State]string{violation.Upheld: "2027年1月22日", violation.Changed: "2027年5月24日", violation.Revoked: ""} {
		id := b.Reach(h, state)
		a := h.Send("li", http.MethodGet, "/api/portal/applications/"+violation.Collection+"/"+id, nil)
		remedy, _ := a.JSON["remedy"].(map[string]any)["zh"].(string)
		if !strings.Contains(remedy, want) || (want == "") != (remedy == "") {
			t.Errorf("%s: %q, want %q", state, remedy, want)
		}
		paper := h.Send("li", http.MethodGet, "/api/portal/applications/"+violation.Collection+"/"+id+"/letter", nil)
		if paper.Code != http.StatusOK || !strings.HasPrefix(paper.Body, "%PDF") {
			t.Errorf("%s: no letter: %d", state, paper.Code)
		}
	}
}
