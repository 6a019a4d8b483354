package calendar_test

import (
	"testing"
	"time"
	_ "time/tzdata" // what the zone is compared with, on every machine

	"pgregory.net/rapid"

	"examhall/modules/calendar"
)

const clock = "2006-01-02 15:04:05 -0700"

// at parses a moment; without a zone it is one in China.
func at(t *testing.T, s string) time.Time {
	t.Helper()
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02"} {
		if m, err := time.ParseInLocation(layout, s, calendar.Zone); err == nil {
			return m
		}
	}
	t.Fatalf("cannot read the moment %q", s)
	return time.Time{}
}

func official() *calendar.Calendar { return calendar.New(calendar.Days(calendar.Holidays())) }

func TestWorkday(t *testing.T) {
	for day, want := range map[string]bool{
		"2026-03-02":           true,  // Monday
		"2026-03-07":           false, // Saturday
		"2026-03-08":           false, // Sunday
		"2026-02-14":           true,  // Saturday, worked for the Spring Festival
		"2026-02-28":           true,  // Saturday, likewise
		"2026-01-04":           true,  // Sunday, worked for New Year
		"2026-05-09":           true,  // Saturday, worked for Labour Day
		"2026-09-20":           true,  // Sunday, worked for National Day
		"2026-09-25":           false, // Friday, Mid-Autumn
		"2026-09-28":           true,  // Monday between two holidays
		"2026-10-08":           true,  // Thursday after National Day
		"2025-10-08":           false, // Wednesday, eighth day of the joint holiday
		"2025-10-09":           true,
		"2025-04-27":           true,  // Sunday, worked for Labour Day
		"2025-02-04":           false, // Tuesday, last day of the Spring Festival
		"2025-02-05":           true,
		"2026-10-07T15:59:59Z": false, // 23:59:59 of the last day off in China
		"2026-10-07T16:00:00Z": true,  // midnight in China: a working day begins
	} {
		if got := official().Workday(at(t, day)); got != want {
			t.Errorf("Workday(%s) = %v", day, got)
		}
	}
}

func TestAddWorkdays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		// Mid-Autumn Friday to Sunday and National Day lie in between:
		// 28, 29, 30 September, 8, 9 October.
		{"2026-09-25", 5, "2026-10-09"},
		{"2026-09-25", 6, "2026-10-10"}, // a Saturday that is worked
		{"2026-09-25", 7, "2026-10-12"},
		{"2026-09-17", 2, "2026-09-20"},                // a Sunday that is worked
		{"2026-03-02 00:00:00", 1, "2026-03-03"},       // the day of the event does not count
		{"2026-03-02 23:59:59", 1, "2026-03-03"},       // however late it is
		{"2026-03-06", 1, "2026-03-09"},                // Friday to Monday
		{"2026-03-07", 1, "2026-03-09"},                // Saturday to Monday
		{"2025-12-30", 3, "2026-01-05"},                // 31 December, the Sunday 4 January, Monday
		{"2026-12-31", 1, "2027-01-01"},                // no rows for 2027 yet: a Friday
		{"2026-03-02", 0, "2026-03-02"},                // nothing to add
		{"2026-03-02", -3, "2026-03-02"},               // nor to take away
		{"2026-03-02T16:30:00Z", 1, "2026-03-04"},      // already the 3rd in China
		{"2026-03-03T23:30:00+14:00", 1, "2026-03-04"}, // 17:30 of the 3rd in China
		{"2026-03-02T15:00:00-05:00", 1, "2026-03-04"}, // 04:00 of the 3rd in China
	} {
		checkEnd(t, official().AddWorkdays(at(t, c.from), c.n), c.want, "AddWorkdays(%s, %d)", c.from, c.n)
	}
}

func TestAddDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-09-01", 30, "2026-10-08"}, // ends on National Day, goes on to the first working day
		{"2026-08-31", 30, "2026-09-30"}, // the day before stays
		{"2026-09-10", 30, "2026-10-10"}, // ends on a Saturday that is worked
		{"2026-08-21", 30, "2026-09-20"}, // ends on a Sunday that is worked
		{"2026-01-15", 30, "2026-02-14"}, // likewise
		{"2026-01-16", 30, "2026-02-24"}, // ends on the first day of the Spring Festival
		{"2026-02-05", 30, "2026-03-09"}, // ends on Saturday 7 March
		{"2025-12-02", 30, "2026-01-04"}, // ends on New Year, the Sunday after is worked
		{"2025-12-01", 30, "2025-12-31"},
		{"2024-01-30", 30, "2024-02-29"}, // leap day
		{"2026-03-02", 0, "2026-03-02"},
		{"2026-08-31T16:00:00Z", 30, "2026-10-08"}, // 1 September in China
	} {
		checkEnd(t, official().AddDays(at(t, c.from), c.n), c.want, "AddDays(%s, %d)", c.from, c.n)
	}
}

// checkEnd checks that a period ends with the last second of the day want.
func checkEnd(t *testing.T, got time.Time, want, format string, args ...any) {
	t.Helper()
	if text := got.Format(clock); text != want+" 23:59:59 +0800" {
		t.Errorf(format+" = %s, want the end of %s", append(args, text, want)...)
	}
}

