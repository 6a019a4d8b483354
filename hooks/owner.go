package hooks

import (
	"errors"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindOwner makes a candidate the owner of what they create. Nobody says
// themselves to which exam session an application belongs.
func bindOwner(app core.App, p *Portal) {
	app.OnRecordCreateRequest(p.set.Names()...).BindFunc(func(e *core.RecordRequestEvent) error {
		e.Record.Id = "" // nobody chooses one: ids of all businesses meet in one table
		return e.Next()
	})
	app.OnRecordCreate(p.set.Names()...).BindFunc(func(e *core.RecordEvent) error {
		if a := modules.Signer(e.Record); a.Kind == modules.KindCandidate {
			e.Record.Set("owner", a.ID)
		}
		e.Record.Set("session", "") // see enroll
		return e.Next()
	})
	unasked := func(e *core.RecordEvent) error {
		d, _ := p.set.Find(e.Record.Collection().Name)
		from, to := modules.State(e.Record.Original().GetString("status")), modules.State(e.Record.GetString("status"))
		if t, ok := d.Workflow.Find(from, to); ok && t.By == modules.Candidate {
			d.Unasked(t, e.Record)
		}
		return e.Next()
	}
	app.OnRecordCreate(p.set.Names()...).BindFunc(unasked)
	app.OnRecordUpdate(p.set.Names()...).BindFunc(unasked)
}

// enroll puts a new application into the exam session of what it is about: a
// registration 报名, or a record of another kind that belongs to one.
func enroll(s *modules.Step) error {
	column, source := "registration", s.Registration
	if s.Definition.About != nil {
		column, source = s.Definition.About.Column, s.About
	}
	if s.From != modules.None || s.Record.GetString(column) == "" {
		return nil
	}
	r, err := source()
	var missing validation.Errors
	if errors.As(err, &missing) {
		return nil // a guard says so, beside the other problems
	}
	if err != nil {
		return err
	}
	session, err := modules.SessionOf(s.App, r)
	s.Record.Set("session", session)
	return err
}
