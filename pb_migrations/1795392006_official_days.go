package pb_migrations

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(officialDays, nil)
}

// officialDays fills in the days off and working weekends that the State Council
// has announced (国务院办公厅关于2025年、2026年部分节假日安排的通知). The operator adds those
// of later years.
func officialDays(app core.App) error {
	c, err := app.FindCollectionByNameOrId("holidays")
	if err != nil {
		return err
	}
	for _, h := range []struct{ year, name, off, work string }{
		{"2025", "元旦", "01-01", ""},
		{"2025", "春节", "01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04", "01-26 02-08"},
		{"2025", "清明节", "04-04 04-05 04-06", ""},
		{"2025", "劳动节", "05-01 05-02 05-03 05-04 05-05", "04-27"},
		{"2025", "端午节", "05-31 06-01 06-02", ""},
		{"2025", "国庆节、中秋节", "10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08", "09-28 10-11"},
		{"2026", "元旦", "01-01 01-02 01-03", "01-04"},
		{"2026", "春节", "02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23", "02-14 02-28"},
		{"2026", "清明节", "04-04 04-05 04-06", ""},
		{"2026", "劳动节", "05-01 05-02 05-03 05-04 05-05", "05-09"},
		{"2026", "端午节", "06-19 06-20 06-21", ""},
		{"2026", "国庆节", "10-01 10-02 10-03 10-04 10-05 10-06 10-07", "09-20 10-10"},
		{"2026", "中秋节", "09-25 09-26 09-27", ""},
	} {
		for kind, days := range map[string]string{"off": h.off, "work": h.work} {
			for _, day := range strings.Fields(days) {
				r := core.NewRecord(c)
				r.Load(map[string]any{"date": h.year + "-" + day, "kind": kind, "name": h.name})
				if err := app.Save(r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
