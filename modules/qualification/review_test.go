package qualification_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/modulestest"
	"examhall/modules/qualification"
	"examhall/modules/qualification/qualificationtest"
)

const reviewsName, appealsName = qualification.Reviews, qualification.Appeals

func open(t *testing.T) *modulestest.Hall {
	t.Helper()
	return modulestest.New(t, qualificationtest.Modules()...)
}

// at returns a time in Beijing.
func at(month time.Month, day, hour, minute, second int) time.Time {
	return time.Date(2026, month, day, hour, minute, second, 0, calendar.Zone)
}

// TestWhoIsReviewed: who is on the list, and nobody else.
func TestWhoIsReviewed(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"on the list", nil, ""},
		{"sampled under the commitment regime", map[string]any{"commitment": "chosen"}, ""},
		{"not on the list", map[string]any{"review_listed": false}, "registration not_eligible"},
		{"cancelled", map[string]any{"status": "cancelled"}, "registration validation_missing_rel_records"},
		{"of somebody else", map[string]any{"candidate": modulestest.ID("wang")}, "registration validation_missing_rel_records"},
		{"scores not published", map[string]any{"session": modulestest.Unpublished}, "registration window_not_open"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := h.Create("li", reviewsName, qualificationtest.Form(qualificationtest.Registration(h, c.change), nil))
			if got := strings.Join(a.Problems(), ", "); got != c.want {
				t.Errorf("%d %s, want %q", a.Code, got, c.want)
			}
		})
	}
}

// TestWhatIsShown: every rule about what is filled in and uploaded.
func TestWhatIsShown(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := qualificationtest.Registration(h, nil)
	rows := func(from, until string) []map[string]any {
		return []map[string]any{{"from": from, "until": until, "employer": "某公司", "position": "工程师"}}
	}
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"no telephone", map[string]any{"phone": nil}, "phone validation_required"},
		{"a school of one character", map[string]any{"school": "校"}, "school validation_min_text_constraint"},
		{"graduated in 13 months", map[string]any{"graduated": "2015-13"}, "graduated validation_invalid_format"},
		{"graduates next month", map[string]any{"graduated": "2026-12"}, "graduated month_future"},
		{"graduated at 13", map[string]any{"graduated": "1963-11"}, "graduated graduated_early"}, // born 1949-12
		{"a short code of the online check", map[string]any{"chsi_code": "AB12CD34EF5"}, "chsi_code validation_invalid_format"},
		{"no proof of the diploma", map[string]any{"chsi_code": nil}, "chsi_report material_missing"},
		{"a wrong credit code", map[string]any{"uscc": "91350100M000100Y4Z"}, "uscc uscc_invalid"},
		{"61 years of work", map[string]any{"years": 61}, "years validation_max_number_constraint"},
		{"half a year", map[string]any{"years": 0.5}, "years validation_only_int_constraint"},
		{"no work", map[string]any{"history": []any{}}, "history row_missing"},
		{"work from next month", map[string]any{"history": rows("2026-12", "")}, "history.0.from month_future"},
		{"work until next month", map[string]any{"history": rows("2020-01", "2026-12")}, "history.0.until month_future"},
		{"work that ends first", map[string]any{"history": rows("2020-02", "2020-01")}, "history.0.until month_order"},
		{"work in a month by name", map[string]any{"history": rows("2020年2月", "")}, "history.0.from validation_match_invalid"},
		{"no identity card", map[string]any{"id_card": nil}, "id_card material_missing"},
		{"no diploma, no proof of work", map[string]any{"diploma": nil, "work_proof": nil}, "diploma material_missing, work_proof material_missing"},
		{"no declaration", map[string]any{"commitment": nil}, "commitment commitment_required"},
		{"a condition that is none", map[string]any{"condition": "9"}, "condition validation_invalid_value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := h.Create("li", reviewsName, qualificationtest.Form(id, c.change)); strings.Join(a.Problems(), ", ") != c.want {
				t.Errorf("%d %v, want %s", a.Code, a.Problems(), c.want)
			}
		})
	}
	for _, good := range []map[string]any{
		{"graduated": "2026-11"}, {"graduated": "1963-12"}, {"years": 0}, {"uscc": ""}, {"education": "secondary", "chsi_code": nil},
		{"chsi_code": nil, "chsi_report": modulestest.Scan("report.jpg")}, {"chsi_code": nil, "foreign_diploma": modulestest.PDF("cscse.pdf", "")},
		{"history": rows("2026-11", "2026-11")}, {"school": strings.Repeat("𬭎", 60)},
	} {
		if a := h.Create("li", reviewsName, qualificationtest.Form(qualificationtest.Registration(h, nil), good)); a.Code != http.StatusOK {
			t.Errorf("%v: %d %s", good, a.Code, a.Body)
		}
	}
	if a := h.Create("li", reviewsName, qualificationtest.Form(id, nil)); a.Text("uscc") != "91350100M000100Y43" {
		t.Errorf("the credit code is stored as %q", a.Text("uscc"))
	}
}

