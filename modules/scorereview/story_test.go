package scorereview_test

import (
	"maps"
	"net/http"
	"testing"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

const collection = scorereviewtest.Collection

// TestStory is a score review from the application to the corrected score.
func TestStory(t *testing.T) {
	h := modulestest.New(t, scorereview.Definition())

	a := h.Create("li", collection, scorereviewtest.Form(nil))
	if a.Code != http.StatusOK || a.Text("number") != "CJFH20261123000001" || a.Text("phone") != "138****0000" {
		t.Fatal("submit:", a.Code, a.Body)
	}
	id := a.ID()
	step := func(as, to string, values map[string]any) modulestest.Answer {
		t.Helper()
		all := map[string]any{"status": to, "rev": h.Find(collection, id).GetInt("rev")}
		maps.Copy(all, values)
		a := h.Update(as, collection, id, all)
		if a.Code != http.StatusOK || a.Text("status") != to {
			t.Fatalf("%s moves to %s: %d %s", as, to, a.Code, a.Body)
		}
		return a
	}
	step("reviewer", "returned", map[string]any{"reply": "准考证照片不清楚，请重新上传"})
	step("li", "submitted", map[string]any{"admission_ticket": modulestest.Scan("ticket2.jpg")})
	step("reviewer2", "accepted", nil)
	step("reviewer2", "reporting", map[string]any{"results": []map[string]any{
		{"subject": modulestest.Practice, "outcome": "changed", "score": 552, "document": "核〔2026〕7号"},
	}})
	step("approver", "completed", map[string]any{"reply": "漏计 1.3 分，已更正"})

	if got := h.Find("registration_subjects", modulestest.Practice).GetInt("score"); got != 552 {
		t.Errorf("score = %d, want 552", got)
	}
	history, err := h.App.FindRecordsByFilter("score_history", "subject = '"+modulestest.Practice+"'", "", 0, 0)
	if err != nil || len(history) != 1 || history[0].GetInt("old_score") != 539 || history[0].GetString("proposer") != modulestest.ID("reviewer2") {
		t.Error("history:", history, err)
	}
	if n, err := h.Portal.VerifyAudit(h.App); err != nil || n != 7 { // six steps, and the score
		t.Errorf("audit: %d events, %v", n, err)
	}
	detail := h.Send("li", http.MethodGet, "/api/portal/applications/score_reviews/"+id, nil)
	if detail.Code != http.StatusOK || len(detail.JSON["timeline"].([]any)) != 6 {
		t.Error("detail:", detail.Code, detail.Body)
	}
}
