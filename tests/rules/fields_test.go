package rules_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
	"examhall/modules/sealed"
)

// TestFieldsOfAMove says what may change together with which move. Each row is
// asked of a new application.
func TestFieldsOfAMove(t *testing.T) {
	t.Parallel()
	h := open(t)
	short := scorereviewtest.About(modulestest.Practice)
	short[0]["reason"] = "太短"
	for _, c := range []struct {
		what   string
		in     modules.State
		as, to string
		values map[string]any
		want   string
	}{
		{"an edit changes the form", modules.Submitted, "li", "submitted", m{"employer": "甲公司", "phone": "13900000000"}, "200"},
		{"an edit runs the checks of submit", modules.Submitted, "li", "submitted", m{"items": short}, "400 items.0.reason validation_length_out_of_range"},
		{"an edit may not pick what submit may not", modules.Submitted, "li", "submitted",
			m{"items": scorereviewtest.About(modulestest.Law)}, "400 items.0.subject subject_objective"},
		{"an edit may not pick somebody else's subject", modules.Submitted, "li", "submitted",
			m{"items": scorereviewtest.About(modulestest.WangsOwn)}, "400 items.0.subject validation_invalid_value"},
		{"an edit may not take a material away", modules.Submitted, "li", "submitted", m{"statement": ""}, "400 statement material_missing"},
		{"an edit may not take the phone away", modules.Submitted, "li", "submitted", m{"phone": ""}, "400 phone validation_required"},
		{"an edit keeps its registration", modules.Submitted, "li", "submitted", m{"registration": modulestest.LateRegistration, "items": nil}, "400 items row_missing, registration state_locked"},
		{"an edit keeps its commitment", modules.Submitted, "li", "submitted", m{"commitment": "2020-1"}, "400 commitment state_locked"},
		{"an edit may not write a reply", modules.Submitted, "li", "submitted", m{"reply": "同意"}, "400 reply state_locked"},
		{"an edit may not write results", modules.Submitted, "li", "submitted", m{"results": []m{}}, "400 results state_locked"},

		{"a resubmit changes the form", modules.Returned, "li", "submitted", m{"employer": "甲公司"}, "200"},
		{"a resubmit runs the checks of submit", modules.Returned, "li", "submitted", m{"items": short}, "400 items.0.reason validation_length_out_of_range"},
		{"a resubmit may not take a material away", modules.Returned, "li", "submitted", m{"id_card": []string{}}, "400 id_card material_missing"},
		{"a resubmit may not write the reply", modules.Returned, "li", "submitted", m{"reply": "已补正"}, "400 reply state_locked"},

		{"a withdrawal changes nothing else", modules.Submitted, "li", "withdrawn", m{"employer": "甲公司"}, "400 employer state_locked"},
		{"a withdrawal changes no sealed field", modules.Submitted, "li", "withdrawn", m{"phone": "13900000000"}, "400 phone state_locked"},
		{"a withdrawal changes no rows", modules.Submitted, "li", "withdrawn", m{"items": short}, "400 items state_locked"},
		{"a withdrawal changes no file", modules.Submitted, "li", "withdrawn", m{"statement": modulestest.Scan("x.jpg")}, "400 statement state_locked"},

		{"accepting changes nothing else", modules.Submitted, "reviewer", "accepted", m{"employer": "甲公司"}, "400 employer state_locked"},
		{"accepting has no reply", modules.Submitted, "reviewer", "accepted", m{"reply": "好的"}, "400 reply state_locked"},
		{"accepting brings no results", modules.Submitted, "reviewer", "accepted", m{"results": []m{{"subject": "x"}}}, "400 results state_locked"},
		{"returning needs a reason", modules.Submitted, "reviewer", "returned", nil, "400 reply comment_required"},
		{"returning needs more than a blank", modules.Submitted, "reviewer", "returned", m{"reply": "  \n 　"}, "400 reply comment_required"},
		{"returning may not correct the phone", modules.Submitted, "reviewer", "returned", m{"reply": "电话有误", "phone": "13900000000"}, "400 phone state_locked"},
		{"refusing needs a reason", modules.Submitted, "reviewer", "rejected", nil, "400 reply comment_required"},

		{"staff may not change a result after completion", scorereview.Completed, "reviewer", "completed", m{"results": []m{}}, "400 status transition_denied"},
		{"nor the approver", scorereview.Completed, "approver", "completed", m{"results": []m{}}, "400 status transition_denied"},
		{"nor who is both", scorereview.Completed, "both", "reporting", m{"results": []m{}}, "400 status transition_denied"},
		{"nor the reply", scorereview.Completed, "approver", "completed", m{"reply": "另行通知"}, "400 status transition_denied"},
	} {
		id := reach(h, c.in)
		if got := move(h, c.as, id, c.to, c.values); got.Verdict() != c.want {
			t.Errorf("%s: %s, want %s", c.what, got.Verdict(), c.want)
		}
	}
}