func TestWorkdaysLeft(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2026-09-25", "2026-10-09", 5},
		{"2026-09-24", "2026-10-07", 3},
		{"2026-03-02", "2026-03-02", 0},
		{"2026-03-02 08:00:00", "2026-03-03 00:00:00", 1},
		{"2026-03-09", "2026-03-02", 0}, // over
		{"2026-03-06", "2026-03-08", 0}, // a weekend only
		{"2026-03-02T16:30:00Z", "2026-03-03T15:00:00Z", 0},
	} {
		if got := official().WorkdaysLeft(at(t, c.from), at(t, c.to)); got != c.want {
			t.Errorf("WorkdaysLeft(%s, %s) = %d, want %d", c.from, c.to, got, c.want)
		}
	}
}

func TestWithoutRowsMondayToFriday(t *testing.T) {
	c := calendar.New(nil)
	checkEnd(t, c.AddWorkdays(at(t, "2026-09-30"), 5), "2026-10-07", "AddWorkdays")
	checkEnd(t, c.AddDays(at(t, "2026-09-01"), 30), "2026-10-01", "AddDays")
}

func TestHolidays(t *testing.T) {
	off, work := map[string]int{}, map[string]int{}
	seen := map[string]bool{}
	for _, d := range calendar.Holidays() {
		m := at(t, d.Date)
		weekend := m.Weekday() == time.Saturday || m.Weekday() == time.Sunday
		switch {
		case seen[d.Date], d.Name == "":
			t.Errorf("%+v appears twice or has no name", d)
		case d.Kind == calendar.Work && !weekend:
			t.Errorf("%s is a weekday, which needs no row to be worked", d.Date)
		case d.Kind == calendar.Off:
			off[d.Date[:4]]++
		default:
			work[d.Date[:4]]++
		}
		seen[d.Date] = true
	}
	// The totals of the announcements: 1+8+3+5+3+8 and 3+9+3+5+3+3+7 days.
	if off["2025"] != 28 || off["2026"] != 33 || work["2025"] != 5 || work["2026"] != 6 {
		t.Error(off, work)
	}
}

func TestZoneIsChinaTime(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for m := at(t, "1992-01-01"); m.Year() < 2040; m = m.AddDate(0, 1, 0) {
		if got, want := m.Format(clock), m.In(shanghai).Format(clock); got != want {
			t.Fatal(got, want)
		}
	}
}

// moment draws a moment of 2025 or 2026 in any zone.
func moment(t *rapid.T) time.Time {
	first := time.Date(2025, 1, 1, 0, 0, 0, 0, calendar.Zone).Unix()
	second := rapid.Int64Range(first, first+2*365*86400-1).Draw(t, "second")
	offset := rapid.IntRange(-12, 14).Draw(t, "offset")
	return time.Unix(second, 0).In(time.FixedZone("", offset*3600))
}

func TestWorkdaysAddUp(t *testing.T) {
	c := official()
	rapid.Check(t, func(t *rapid.T) {
		from, n := moment(t), rapid.IntRange(1, 120).Draw(t, "n")
		due := c.AddWorkdays(from, n)
		if !c.Workday(due) {
			t.Fatalf("%s is a day off", due)
		}
		if left := c.WorkdaysLeft(from, due); left != n {
			t.Fatalf("%d working days left of %d", left, n)
		}
		if m := rapid.IntRange(1, 120).Draw(t, "m"); !c.AddWorkdays(due, m).Equal(c.AddWorkdays(from, n+m)) {
			t.Fatalf("%d and then %d working days are not %d", n, m, n+m)
		}
	})
}

func TestDaysNeverEndEarly(t *testing.T) {
	c := official()
	rapid.Check(t, func(t *rapid.T) {
		from, n := moment(t), rapid.IntRange(0, 400).Draw(t, "n")
		due := c.AddDays(from, n)
		if !c.Workday(due) || due.Before(from.AddDate(0, 0, n)) {
			t.Fatalf("%d days after %s end on %s", n, from, due)
		}
		if c.WorkdaysLeft(from.AddDate(0, 0, n), due) > 1 {
			t.Fatalf("%s skips a working day", due)
		}
	})
}

// TestAddMonths: the same day of a later month, else its last one, moved off a day
// off.
func TestAddMonths(t *testing.T) {
	c := calendar.New(map[string]calendar.Kind{"2027-05-24": calendar.Off})
	for from, want := range map[string]string{
		"2026-11-24": "2027-05-25", // a holiday on the 24th
		"2026-11-26": "2027-05-26",
		"2026-08-31": "2027-03-01", // the 28th of February is a Sunday
		"2026-03-31": "2026-09-30",
		"2027-08-31": "2028-02-29", // a leap year
	} {
		at, err := time.ParseInLocation(time.DateOnly, from, calendar.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.AddMonths(at, 6).Format("2006-01-02 15:04:05"); got != want+" 23:59:59" {
			t.Errorf("six months from %s: %s, want %s", from, got, want)
		}
	}
}
