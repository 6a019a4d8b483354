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
	return p.hold(e, "claim", func(was, me string) (string, bool) { return me, was == "" || was == me })
}

// release puts an application back. The operator may release another one's,
// for when somebody is ill.
func (p *Portal) release(e *core.RequestEvent) error {
	operator := contains(e.Auth.GetStringSlice("roles"), string(modules.Operator))
	return p.hold(e, "release", func(was, me string) (string, bool) { return "", was == "" || was == me || operator })
}

// hold changes who holds an application, in one transaction with its event.
func (p *Portal) hold(e *core.RequestEvent, action string, next func(was, me string) (string, bool)) error {
	d, r, err := p.caseOf(e)
	if err != nil {
		return err
	}
	actor := modules.ActorOf(e.Auth, d.Name)
	states := turnStates(e.Auth, d)
	if !actor.Staff() || !containsAny(states, r.GetString("status")) {
		return answer(modules.Invalid("claimed_by", "transition_denied", "There is nothing for you to do here."))
	}
	var holder string
	err = e.App.RunInTransaction(func(tx core.App) error {
		var was stored
		err := tx.DB().Select("status", "rev", "claimed_by").From(d.Name).Where(dbx.HashExp{"id": r.Id}).One(&was)
		if err != nil {
			return err
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
	return e.JSON(http.StatusOK, map[string]any{"claimed_by": holder, "claimed_name": name, "rev": r.GetInt("rev")})
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

func containsAny(list []any, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