type m = map[string]any

// TestApproverInventsNothing says that the approver confirms what the reviewer
// found, to the letter.
func TestApproverInventsNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, scorereview.Reporting)
	same := scorereviewtest.Results(h, id, m{"outcome": "changed", "score": 612, "document": "核〔2026〕7号"})
	better := scorereviewtest.Results(h, id, m{"outcome": "changed", "score": 900, "document": "核〔2026〕7号"})
	for _, c := range []struct {
		what   string
		to     string
		values m
		want   string
	}{
		{"altering the score", "completed", m{"results": better}, "400 results state_locked"},
		{"leaving the result out", "completed", m{"results": []m{}}, "400 results result_missing"},
		{"altering it while sending back", "accepted", m{"results": better, "reply": "请核实"}, "400 results state_locked"},
		{"the same result, as the dashboard sends it", "completed", m{"results": same}, "200"},
	} {
		if got := move(h, "approver", id, c.to, c.values); got.Verdict() != c.want {
			t.Errorf("%s: %s, want %s", c.what, got.Verdict(), c.want)
		}
	}
	if got := h.Find("registration_subjects", scorereviewtest.Subjects(h, id)[0]).GetInt("score"); got != 612 {
		t.Errorf("score %d, want 612", got)
	}
}

// TestResults says what the reviewer may report.
func TestResults(t *testing.T) {
	t.Parallel()
	h := open(t)
	subject := h.Subject(modulestest.Registration)
	other := h.Subject(modulestest.Registration)
	a := h.Create("li", collection, scorereviewtest.Form(m{"items": scorereviewtest.About(subject)}))
	id := a.ID()
	must(h, "reviewer", id, "accepted", nil)
	must(h, "reviewer", id, "reporting", nil) // what the markers say comes later
	must(h, "reviewer", id, "reporting", m{"results": []m{}})
	if got := move(h, "approver", id, "completed", nil); got.Verdict() != "400 results result_missing" {
		t.Errorf("completed without results: %s", got.Verdict())
	}
	for _, c := range []struct {
		what   string
		result []m
		want   string
	}{
		{"another subject", []m{{"subject": other, "outcome": "unchanged"}}, "results.0.subject validation_invalid_value"},
		{"a score that is missing", []m{{"subject": subject, "outcome": "changed", "document": "7号"}}, "results.0.score validation_required"},
		{"a correction without a document", []m{{"subject": subject, "outcome": "changed", "score": 900}}, "results.0.document validation_required"},
		{"a mark that is missing", []m{{"subject": subject, "outcome": "mark_fixed", "document": "7号"}}, "results.0.flag validation_required"},
		{"a mark that needs a score", []m{{"subject": subject, "outcome": "mark_fixed", "flag": "normal", "document": "7号"}}, "results.0.score validation_required"},
		{"no change, but a score", []m{{"subject": subject, "outcome": "unchanged", "score": 900}}, "results.0.outcome result_unchanged"},
		{"the same subject twice", []m{{"subject": subject, "outcome": "unchanged"}, {"subject": subject, "outcome": "unchanged"}}, "results.1.subject validation_invalid_value"},
		{"an unknown column", []m{{"subject": subject, "outcome": "unchanged", "pay": 1}}, "results.0 row_invalid"},
		{"an unknown outcome", []m{{"subject": subject, "outcome": "better", "document": "7号"}}, "results.0.outcome validation_invalid_value"},
		{"a score as text", []m{{"subject": subject, "outcome": "changed", "score": "900", "document": "7号"}}, "results.0.score row_invalid"},
		{"half a tenth", []m{{"subject": subject, "outcome": "changed", "score": 90.5, "document": "7号"}}, "results.0.score row_invalid"},
		{"a score below zero", []m{{"subject": subject, "outcome": "changed", "score": -1, "document": "7号"}}, "results.0.score row_range"},
		{"more than there is", []m{{"subject": subject, "outcome": "changed", "score": 3001, "document": "7号"}}, "results.0.score row_range"},
	} {
		if got := move(h, "reviewer", id, "reporting", m{"results": c.result}); got.Verdict() != "400 "+c.want {
			t.Errorf("%s: %s, want 400 %s", c.what, got.Verdict(), c.want)
		}
	}
}

