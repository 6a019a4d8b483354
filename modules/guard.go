package modules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/list"

	"examhall/modules/sealed"
)

// Invalid returns a problem that the form shows beside a field. The code is
// stable: it is the key of the translated message.
func Invalid(field, code, message string) error {
	return InvalidWith(field, code, message, nil)
}

// InvalidWith is like [Invalid] with values for the sentence.
func InvalidWith(field, code, message string, params map[string]any) error {
	return validation.Errors{field: NewProblem(code, message, params)}
}

// Reasoned requires a reply to the candidate of two characters or more. The
// reply of an earlier move is none: it says nothing about this one.
func Reasoned(s *Step) error {
	reply := strings.TrimSpace(s.Record.GetString("reply"))
	if utf8.RuneCountInString(reply) < 2 || reply == strings.TrimSpace(s.Record.Original().GetString("reply")) {
		return Invalid("reply", "comment_required", "Say why.")
	}
	return nil
}

// FourEyes wants somebody who has decided nothing about this application yet.
// It compares staff, not mail addresses, over all deciding moves.
func FourEyes(s *Step) error {
	var deciding []any
	for _, t := range s.Definition.Workflow.Transitions {
		if t.Decides {
			deciding = append(deciding, t.Action)
		}
	}
	var mine int
	err := s.App.DB().Select("COUNT(*)").From("events").Where(dbx.HashExp{
		"service": s.Definition.Name, "record": s.Record.Id, "actor": s.Actor.ID, "action": deciding,
	}).Row(&mine)
	if err == nil && mine > 0 {
		return Invalid("status", "same_reviewer", "Somebody else must do this step.")
	}
	return err
}

// Uninvolved wants somebody who has had no part in the application that this one
// is about: whoever decided it judges no appeal against that.
func Uninvolved(s *Step) error {
	about, err := s.About()
	if err != nil {
		return err
	}
	var mine int
	err = s.App.DB().Select("COUNT(*)").From("events").Where(dbx.HashExp{
		"service": s.Definition.About.Collection, "record": about.Id, "actor": s.Actor.ID,
	}).AndWhere(dbx.NotIn("action", "claim", "release")).Row(&mine)
	if err == nil && mine > 0 {
		return Invalid("status", "same_reviewer", "Somebody else must do this step.")
	}
	return err
}

// Require returns a guard that wants every named field filled in.
func Require(fields ...string) Guard {
	return func(s *Step) error {
		problems := validation.Errors{}
		for _, f := range fields {
			if empty(s.Record, f) {
				problems[f] = NewProblem("validation_required", "Cannot be blank.", nil)
			}
		}
		return problems.Filter()
	}
}

// empty reports whether a column has no value. It does not use GetString, for
// which a file that was just uploaded is no text.
func empty(r *core.Record, field string) bool {
	switch value := r.Get(field).(type) {
	case string:
		return strings.TrimSpace(value) == ""
	case sealed.Value:
		return value.IsZero()
	default:
		return validation.IsEmpty(value)
	}
}

// complete wants every field that an application must have and the move may
// write; a material is missing under a code of its own.
func complete(s *Step) error {
	problems := validation.Errors{}
	wanted, err := s.wanted()
	if err != nil {
		return err
	}
	for _, f := range s.Definition.Fields {
		name := f.GetName()
		must, chosen := s.Materials[name]
		if !chosen {
			must = f.Must
		}
		must = must || slices.Contains(wanted, name)
		if !must || !s.Transition.fills(f) || !f.Asked(s.Record) || !empty(s.Record, name) {
			continue
		}
		if f.Type() == core.FieldTypeFile {
			problems[name] = NewProblem("material_missing", "Upload this: {{.slots}}.", map[string]any{"slots": []string{name}})
			continue
		}
		problems[name] = NewProblem("validation_required", "Cannot be blank.", nil)
	}
	return problems.Filter()
}

// committed wants the current 承诺书 accepted.
func committed(s *Step) error {
	c := s.Definition.Commitment
	if c == nil || s.Record.GetString("commitment") == c.Version {
		return nil
	}
	return Invalid("commitment", "commitment_required", "Accept the commitment first.")
}

// own wants the registration to be the owner's and in force. Somebody else's
// gets the answer of one that does not exist.
func own(s *Step) error {
	if s.Record.GetString("registration") == "" {
		return nil // the collection says whether it needs one
	}
	r, err := s.Registration()
	if err != nil {
		return err
	}
	if r.GetString("candidate") != s.Record.GetString("owner") || r.GetString("status") == "cancelled" {
		return missing("registration")
	}
	return nil
}

// missing is the problem of a record that does not exist.
func missing(field string) error {
	return Invalid(field, "validation_missing_rel_records", "Failed to find all relation records with the provided ids.")
}

// inTime refuses a candidate whose time is over, whether or not the job that
// closes the application has run.
func inTime(s *Step) error {
	due := s.Record.GetDateTime("due")
	waits := s.Definition.Workflow.States[s.From].WaitsFor
	if waits != ForCandidate || due.IsZero() || !s.Over(due.Time()) {
		return nil
	}
	return InvalidWith("status", "window_closed", "The time ended on {{.to}}.", map[string]any{"to": due.String()})
}

// once is the guard behind [Definition.Unique]. The unique index of the
// collection is what holds when two requests race; once is what explains.
func once(s *Step) error {
	u := s.Definition.Unique
	if len(u.Fields) == 0 {
		return nil
	}
	same := dbx.HashExp{}
	for _, f := range u.Fields {
		same[f] = s.Record.Get(f)
	}
	var number string
	err := s.App.DB().Select("COALESCE(MAX(number), '')").From(s.Definition.Name).
		Where(same).AndWhere(dbx.Not(dbx.HashExp{"id": s.Record.Id})).
		AndWhere(dbx.NotIn("status", list.ToInterfaceSlice(states(u.Frees))...)).Row(&number)
	if err != nil || number == "" {
		return err
	}
	if u.Problem != nil {
		return validation.Errors{u.Fields[0]: u.Problem}
	}
	return InvalidWith(u.Fields[0], "duplicate_active", "You have applied already: {{.number}}.", map[string]any{"number": number})
}

func states(list []State) []string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = string(s)
	}
	return names
}
