package hooks

import (
	"errors"
	"maps"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindWorkflow lets an application change only along the transitions of its
// business, whoever writes it: a candidate page, the dashboard, a batch, a script.
func bindWorkflow(app core.App, p *Portal) {
	enforce := func(e *core.RecordEvent) error {
		uploads := uploadsOf(e.Record)
		err := inTransaction(e, func() error { return p.move(e) })
		if err != nil && e.App.IsTransactional() {
			forgetUploads(e, uploads)
		}
		return answer(err)
	}
	// The Execute hooks run after PocketBase has validated the fields, so that
	// a guard may trust what it reads, and a refused step leaves no file.
	app.OnRecordCreateExecute(p.set.Names()...).BindFunc(enforce)
	app.OnRecordUpdateExecute(p.set.Names()...).BindFunc(enforce)

	app.OnRecordDelete(p.set.Names()...).BindFunc(func(*core.RecordEvent) error {
		return answer(modules.Invalid("status", "transition_denied", "Applications are never deleted."))
	})
}

// move checks, saves and records one change of an application. Everything
// happens in the transaction of the save: one commit or nothing.
func (p *Portal) move(e *core.RecordEvent) error {
	step, err := p.newStep(e)
	if err != nil {
		return err
	}
	if err := check(step); err != nil {
		return err
	}
	if err := derive(step); err != nil {
		return err
	}
	if err := p.stamp(step); err != nil {
		return err
	}
	if err := keepReplaced(step); err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	if err := obeyRules(step); err != nil {
		return err
	}
	if err := p.writeSideRows(step); err != nil {
		return err
	}
	if step.Transition.Effect == nil {
		return nil
	}
	return step.Transition.Effect(step)
}

// derive fills in what follows from the form.
func derive(s *modules.Step) error {
	if s.Definition.Derive == nil || !s.Transition.WritesForm() {
		return nil
	}
	err := s.Definition.Derive(s)
	s.Changed = changedFields(s.Before, s.Record)
	return err
}

// stored is what the database says about an application inside the transaction.
type stored struct {
	Status    string
	Rev       int
	ClaimedBy string `db:"claimed_by"`
}

// newStep finds the transition that a change of a record stands for, and
// whether its actor may do it now. The state is read anew: Original() tells
// what it was when the record was loaded, before others changed it.
func (p *Portal) newStep(e *core.RecordEvent) (*modules.Step, error) {
	d, _ := p.set.Find(e.Record.Collection().Name)
	was, err := readStored(e)
	if err != nil {
		return nil, err
	}
	before := e.Record.Original()
	before.SetRaw("claimed_by", was.ClaimedBy) // a claim takes no rev
	restoreManaged(e.Record, before)
	from, to := modules.State(was.Status), modules.State(e.Record.GetString("status"))
	step := &modules.Step{
		App: e.App, Definition: d, From: from, Record: e.Record, Actor: modules.Signer(e.Record), Now: p.now(),
		Before: before,
	}
	t, ok := d.Workflow.Find(from, to)
	if err := current(step, was); err != nil {
		return nil, err
	}
	if !ok || !step.Actor.Has(t.By) {
		return nil, noSuchMove(step, to)
	}
	step.Transition = t
	if err := unclaimed(step, was); err != nil {
		return nil, err
	}
	if err := enroll(step); err != nil {
		return nil, err
	}
	step.Changed = changedFields(before, e.Record)
	step.Materials, err = needed(step)
	return step, err
}

func readStored(e *core.RecordEvent) (stored, error) {
	var was stored
	if e.Record.IsNew() {
		return was, nil
	}
	err := e.App.DB().Select("status", "rev", "claimed_by").From(e.Record.Collection().Name).
		Where(dbx.HashExp{"id": e.Record.Id}).One(&was)
	return was, err
}

// current refuses a change that was made from an older rev than the stored one.
func current(s *modules.Step, was stored) error {
	r := s.Record
	if r.IsNew() || (r.GetInt("rev") == was.Rev && s.Before.GetInt("rev") == was.Rev) {
		return nil
	}
	return modules.InvalidWith("rev", "rev_conflict", "Somebody else has changed this.", map[string]any{"rev": was.Rev})
}

func noSuchMove(s *modules.Step, to modules.State) error {
	d, from := s.Definition, s.From
	if why := d.Workflow.States[from].Locked; why != nil && s.Actor.Has(modules.Candidate) {
		return validation.Errors{"status": why}
	}
	return modules.InvalidWith("status", "transition_denied", "This step is not possible.", map[string]any{
		"from": d.Workflow.States[from].Title, "to": d.Workflow.States[to].Title,
	})
}

// unclaimed refuses staff another one's case.
func unclaimed(s *modules.Step, was stored) error {
	if !s.Actor.Staff() || was.ClaimedBy == "" || was.ClaimedBy == s.Actor.ID {
		return nil
	}
	return claimedBy(s.App, was.ClaimedBy)
}

// inTransaction runs fn with e.App set to a transaction. The outer app must not
// be used meanwhile: it would wait for the only write connection for ever.
func inTransaction(e *core.RecordEvent, fn func() error) error {
	app := e.App
	defer func() { e.App = app }()
	return app.RunInTransaction(func(tx core.App) error {
		e.App = tx
		return fn()
	})
}

// check returns every problem of a step: columns that it may not change, and
// what its guards say.
func check(s *modules.Step) error {
	problems := locked(s)
	var found validation.Errors
	err := s.Check()
	if err != nil && !errors.As(err, &found) {
		return err
	}
	maps.Copy(problems, found)
	return problems.Filter()
}

// locked returns the problems of columns that the transition does not list.
func locked(s *modules.Step) validation.Errors {
	problems := validation.Errors{}
	for _, name := range s.Changed {
		if mayChange(s, name) {
			continue
		}
		code := "state_locked"
		if name == "owner" {
			code = "owner_fixed"
		}
		problems[name] = modules.NewProblem(code, "This cannot be changed now.", map[string]any{
			"status": s.Definition.Workflow.States[s.From].Title,
		})
	}
	return problems
}

func mayChange(s *modules.Step, name string) bool {
	t := s.Transition
	switch name {
	case "status", "rev":
		return true
	case s.Definition.Chosen():
		return s.From == modules.None
	case "owner", "session", "registration", "commitment", "submission":
		return s.From == modules.None
	case "reply":
		return t.Reasoned || contains(t.Fields, name)
	}
	if s.Actor.Has(modules.System) && s.Actor.Kind == modules.KindSystem {
		return true
	}
	theirs := s.Definition.Filler(name) == modules.Candidate
	return contains(t.Fields, name) || (t.WritesForm() && theirs && !s.Definition.Envelope(name))
}
