package qualification

import (
	"errors"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// The values of registrations.qualification.
const (
	unasked = ""
	pending = "pending"
	passed  = "passed"
	failed  = "failed"
)

// mark returns the effect that says how the registration stands. A certificate
// is issued for one that passed; scores are never made void by this.
func mark(outcome string) modules.Effect {
	return func(s *modules.Step) error {
		registration, err := s.Registration()
		if err != nil {
			return err
		}
		return markOne(s, registration, outcome)
	}
}

func markOne(s *modules.Step, registration *core.Record, outcome string) error {
	if registration.GetString("qualification") == outcome {
		return nil
	}
	registration.Set("qualification", outcome)
	return s.Save(registration)
}

// reversible refuses to take back a decision after which a certificate was
// issued, or that was appealed against: the appeal is the last word.
func reversible(s *modules.Step) error {
	issued, err := s.App.CountRecords("certificates", dbx.HashExp{"registration": s.Record.GetString("registration")})
	if err != nil {
		return err
	}
	if issued > 0 {
		return modules.Invalid("status", "reopen_issued", "A certificate has been issued.")
	}
	appeals, err := s.App.CountRecords(Appeals, dbx.HashExp{"review": s.Record.Id})
	if err == nil && appeals > 0 {
		return modules.Invalid("status", "reopen_appealed", "There is an appeal against this.")
	}
	return err
}

// settle makes refusals final whose time to appeal is over.
func settle(app core.App, now time.Time) error {
	var ids []string
	err := app.DB().Select("v.id").From(Reviews+" v").InnerJoin("registrations r", dbx.NewExp("r.id = v.registration")).
		Where(dbx.HashExp{"v.status": string(modules.Rejected), "r.qualification": pending}).
		AndWhere(dbx.NewExp("NOT EXISTS (SELECT 1 FROM " + Appeals + " a WHERE a.review = v.id)")).Column(&ids)
	errs := []error{err}
	for _, id := range ids {
		errs = append(errs, app.RunInTransaction(func(tx core.App) error { return settleOne(tx, now, id) }))
	}
	return errors.Join(errs...)
}

// settleOne looks at everything anew: an appeal may have come meanwhile.
func settleOne(tx core.App, now time.Time, id string) error {
	review, err := tx.FindRecordById(Reviews, id)
	if err != nil || review.GetString("status") != string(modules.Rejected) {
		return err
	}
	appeals, err := tx.CountRecords(Appeals, dbx.HashExp{"review": id})
	if err != nil || appeals > 0 {
		return err
	}
	c, err := tx.FindCachedCollectionByNameOrId(Appeals)
	if err != nil {
		return err
	}
	appeal := core.NewRecord(c)
	appeal.Load(map[string]any{"review": id, "session": review.GetString("session")})
	ask := &modules.Step{App: tx, Definition: AppealDefinition(), Record: appeal, Now: now}
	_, closes, _, err := ask.Opening()
	if err != nil || !ask.Over(closes) {
		return err
	}
	return mark(failed)(&modules.Step{App: tx, Definition: Definition(), Record: review, Actor: modules.Portal(), Now: now})
}
