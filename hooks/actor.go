package hooks

import (
	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
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
		if err := keepSealed(e, actor); err != nil {
			return err
		}
		return e.Next()
	}
	app.OnRecordCreateRequest(p.set.Names()...).BindFunc(sign)
	app.OnRecordUpdateRequest(p.set.Names()...).BindFunc(sign)
}

// keepSealed leaves sealed columns as they are when staff send an application
// back. Whatever is not their own mask is refused without a look at what is
// stored: an answer that differs would tell a guess that is right.
func keepSealed(e *core.RecordRequestEvent, actor modules.Actor) error {
	if actor.Kind == modules.KindCandidate || e.Record.IsNew() {
		return nil
	}
	body, err := rawBody(e.RequestEvent)
	if err != nil {
		return err
	}
	before := e.Record.Original()
	for _, field := range e.Collection.Fields {
		f, ok := field.(*sealed.Field)
		if !ok || f.Hidden {
			continue
		}
		mask := sealed.Masked(f.Kind, audience(e.Auth, before), sealed.Plain(before, f.Name))
		if value, given := body[f.Name]; given && value != mask {
			note(e.Record, validation.Errors{f.Name: modules.NewProblem("state_locked", "This cannot be changed now.", nil)})
		}
		e.Record.SetRaw(f.Name, before.GetRaw(f.Name))
	}
	return nil
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
		if files, err := e.FindUploadedFiles(column); err == nil && len(files) > 0 {
			value, given = files, true
		}
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
