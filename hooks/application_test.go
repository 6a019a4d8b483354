package hooks_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
)

// detail returns the detail page of an application as somebody reads it.
func detail(h *modulestest.Hall, as, id string) modulestest.Answer {
	h.T.Helper()
	return h.Send(as, http.MethodGet, "/api/portal/applications/"+reviews+"/"+id, nil)
}

// lines returns a list of objects in an answer.
func lines(a modulestest.Answer, key string) []m {
	list, _ := a.JSON[key].([]any)
	all := make([]m, len(list))
	for i, line := range list {
		all[i], _ = line.(m)
	}
	return all
}

// words returns one value of every line, in order.
func words(list []m, key string) string {
	all := make([]string, len(list))
	for i, line := range list {
		all[i], _ = line[key].(string)
	}
	return strings.Join(all, " ")
}

// TestTimeline tells what happened, who did it and why, in the order of time. Of
// the authority it says no more than that it was the authority, and nothing of
// who kept the case for themselves.
func TestTimeline(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	claim := func(as, deed string) {
		t.Helper()
		if a := h.Send(as, http.MethodPost, "/api/portal/desk/"+reviews+"/"+id+"/"+deed, nil); a.Code != http.StatusOK {
			t.Fatal(a.Body)
		}
	}
	h.Travel(modulestest.Start().Add(time.Hour))
	claim("reviewer", "claim")
	must(h, "reviewer", id, "returned", m{"reply": "准考证照片不清楚，请重新上传"})
	h.Travel(modulestest.Start().Add(2 * time.Hour))
	play(h, id, "resubmit")
	claim("reviewer2", "claim")
	claim("operator", "release")
	play(h, id, "accept", "report", "complete")

	a := detail(h, "li", id)
	for key, want := range map[string]string{
		"action": "submit return resubmit accept report complete",
		"who":    "candidate authority candidate authority authority authority",
		"from":   " submitted returned submitted accepted reporting",
		"to":     "submitted returned submitted accepted reporting completed",
	} {
		if got := words(lines(a, "timeline"), key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	line := lines(a, "timeline")[1]
	if line["reply"] != "准考证照片不清楚，请重新上传" || line["at"] != "2026-11-23 03:00:00.000Z" || line["label"].(m)["zh"] != "退回补正" {
		t.Error("the return:", line)
	}
	if again := lines(a, "timeline")[2]; again["reply"] != "" {
		t.Error("what the candidate did has a reply:", again)
	}
	expanded := h.Send("li", http.MethodGet, "/api/portal/applications/"+reviews+"/"+id+
		"?expand=decided_by,claimed_by,owner,registration.candidate,session.project&fields=*,decided_by,claimed_by", nil)
	for how, a := range map[string]modulestest.Answer{"as the page asks": a, "with relations": expanded} {
		for _, name := range modulestest.Names()[2:] {
			for _, secret := range []string{modulestest.ID(name), strings.ToUpper(name), name + "@examhall.test"} {
				if strings.Contains(a.Body, secret) {
					t.Errorf("%s: the candidate reads %q: %s", how, secret, a.Body)
				}
			}
		}
		for _, secret := range []string{"claim", "decided_by", "remaining", "snapshot", "submission", "13800000000", "11010519491231002X"} {
			if strings.Contains(a.Body, secret) {
				t.Errorf("%s: the candidate reads %q: %s", how, secret, a.Body)
			}
		}
	}
}

// TestTimelineOfStaff leaves out what members of staff write to each other: a
// case that goes back to the reviewer only shows where it stands.
func TestTimelineOfStaff(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, scorereview.Accepted)
	play(h, id, "report", "record")
	must(h, "approver", id, "accepted", m{"reply": "登记的 61.2 分与文件不符"})
	a := detail(h, "li", id)
	if strings.Contains(a.Body, "61.2") || strings.Contains(a.Body, "不符") {
		t.Error("the candidate reads what the approver wrote to the reviewer:", a.Body)
	}
	if got := words(lines(a, "timeline"), "to"); got != "submitted accepted reporting accepted" {
		t.Error(got)
	}
	list := h.Send("li", http.MethodGet, myApplications, nil)
	if strings.Contains(list.Body, "61.2") {
		t.Error("the list shows it:", list.Body)
	}
	if desk := desk(h, "reviewer", id); !strings.Contains(desk.Body, "登记的 61.2 分与文件不符") {
		t.Error("the reviewer does not read it:", desk.Body)
	}
}

// TestTimelineOfTheSystem says that nobody is blamed for what a deadline did.
func TestTimelineOfTheSystem(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Returned)
	h.Travel(modulestest.Start().AddDate(0, 1, 0))
	if n, err := h.Portal.Expire(h.App); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if got := words(lines(detail(h, "li", id), "timeline"), "who"); got != "candidate authority system" {
		t.Error(got)
	}
}

