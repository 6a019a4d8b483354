// Package calendar counts days the way Chinese authorities do: in the time of
// Beijing, the day of the event not counted (民法典 §201), a last day that is a
// day off moved to the next working day (§203), and weekends that were made
// working days counted as such (调休).
package calendar

import "time"

// Zone is the time of the whole country. It is fixed, and not the zone
// Asia/Shanghai: China has had no other time since 1992, and a server without
// a time zone database must not compute other deadlines.
var Zone = time.FixedZone("CST", 8*3600)

// Kind says what a listed day is.
type Kind string

// The kinds, as the collection holidays stores them.
const (
	Off  Kind = "off"  // a holiday, or a day off in exchange for a working weekend
	Work Kind = "work" // a weekend day on which everybody works
)

// layout is how a day is written.
const layout = "2006-01-02"

// Calendar knows which days are working days. It is safe for concurrent use.
type Calendar struct{ days map[string]Kind }

// New returns a calendar with the given days, written "2026-10-01". Every other
// day is a working day from Monday to Friday. The map must not change later.
func New(days map[string]Kind) *Calendar { return &Calendar{days: days} }

// Workday says whether the day of t in Zone is a working day.
func (c *Calendar) Workday(t time.Time) bool {
	t = t.In(Zone)
	switch c.days[t.Format(layout)] {
	case Off:
		return false
	case Work:
		return true
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// AddWorkdays returns the last second of the n-th working day after the day of
// from. With n < 1 that is the last second of the day of from.
func (c *Calendar) AddWorkdays(from time.Time, n int) time.Time {
	day := noon(from)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if c.Workday(day) {
			n--
		}
	}
	return lastSecond(day)
}

// AddDays returns the last second of the n-th calendar day after the day of
// from, or of the next working day if that is a day off.
func (c *Calendar) AddDays(from time.Time, n int) time.Time {
	day := noon(from).AddDate(0, 0, n)
	for !c.Workday(day) {
		day = day.AddDate(0, 0, 1)
	}
	return lastSecond(day)
}

// AddMonths returns the last second of the day n months after the day of from,
// or of the last day of that month if it has no such day (民法典 §202), or of the
// next working day if that is a day off.
func (c *Calendar) AddMonths(from time.Time, n int) time.Time {
	start := noon(from)
	day := start.AddDate(0, n, 0)
	if day.Day() != start.Day() { // 31 August and six months is no day of February
		day = day.AddDate(0, 0, -day.Day())
	}
	return c.AddDays(day, 0)
}

// WorkdaysLeft returns how many working days lie after the day of from up to
// and including the day of to. It is 0 if to is not on a later day.
func (c *Calendar) WorkdaysLeft(from, to time.Time) int {
	n, last := 0, noon(to)
	for day := noon(from).AddDate(0, 0, 1); !day.After(last); day = day.AddDate(0, 0, 1) {
		if c.Workday(day) {
			n++
		}
	}
	return n
}

// noon returns 12:00 of the day of t in Zone.
func noon(t time.Time) time.Time {
	year, month, day := t.In(Zone).Date()
	return time.Date(year, month, day, 12, 0, 0, 0, Zone)
}

// lastSecond returns 23:59:59 of the day of t in Zone. A period ends at 24:00
// (§203), which would print as the day after.
func lastSecond(t time.Time) time.Time {
	year, month, day := t.In(Zone).Date()
	return time.Date(year, month, day, 23, 59, 59, 0, Zone)
}
