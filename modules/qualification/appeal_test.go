package qualification_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/qualification"
	"examhall/modules/qualification/qualificationtest"
)

// TestWhatCanBeAppealed: a refusal, by the one it concerns.
func TestWhatCanBeAppealed(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := qualificationtest.Reviews()
	for _, state := range b.Definition.Workflow.Names() {
		want := "review not_eligible"
		if state == modules.Rejected {
			want = ""
		}
		a := h.Create("li", appealsName, qualificationtest.Appeal(b.Reach(h, state), nil))
		if got := strings.Join(a.Problems(), ", "); got != want {
			t.Errorf("%s: %d %s, want %q", state, a.Code, got, want)
		}
	}
	if a := h.Create("wang", appealsName, qualificationtest.Appeal(qualificationtest.Rejected(h), nil)); a.Problem("review") != "validation_missing_rel_records" {
		t.Errorf("somebody else: %d %v", a.Code, a.Problems())
	}
}

// TestWhatAnAppealNeeds: grounds of 10 to 1000 characters, and a proof.
func TestWhatAnAppealNeeds(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := qualificationtest.Rejected(h)
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"no grounds", map[string]any{"reason": nil}, "reason validation_required"},
		{"nine characters", map[string]any{"reason": strings.Repeat("由", 9)}, "reason validation_min_text_constraint"},
		{"1001 characters", map[string]any{"reason": strings.Repeat("由", 1001)}, "reason validation_max_text_constraint"},
		{"no proof", map[string]any{"evidence": nil}, "evidence material_missing"},
		{"nothing", map[string]any{"reason": nil, "evidence": nil}, "evidence material_missing, reason validation_required"},
		{"about nothing", map[string]any{"review": nil}, "review validation_required"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := h.Create("li", appealsName, qualificationtest.Appeal(id, c.change)); strings.Join(a.Problems(), ", ") != c.want {
				t.Errorf("%d %v, want %s", a.Code, a.Problems(), c.want)
			}
		})
	}
	if a := h.Create("li", appealsName, qualificationtest.Appeal(id, map[string]any{"reason": strings.Repeat("𬭎", 1000)})); a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
}

// TestTimeToAppeal: ten working days from the refusal, or as many as the session
// says, or until the row of windows says.
func TestTimeToAppeal(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := qualificationtest.Rejected(h) // Monday 2026-11-23
	problem := func(when time.Time) string {
		h.Travel(when)
		a := h.Create("li", appealsName, qualificationtest.Appeal(id, map[string]any{"evidence": nil}))
		return a.Problem("review")
	}
	session := h.Find("exam_sessions", modulestest.Session)
	for _, c := range []struct {
		days       int
		last, late time.Time
	}{
		{0, at(12, 7, 23, 59, 59), at(12, 8, 0, 0, 0)}, {3, at(11, 26, 23, 59, 59), at(11, 27, 0, 0, 0)},
	} {
		session.Set("appeal_workdays", c.days)
		if err := h.App.Save(session); err != nil {
			t.Fatal(err)
		}
		if in, out := problem(c.last), problem(c.late); in != "" || out != "appeal_expired" {
			t.Errorf("%d days: %q in the last second, %q after it", c.days, in, out)
		}
	}
	h.Add("windows", "", map[string]any{"service": appealsName, "session": modulestest.Session, "opens": at(11, 20, 0, 0, 0), "closes": at(12, 31, 17, 0, 0)})
	if got := problem(at(12, 31, 17, 0, 0)); got != "" {
		t.Errorf("extended: %q", got)
	}
	if a := h.Create("li", appealsName, qualificationtest.Appeal(id, nil)); a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
}

// TestOneAppeal: once, whatever became of it.
func TestOneAppeal(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := qualificationtest.Appeals()
	for _, state := range b.Definition.Workflow.Names() {
		review := h.Find(appealsName, b.Reach(h, state)).GetString("review")
		want := "appeal_used"
		if state == qualification.Accepted {
			want = "not_eligible" // it is approved
		}
		if a := h.Create("li", appealsName, qualificationtest.Appeal(review, nil)); a.Problem("review") != want {
			t.Errorf("after %s: %d %v, want %s", state, a.Code, a.Problems(), want)
		}
	}
}

