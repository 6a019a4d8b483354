package rules_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// What nobody ever gets in an answer: clear values, text at rest, blind indexes
// and the columns that stay inside.
var secrets = []string{
	"13800000000", "13800000001", "11010519491231002X", "440305200002290010", "1101051949",
	`"k1:`, "_idx", "tokenKey", `"snapshot"`, `"submission"`, `"remaining"`, `"password"`,
}

// finding is what the candidate does not get before the case is completed.
const finding = "核〔2026〕7号"

// surfaces are all the ways to read a case.
func surfaces(id string) map[string]string {
	api := "/api/collections/" + collection + "/records"
	expand := "?expand=owner,session,registration,registration.candidate,registration.session.project,claimed_by,decided_by"
	return map[string]string{
		"list":          api,
		"list, expand":  api + expand,
		"view":          api + "/" + id,
		"view, expand":  api + "/" + id + expand,
		"fields":        api + "/" + id + "?fields=*,snapshot,submission,results,claimed_by,phone:excerpt(20)",
		"detail":        "/api/portal/applications/" + collection + "/" + id,
		"业务查询":          "/api/portal/applications",
		"offers":        "/api/portal/services/" + collection + "/offers?application=" + id,
		"messages":      "/api/portal/notifications",
		"desk":          "/api/portal/desk/" + collection + "/" + id,
		"queue":         "/api/portal/desk/queue",
		"candidates":    "/api/collections/candidates/records?expand=registrations_via_candidate," + collection + "_via_owner",
		"candidate":     "/api/collections/candidates/records/" + modulestest.ID("li") + "?expand=" + collection + "_via_owner",
		"registrations": "/api/collections/registrations/records?expand=candidate,registration_subjects_via_registration," + collection + "_via_registration",
		"events":        "/api/collections/events/records",
		"versions":      "/api/collections/versions/records",
		"applications":  "/api/collections/applications/records",
		"outbox":        "/api/collections/outbox/records",
		"staff":         "/api/collections/staff/records",
	}
}

// TestMasks reads a case in every state, in every way, as everybody, and looks
// for what must not be there.
func TestMasks(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, state := range scorereview.Definition().Workflow.Names() {
		id := reach(h, state)
		for surface, address := range surfaces(id) {
			for _, as := range append(modulestest.Names(), "") {
				a := h.Send(as, http.MethodGet, address, nil)
				if a.Code >= 500 {
					t.Errorf("%s reads %s in %s: %d", as, surface, state, a.Code)
				}
				look(t, as, surface+" in "+string(state), a.Body, id, state)
			}
		}
	}
}

// look finds what a reader should not have got.
func look(t *testing.T, as, where, body, id string, state modules.State) {
	t.Helper()
	for _, secret := range secrets {
		if as == "admin" && slices.Contains([]string{"_idx", `"remaining"`, `"snapshot"`, `"submission"`}, secret) {
			continue // PocketBase shows superusers every column; what is sealed stays a mask
		}
		if strings.Contains(body, secret) {
			t.Errorf("%s reads %q in %s: %.300s", as, secret, where, body)
		}
	}
	inside := as != "li" && as != "" && as != "wang" && as != "foreign" && as != "operator"
	if !inside {
		for _, name := range []string{"REVIEWER", "APPROVER", modulestest.ID("reviewer"), modulestest.ID("approver")} {
			if strings.Contains(body, name) {
				t.Errorf("%s reads %q in %s: %.300s", as, name, where, body)
			}
		}
	}
	mine := as == "li"
	if strings.Contains(body, finding) && !inside && !(mine && state == scorereview.Completed) {
		t.Errorf("%s reads the finding in %s: %.300s", as, where, body)
	}
	if !inside && !mine && strings.Contains(body, id) && !strings.Contains(where, "registration") {
		t.Errorf("%s knows of the case by %s: %.300s", as, where, body)
	}
}

