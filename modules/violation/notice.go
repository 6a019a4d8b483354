package violation

import (
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules"
)

// The values of violations.status: what was found is recorded, told to the
// candidate, and decided. An appeal changes or revokes it.
const (
	recorded = "recorded"
	notified = "notified"
	decided  = "decided"
	changed  = "changed"
	revoked  = "revoked"
)

// stage is a move of a notice that staff make in the dashboard. What an appeal does
// to it is no stage.
type stage struct {
	from, to string
	by       modules.Role
	columns  []string // what may change with it
}

// stages: the operator records what the exam room reports and serves the notice;
// an approver decides where nobody has answered it, and may open an internal
// review of what was decided.
func stages() []stage {
	facts := []string{"notice_no", "ticket_no", "subject_code", "candidate", "registration", "subject", "occurred", "fact", "clause", "penalty"}
	return []stage{
		{"", recorded, modules.Operator, facts},
		{recorded, recorded, modules.Operator, facts},
		{recorded, notified, modules.Operator, []string{"served"}},
		{notified, decided, modules.Approver, []string{"decision_no"}},
		{decided, decided, modules.Approver, []string{"reopened_until"}},
	}
}

// Bind keeps the notices: every change of one by staff is one of the stages.
func (b Business) Bind(app core.App) error {
	app.OnRecordCreate(Notices).BindFunc(func(e *core.RecordEvent) error {
		if err := identify(e.App, e.Record); err != nil {
			return err
		}
		return e.Next()
	})
	app.OnRecordCreateExecute(Notices).BindFunc(keep)
	app.OnRecordUpdateExecute(Notices).BindFunc(keep)
	return nil
}

// identify finds the registration and the subject by what the exam room writes
// down: the number of the admission ticket and the code of the subject.
func identify(app core.App, r *core.Record) error {
	if ticket := r.GetString("ticket_no"); ticket != "" && r.GetString("registration") == "" {
		registration, err := app.FindFirstRecordByData("registrations", "ticket_no", ticket)
		if errors.Is(err, sql.ErrNoRows) {
			return modules.Invalid("ticket_no", "ticket_unknown", "There is no such admission ticket.")
		}
		if err != nil {
			return err
		}
		r.Set("registration", registration.Id)
	}
	registration, err := app.FindRecordById("registrations", r.GetString("registration"))
	if err != nil {
		return nil // the collection says that it is missing
	}
	r.Set("candidate", registration.GetString("candidate"))
	if code := r.GetString("subject_code"); code != "" && r.GetString("subject") == "" {
		subject, err := app.FindFirstRecordByFilter("registration_subjects", "registration = {:registration} && code = {:code}",
			dbx.Params{"registration": registration.Id, "code": code})
		if err != nil {
			return modules.Invalid("subject_code", "validation_invalid_value", "The registration has no such subject.")
		}
		r.Set("subject", subject.Id)
	}
	return nil
}

// keep checks a change of a notice and lets it have its effect. What the portal
// itself writes, an import or the effect of an appeal, has been checked already.
func keep(e *core.RecordEvent) error {
	actor := modules.Signer(e.Record)
	if actor.Kind == modules.KindSystem || actor.Via != "" {
		return e.Next()
	}
	app := e.App
	defer func() { e.App = app }()
	return app.RunInTransaction(func(tx core.App) error {
		e.App = tx
		x, err := examine(e, actor)
		if err != nil {
			return err
		}
		if err := e.Next(); err != nil || x == nil {
			return err
		}
		return x.decide(decided)
	})
}

// examine finds the stage of a change and returns all that is wrong with it, or
// the ruling that follows from it.
func examine(e *core.RecordEvent, actor modules.Actor) (*ruling, error) {
	r, before := e.Record, e.Record.Original()
	if err := fresh(e); err != nil {
		return nil, err
	}
	from, to := before.GetString("status"), r.GetString("status")
	i := slices.IndexFunc(stages(), func(s stage) bool { return s.from == from && s.to == to })
	if staff, err := e.App.FindRecordById("staff", actor.ID); err == nil {
		actor = modules.ActorOf(staff, Collection)
	}
	if i < 0 || !actor.Has(stages()[i].by) {
		return nil, modules.InvalidWith("status", "transition_denied", "This step is not possible.", map[string]any{"from": from, "to": to})
	}
	problems := locked(r, before, stages()[i])
	now := modules.Now(e.App)
	for field, problem := range check(e.App, r, stages()[i], actor, now) {
		problems[field] = problem
	}
	if err := problems.Filter(); err != nil {
		return nil, err
	}
	if from == "" {
		r.Set("recorder", actor.ID)
	}
	if to != decided || from == decided {
		return nil, nil
	}
	return &ruling{app: e.App, notice: r, number: r.GetString("decision_no"), by: actor.ID, now: now, save: func(other *core.Record) error {
		actor.Via = r.GetString("notice_no")
		modules.Sign(other, actor)
		return e.App.Save(other)
	}}, nil
}

