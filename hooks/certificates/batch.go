package certificates

import (
	"net/http"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
)

// Begin starts a run that issues certificates to everybody of a session who is
// approved and has none, and returns its row. All that stands against it comes
// back at once.
func (o *Office) Begin(app core.App, session, approveDate, medium string, by modules.Actor) (*core.Record, error) {
	return o.begin(app, order{Session: session, ApproveDate: approveDate, Medium: medium}, by)
}

func (o *Office) begin(app core.App, ordered order, by modules.Actor) (b *core.Record, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		p, problems, err := o.prepare(tx, ordered)
		if err != nil {
			return err
		}
		total, err := checkRun(tx, p, problems)
		if err != nil {
			return err
		}
		if err := problems.Filter(); err != nil {
			return err
		}
		c, err := tx.FindCachedCollectionByNameOrId("certificate_batches")
		if err != nil {
			return err
		}
		b = core.NewRecord(c)
		b.Load(map[string]any{
			"session": p.Session, "approve_date": p.ApproveDate, "medium": p.Medium, "layout": p.Layout, "issuer": p.Issuer,
			"status": running, "total": total, "actor": by.ID, "started": dateTime(o.portal.Now()),
		})
		if err := tx.Save(b); err != nil {
			return err
		}
		return o.portal.Append(tx, hooks.Act{Service: "certificate_batches", Record: b.Id, Action: "begin", To: running, Actor: by})
	})
	return b, err
}

// checkRun wants somebody to issue to, numbers enough, and no other run of the
// session. It returns how many there are.
func checkRun(tx core.App, p *plan, problems validation.Errors) (int, error) {
	if p.session == nil {
		return 0, nil
	}
	if err := p.checkSpecialties(tx, problems); err != nil {
		return 0, err
	}
	var total, open, last int
	err := tx.DB().NewQuery("SELECT COUNT(*) FROM registrations r WHERE r.session = {:session} AND " + approved + " AND " + unissued).
		Bind(dbx.Params{"session": p.Session}).Row(&total)
	if err != nil {
		return 0, err
	}
	if open, err = openRuns(tx, p.Session, ""); err != nil {
		return 0, err
	}
	err = tx.DB().Select("COALESCE(MAX(last), 0)").From("number_sequences").Where(dbx.HashExp{"key": p.rule.Key(p.codes)}).Row(&last)
	if err != nil {
		return 0, err
	}
	_, unpublished := problems["session"]
	switch {
	case open > 0:
		problems["session"] = modules.NewProblem("batch_running", "Certificates of this session are being issued already.", nil)
	case total == 0 && !unpublished:
		problems["session"] = modules.NewProblem("nobody_to_issue", "Nobody of this session is waiting for a certificate.", nil)
	}
	if _, broken := problems["number_rule"]; !broken && last+total > p.rule.Most() {
		problems["number_rule"] = modules.NewProblem("numbers_exhausted", "The rule has numbers for {{.most}} certificates only.", map[string]any{"most": p.rule.Most()})
	}
	return total, nil
}

// openRuns returns how many runs of a session are not over, beside one.
func openRuns(tx core.App, session, beside string) (n int, err error) {
	err = tx.DB().Select("COUNT(*)").From("certificate_batches").
		Where(dbx.And(dbx.HashExp{"session": session, "status": []any{running, paused}}, dbx.Not(dbx.HashExp{"id": beside}))).Row(&n)
	return n, err
}

// startBatch answers the button 批量制证.
func (o *Office) startBatch(e *core.RequestEvent) error {
	var ordered order
	if err := e.BindBody(&ordered); err != nil {
		return e.BadRequestError("", err)
	}
	b, err := o.begin(e.App, ordered, actorOf(e))
	if err != nil {
		return hooks.Answer(err)
	}
	o.start(b.Id)
	return e.JSON(http.StatusOK, b)
}

// showBatch tells how far a run is.
func (o *Office) showBatch(e *core.RequestEvent) error {
	b, err := e.App.FindRecordById("certificate_batches", e.Request.PathValue("batch"))
	if err != nil {
		return e.NotFoundError("", nil)
	}
	return e.JSON(http.StatusOK, b)
}

// pauseBatch stops a run after the chunk that it is in.
func (o *Office) pauseBatch(e *core.RequestEvent) error {
	return o.turn(e, "pause", paused, running)
}

// resumeBatch goes on with a run that was paused or has failed.
func (o *Office) resumeBatch(e *core.RequestEvent) error {
	return o.turn(e, "resume", running, paused, failed)
}

// turn moves a run from one of some states to another.
func (o *Office) turn(e *core.RequestEvent, action, to string, from ...string) error {
	var b *core.Record
	err := e.App.RunInTransaction(func(tx core.App) (err error) {
		b, err = tx.FindRecordById("certificate_batches", e.Request.PathValue("batch"))
		if err != nil {
			return e.NotFoundError("", nil)
		}
		was := b.GetString("status")
		if !contains(from, was) {
			return modules.InvalidWith("status", "transition_denied", "It is {{.from}}.", map[string]any{"from": was, "to": to})
		}
		others, err := openRuns(tx, b.GetString("session"), b.Id)
		if err != nil {
			return err
		}
		if others > 0 {
			return modules.Invalid("session", "batch_running", "Certificates of this session are being issued already.")
		}
		b.Set("status", to)
		b.Set("problem", "")
		if err := tx.Save(b); err != nil {
			return err
		}
		return o.portal.Append(tx, hooks.Act{Service: "certificate_batches", Record: b.Id, Action: action, From: was, To: to, Actor: actorOf(e)})
	})
	if err != nil {
		return hooks.Answer(err)
	}
	if to == running {
		o.start(b.Id)
	}
	return e.JSON(http.StatusOK, b)
}
