// Package marks changes what a subject brought. A published mark changes with a
// row of its history only, which says on whose word; after it the registration
// passes or fails anew.
package marks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Book is where changes are written, and on whose word.
type Book struct {
	App  core.App
	Save func(*core.Record) error // as who makes the change

	Service, Application string // the business and the number of what orders it
	Document             string // 文号
	Proposer, Approver   string // staff
}

// Write gives a subject another score, in tenths, and another mark: the history
// first, then the subject.
func (b Book) Write(subject *core.Record, score int, flag string) error {
	c, err := b.App.FindCachedCollectionByNameOrId("score_history")
	if err != nil {
		return err
	}
	line := core.NewRecord(c)
	line.Load(map[string]any{
		"subject": subject.Id, "old_score": subject.GetInt("score"), "old_flag": subject.GetString("flag"), "new_score": score, "new_flag": flag,
		"service": b.Service, "application": b.Application, "document": b.Document, "proposer": b.Proposer, "approver": b.Approver,
	})
	if err := b.Save(line); err != nil {
		return err
	}
	subject.Set("score", score)
	subject.Set("flag", flag)
	return b.Save(subject)
}

// Settle sets whether a registration passes: every active subject has a score of
// its pass mark or more.
func (b Book) Settle(registration *core.Record) error {
	var failing int
	err := b.App.DB().Select("COUNT(*)").From("registration_subjects").
		Where(dbx.HashExp{"registration": registration.Id, "status": "active"}).
		AndWhere(dbx.NewExp("flag != 'normal' OR score < pass_mark")).Row(&failing)
	if err != nil {
		return err
	}
	outcome := "passed"
	if failing > 0 {
		outcome = "failed"
	}
	if registration.GetString("result") == outcome {
		return nil
	}
	registration.Set("result", outcome)
	return b.Save(registration)
}