// TestConditions: the notice names the conditions, and each its own proofs.
func TestConditions(t *testing.T) {
	t.Parallel()
	h := open(t)
	session := h.Find("exam_sessions", modulestest.Session)
	session.Set("review_conditions", `[{"value":"1","label":"取得大学本科学历"},{"value":"3","label":"取得学士学位","materials":["degree_certificate"]}]`)
	if err := h.App.Save(session); err != nil {
		t.Fatal(err)
	}
	id := qualificationtest.Registration(h, nil)
	for want, change := range map[string]map[string]any{
		"condition validation_required":       {},
		"condition validation_invalid_value":  {"condition": "2"},
		"degree_certificate material_missing": {"condition": "3"},
	} {
		if a := h.Create("li", reviewsName, qualificationtest.Form(id, change)); strings.Join(a.Problems(), ", ") != want {
			t.Errorf("%v: %d %v, want %s", change, a.Code, a.Problems(), want)
		}
	}
	a := h.Create("li", reviewsName, qualificationtest.Form(id, map[string]any{"condition": "3", "degree_certificate": modulestest.Scan("degree.jpg")}))
	if a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
	offers := h.Send("li", http.MethodGet, "/api/portal/services/"+reviewsName+"/offers", nil)
	if !strings.Contains(offers.Body, `"label":{"zh":"取得学士学位"`) || !strings.Contains(offers.Body, `"materials":["degree_certificate"]`) {
		t.Error("the form is not told:", offers.Body)
	}
}

// TestWindow: ten working days from the scores, the dates of the notice instead
// of them, and a row of windows instead of both. The last second belongs to it.
func TestWindow(t *testing.T) {
	t.Parallel()
	h := open(t)
	session := h.Find("exam_sessions", modulestest.Session) // scores on Friday 2026-11-20 at ten
	check := func(when time.Time, want string) {
		t.Helper()
		h.Travel(when)
		a := h.Create("li", reviewsName, qualificationtest.Form(qualificationtest.Registration(h, nil), nil))
		if got := a.Problem("registration"); got != want {
			t.Errorf("%s: %d %v, want %q", when, a.Code, a.Problems(), want)
		}
	}
	check(at(11, 20, 9, 59, 59), "window_not_open")
	check(at(11, 20, 10, 0, 0), "")
	check(at(12, 4, 23, 59, 59), "")
	check(at(12, 5, 0, 0, 0), "window_closed")

	session.Set("review_opens", at(12, 7, 10, 0, 0))
	session.Set("review_closes", at(12, 9, 17, 0, 0))
	if err := h.App.Save(session); err != nil {
		t.Fatal(err)
	}
	check(at(12, 7, 9, 59, 59), "window_not_open")
	check(at(12, 9, 17, 0, 0), "")
	check(at(12, 9, 17, 0, 1), "window_closed")
	h.Add("windows", "", map[string]any{
		"service": reviewsName, "session": modulestest.Session, "opens": at(12, 7, 10, 0, 0), "closes": at(12, 10, 17, 0, 0),
	})
	check(at(12, 10, 17, 0, 0), "")
	check(at(12, 10, 17, 0, 1), "window_closed")
}

