package scorereview

import (
	"slices"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/marks"
)

// The outcomes of a review of one subject.
const (
	unchanged = "unchanged"  // 复核无误
	changed   = "changed"    // 成绩更正
	markFixed = "mark_fixed" // 标记更正
)

// result is what the markers found about one subject.
type result struct {
	Subject  string `json:"subject"`
	Outcome  string `json:"outcome"`
	Score    *int   `json:"score"` // tenths; nil where the outcome has none
	Flag     string `json:"flag"`
	Document string `json:"document"`
}

// results are what the reviewer records and the approver confirms. The
// candidate sees them when the case is completed.
func results() modules.Rows {
	return modules.Rows{
		Name: "results", By: modules.Reviewer, Max: 20, ShownIn: []modules.State{Completed},
		Label: modules.T("复核结果", "Results"),
		Hint:  modules.T("逐科登记上级反馈的结果", "What the markers found about each subject"),
		Fields: []modules.RowField{
			{Name: "subject", Type: modules.RowChoice, Label: modules.T("科目", "Subject"), Must: true, Max: 50},
			{Name: "outcome", Type: modules.RowSelect, Label: modules.T("结论", "Outcome"), Must: true, Options: []modules.Option{
				{Value: unchanged, Label: modules.T("复核无误", "Confirmed")},
				{Value: changed, Label: modules.T("成绩更正", "Score corrected")},
				{Value: markFixed, Label: modules.T("标记更正", "Mark corrected")},
			}},
			{Name: "score", Type: modules.RowWhole, Tenths: true, Label: modules.T("更正后成绩", "Corrected score"), Max: 3000,
				Hint: modules.T("以 0.1 分为单位", "in tenths of a mark")},
			{Name: "flag", Type: modules.RowSelect, Label: modules.T("更正后标记", "Corrected mark"), Options: []modules.Option{
				{Value: "normal", Label: modules.T("正常", "normal")},
				{Value: "absent", Label: Mark("absent", 0)}, {Value: "violation", Label: Mark("violation", 0)},
				{Value: "zero", Label: Mark("zero", 0)}, {Value: "void", Label: Mark("void", 0)},
			}},
			{Name: "document", Type: modules.RowText, Label: modules.T("反馈文号", "Document"), Max: 100},
		},
	}
}

// check returns the problem of a result in itself, or nil. A corrected score
// needs a score, a corrected mark needs a mark, and normal needs a score too.
func (r result) check() (column string, problem modules.Problem) {
	missing := modules.NewProblem("validation_required", "Cannot be blank.", nil)
	switch {
	case r.Outcome == changed && r.Score == nil:
		return "score", missing
	case r.Outcome == markFixed && r.Flag == "":
		return "flag", missing
	case r.Outcome == markFixed && r.Flag == "normal" && r.Score == nil:
		return "score", missing
	case r.Outcome != unchanged && r.Document == "":
		return "document", missing
	case r.Outcome == unchanged && (r.Score != nil || r.Flag != ""):
		return "outcome", modules.NewProblem("result_unchanged", "A confirmed result has no new score.", nil)
	}
	return "", nil
}

// after returns the score and the mark that a subject has after the review.
func (r result) after(score int, flag string) (int, string) {
	switch r.Outcome {
	case changed:
		return *r.Score, "normal"
	case markFixed:
		if r.Flag == "normal" {
			return *r.Score, "normal"
		}
		return 0, r.Flag
	}
	return score, flag
}

// sound wants results that are whole in themselves, each about a subject of the
// application, and a document behind every correction.
func sound(s *modules.Step) error {
	list, err := modules.RowsOf[result](s.Record, "results")
	if err != nil {
		return nil // the rows say so themselves
	}
	asked, _ := items().Chosen(s.Record)
	problems := validation.Errors{}
	seen := map[string]bool{}
	for i, r := range list {
		if column, problem := r.check(); problem != nil {
			problems[results().At(i, column)] = problem
		}
		if !slices.Contains(asked, r.Subject) || seen[r.Subject] {
			problems[results().At(i, "subject")] = modules.NewProblem("validation_invalid_value", "The application does not ask about this subject.", nil)
		}
		seen[r.Subject] = true
	}
	return problems.Filter()
}

// everySubject wants a result for every subject of the application. The approver
// confirms what was recorded and adds nothing.
func everySubject(s *modules.Step) error {
	list, err := modules.RowsOf[result](s.Record, "results")
	if err != nil {
		return err
	}
	asked, err := items().Chosen(s.Record)
	if err != nil {
		return err
	}
	for _, subject := range asked {
		if !slices.ContainsFunc(list, func(r result) bool { return r.Subject == subject }) {
			return modules.Invalid("results", "result_missing", "Every subject needs its result.")
		}
	}
	return nil
}

// correct writes what the review found: the history first, then the score, then
// whether the registration passes.
func correct(s *modules.Step) error {
	list, err := modules.RowsOf[result](s.Record, "results")
	if err != nil {
		return err
	}
	proposer, err := proposerOf(s)
	if err != nil {
		return err
	}
	book := marks.Book{
		App: s.App, Save: s.Save, Service: s.Definition.Name, Application: s.Record.GetString("number"), Proposer: proposer, Approver: s.Actor.ID,
	}
	for _, r := range list {
		if r.Outcome == unchanged {
			continue
		}
		if err := correctOne(s, book, r); err != nil {
			return err
		}
	}
	registration, err := s.Registration()
	if err != nil {
		return err
	}
	return book.Settle(registration)
}

// proposerOf returns the staff id of who recorded the results.
func proposerOf(s *modules.Step) (string, error) {
	var id string
	err := s.App.DB().Select("actor").From("events").Where(dbx.HashExp{
		"service": s.Definition.Name, "record": s.Record.Id, "action": []any{"report", "record"},
	}).OrderBy("seq DESC").Limit(1).Row(&id)
	return id, err
}

func correctOne(s *modules.Step, book marks.Book, r result) error {
	subject, err := s.App.FindRecordById("registration_subjects", r.Subject)
	if err != nil {
		return err
	}
	book.Document = r.Document
	score, flag := r.after(subject.GetInt("score"), subject.GetString("flag"))
	return book.Write(subject, score, flag)
}
