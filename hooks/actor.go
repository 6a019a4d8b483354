package hooks

import (
	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindActor signs every application with the one who sent the request, so that
// the hooks below the API know whom they serve. It overwrites whatever the body
// claimed.
func bindActor(app core.App, p *Portal) {
	sign := func(e *core.RecordRequestEvent) error {
		actor := modules.ActorOf(e.Auth, e.Collection.Name)
		modules.Sign(e.Record, actor)
		if err := p.loadStaffColumns(e, actor); err != nil {
			return answer(err)
		}
		return e.Next()
	}
	app.OnRecordCreateRequest(p.set.Names()...).BindFunc(sign)
	app.OnRecordUpdateRequest(p.set.Names()...).BindFunc(sign)
}

// loadStaffColumns fills in the columns that staff write. They are hidden, so
// that no filter of a candidate can guess them before they are published; for
// the same reason PocketBase ignores them in requests of non-superusers.
func (p *Portal) loadStaffColumns(e *core.RecordRequestEvent, actor modules.Actor) error {
	d, _ := p.set.Find(e.Collection.Name)
	body, err := rawBody(e.RequestEvent)
	if err != nil {
		return err
	}
	for column := range d.ByStaff() {
		value, given := body[column]
		if !given {
			continue
		}
		if !actor.Staff() {
			// refused without a look at what is stored, which the answer would tell
			note(e.Record, validation.Errors{column: modules.NewProblem("state_locked", "This is not yours to fill in.", nil)})
			continue
		}
		e.Record.Set(column, value)
	}
	return nil
}
