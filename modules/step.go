package modules

import (
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
)

// Step is a transition about to happen to an application. Guards and effects
// see everything through it, and never look at the clock themselves.
type Step struct {
	App        core.App // the running transaction
	Definition Definition
	Transition Transition
	From       State
	Record     *core.Record
	Actor      Actor
	Now        time.Time

	// Before is the application as it was loaded, empty for a new one; Changed
	// names the columns in which Record differs from it.
	Before  *core.Record
	Changed []string

	// Note is what the authority wrote to itself: the reply of an internal move.
	Note string

	// Materials says of each slot whether the operator asks for it here.
	Materials map[string]bool

	registration, session, about *core.Record
	settings                     *Settings
}

// Guard returns why the step may not happen now, or nil. Problems are
// validation.Errors; any other error is a fault of ours.
type Guard func(*Step) error

// Effect does what follows from the step. An error undoes the step.
type Effect func(*Step) error

// Registration returns the registration 报名 that the application belongs to.
func (s *Step) Registration() (*core.Record, error) {
	id := s.Record.GetString("registration")
	if s.registration != nil && s.registration.Id == id {
		return s.registration, nil
	}
	r, err := s.App.FindRecordById("registrations", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, missing("registration")
	}
	s.registration = r
	return r, err
}

// Over reports whether a period that ends with the given second is over. The
// last second belongs to it, to its last fraction.
func (s *Step) Over(end time.Time) bool { return Over(s.Now, end) }

// Over is [Step.Over] at another time.
func Over(now, end time.Time) bool { return now.Truncate(time.Second).After(end) }

// Save saves another record as part of this step: it is signed with the same
// actor and says through which application. What it moves in another business it
// moves as [Linked]: a role here is none there.
func (s *Step) Save(r *core.Record) error {
	actor := s.Actor
	actor.Via, actor.Roles = s.Record.GetString("number"), []Role{Linked}
	Sign(r, actor)
	return s.App.Save(r)
}

// Unasked empties the fields that nobody is asked for any more, where the move
// may write them: who chooses another way must not leave a card behind.
func (d Definition) Unasked(t Transition, r *core.Record) {
	for _, f := range d.Fields {
		if t.fills(f) && !f.Asked(r) && !empty(r, f.GetName()) {
			r.Set(f.GetName(), nil)
		}
	}
}

// Check runs the guards of the step and returns all their problems at once.
func (s *Step) Check() error {
	problems := validation.Errors{}
	for _, guard := range s.guards() {
		var errs validation.Errors
		err := guard(s)
		if err != nil && !errors.As(err, &errs) {
			return err // a fault of ours, not of the candidate
		}
		for field, problem := range errs {
			if problems[field] == nil { // the first guard knows best
				problems[field] = problem
			}
		}
	}
	return problems.Filter()
}

// guards lists what must agree to the step, in the order of the form.
func (s *Step) guards() []Guard {
	d, t := s.Definition, s.Transition
	var list []Guard
	if t.WritesForm() {
		list = append(list, own, mine, standing)
	}
	if t.Reasoned {
		list = append(list, Reasoned)
	}
	if t.By == Candidate && s.From != None {
		list = append(list, inTime)
	}
	if s.From == None || (t.WritesForm() && s.From == t.To) {
		list = append(list, open)
	}
	if s.From == None {
		list = append(list, committed, once)
	}
	if t.WritesForm() {
		list = append(list, concerned)
		list = append(list, d.Eligible...)
	}
	if t.By == Candidate {
		list = append(list, complete)
	}
	for _, rows := range d.Rows {
		if t.writes(rows.Name) || (t.WritesForm() && rows.Filler() == Candidate) {
			list = append(list, rows.guard)
		}
	}
	if t.WritesForm() {
		list = append(list, chosen)
		list = append(list, d.Checks...)
	}
	return append(list, t.Guards...)
}

func (t Transition) writes(column string) bool { return slices.Contains(t.Fields, column) }

// fills reports whether the candidate fills in a field with this move.
func (t Transition) fills(f Field) bool {
	return f.Filler() == Candidate && (t.WritesForm() || t.writes(f.GetName()))
}

func (r Rows) guard(s *Step) error { return r.Check(s.Record).Filter() }

// Forbidden returns why the step is not possible whatever is filled in: the
// time is over, or somebody else must do it. A page shows it beside the button.
func (s *Step) Forbidden() (Problem, error) {
	guards := s.Transition.Guards
	if s.Transition.By == Candidate && s.From != None {
		guards = append([]Guard{inTime}, guards...)
	}
	if s.Transition.WritesForm() && s.From == s.Transition.To {
		guards = append([]Guard{open}, guards...)
	}
	for _, guard := range guards {
		var problems validation.Errors
		err := guard(s)
		if err != nil && !errors.As(err, &problems) {
			return nil, err
		}
		for _, field := range []string{"status", "registration", s.Definition.Chosen()} {
			var p Problem
			if errors.As(problems[field], &p) {
				return p, nil
			}
		}
	}
	return nil, nil
}