// TestMaskOfThePhone says what each reader sees of the phone of an application.
func TestMaskOfThePhone(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	first := h.Create("li", collection, scorereviewtest.Fresh(h))
	second := h.Batch("li", modulestest.Change{Collection: collection, Values: scorereviewtest.Fresh(h)})[0]
	for way, a := range map[string]modulestest.Answer{"create": first, "batch": second, "edit": must(h, "li", first.ID(), "submitted", nil)} {
		if a.Text("phone") != "138****0000" {
			t.Errorf("%s answers %q", way, a.Text("phone"))
		}
		look(t, "li", way, a.Body, first.ID(), modules.Submitted)
	}
	id := first.ID()
	for as, want := range map[string]string{
		"li": "138****0000", "reviewer": "138****0000", "approver": "138****0000", "auditor": "138****0000", "admin": "138****0000",
		"wang": "", "foreign": "", "operator": "", "": "",
	} {
		if got := h.Send(as, http.MethodGet, "/api/collections/"+collection+"/records/"+id, nil).Text("phone"); got != want {
			t.Errorf("%s sees %q, want %q", as, got, want)
		}
	}
	if me := h.Send("li", http.MethodGet, "/api/collections/candidates/records/"+modulestest.ID("li"), nil); me.Text("id_number") != "110*************2X" || me.Text("mobile") != "138****0000" {
		t.Error("li sees of themselves:", me.Body)
	}
}

// TestStarsComeBack says that a mask which a page sends back means "as it was",
// and that nothing is noted as changed.
func TestStarsComeBack(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	must(h, "li", id, "submitted", m{"phone": "138****0000", "employer": "甲公司"})
	must(h, "li", id, "submitted", m{"phone": "138 0000 0000"}) // the same, in groups
	must(h, "li", id, "submitted", m{"phone": "13900000009"})
	if got := move(h, "li", id, "submitted", m{"phone": "138****0000"}).Verdict(); got != "400 phone validation_match_invalid" {
		t.Error("the mask of what it was before:", got)
	}
	var fields []string
	if err := h.App.DB().Select("fields").From("events").OrderBy("seq").Column(&fields); err != nil {
		t.Fatal(err)
	}
	want := []string{"employer,rev", "rev", "phone,rev"}
	for i, w := range want {
		got := strings.Split(fields[i+1], ",")
		for _, name := range strings.Split(w, ",") {
			if name != "rev" && !strings.Contains(fields[i+1], name) {
				t.Errorf("edit %d changed %v, want %s", i+1, got, w)
			}
		}
		if !strings.Contains(w, "phone") && strings.Contains(fields[i+1], "phone") {
			t.Errorf("edit %d changed %v, want %s", i+1, got, w)
		}
	}
}

// TestFiltersReadNothing says that a filter or a sort tells a candidate nothing
// that they may not read.
func TestFiltersReadNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, scorereview.Reporting)
	if a := h.Send("reviewer", http.MethodPost, "/api/portal/desk/"+collection+"/"+id+"/claim", nil); a.Verdict() != "200" {
		t.Fatal(a.Body)
	}
	ask := func(as, collection, query string) modulestest.Answer {
		return h.Send(as, http.MethodGet, "/api/collections/"+collection+"/records?"+query, nil)
	}
	filter := func(f string) string { return "filter=" + url.QueryEscape(f) }

	for _, column := range []string{"results", "claimed_by", "decided_by", "remaining", "submission", "snapshot"} {
		for _, query := range []string{filter(column + " != ''"), filter(column + " ~ '6'"), filter("registration." + collection + "_via_registration." + column + " != ''"), "sort=" + column} {
			if a := ask("li", collection, query); a.Code != http.StatusBadRequest && !(strings.HasPrefix(query, "sort") && a.Code == http.StatusOK && !strings.Contains(a.Body, `"`+column+`"`)) {
				t.Errorf("%s: %d %.200s", query, a.Code, a.Body)
			}
		}
	}
	for _, column := range []string{"id_number_idx", "mobile_idx", "tokenKey", "password"} {
		for _, f := range []string{"owner." + column + " != ''", "owner." + column + " ~ 'a'"} {
			if a := ask("li", collection, filter(f)); a.Code != http.StatusBadRequest {
				t.Errorf("%s: %d %.200s", f, a.Code, a.Body)
			}
		}
	}

	ticket := h.Find("registrations", modulestest.WangRegistration)
	ticket.Set("ticket_no", "wangs-ticket")
	if err := h.App.Save(ticket); err != nil {
		t.Fatal(err)
	}
	score := m{"code": "98", "name": "法规", "type": "subjective", "flag": "normal", "pass_mark": 540, "status": "active"}
	score["registration"], score["score"] = modulestest.WangRegistration, 777
	h.Add("registration_subjects", "", score)
	score["registration"], score["score"] = modulestest.LateRegistration, 888 // of li, not published
	h.Add("registration_subjects", "", score)

	// Two questions whose true answers differ get the same answer.
	for _, c := range []struct{ as, collection, yes, no string }{
		{"li", collection, "phone = '13800000000'", "phone = '13900000000'"},
		{"reviewer", collection, "phone = '13800000000'", "phone = '13900000000'"},
		{"li", collection, "owner.id_number ~ '11010519'", "owner.id_number ~ '99999999'"},
		{"li", collection, "session.registrations_via_session.candidate.name ?= '王喆'", "session.registrations_via_session.candidate.name ?= '没有'"},
		{"li", collection, "session.registrations_via_session.candidate.username ?= 'wang_candidate'", "session.registrations_via_session.candidate.username ?= 'nobody'"},
		{"li", "registrations", "session.registrations_via_session.ticket_no ?= 'wangs-ticket'", "session.registrations_via_session.ticket_no ?= 'no-ticket'"},
		{"li", "registrations", "session.registrations_via_session.registration_subjects_via_registration.score ?= 777", "session.registrations_via_session.registration_subjects_via_registration.score ?= 12345"},
		{"li", "registrations", "registration_subjects_via_registration.score ?= 888", "registration_subjects_via_registration.score ?= 12345"},
		{"li", "exam_sessions", "registrations_via_session.candidate.name ?= '王喆'", "registrations_via_session.candidate.name ?= '没有'"},
		{"wang", "exam_sessions", "registrations_via_session." + collection + "_via_registration.status ?= 'reporting'", "registrations_via_session." + collection + "_via_registration.status ?= 'no'"},
	} {
		yes, no := ask(c.as, c.collection, filter(c.yes)), ask(c.as, c.collection, filter(c.no))
		if yes.Code != no.Code || len(items(yes)) != len(items(no)) {
			t.Errorf("%s learns whether %s: %d %d, but %d %d", c.as, c.yes, yes.Code, len(items(yes)), no.Code, len(items(no)))
		}
	}
}

