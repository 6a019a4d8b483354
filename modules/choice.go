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

// Choice is something that a row may pick, or may not and why.
type Choice struct {
	Value   string
	Label   Text
	Note    Text // what helps to choose: "公布成绩 57.1"
	Amount  int  // fen, where it costs something; see [Rows.Total]
	Problem Problem
}

// chosen is the guard behind [Rows.Choice]: every picked value must be offered
// and be free of problems.
func chosen(s *Step) error {
	if s.Definition.Choices == nil {
		return nil
	}
	offered, err := s.Definition.Choices(s)
	if err != nil {
		return err
	}
	problems := validation.Errors{}
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
