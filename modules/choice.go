package modules

import (
	"github.com/go-ozzo/ozzo-validation/v4"
)

// Problem is why something is not possible: a stable code for programs and for
// the translations, a sentence, and values for the sentence.
type Problem = validation.Error

// NewProblem returns a problem; params may be nil.
func NewProblem(code, message string, params map[string]any) Problem {
	return validation.NewError(code, message).SetParams(params)
}

// Pick among the values of [Field.Input] says that the candidate picks the value
// of a text field from [Definition.Choices].
const Pick = "choice"

// Choice is something that a row or a field may pick, or may not and why.
type Choice struct {
	Value  string
	Label  Text
	Note   Text // what helps to choose: "公布成绩 57.1"
	Amount int  // fen, where it costs something; see [Rows.Total]

	// Materials are the slots that it asks for, beside those that all need.
	Materials []string

	Problem Problem
}

// chosen is the guard behind [Rows.Choice] and [Pick]: every picked value must be
// offered and be free of problems.
func chosen(s *Step) error {
	if s.Definition.Choices == nil {
		return nil
	}
	offered, err := s.Definition.Choices(s)
	if err != nil {
		return err
	}
	problems := validation.Errors{}
	for _, name := range s.Definition.picks() {
		value := s.Record.GetString(name)
		if p := pick(offered[name], value); p != nil && value != "" {
			problems[name] = p
		}
	}
	for _, rows := range s.Definition.Rows {
		if rows.Choice == "" || rows.Filler() != Candidate {
			continue
		}
		picked, err := rows.decode(s.Record)
		if err != nil {
			continue // Rows.Check says so
		}
		for i, row := range picked {
			value, _ := row[rows.Choice].(string)
			if p := pick(offered[rows.Name], value); p != nil {
				problems[rows.At(i, rows.Choice)] = p
			}
		}
	}
	return problems.Filter()
}

func pick(offered []Choice, value string) Problem {
	for _, c := range offered {
		if c.Value == value {
			return c.Problem
		}
	}
	return NewProblem("validation_invalid_value", "This cannot be chosen.", nil)
}

// picks returns the fields whose value is picked.
func (d Definition) picks() []string {
	var names []string
	for _, f := range d.Fields {
		if f.Input == Pick {
			names = append(names, f.GetName())
		}
	}
	return names
}

// wanted returns the slots that the picked values ask for.
func (s *Step) wanted() ([]string, error) {
	names := s.Definition.picks()
	if len(names) == 0 {
		return nil, nil
	}
	offered, err := s.Definition.Choices(s)
	var slots []string
	for _, name := range names {
		for _, c := range offered[name] {
			if c.Value == s.Record.GetString(name) {
				slots = append(slots, c.Materials...)
			}
		}
	}
	return slots, err
}
