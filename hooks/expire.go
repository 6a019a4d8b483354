package hooks

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindExpire lets the system take its own steps, such as 逾期失效, soon after a
// deadline. Guards enforce the deadline by themselves; the job only makes the
// state say so.
func bindExpire(app core.App, p *Portal) {
	app.Cron().MustAdd("examhall_expire", "*/5 * * * *", func() {
		if n, err := p.Expire(app); err != nil {
			app.Logger().Error("expire", "expired", n, "error", err)
		}
	})
}

// Expire moves every application whose candidate let the deadline pass, does what
// else time brings, and returns how many were moved. One that cannot move does not keep back the others.
func (p *Portal) Expire(app core.App) (int, error) {
	var errs []error
	n := 0
	for _, d := range p.set.Definitions() {
		for _, t := range d.Workflow.Transitions {
			if t.By != modules.System {
				continue
			}
			moved, err := p.expireAll(app, d, t)
			n += moved
			errs = append(errs, err)
		}
		if d.Later != nil {
			errs = append(errs, d.Later(app, p.now()))
		}
	}
	return n, errors.Join(errs...)
}

func (p *Portal) expireAll(app core.App, d modules.Definition, t modules.Transition) (int, error) {
	var ids []string
	from := make([]any, len(t.From))
	for i, s := range t.From {
		from[i] = string(s)
	}
	err := app.DB().Select("id").From(d.Name).Where(dbx.HashExp{"status": from}).
		AndWhere(dbx.NewExp("due != '' AND due < {:now}", dbx.Params{"now": p.second()})).Column(&ids)
	if err != nil {
		return 0, err
	}
	var errs []error
	n := 0
	for _, id := range ids {
		if err := p.expireOne(app, d, t, id); err != nil {
			errs = append(errs, fmt.Errorf("%s %s: %w", d.Name, id, err))
			continue
		}
		n++
	}
	return n, errors.Join(errs...)
}

func (p *Portal) expireOne(app core.App, d modules.Definition, t modules.Transition, id string) error {
	r, err := app.FindRecordById(d.Name, id)
	if err != nil {
		return err
	}
	if !slices.Contains(t.From, modules.State(r.GetString("status"))) || !modules.Over(p.now(), r.GetDateTime("due").Time()) {
		return nil // the candidate was faster
	}
	modules.Sign(r, modules.Portal())
	r.Set("status", string(t.To))
	return app.Save(r)
}

// bindCheckpoint signs the head of the audit trail once a day and publishes it:
// from then on nobody can cut off or rewrite what came before unnoticed.
func bindCheckpoint(app core.App, p *Portal) {
	app.Cron().MustAdd("examhall_checkpoint", "5 * * * *", func() { // the first hour of the day in which the server runs
		if err := p.Checkpoint(app); err != nil {
			app.Logger().Error("checkpoint", "error", err)
		}
	})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.GET("/.well-known/examhall-audit.json", p.publishCheckpoints)
		return e.Next()
	})
}

// checkpointID returns the id of the checkpoint of a day, which is its date.
func checkpointID(t time.Time) string { return t.Format("20060102") + "0000000" }