// TestSomebodyElseDecides: whoever had a part in the review has none in the
// appeal, not even by asking for more.
func TestSomebodyElseDecides(t *testing.T) {
	t.Parallel()
	h := open(t)
	reviews := qualificationtest.Reviews()
	id := reviews.Reach(h, modules.Submitted)
	first := h.Update("both", reviewsName, id, map[string]any{"status": "under_review", "rev": 1}) // only took it up
	second := h.Update("reviewer", reviewsName, id, map[string]any{"status": "rejected", "rev": 2, "reply": "证明未盖章"})
	appeal := h.Create("li", appealsName, qualificationtest.Appeal(id, nil))
	if first.Code != http.StatusOK || second.Code != http.StatusOK || appeal.Code != http.StatusOK {
		t.Fatal(first.Body, second.Body, appeal.Body)
	}
	for _, who := range []string{"reviewer", "both"} {
		for _, to := range []string{"returned", "accepted", "rejected"} {
			a := h.Update(who, appealsName, appeal.ID(), map[string]any{"status": to, "rev": 1, "reply": "理由充分"})
			if a.Problem("status") != "same_reviewer" {
				t.Errorf("%s to %s: %d %v", who, to, a.Code, a.Problems())
			}
		}
		desk := h.Send(who, http.MethodGet, "/api/portal/desk/"+appealsName+"/"+appeal.ID(), nil)
		if !strings.Contains(desk.Body, `"code":"same_reviewer"`) {
			t.Errorf("%s is not told at the desk: %s", who, desk.Body)
		}
	}
	if a := h.Update("reviewer2", appealsName, appeal.ID(), map[string]any{"status": "accepted", "rev": 1, "reply": "理由充分"}); a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
}

// TestWhatAnAppealDoes: 申诉成立 approves the review at once, signed by who allowed
// it and through which appeal; the other ends make the refusal final.
func TestWhatAnAppealDoes(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := qualificationtest.Appeals()
	for _, c := range []struct {
		appeal, review modules.State
		outcome        string
	}{
		{modules.Submitted, modules.Rejected, "pending"}, {modules.Returned, modules.Rejected, "pending"},
		{qualification.Accepted, modules.Approved, "passed"}, {modules.Rejected, modules.Rejected, "failed"}, {modules.Expired, modules.Rejected, "failed"},
	} {
		appeal := h.Find(appealsName, b.Reach(h, c.appeal))
		review := h.Find(reviewsName, appeal.GetString("review"))
		if got := qualificationtest.Outcome(h, review.Id); got != c.outcome || review.GetString("status") != string(c.review) {
			t.Errorf("%s: the review is %s and the registration %q", c.appeal, review.GetString("status"), got)
		}
		if c.appeal != qualification.Accepted {
			continue
		}
		var event struct{ Action, Actor, Via string }
		err := h.App.DB().Select("action", "actor", "via").From("events").Where(dbx.HashExp{"record": review.Id}).OrderBy("seq DESC").Limit(1).One(&event)
		if err != nil || event.Action != "overturn" || event.Actor != modulestest.ID("reviewer2") || event.Via != appeal.GetString("number") {
			t.Errorf("%+v, %v", event, err)
		}
		if review.GetString("decided_by") != modulestest.ID("reviewer2") || review.GetString("reply") != appeal.GetString("reply") {
			t.Error("the review does not say who approved it and why")
		}
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

// TestReopen: 撤销审核, with a reason, while no certificate was issued and nobody
// has appealed.
func TestReopen(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := qualificationtest.Reviews()
	reopen := func(id, reply string) modulestest.Answer {
		return h.Update("approver", reviewsName, id, map[string]any{"status": "under_review", "rev": h.Row(reviewsName, id).Rev, "reply": reply})
	}
	for _, state := range []modules.State{modules.Approved, modules.Rejected} {
		id := b.Reach(h, state)
		if a := reopen(id, ""); a.Problem("reply") != "comment_required" {
			t.Errorf("%s without a reason: %d %v", state, a.Code, a.Problems())
		}
		if a := reopen(id, "误判，重新审核"); a.Code != http.StatusOK || a.Text("due") == "" || a.Text("decided") != "" || qualificationtest.Outcome(h, id) != "pending" {
			t.Errorf("%s: %d %s", state, a.Code, a.Body)
		}
		b.Play(h, id, "approve")
	}
	appealed := h.Find(appealsName, qualificationtest.Appeals().Reach(h, modules.Rejected)).GetString("review")
	if a := reopen(appealed, "误判，重新审核"); a.Problem("status") != "reopen_appealed" {
		t.Errorf("after an appeal: %d %v", a.Code, a.Problems())
	}
	id := b.Reach(h, modules.Approved)
	h.Add("certificates", "", map[string]any{
		"number": "20260000000000001", "code": "ABCDEFGH23456723", "holder": modulestest.ID("li"), "project": modulestest.Project, "session": modulestest.Session,
		"registration": h.Find(reviewsName, id).GetString("registration"), "name": "李䶮", "id_type": "resident", "id_number": "11010519491231002X",
		"title": "一级造价工程师", "approve_date": "2026-11-01", "issuer": "人事考试中心", "medium": "paper", "layout": "professional", "status": "valid", "issued": h.Now(), "rev": 1,
	})
	if a := reopen(id, "误判，重新审核"); a.Problem("status") != "reopen_issued" {
		t.Errorf("after a certificate: %d %v", a.Code, a.Problems())
	}
}
