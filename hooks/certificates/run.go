package certificates

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules"
)

// The states of a run that issues in bulk.
const (
	running = "running"
	paused  = "paused"
	done    = "done"
	failed  = "failed"
)

// chunk is how many certificates one transaction makes. Others write between
// two of them.
const chunk = 2000

// bindRuns goes on with the runs that were going when the server ended, and
// ends this one between two chunks.
func (o *Office) bindRuns(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		return o.resumeAll(e.App)
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		o.close()
		o.running.Wait()
		return e.Next()
	})
}

// resumeAll starts every run that is marked as running.
func (o *Office) resumeAll(app core.App) error {
	var ids []string
	err := app.DB().Select("id").From("certificate_batches").Where(dbx.HashExp{"status": running}).Column(&ids)
	for _, id := range ids {
		o.start(id)
	}
	return err
}

// start works on a run in the background until it is over, paused, or the
// server ends.
func (o *Office) start(id string) {
	o.running.Go(func() {
		for !o.ending() {
			more, err := o.step(o.app, id)
			if err != nil {
				o.giveUp(id, err)
			}
			if err != nil || !more {
				return
			}
		}
	})
}

func (o *Office) ending() bool {
	select {
	case <-o.closing:
		return true
	default:
		return false
	}
}

// Drain works on every run until none is left to do. It is for commands, which
// have no background.
func (o *Office) Drain(app core.App) error {
	var ids []string
	if err := app.DB().Select("id").From("certificate_batches").Where(dbx.HashExp{"status": running}).Column(&ids); err != nil {
		return err
	}
	for _, id := range ids {
		for more := true; more; {
			var err error
			if more, err = o.step(app, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// step makes one chunk of a run in one transaction and reports whether there
// may be more. What the run says about itself changes with the certificates, so
// that a crash at any moment leaves both or neither.
func (o *Office) step(app core.App, id string) (more bool, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		b, err := tx.FindRecordById("certificate_batches", id)
		if err != nil || b.GetString("status") != running {
			return err
		}
		p, problems, err := o.prepare(tx, orderOf(b))
		if err = errors.Join(err, problems.Filter()); err != nil {
			return err
		}
		people, err := nextPeople(tx, p.Session, b.GetString("after_specialty"), b.GetString("after"), chunk)
		if err != nil {
			return err
		}
		if more = len(people) == chunk; !more {
			b.Set("status", done)
			b.Set("finished", dateTime(o.portal.Now()))
		}
		return o.issueChunk(tx, p, b, people)
	})
	return more && err == nil, err
}

// issueChunk issues to some people of a run and moves its cursor behind them.
func (o *Office) issueChunk(tx core.App, p *plan, b *core.Record, people []person) error {
	if n := len(people); n > 0 {
		made, err := o.issue(tx, p, people, b.Id, modules.Actor{Kind: modules.KindStaff, ID: b.GetString("actor")})
		if err != nil {
			return err
		}
		b.Set("issued", b.GetInt("issued")+len(made.ids))
		b.Set("held", b.GetInt("held")+made.held)
		if b.GetString("first_number") == "" {
			b.Set("first_number", made.first)
		}
		if made.last != "" {
			b.Set("last_number", made.last)
		}
		b.Set("after_specialty", people[n-1].Specialty)
		b.Set("after", people[n-1].Registration)
	}
	return tx.Save(b)
}

// giveUp marks a run as failed, with the reason. It can be resumed.
func (o *Office) giveUp(id string, reason error) {
	o.app.Logger().Error("issuing certificates", "batch", id, "error", reason)
	b, err := o.app.FindRecordById("certificate_batches", id)
	if errors.Is(err, sql.ErrNoRows) {
		return
	}
	if err == nil {
		b.Set("status", failed)
		b.Set("problem", fmt.Sprintf("%.500s", reason.Error()))
		err = o.app.Save(b)
	}
	if err != nil {
		o.app.Logger().Error("a run that failed", "batch", id, "error", err)
	}
}

// orderOf returns what was ordered when a run began.
func orderOf(b *core.Record) order {
	return order{
		Session: b.GetString("session"), ApproveDate: b.GetString("approve_date"), Medium: b.GetString("medium"),
		Layout: b.GetString("layout"), Issuer: b.GetString("issuer"),
	}
}

// dateTime returns a time as PocketBase stores it.
func dateTime(t time.Time) types.DateTime {
	d, _ := types.ParseDateTime(t) // a time.Time always parses
	return d
}

// Wait returns when no run is working in the background.
func (o *Office) Wait() { o.running.Wait() }
