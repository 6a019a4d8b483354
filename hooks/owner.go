package hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindOwner makes a candidate the owner of what they create, and derives the
// exam session from the registration 报名.
func bindOwner(app core.App, p *Portal) {
	app.OnRecordCreate(p.set.Names()...).BindFunc(func(e *core.RecordEvent) error {
		if a := modules.Signer(e.Record); a.Kind == modules.KindCandidate {
			e.Record.Set("owner", a.ID)
		}
		e.Record.Set("session", "")
		if r, err := e.App.FindRecordById("registrations", e.Record.GetString("registration")); err == nil {
			e.Record.Set("session", r.GetString("session"))
		}
		return e.Next()
	})
}
