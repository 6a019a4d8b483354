package qualification_test

import (
	"net/http"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/qualification"
	"examhall/modules/qualification/qualificationtest"
)

// lead is what the list says that a review leads to.
type lead struct {
	why, made string // the code of the problem, and the state of the appeal
	offered   bool
}

// leadOf reads what an application of li leads to from 业务查询.
func leadOf(h *modulestest.Hall, id string) lead {
	h.T.Helper()
	a := h.Send("li", http.MethodGet, "/api/portal/applications?limit=100&service="+reviewsName, nil)
	items, _ := a.JSON["items"].([]any)
	for _, item := range items {
		row := item.(map[string]any)
		if row["id"] != id {
			continue
		}
		return read(row["linked"].([]any))
	}
	h.T.Fatal("the list lacks", id)
	return lead{}
}

func read(list []any) lead {
	if len(list) == 0 {
		return lead{}
	}
	found := lead{offered: true}
	one := list[0].(map[string]any)
	if p, ok := one["problem"].(map[string]any); ok {
		found.why = p["code"].(string)
	}
	if made := one["applications"].([]any); len(made) > 0 {
		found.made = made[0].(map[string]any)["status"].(string)
	}
	return found
}

// TestWhatAReviewLeadsTo: 申诉 where it was refused, why not where it is too late,
// and 申诉详情 where there is one.
func TestWhatAReviewLeadsTo(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := qualificationtest.Reviews()
	for _, state := range b.Definition.Workflow.Names() {
		if got, want := leadOf(h, b.Reach(h, state)), (lead{offered: state == modules.Rejected}); got != want {
			t.Errorf("%s leads to %+v, want %+v", state, got, want)
		}
	}
	late := qualificationtest.Rejected(h)
	appeal := h.Find(appealsName, qualificationtest.Appeals().Reach(h, qualification.Accepted))
	if got := leadOf(h, appeal.GetString("review")); got.made != "accepted" {
		t.Errorf("an appeal that was allowed: %+v", got)
	}
	h.Travel(at(12, 8, 0, 0, 0))
	if got, want := leadOf(h, late), (lead{offered: true, why: "appeal_expired"}); got != want {
		t.Errorf("too late: %+v, want %+v", got, want)
	}
}

// TestEachShowsTheOther: the two details name each other, to the candidate and
// at the desk.
func TestEachShowsTheOther(t *testing.T) {
	t.Parallel()
	h := open(t)
	appeal := h.Find(appealsName, qualificationtest.Appeals().Reach(h, modules.Submitted))
	review := appeal.GetString("review")
	for who, path := range map[string]string{"li": "/api/portal/applications/", "reviewer2": "/api/portal/desk/"} {
		first := h.Send(who, http.MethodGet, path+reviewsName+"/"+review, nil)
		if got := read(first.JSON["linked"].([]any)); got.made != "submitted" {
			t.Errorf("%s: the review shows %+v", who, got)
		}
		second := h.Send(who, http.MethodGet, path+appealsName+"/"+appeal.Id, nil)
		about, _ := second.JSON["about"].(map[string]any)
		if about["id"] != review || about["service"] != reviewsName {
			t.Errorf("%s: the appeal shows %v", who, about)
		}
	}
}

// TestJudgesReadTheReview: whoever may decide appeals reads what they are about,
// and changes nothing of it.
func TestJudgesReadTheReview(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := qualificationtest.Rejected(h)
	judge := h.Find("staff", modulestest.ID("foreign"))
	judge.Set("roles", []string{appealsName + ".reviewer"})
	if err := h.App.Save(judge); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{"/api/collections/" + reviewsName + "/records/" + id, "/api/portal/desk/" + reviewsName + "/" + id} {
		if a := h.Send("foreign", http.MethodGet, url, nil); a.Code != http.StatusOK {
			t.Errorf("%s: %d", url, a.Code)
		}
	}
	if a := h.Update("foreign", reviewsName, id, map[string]any{"status": "approved", "rev": 2}); a.Code != http.StatusNotFound {
		t.Errorf("they approve it: %d %s", a.Code, a.Body)
	}
}
