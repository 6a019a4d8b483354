package scorereview_test

import (
	"net/http"
	"testing"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// TestWhatIsReviewable: objective subjects are read by machine, so that only an
// abnormal result of theirs is reviewed (人社厅发〔2021〕18号).
func TestWhatIsReviewable(t *testing.T) {
	for _, c := range []struct {
		kind, flag, status string
		score              int
		want               string
	}{
		{"subjective", "normal", "active", 539, ""},
		{"subjective", "absent", "active", 0, ""},
		{"objective", "normal", "active", 571, "subject_objective"},
		{"objective", "absent", "active", 0, ""},
		{"objective", "violation", "active", 0, ""},
		{"objective", "zero", "active", 0, ""},
		{"objective", "void", "active", 0, ""},
		{"objective", "normal", "active", 0, ""}, // a zero mark is a mark, and abnormal
		{"subjective", "pending", "active", 0, "not_eligible"},
		{"subjective", "normal", "refunded", 539, "not_eligible"},
	} {
		t.Run(c.kind+" "+c.flag+" "+c.status, func(t *testing.T) {
			t.Parallel()
			h := modulestest.New(t, scorereview.Definition())
			h.Add("registration_subjects", "subjectasked000", map[string]any{
				"registration": modulestest.Registration, "code": "09", "name": "科目", "type": c.kind, "flag": c.flag,
				"status": c.status, "score": c.score, "pass_mark": 600,
			})
			a := h.Create("li", collection, scorereviewtest.Form(map[string]any{"items": scorereviewtest.About("subjectasked000")}))
			if got := a.Problem("items.0.subject"); got != c.want || (c.want == "") != (a.Code == http.StatusOK) {
				t.Errorf("%d %q, want %q: %s", a.Code, got, c.want, a.Body)
			}
		})
	}
}

// TestOutcomes: what each outcome makes of the mark and of the registration.
func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		name          string
		result        map[string]any
		score         int
		flag, outcome string
		histories     int
	}{
		{"confirmed", map[string]any{"outcome": "unchanged"}, 539, "normal", "failed", 0},
		{"corrected", map[string]any{"outcome": "changed", "score": 540, "document": "7号"}, 540, "normal", "passed", 1},
		{"corrected downwards", map[string]any{"outcome": "changed", "score": 0, "document": "7号"}, 0, "normal", "failed", 1},
		{"the mark was wrong", map[string]any{"outcome": "mark_fixed", "flag": "absent", "document": "7号"}, 0, "absent", "failed", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := modulestest.New(t, scorereview.Definition())
			present(t, h)
			a := h.Create("li", collection, scorereviewtest.Form(nil))
			c.result["subject"] = modulestest.Practice
			for _, step := range []struct {
				as, to string
				values map[string]any
			}{
				{"reviewer", "accepted", map[string]any{}},
				{"reviewer", "reporting", map[string]any{"results": []map[string]any{c.result}}},
				{"approver", "completed", map[string]any{}},
			} {
				step.values["status"], step.values["rev"] = step.to, h.Find(collection, a.ID()).GetInt("rev")
				if got := h.Update(step.as, collection, a.ID(), step.values); got.Code != http.StatusOK {
					t.Fatalf("%s: %d %s", step.to, got.Code, got.Body)
				}
			}
			subject := h.Find("registration_subjects", modulestest.Practice)
			if subject.GetInt("score") != c.score || subject.GetString("flag") != c.flag {
				t.Errorf("%d %s, want %d %s", subject.GetInt("score"), subject.GetString("flag"), c.score, c.flag)
			}
			if got := h.Find("registrations", modulestest.Registration).GetString("result"); got != c.outcome {
				t.Errorf("the registration has %s, want %s", got, c.outcome)
			}
			if n, err := h.App.CountRecords("score_history"); err != nil || int(n)-1 != c.histories { // one is the fixture's
				t.Errorf("%d rows of history, want %d (%v)", n, c.histories, err)
			}
		})
	}
}

// TestWithdrawnFrees: once per subject, but what was withdrawn or refused does
// not count.
func TestWithdrawnFrees(t *testing.T) {
	for to, as := range map[string]string{"withdrawn": "li", "rejected": "reviewer"} {
		h := modulestest.New(t, scorereview.Definition())
		first := h.Create("li", collection, scorereviewtest.Form(nil))
		again := h.Create("li", collection, scorereviewtest.Form(nil))
		if again.Problem("items.0.subject") != "once_only" {
			t.Errorf("twice: %d %s", again.Code, again.Body)
		}
		move := h.Update(as, collection, first.ID(), map[string]any{"status": to, "rev": 1, "reply": map[string]string{"rejected": "超出受理范围"}[to]})
		if move.Code != http.StatusOK {
			t.Fatal(move.Body)
		}
		if a := h.Create("li", collection, scorereviewtest.Form(nil)); a.Code != http.StatusOK {
			t.Errorf("after %s: %d %s", to, a.Code, a.Body)
		}
	}
}

// present gives li the mark that keeps the registration from passing by itself.
func present(t *testing.T, h *modulestest.Hall) {
	t.Helper()
	h.Add("score_history", "historyfixture0", map[string]any{
		"subject": modulestest.Economics, "old_score": 0, "old_flag": "absent", "new_score": 600, "new_flag": "normal",
		"service": collection, "application": "fixture", "proposer": "x", "approver": "y",
	})
	r := h.Find("registration_subjects", modulestest.Economics)
	r.Set("score", 600)
	r.Set("flag", "normal")
	if err := h.App.Save(r); err != nil {
		t.Fatal(err)
	}
}
