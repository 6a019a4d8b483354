package modules

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// clockKey is where an app keeps its clock.
const clockKey = "examhallClock"

// SetClock gives an app the one clock of its portal, before anything is served.
func SetClock(app core.App, now func() time.Time) { app.Store().Set(clockKey, now) }

// Now returns what the clock of an app says, for hooks that have no [Step]. Every
// portal sets one.
func Now(app core.App) time.Time {
	return app.Store().Get(clockKey).(func() time.Time)()
}