// TestResultsAreHiddenUntilDecided shows a candidate what was found when the
// case is completed, and not before.
func TestResultsAreHiddenUntilDecided(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, scorereview.Accepted)
	for _, step := range []struct {
		action string
		shown  bool
	}{{"report", false}, {"record", false}, {"send_back", false}, {"report", false}, {"complete", true}} {
		play(h, id, step.action)
		a := detail(h, "li", id)
		if got := strings.Contains(a.Body, "核〔2026〕7号"); got != step.shown {
			t.Errorf("after %s the candidate reads the result: %v", step.action, got)
		}
		_, inRows := a.JSON["rows"].(m)["results"]
		_, inRecord := a.JSON["record"].(m)["results"]
		if inRows != step.shown || inRecord != step.shown {
			t.Errorf("after %s there are results among the rows: %v, in the record: %v", step.action, inRows, inRecord)
		}
	}
}

// TestApplicationsOfOthers answers alike for what is somebody else's and for
// what does not exist, so that ids cannot be tried out.
func TestApplicationsOfOthers(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	none := h.Send("wang", http.MethodGet, "/api/portal/applications/"+reviews+"/none", nil)
	if none.Code != http.StatusNotFound {
		t.Error(none.Code, none.Body)
	}
	for _, url := range []string{
		reviews + "/" + id, "events/" + id, "candidates/" + modulestest.ID("wang"), "none/" + id, reviews + "/" + id + "'%20OR%201=1--", reviews + "/%00",
	} {
		if a := h.Send("wang", http.MethodGet, "/api/portal/applications/"+url, nil); a.Code != none.Code || a.Body != none.Body {
			t.Errorf("%s: %d %s, but %s for what does not exist", url, a.Code, a.Body, none.Body)
		}
	}
	for as, want := range map[string]int{"li": 200, "": 401, "reviewer": 403, "admin": 403} {
		if a := detail(h, as, id); a.Code != want {
			t.Errorf("%s: %d, want %d", as, a.Code, want)
		}
	}
}

// TestActions lists what the owner may do now, and why not where time is over.
func TestActions(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	say := func(when time.Time, want map[string]string) {
		t.Helper()
		h.Travel(when)
		got := map[string]string{}
		for _, action := range lines(detail(h, "li", id), "actions") {
			problem, _ := action["problem"].(m)
			code, _ := problem["code"].(string)
			got[action["action"].(string)] = code
			if action["allowed"] != (code == "") {
				t.Errorf("allowed is %v beside %v", action["allowed"], problem)
			}
		}
		for action, code := range want {
			if c, ok := got[action]; !ok || c != code {
				t.Errorf("%s at %s: %q, want %q", action, when, got[action], code)
			}
		}
		if len(got) != len(want) {
			t.Errorf("at %s: %v, want %v", when, got, want)
		}
	}
	say(modulestest.Start(), map[string]string{"edit": "", "withdraw": ""})
	say(modulestest.Start().AddDate(0, 1, 0), map[string]string{"edit": "window_closed", "withdraw": ""})
	h.Travel(modulestest.Start())
	play(h, id, "return")
	say(modulestest.Start(), map[string]string{"resubmit": "", "withdraw": ""})
	say(modulestest.Start().AddDate(0, 0, 8), map[string]string{"resubmit": "window_closed", "withdraw": "window_closed"})
	h.Travel(modulestest.Start())
	play(h, id, "withdraw")
	say(modulestest.Start(), map[string]string{})
}

// TestDetailAskedAgain answers 304 until something has changed, though the
// clock goes on.
func TestDetailAskedAgain(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	url := "/api/portal/applications/" + reviews + "/" + id
	tag := visit(h, "li", url).Header().Get("ETag")
	h.Travel(modulestest.Start().Add(30 * time.Second))
	if a := visit(h, "li", url, "If-None-Match", tag); a.Code != http.StatusNotModified || a.Body.Len() > 0 {
		t.Errorf("half a minute later: %d %s", a.Code, a.Body)
	}
	play(h, id, "accept")
	a := visit(h, "li", url, "If-None-Match", tag)
	if a.Code != http.StatusOK || a.Header().Get("ETag") == tag || !strings.Contains(a.Body.String(), `"server_time":"2026-11-23 02:00:30.000Z"`) {
		t.Errorf("after a change: %d %s", a.Code, a.Body)
	}
}
