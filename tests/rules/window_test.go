package rules_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// at returns a time in Shanghai, "2026-11-20 10:00:00".
func at(t testing.TB, text string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation(time.DateTime, text, calendar.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// publish sets when the scores are published and how long they may be doubted.
func publish(h *modulestest.Hall, when time.Time, days int) {
	h.T.Helper()
	session := h.Find("exam_sessions", modulestest.Session)
	session.Set("score_published", when)
	session.Set("score_review_days", days)
	if err := h.App.Save(session); err != nil {
		h.T.Fatal(err)
	}
}

// TestWindow says when score reviews are taken: from the second of the
// publication to the last second of the last day, which is moved off a day off.
// The job is not needed for it.
func TestWindow(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Add("holidays", "", m{"date": "2027-01-01", "kind": "off", "name": "元旦"})
	for _, c := range []struct {
		published string
		days      int // 0 is the 30 of the rules
		last      string
		why       string
	}{
		{"2026-11-23 09:00:00", 0, "2026-12-23", "a Wednesday"},
		{"2026-11-20 10:00:00", 0, "2026-12-21", "the 20th is a Sunday"},
		{"2026-10-22 10:00:00", 0, "2026-11-23", "the 21st is a Saturday"},
		{"2026-09-10 10:00:00", 0, "2026-10-10", "a Saturday on which the authority works"},
		{"2026-09-01 10:00:00", 0, "2026-10-08", "the 1st is National Day, which ends on the 7th"},
		{"2026-09-16 10:00:00", 15, "2026-10-08", "15 days end on National Day"},
		{"2026-08-21 10:00:00", 0, "2026-09-20", "a Sunday on which the authority works"},
		{"2026-11-23 00:30:00", 0, "2026-12-23", "still the 22nd in Greenwich"},
		{"2026-11-23 23:59:59", 0, "2026-12-23", "the day of the publication does not count"},
		{"2026-12-02 10:00:00", 0, "2027-01-04", "New Year's Day of the next year, as the operator entered it"},
	} {
		opens, closes := at(t, c.published), at(t, c.last+" 23:59:59")
		h.Travel(modulestest.Start())
		publish(h, opens, c.days)
		for _, moment := range []struct {
			when time.Time
			want string
		}{
			{opens.Add(-time.Second), "window_not_open"},
			{opens.Add(-time.Millisecond), "window_not_open"},
			{opens, ""},
			{closes, ""},
			{closes.Add(999 * time.Millisecond), ""}, // the last second is a whole one
			{closes.Add(time.Second), "window_closed"},
			{closes.AddDate(1, 0, 0), "window_closed"},
		} {
			h.Travel(moment.when)
			a := h.Create("li", collection, scorereviewtest.Fresh(h))
			if a.Problem("registration") != moment.want || (a.Code == http.StatusOK) != (moment.want == "") {
				t.Errorf("%s, submit at %s: %s, want %q", c.why, moment.when, a.Verdict(), moment.want)
			}
		}
	}
}

// TestWindowOfEdits says that an edit needs the window as a submit does, that a
// withdrawal does not, and that a returned application has its own time.
func TestWindowOfEdits(t *testing.T) {
	t.Parallel()
	h := open(t)
	closes := at(t, "2026-12-21 23:59:59")
	edited, withdrawn := reach(h, modules.Submitted), reach(h, modules.Submitted)
	returned := reach(h, modules.Submitted)
	h.Travel(closes)
	must(h, "reviewer", returned, "returned", m{"reply": "请补交准考证"}) // until 28 December
	for _, c := range []struct {
		after time.Duration
		want  string
	}{
		{0, "200"},
		{999 * time.Millisecond, "200"},
		{time.Second, "400 registration window_closed"},
	} {
		h.Travel(closes.Add(c.after))
		if got := move(h, "li", edited, "submitted", nil).Verdict(); got != c.want {
			t.Errorf("edit %s after the last second: %s, want %s", c.after, got, c.want)
		}
	}
	must(h, "li", withdrawn, "withdrawn", nil)
	must(h, "li", returned, "submitted", nil)
}

// TestWindowRow says that a row of the operator replaces the default: the one
// for the session, else the one for all sessions.
func TestWindowRow(t *testing.T) {
	t.Parallel()
	h := open(t)
	noon := func(day string) time.Time { return at(t, "2026-"+day+" 12:00:00") }
	row := func(service, session, from, to string) {
		t.Helper()
		h.Add("windows", "", m{"service": service, "session": session, "opens": noon(from), "closes": noon(to)})
	}
	ask := func(what string, when time.Time, want string) {
		t.Helper()
		h.Travel(when)
		if got := h.Create("li", collection, scorereviewtest.Fresh(h)).Problem("registration"); got != want {
			t.Errorf("%s, at %s: %q, want %q", what, when, got, want)
		}
	}
	row(collection, modulestest.Unpublished, "11-01", "11-02")
	ask("rows of others", modulestest.Start(), "")

	row(collection, "", "11-24", "11-25")
	ask("for all sessions", noon("11-24").Add(-time.Second), "window_not_open")
	ask("for all sessions", noon("11-24"), "")
	ask("for all sessions", noon("11-25"), "")
	ask("for all sessions", noon("11-25").Add(time.Second), "window_closed")

	row(collection, modulestest.Session, "11-20", "12-31")
	ask("after an outage", noon("12-30"), "")
	ask("after an outage", noon("12-31"), "")
	ask("after an outage", noon("12-31").Add(time.Second), "window_closed")

	a := h.Send("li", http.MethodGet, "/api/portal/services/"+collection+"/offers", nil)
	if !strings.Contains(a.Body, `"closes":"2026-12-31 04:00:00.000Z"`) {
		t.Error("the form says something else:", a.Body)
	}
}

// TestTimeToCorrect says that a returned application waits for five working
// days and not a second longer, whether or not the job has run.
func TestTimeToCorrect(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Travel(at(t, "2026-09-29 15:00:00")) // a Tuesday before National Day
	publish(h, at(t, "2026-09-22 10:00:00"), 0)
	id := func() string { return reach(h, modules.Returned) }
	inTime, lastMoment, late, withdrawn, expired := id(), id(), id(), id(), id()
	end := at(t, "2026-10-12 23:59:59") // 30 September, then 8, 9, 10 (a Saturday on which they work) and 12 October
	if got := h.Find(collection, inTime).GetDateTime("due").Time(); !got.Equal(end) {
		t.Fatalf("due %s, want %s", got, end)
	}
	job := func(want int) {
		t.Helper()
		if n, err := h.Portal.Expire(h.App); err != nil || n != want {
			t.Errorf("the job closed %d (%v), want %d", n, err, want)
		}
	}
	ask := func(id, to, want string) {
		t.Helper()
		if got := move(h, "li", id, to, nil).Verdict(); got != want {
			t.Errorf("%s at %s: %s, want %s", to, h.Now(), got, want)
		}
	}
	h.Travel(end)
	job(0)
	ask(inTime, "submitted", "200")
	h.Travel(end.Add(999 * time.Millisecond))
	job(0)
	ask(lastMoment, "submitted", "200")
	h.Travel(end.Add(time.Second))
	ask(late, "submitted", "400 status window_closed")
	ask(withdrawn, "withdrawn", "400 status window_closed")
	job(3)
	job(0)
	ask(late, "submitted", "400 status transition_denied")
	for _, x := range []string{late, withdrawn, expired} {
		if got := h.Row(collection, x).Status; got != "expired" {
			t.Errorf("%s, want expired", got)
		}
	}
	verify(t, h)
}