// TestRevIsRequired says that every change over HTTP names the rev it was made
// from, and that the present one is the only one that counts.
func TestRevIsRequired(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	for _, c := range []struct {
		rev  any
		want string
	}{
		{nil, "400 rev rev_required"},
		{"1", "400 rev rev_required"},
		{true, "400 rev rev_required"},
		{[]int{1}, "400 rev rev_required"},
		{0, "409 rev rev_conflict"},
		{2, "409 rev rev_conflict"},
		{-1, "409 rev rev_conflict"},
		{1, "200"},
	} {
		body := m{"status": "submitted", "employer": "甲公司"}
		if c.rev != nil {
			body["rev"] = c.rev
		}
		if got := h.Update("li", collection, id, body).Verdict(); got != c.want {
			t.Errorf("rev %v: %s, want %s", c.rev, got, c.want)
		}
	}
	if got := h.Update("reviewer", collection, id, m{"status": "accepted", "rev": 1}).Verdict(); got != "409 rev rev_conflict" {
		t.Errorf("accepting what was read before the edit: %s", got)
	}
}

// TestForgedEnvelope says that nothing a client writes about who it is, or about
// what ExamHall keeps itself, is believed.
func TestForgedEnvelope(t *testing.T) {
	t.Parallel()
	h := open(t)
	forged := m{
		"@actor": m{"Kind": "system", "Roles": []string{"system"}}, "@pbInternalActor": m{"Kind": "system", "Roles": []string{"system", "reviewer"}},
		"number": "CJFH20000101000001", "due": "2099-01-01 00:00:00.000Z", "submitted": "2000-01-01 00:00:00.000Z", "decided": "2000-01-01 00:00:00.000Z",
		"decided_by": modulestest.ID("approver"), "claimed_by": modulestest.ID("approver"), "remaining": 99, "resubmits": 99,
		"waits_for": "nobody", "snapshot": "x", "rev": 1, "session": modulestest.Unpublished, "created": "2000-01-01 00:00:00.000Z",
	}
	values := scorereviewtest.Fresh(h)
	for k, v := range forged {
		values[k] = v
	}
	values["owner"] = modulestest.ID("wang")
	a := h.Create("li", collection, values)
	if a.Verdict() != "200" {
		t.Fatal("submit:", a.Body)
	}
	id := a.ID()
	honest := func(when string, resubmits int) {
		t.Helper()
		r := h.Find(collection, id)
		got, _ := json.Marshal(m{
			"owner": r.GetString("owner"), "number": r.GetString("number"), "session": r.GetString("session"), "due": r.GetString("due"),
			"claimed_by": r.GetString("claimed_by"), "decided_by": r.GetString("decided_by"), "remaining": r.GetInt("remaining"),
			"resubmits": r.GetInt("resubmits"), "waits_for": r.GetString("waits_for"),
		})
		want, _ := json.Marshal(m{
			"owner": modulestest.ID("li"), "number": "CJFH20261123000001", "session": modulestest.Session, "due": "",
			"claimed_by": "", "decided_by": "", "remaining": 0, "resubmits": resubmits, "waits_for": "authority",
		})
		if string(got) != string(want) {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	honest("submit", 0)

	forged["status"] = "submitted"
	delete(forged, "session")
	if a := h.Update("li", collection, id, forged); a.Verdict() != "200" {
		t.Error("edit:", a.Body)
	}
	honest("edit", 0)

	forged["status"], forged["rev"] = "accepted", 2
	if a := h.Update("li", collection, id, forged); a.Verdict() != "400 status transition_denied" {
		t.Error("an actor in the body accepts:", a.Verdict())
	}
	for _, as := range []string{"li", "reviewer"} {
		to := map[string]string{"li": "submitted", "reviewer": "accepted"}[as]
		if a := move(h, as, id, to, m{"owner": modulestest.ID("wang")}); a.Problem("owner") != "owner_fixed" {
			t.Errorf("%s gives the case away: %s", as, a.Verdict())
		}
	}
	for _, as := range append(modulestest.Names(), "") {
		if a := h.Send(as, http.MethodDelete, "/api/collections/"+collection+"/records/"+id, nil); a.Code < 400 || a.Code >= 500 {
			t.Errorf("%s deletes: %d", as, a.Code)
		}
	}
}

// TestFactsChangeMeanwhile says that an edit and a resubmit look at the facts as
// they are now, not as they were when the application was submitted.
func TestFactsChangeMeanwhile(t *testing.T) {
	t.Parallel()
	h := open(t)
	edited, returned := reach(h, modules.Submitted), reach(h, modules.Returned)
	set := func(collection, id, column string, value any) {
		t.Helper()
		r := h.Find(collection, id)
		r.Set(column, value)
		if err := h.App.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(what, want string) {
		t.Helper()
		for name, id := range map[string]string{"edit": edited, "resubmit": returned} {
			if got := move(h, "li", id, "submitted", nil).Verdict(); got != want {
				t.Errorf("%s: %s, %s, want %s", what, name, got, want)
			}
		}
	}
	for _, id := range []string{edited, returned} {
		set("registration_subjects", scorereviewtest.Subjects(h, id)[0], "status", "refunded")
	}
	ask("the subject was refunded", "400 items.0.subject not_eligible")
	for _, id := range []string{edited, returned} {
		set("registration_subjects", scorereviewtest.Subjects(h, id)[0], "status", "active")
	}

	set("exam_sessions", modulestest.Session, "score_published", modulestest.Start().Add(time.Hour))
	if got := move(h, "li", returned, "submitted", nil).Problem("registration"); got != "not_eligible" {
		t.Errorf("the scores are withdrawn from publication: %q, want not_eligible", got)
	}
	set("exam_sessions", modulestest.Session, "score_published", modulestest.Published())

	set("registrations", modulestest.Registration, "status", "cancelled")
	ask("the registration was cancelled", "400 registration validation_missing_rel_records")
	set("registrations", modulestest.Registration, "status", "paid")
	ask("all is well again", "200")
}

// TestAReplyBelongsToItsMove says that a reason is written anew for each move
// that needs one: the one of an earlier move does not do.
func TestAReplyBelongsToItsMove(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, scorereview.Reporting)
	must(h, "approver", id, "accepted", m{"reply": "结果与来文不符，请核实"})
	for _, to := range []string{"returned", "rejected"} {
		if got := move(h, "reviewer", id, to, nil).Verdict(); got != "400 reply comment_required" {
			t.Errorf("%s with the approver's reply: %s", to, got)
		}
	}
	must(h, "reviewer", id, "returned", m{"reply": "请补交准考证"})
	a := must(h, "li", id, "submitted", nil)
	if a.Text("reply") != "" {
		t.Error("the reply stays after the resubmit:", a.Text("reply"))
	}
	must(h, "reviewer", id, "returned", m{"reply": "请补交准考证"}) // the same words, written again
	if got := h.Find(collection, id).GetString("reply"); got != "请补交准考证" {
		t.Errorf("reply %q", got)
	}
}

// TestWholeRecordComesBack says that a client may send back everything that it
// read, as the dashboard does, with the mask for the phone and the names for
// the files: only what it changed counts.
func TestWholeRecordComesBack(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	phone := sealed.Plain(h.Find(collection, id), "phone")
	for _, c := range []struct {
		as, to string
		change m
		fields string // what the trail says has changed
	}{
		{"li", "submitted", nil, ""},
		{"li", "submitted", m{"employer": "甲公司"}, "employer"},
		{"reviewer", "returned", m{"reply": "请补充材料"}, "status,reply"},
		{"li", "submitted", nil, "status"},
		{"reviewer2", "accepted", nil, "status"},
		{"reviewer", "reporting", m{"results": scorereviewtest.Results(h, id, m{"outcome": "changed", "score": 612})}, "status,results"},
		{"reviewer2", "reporting", nil, ""},
		{"approver", "accepted", m{"reply": "请核实"}, "status,reply"},
		{"reviewer", "reporting", nil, "status"},
		{"approver", "completed", m{"reply": "已更正"}, "status,reply"},
	} {
		read := h.Send(c.as, http.MethodGet, "/api/collections/"+collection+"/records/"+id, nil)
		body := read.JSON
		body["status"] = c.to
		for key, value := range c.change {
			body[key] = value
		}
		if a := h.Update(c.as, collection, id, body); a.Verdict() != "200" {
			t.Fatalf("%s moves to %s: %s", c.as, c.to, a.Body)
		}
		var fields string
		if err := h.App.DB().Select("fields").From("events").Where(dbx.HashExp{"record": id}).OrderBy("seq DESC").Limit(1).Row(&fields); err != nil || fields != c.fields {
			t.Errorf("%s moves to %s: changed %q, want %q (%v)", c.as, c.to, fields, c.fields, err)
		}
	}
	if got := sealed.Plain(h.Find(collection, id), "phone"); got != phone {
		t.Errorf("the phone became %s", got)
	}
	if kept := count(h, "replaced_files", dbx.NewExp("1 = 1")); kept != 0 {
		t.Errorf("%d files were replaced", kept)
	}
	verify(t, h)
}