func items(a modulestest.Answer) []any {
	list, _ := a.JSON["items"].([]any)
	return list
}

// TestLive says who may listen to what, and that messages are masked like any
// other answer.
func TestLive(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	id := reach(h, scorereview.Reporting)
	for _, c := range []struct {
		as, topic string
		code      int
	}{
		{"li", collection + "/" + id, 204},
		{"wang", collection + "/" + id, 204}, // gets no message
		{"reviewer", collection + "/*", 204},
		{"foreign", collection + "/*", 204}, // gets no message
		{"li", collection + "/*", 403},
		{"li", collection, 403},
		{"li", collection + "/*?options=%7B%7D", 403},
		{"li", "notifications/*", 403},
		{"li", "candidates/" + modulestest.ID("li"), 403},
		{"li", "events/*", 403},
		{"", collection + "/" + id, 403},
		{"", collection + "/*", 403},
		{"reviewer", "candidates/*", 403},
	} {
		if got := h.Watch(c.as).Subscribe(c.topic).Code; got != c.code {
			t.Errorf("%s listens to %s: %d, want %d", c.as, c.topic, got, c.code)
		}
	}

	pages := map[string]*modulestest.Live{}
	for as, topic := range map[string]string{"li": collection + "/" + id, "wang": collection + "/" + id, "reviewer": collection + "/*", "foreign": collection + "/*"} {
		pages[as] = h.Watch(as)
		if a := pages[as].Subscribe(topic + "?options=" + url.QueryEscape(`{"query":{"expand":"owner,registration,decided_by"}}`)); a.Code != http.StatusNoContent {
			t.Fatal(as, a.Code, a.Body)
		}
	}
	for _, step := range []struct {
		as, to string
		state  modules.State
	}{{"reviewer2", "reporting", scorereview.Reporting}, {"approver", "completed", scorereview.Completed}} {
		must(h, step.as, id, step.to, nil)
		for as, page := range pages {
			if as == "wang" || as == "foreign" {
				if message := page.Quiet(); message != "" {
					t.Errorf("%s hears of a case of others: %s", as, message)
				}
				continue
			}
			message := page.Next()
			if !strings.Contains(message, `"status":"`+step.to+`"`) || !strings.Contains(message, `"phone":"138****0000"`) {
				t.Errorf("%s hears of %s: %q", as, step.to, message)
			}
			look(t, as, "a message", message, id, step.state)
			if hears := strings.Contains(message, finding); hears != (as == "reviewer" || step.state == scorereview.Completed) {
				t.Errorf("%s hears of the result at %s: %v", as, step.to, hears)
			}
			if again := page.Quiet(); again != "" {
				t.Errorf("%s hears twice: %s", as, again)
			}
		}
	}
}
