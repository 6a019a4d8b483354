package hooks

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// claim 认领 keeps an application for one reviewer; nobody else can decide about it
// until it is released 放回 or moves on. It is no step of the workflow: the
// candidate neither sees it nor loses anything by it.
func (p *Portal) claim(e *core.RequestEvent) error {
	d, r, err := p.caseOf(e)
	if err != nil {
		return err
	}
	return p.hold(e, d, r, "claim", func(was, me string) (string, bool) { return me, was == "" || was == me })
}

// release puts an application back. The operator, who decides about none, may
// release another one's, for when somebody is ill.
func (p *Portal) release(e *core.RequestEvent) error {
	operator := contains(e.Auth.GetStringSlice("roles"), string(modules.Operator))
	d, r, err := p.caseFor(e, func(d modules.Definition) bool { return operator || p.reads(e.Auth, d) })
	if err != nil {
		return err
	}
	return p.hold(e, d, r, "release", func(was, me string) (string, bool) { return "", was == "" || was == me || operator })
}

// hold changes who holds an application, in one transaction with its event.
func (p *Portal) hold(e *core.RequestEvent, d modules.Definition, r *core.Record, action string, next func(was, me string) (string, bool)) error {
	actor := modules.ActorOf(e.Auth, d.Name)
	var was stored
	var holder string
	err := e.App.RunInTransaction(func(tx core.App) error {
		err := tx.DB().Select("status", "rev", "claimed_by").From(d.Name).Where(dbx.HashExp{"id": r.Id}).One(&was)
		if err != nil {
			return err
		}
		helps := action == "release" && actor.Has(modules.Operator)
		if !helps && !decides(actor, d, modules.State(was.Status)) {
			return modules.Invalid("claimed_by", "transition_denied", "There is nothing for you to do here.")
		}
		to, ok := next(was.ClaimedBy, e.Auth.Id)
		if !ok {
			return claimedBy(tx, was.ClaimedBy)
		}
		holder = to
		return p.setHolder(tx, d, r, was, to, action, actor)
	})
	if err != nil {
		return answer(err)
	}
	name, err := staffName(e.App, holder)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"claimed_by": holder, "claimed_name": name, "rev": was.Rev})
}

// decides reports whether a member of staff has a move from a state. Who only
// reads, such as an auditor, must not keep a case from those who decide.
func decides(a modules.Actor, d modules.Definition, s modules.State) bool {
	for _, t := range d.Workflow.From(s) {
		if a.Staff() && a.Has(t.By) {
			return true
		}
	}
	return false
}

func (p *Portal) setHolder(tx core.App, d modules.Definition, r *core.Record, was stored, to, action string, by modules.Actor) error {
	if was.ClaimedBy == to {
		return nil
	}
	for _, table := range []string{d.Name, "applications"} {
		if _, err := tx.NonconcurrentDB().Update(table, dbx.Params{"claimed_by": to}, dbx.HashExp{"id": r.Id}).Execute(); err != nil {
			return err
		}
	}
	return p.appendEvent(tx, event{
		Service: d.Name, Record: r.Id, Owner: r.GetString("owner"), Rev: was.Rev, Action: action, From: was.Status, To: was.Status,
		ActorKind: by.Kind, Actor: by.ID, Fields: "claimed_by", At: dateTime(p.now()).String(),
	})
}

// claimedBy is the problem of a case that somebody else holds.
func claimedBy(app core.App, id string) error {
	name, err := staffName(app, id)
	if err != nil {
		return err
	}
	return modules.InvalidWith("claimed_by", "claimed_by_other", "{{.name}} is working on this.", map[string]any{"name": name})
}

// staffName returns the name of a member of staff, or nothing for nobody.
func staffName(app core.App, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	r, err := app.FindRecordById("staff", id)
	if noRows(err) {
		return id, nil
	}
	if err != nil {
		return "", err
	}
	return r.GetString("name"), nil
}
