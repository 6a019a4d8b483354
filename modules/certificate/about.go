package certificate

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/calendar"
)

// kept is how many years an authority keeps paper that nobody has collected
// (人社厅发〔2023〕16号).
const kept = 5

// Title returns what a certificate is called.
func Title(r *core.Record) modules.Text {
	name := strings.TrimSpace(r.GetString("title") + " " + r.GetString("level"))
	return modules.T(name, name)
}

// Note tells certificates of the same title apart.
func Note(r *core.Record) modules.Text {
	zh, en := "管理号 "+r.GetString("number"), "Number "+r.GetString("number")
	if s := r.GetString("specialty"); s != "" {
		zh, en = s+"，"+zh, s+", "+en
	}
	return modules.T(zh, en)
}

// Keeping returns from when to when the authority has the paper of a
// certificate. Both ends belong to it.
func Keeping(r *core.Record) (from, to time.Time, err error) {
	day := r.GetString("reissue_date")
	if day == "" {
		day = r.GetString("approve_date")
	}
	from, err = time.ParseInLocation(time.DateOnly, day, calendar.Zone)
	return from, from.AddDate(kept, 0, 1).Add(-time.Second), err
}
