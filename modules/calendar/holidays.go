package calendar

import "time"

// Day is one listed day of an official calendar.
type Day struct {
	Date string // "2026-10-01"
	Kind Kind
	Name string // of the holiday that it belongs to
}

// Days returns list as [New] takes it.
func Days(list []Day) map[string]Kind {
	days := make(map[string]Kind, len(list))
	for _, d := range list {
		days[d.Date] = d.Kind
	}
	return days
}

// span is a run of days of the same kind.
type span struct {
	first string
	days  int
	kind  Kind
	name  string
}

// Holidays returns the calendars that the State Council announced, ordered by
// year: 2025 (国办发明电〔2024〕12号) and 2026 (国办发明电〔2025〕7号). The one of the
// next year appears each November; operators enter it as rows.
func Holidays() []Day {
	var list []Day
	for _, s := range append(year2025(), year2026()...) {
		first, err := time.ParseInLocation(layout, s.first, Zone)
		if err != nil {
			panic(err) // a literal below is wrong
		}
		for i := range s.days {
			list = append(list, Day{first.AddDate(0, 0, i).Format(layout), s.kind, s.name})
		}
	}
	return list
}

func year2025() []span {
	return []span{
		{"2025-01-01", 1, Off, "元旦"},
		{"2025-01-26", 1, Work, "春节"},
		{"2025-01-28", 8, Off, "春节"},
		{"2025-02-08", 1, Work, "春节"},
		{"2025-04-04", 3, Off, "清明节"},
		{"2025-04-27", 1, Work, "劳动节"},
		{"2025-05-01", 5, Off, "劳动节"},
		{"2025-05-31", 3, Off, "端午节"},
		{"2025-09-28", 1, Work, "国庆节、中秋节"},
		{"2025-10-01", 8, Off, "国庆节、中秋节"},
		{"2025-10-11", 1, Work, "国庆节、中秋节"},
	}
}

func year2026() []span {
	return []span{
		{"2026-01-01", 3, Off, "元旦"},
		{"2026-01-04", 1, Work, "元旦"},
		{"2026-02-14", 1, Work, "春节"},
		{"2026-02-15", 9, Off, "春节"},
		{"2026-02-28", 1, Work, "春节"},
		{"2026-04-04", 3, Off, "清明节"},
		{"2026-05-01", 5, Off, "劳动节"},
		{"2026-05-09", 1, Work, "劳动节"},
		{"2026-06-19", 3, Off, "端午节"},
		{"2026-09-20", 1, Work, "国庆节"},
		{"2026-09-25", 3, Off, "中秋节"},
		{"2026-10-01", 7, Off, "国庆节"},
		{"2026-10-10", 1, Work, "国庆节"},
	}
}