// TestLateCorrection: what was returned may be corrected after the window, until
// its own time is over; what waits may not be edited then.
func TestLateCorrection(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := qualificationtest.Reviews()
	h.Travel(at(12, 4, 16, 0, 0))
	waiting, back := b.Reach(h, modules.Submitted), b.Reach(h, modules.Returned)
	h.Travel(at(12, 5, 9, 0, 0))
	edit := map[string]any{"status": "submitted", "rev": h.Row(reviewsName, waiting).Rev, "remark": "补充"}
	if a := h.Update("li", reviewsName, waiting, edit); a.Problem("registration") != "window_closed" {
		t.Errorf("an edit after the window: %d %v", a.Code, a.Problems())
	}
	h.Travel(at(12, 12, 0, 0, 0)) // five working days end on the 11th
	if a := h.Update("li", reviewsName, back, map[string]any{"status": "submitted", "rev": 2}); a.Problem("status") != "window_closed" {
		t.Errorf("a correction after its time: %d %v", a.Code, a.Problems())
	}
	h.Travel(at(12, 11, 23, 59, 59))
	b.Play(h, back, "resubmit")
}

// TestOncePerRegistration: one application at a time, and another one only
// after it was withdrawn or has expired.
func TestOncePerRegistration(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := qualificationtest.Reviews()
	for _, c := range []struct {
		state modules.State
		again string
	}{
		{modules.Submitted, "duplicate_active"}, {modules.UnderReview, "duplicate_active"}, {modules.Returned, "duplicate_active"},
		{modules.Approved, "duplicate_active"}, {modules.Rejected, "duplicate_active"}, {modules.Withdrawn, ""}, {modules.Expired, ""},
	} {
		id := b.Reach(h, c.state)
		a := h.Create("li", reviewsName, qualificationtest.Form(h.Find(reviewsName, id).GetString("registration"), nil))
		if got := a.Problem("registration"); got != c.again {
			t.Errorf("again after %s: %d %v, want %q", c.state, a.Code, a.Problems(), c.again)
		}
	}
}

// TestOutcome: what a review does to its registration.
func TestOutcome(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := qualificationtest.Reviews()
	for state, want := range map[modules.State]string{
		modules.Submitted: "pending", modules.UnderReview: "pending", modules.Returned: "pending", modules.Approved: "passed",
		modules.Rejected: "pending", modules.Withdrawn: "", modules.Expired: "",
	} {
		if got := qualificationtest.Outcome(h, b.Reach(h, state)); got != want {
			t.Errorf("%s: %q, want %q", state, got, want)
		}
	}
}

// TestRefusalBecomesFinal: when the time to appeal is over, and not before; an
// appeal keeps it open.
func TestRefusalBecomesFinal(t *testing.T) {
	t.Parallel()
	h := open(t)
	final, appealed := qualificationtest.Rejected(h), qualificationtest.Rejected(h) // Monday 2026-11-23
	if a := h.Create("li", appealsName, qualificationtest.Appeal(appealed, nil)); a.Code != http.StatusOK {
		t.Fatal(a.Code, a.Body)
	}
	h.Travel(at(12, 7, 23, 59, 59))
	expire(h)
	if got := qualificationtest.Outcome(h, final); got != "pending" {
		t.Errorf("in the last second it is %q", got)
	}
	h.Travel(at(12, 8, 0, 0, 0))
	expire(h)
	if got := qualificationtest.Outcome(h, final); got != "failed" {
		t.Errorf("after it, it is %q", got)
	}
	if got := qualificationtest.Outcome(h, appealed); got != "pending" {
		t.Errorf("with an appeal it is %q", got)
	}
}

func expire(h *modulestest.Hall) {
	h.T.Helper()
	if _, err := h.Portal.Expire(h.App); err != nil {
		h.T.Fatal(err)
	}
}
