package demo

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules/calendar"
)

// clock is the time that the played applications live in.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// date makes the app write the time of the clock into what it saves, where it
// would write the real one.
func (c *clock) date(app core.App) {
	stamp := func(e *core.RecordEvent) error {
		for _, f := range e.Record.Collection().Fields {
			a, ok := f.(*core.AutodateField)
			if ok && (a.OnUpdate || e.Record.IsNew()) {
				e.Record.SetRaw(a.Name, dateTime(c.at))
			}
		}
		return e.Next()
	}
	app.OnRecordCreateExecute().BindFunc(stamp)
	app.OnRecordUpdateExecute().BindFunc(stamp)
}

// daysBefore returns a time of day so many days before another, in Shanghai.
func daysBefore(t time.Time, days, hour, minute int) time.Time {
	year, month, day := t.In(calendar.Zone).Date()
	return time.Date(year, month, day-days, hour, minute, 0, 0, calendar.Zone)
}

// dateTime returns a time as PocketBase stores it.
func dateTime(t time.Time) types.DateTime {
	d, _ := types.ParseDateTime(t) // a time.Time always parses
	return d
}
