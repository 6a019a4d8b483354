package violation_test

import (
	"net/http"
	"strings"
	"testing"

	"examhall/modules/modulestest"
	"examhall/modules/violation"
	"examhall/modules/violation/violationtest"
)

const notices = "/api/collections/" + violation.Notices + "/records"

func patch(h *modulestest.Hall, who, id string, values map[string]any) modulestest.Answer {
	h.T.Helper()
	return h.Send(who, http.MethodPatch, notices+"/"+id, values)
}

// TestRecordAndServe: the operator records what the exam room reports, by the
// admission ticket, corrects it and serves it; after that it stays.
func TestRecordAndServe(t *testing.T) {
	t.Parallel()
	h := open(t)
	registration, law, _ := violationtest.Sitting(h)
	report := map[string]any{
		"status": "recorded", "notice_no": "示例告〔2026〕7号", "ticket_no": h.Find("registrations", registration).GetString("ticket_no"),
		"subject_code": "01", "occurred": "2026-09-12 10:20", "fact": "携带手机进入座位", "clause": "6", "penalty": "subject_void",
	}
	with := func(change map[string]any) map[string]any {
		all := map[string]any{}
		for _, m := range []map[string]any{report, change} {
			for k, v := range m {
				all[k] = v
			}
		}
		return all
	}
	for _, c := range []struct {
		who, want string
		change    map[string]any
	}{
		{"li", "", nil}, {"reviewer", "", nil}, {"approver", "", nil}, {"auditor", "", nil},
		{"admin", "status transition_denied", nil},
		{"operator", "status transition_denied", map[string]any{"status": "notified"}},
		{"operator", "ticket_no ticket_unknown", map[string]any{"ticket_no": "nobody"}},
		{"operator", "subject_code validation_invalid_value", map[string]any{"subject_code": "09"}},
		{"operator", "subject_code validation_required", map[string]any{"subject_code": ""}},
		{"operator", "penalty penalty_mismatch", map[string]any{"clause": "7"}},
	} {
		a := h.Send(c.who, http.MethodPost, notices, with(c.change))
		if a.Code == http.StatusOK || strings.Join(a.Problems(), ", ") != c.want {
			t.Errorf("%s %v: %d %v, want %q", c.who, c.change, a.Code, a.Problems(), c.want)
		}
	}
	a := h.Send("operator", http.MethodPost, notices, report)
	if a.Code != http.StatusOK {
		t.Fatal(a.Code, a.Body)
	}
	v := h.Find(violation.Notices, a.ID())
	if v.GetString("recorder") != modulestest.ID("operator") || v.GetString("subject") != law || v.GetString("candidate") != modulestest.ID("li") {
		t.Error("it is not about whom the ticket says, or does not say who recorded it")
	}
	standing := "/api/portal/services/" + violation.Collection + "/standing"
	if b := h.Send("li", http.MethodGet, standing, nil); !strings.Contains(b.Body, "no_notice") {
		t.Errorf("li is told of a notice that is not served: %s", b.Body)
	}
	if b := h.Send("li", http.MethodGet, notices+"/"+a.ID(), nil); b.Code != http.StatusNotFound {
		t.Errorf("li reads it before it is served: %d", b.Code)
	}
	for _, c := range []struct {
		who, want string
		values    map[string]any
	}{
		{"operator", "", map[string]any{"fact": "手机在座位上响铃"}},
		{"operator", "status transition_denied", map[string]any{"status": "decided", "decision_no": "1"}},
		{"approver", "status transition_denied", map[string]any{"status": "notified"}},
		{"admin", "status transition_denied", map[string]any{"fact": "没有"}},
		{"operator", "fact state_locked", map[string]any{"status": "notified", "fact": "又改"}},
		{"operator", "served validation_date_out_of_range", map[string]any{"status": "notified", "served": "2026-11-24 00:00:00.000Z"}},
		{"operator", "", map[string]any{"status": "notified"}},
		{"operator", "status transition_denied", map[string]any{"fact": "太晚了"}},
		{"operator", "status transition_denied", map[string]any{"status": "revoked"}},
	} {
		b := patch(h, c.who, a.ID(), c.values)
		if got := strings.Join(b.Problems(), ", "); got != c.want || (b.Code == http.StatusOK) != (c.want == "") {
			t.Errorf("%s %v: %d %s, want %q", c.who, c.values, b.Code, got, c.want)
		}
	}
	if b := h.Send("li", http.MethodGet, notices+"/"+a.ID(), nil); b.Code != http.StatusOK || strings.Contains(b.Body, "recorder") {
		t.Errorf("li reads what was served: %d %s", b.Code, b.Body)
	}
	if b := h.Create("li", violation.Collection, violationtest.Form(a.ID(), nil)); b.Code != http.StatusOK {
		t.Error(b.Code, b.Body)
	}
}

// TestDecideWithoutAnAppeal: when the time to answer is over and no appeal waits, by
// somebody who did not record it, under a number of its own.
func TestDecideWithoutAnAppeal(t *testing.T) {
	t.Parallel()
	h := open(t)
	mine, free := violationtest.Notice(h, map[string]any{"recorder": modulestest.ID("approver")}), violationtest.Notice(h, nil)
	answered := h.Find(violation.Collection, violationtest.Book().Reach(h, "submitted")).GetString("violation")
	used := h.Find(violation.Collection, violationtest.Book().Reach(h, violation.Upheld)).GetString("decision_no")
	decide := func(who, id, number string) string {
		return strings.Join(patch(h, who, id, map[string]any{"status": "decided", "decision_no": number}).Problems(), ", ")
	}
	if got := decide("approver", free, "示例决1号"); got != "status appeal_running" {
		t.Errorf("before the end: %s", got)
	}
	h.Travel(at(12, 1, 0, 0, 0))
	for _, c := range []struct{ who, id, number, want string }{
		{"operator", free, "示例决1号", "status transition_denied"},
		{"approver", mine, "示例决1号", "status same_reviewer"},
		{"approver", answered, "示例决1号", "status appeal_open"},
		{"approver", free, "", "decision_no validation_required"},
		{"approver", free, used, "decision_no decision_used"},
		{"approver", free, "示例决1号", ""},
		{"approver", free, "示例决2号", "decision_no state_locked"},
	} {
		if got := decide(c.who, c.id, c.number); got != c.want {
			t.Errorf("%s: %s, want %q", c.who, got, c.want)
		}
	}
	if got, want := outcome(h, free), "decided, 7/all_void_5y, failed, violation 0, void 0, serious active 2026-12-01 2031-12-01"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
