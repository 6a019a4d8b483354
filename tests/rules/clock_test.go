package rules_test

import (
	"maps"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/dummy"
	"examhall/modules/modulestest"
)

// TestClockOfTheAuthority says that the authority has ten working days, that
// its clock stands still while the candidate has theirs, and that holidays and
// working weekends count as they are. Each row is one move of one application.
func TestClockOfTheAuthority(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, dummy.Definition())
	const service = "inquiries"
	id := ""
	reply := m{"reply": "请写明考试名称"}
	for _, c := range []struct {
		when, as, to string
		values       m
		due          string // the day; it ends with it
		waits        string
		remaining    int // working days kept for later
	}{
		// Ten working days from Friday 18 September: 20 (a Sunday on which they
		// work), 21, 22, 23, 24, [25-27 holiday], 28, 29, 30, [1-7 October], 8, 9.
		{"2026-09-18 16:00:00", "li", "submitted", m{"question": "准考证什么时候可以下载打印？"}, "2026-10-09", "authority", 0},
		// An edit changes nothing about it.
		{"2026-09-19 08:00:00", "li", "submitted", nil, "2026-10-09", "authority", 0},
		// Returned on the third working day after: 22, 23, 24, 28, 29 September for the candidate;
		// the authority keeps 22, 23, 24, 28, 29, 30, 8, 9: eight days.
		{"2026-09-21 10:00:00", "reviewer", "returned", reply, "2026-09-29", "candidate", 8},
		// Corrected on the last day: eight more from 30 September: 30, 8, 9, 10 (they work), 12, 13, 14, 15.
		{"2026-09-29 23:59:59", "li", "submitted", nil, "2026-10-15", "authority", 8},
		{"2026-10-08 09:00:00", "reviewer", "under_review", nil, "2026-10-15", "authority", 8},
		// Returned again a day after it should have been decided: one day is left.
		{"2026-10-16 09:00:00", "reviewer", "returned", reply, "2026-10-23", "candidate", 1},
		{"2026-10-19 09:00:00", "li", "submitted", nil, "2026-10-20", "authority", 1},
		// Closed: nobody's clock runs.
		{"2026-10-20 09:00:00", "reviewer", "approved", nil, "", "nobody", 1},
	} {
		h.Travel(at(t, c.when))
		values := m{"status": c.to}
		maps.Copy(values, c.values)
		var a modulestest.Answer
		if id == "" {
			a = h.Create(c.as, service, values)
			id = a.ID()
		} else {
			values["rev"] = h.Row(service, id).Rev
			a = h.Update(c.as, service, id, values)
		}
		if a.Verdict() != "200" {
			t.Fatalf("%s %s: %s", c.when, c.to, a.Body)
		}
		r := h.Find(service, id)
		due := ""
		if d := r.GetDateTime("due"); !d.IsZero() {
			due = d.Time().In(calendar.Zone).Format(time.DateTime)
		}
		want := c.due
		if want != "" {
			want += " 23:59:59"
		}
		if due != want || r.GetString("waits_for") != c.waits || r.GetInt("remaining") != c.remaining {
			t.Errorf("%s %s: due %q, waits for %s, %d left; want %q, %s, %d",
				c.when, c.to, due, r.GetString("waits_for"), r.GetInt("remaining"), want, c.waits, c.remaining)
		}
	}
}

// TestClockIsNobodysOnceClosed says that a closed application has no due date,
// whichever way it ended, and is never closed again by the job.
func TestClockIsNobodysOnceClosed(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, state := range []modules.State{modules.Withdrawn, modules.Rejected, "completed", modules.Expired} {
		id := reach(h, state)
		r := h.Find(collection, id)
		if !r.GetDateTime("due").IsZero() || r.GetString("waits_for") != "nobody" {
			t.Errorf("%s: due %s, waits for %s", state, r.GetString("due"), r.GetString("waits_for"))
		}
	}
	h.Travel(modulestest.Start().AddDate(5, 0, 0))
	if n, err := h.Portal.Expire(h.App); n != 0 || err != nil {
		t.Errorf("the job closed %d: %v", n, err)
	}
}