// fresh refuses a change of a notice that somebody else has moved meanwhile.
func fresh(e *core.RecordEvent) error {
	if e.Record.IsNew() {
		return nil
	}
	stored, err := e.App.FindRecordById(Notices, e.Record.Id)
	if err != nil || stored.GetString("status") == e.Record.Original().GetString("status") {
		return err
	}
	return modules.Invalid("status", "rev_conflict", "Somebody else has changed this.")
}

// locked returns the problems of columns that do not change with a stage.
func locked(r, before *core.Record, s stage) validation.Errors {
	problems := validation.Errors{}
	for _, f := range r.Collection().Fields {
		name := f.GetName()
		if name == "id" || name == "status" || slices.Contains(s.columns, name) || r.GetString(name) == before.GetString(name) {
			continue
		}
		problems[name] = modules.NewProblem("state_locked", "This cannot be changed now.", map[string]any{"status": before.GetString("status")})
	}
	return problems
}

// check returns what is wrong with the contents of a stage.
func check(app core.App, r *core.Record, s stage, actor modules.Actor, now time.Time) validation.Errors {
	problems := validation.Errors{}
	switch {
	case s.to == recorded:
		if !fits(r.GetString("clause"), r.GetString("penalty")) {
			problems["penalty"] = modules.NewProblem("penalty_mismatch", "This article has another penalty.", nil)
		}
		if r.GetString("penalty") == subjectVoid && r.GetString("subject") == "" {
			problems["subject_code"] = modules.NewProblem("validation_required", "Cannot be blank.", nil)
		}
	case s.to == notified:
		if r.GetDateTime("served").IsZero() {
			r.Set("served", now)
		}
		if r.GetDateTime("served").Time().After(now) {
			problems["served"] = modules.NewProblem("validation_date_out_of_range", "This is still to come.", nil)
		}
	case s.from == notified:
		return decidable(app, r, actor, now)
	}
	return problems
}

// decidable wants a notice that nobody will answer any more, a decision with a
// number of its own, and somebody who has had no part in the record.
func decidable(app core.App, r *core.Record, actor modules.Actor, now time.Time) validation.Errors {
	problems := validation.Errors{}
	note := func(err error) {
		var found validation.Errors
		if err != nil && !errors.As(err, &found) {
			found = validation.Errors{"status": err}
		}
		for field, problem := range found {
			problems[field] = problem
		}
	}
	if r.GetString("decision_no") == "" {
		problems["decision_no"] = modules.NewProblem("validation_required", "Cannot be blank.", nil)
	}
	note(free(app.DB(), r.GetString("decision_no"), r.Id))
	ask, err := question(app, r, actor, now)
	if err != nil {
		note(err)
		return problems
	}
	_, closes, _, err := ask.Opening()
	note(err)
	if err == nil && !ask.Over(closes) {
		note(modules.InvalidWith("status", "appeal_running", "It may be answered until {{.to}}.", map[string]any{"to": closes.UTC().Format(types.DefaultDateLayout)}))
	}
	open, err := app.CountRecords(Collection, dbx.HashExp{"violation": r.Id}, dbx.Not(dbx.HashExp{"waits_for": string(modules.ForNobody)}))
	note(err)
	if open > 0 {
		note(modules.Invalid("status", "appeal_open", "There is an appeal that is not decided."))
	}
	note(stranger(ask))
	return problems
}

// question is an appeal that nobody has made, to ask what would hold for it.
func question(app core.App, notice *core.Record, actor modules.Actor, now time.Time) (*modules.Step, error) {
	c, err := app.FindCachedCollectionByNameOrId(Collection)
	if err != nil {
		return nil, err
	}
	session, err := modules.SessionOf(app, notice)
	appeal := core.NewRecord(c)
	appeal.Load(map[string]any{"violation": notice.Id, "session": session})
	return &modules.Step{App: app, Definition: Definition(), Record: appeal, Actor: actor, Now: now}, err
}
