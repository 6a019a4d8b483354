package hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindOwner makes a candidate the owner of what they create, and derives the
// exam session from the registration 报名, which must be their own.
func bindOwner(app core.App, p *Portal) {
	app.OnRecordCreate(p.set.Names()...).BindFunc(func(e *core.RecordEvent) error {
		if a := modules.Signer(e.Record); a.Kind == modules.KindCandidate {
			e.Record.Set("owner", a.ID)
		}
		if err := deriveSession(e); err != nil {
			return answer(err)
		}
		return e.Next()
	})
}

// deriveSession sets the session of the application. Somebody else's
// registration gets the same answer as one that does not exist.
func deriveSession(e *core.RecordEvent) error {
	e.Record.Set("session", "")
	id := e.Record.GetString("registration")
	if id == "" {
		return nil // the collection says whether it needs one
	}
	r, err := e.App.FindRecordById("registrations", id)
	if err != nil || r.GetString("candidate") != e.Record.GetString("owner") || r.GetString("status") == "cancelled" {
		e.Record.Set("registration", "")
		return modules.Invalid("registration", "validation_missing_rel_records", "This registration does not exist.")
	}
	e.Record.Set("session", r.GetString("session"))
	return nil
}
