package hooks

import (
	"encoding/json"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// entry is one line of the timeline of an application.
type entry struct {
	At     string        `json:"at"`
	Who    string        `json:"who"` // candidate, authority, system: never a reviewer's name
	Action string        `json:"action"`
	Label  modules.Text  `json:"label"`
	From   modules.State `json:"from"`
	To     modules.State `json:"to"`
	Reply  string        `json:"reply"`
}

// possible is something that a reader may do with an application, or may not
// now and why.
type possible struct {
	transition
	Allowed bool     `json:"allowed"`
	Problem *problem `json:"problem"`
}

// answerApplication serves the detail page: the application as its owner sees
// it, its timeline, and what may be done next.
func (p *Portal) answerApplication(e *core.RequestEvent) error {
	d, ok := p.set.Find(e.Request.PathValue("service"))
	if !ok {
		return e.NotFoundError("", nil)
	}
	r, err := e.App.FindFirstRecordByFilter(d.Name, "id = {:id} && owner = {:owner}",
		dbx.Params{"id": e.Request.PathValue("id"), "owner": e.Auth.Id})
	if err != nil {
		return e.NotFoundError("", nil)
	}
	out := map[string]any{"number": r.GetString("number"), "status": r.GetString("status"), "due": r.GetDateTime("due"), "papers": papers(d, r)}
	for name, load := range map[string]func() (any, error){
		"session_title": func() (any, error) { return sessionTitle(e.App, r) },
		"about":         func() (any, error) { return p.subjectOf(e.App, d, r) },
		"linked":        func() (any, error) { return p.leadsTo(e.App, d, r, e.Auth) },
		"actions":       func() (any, error) { return p.possible(e.App, d, r, e.Auth) },
		"remedy":        func() (any, error) { return remedyNow(e.App, d, r) },
		"timeline":      func() (any, error) { return p.timeline(e.App, d, r.Id) },
		"rows":          func() (any, error) { return p.rowsOf(e.App, d, r, unpublished(d, r)) },
		"picked":        func() (any, error) { return p.picked(e.App, d, r) },
	} {
		if out[name], err = load(); err != nil {
			return err
		}
	}
	if err := apis.EnrichRecord(e, r); err != nil {
		return err
	}
	out["record"] = r
	told, err1 := json.Marshal(out)
	out["server_time"] = dateTime(p.now()) // which changes nothing by itself
	raw, err2 := json.Marshal(out)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	return answerTagged(e, tagOf(told), raw)
}

// remedyNow returns what the owner can do against a decision that stands, and
// until when; nothing where there is none.
func remedyNow(app core.App, d modules.Definition, r *core.Record) (modules.Text, error) {
	letter := d.Workflow.States[modules.State(r.GetString("status"))].Letter
	if !decidedNow(d, r) || letter.RemedyAt == nil {
		return letter.Remedy, nil
	}
	return remedyOf(app, letter, r.GetDateTime("decided").Time())
}

// timeline returns what happened to an application as its owner reads it: moves
// between members of staff are left out, and so is what they wrote to each other.
func (p *Portal) timeline(app core.App, d modules.Definition, id string) ([]entry, error) {
	lines, err := p.history(app, d, id)
	if err != nil {
		return nil, err
	}
	list := []entry{}
	for _, line := range lines {
		t, known := d.Workflow.Action(line.Action)
		switch {
		case !known || (t.Internal && line.From == line.To):
			continue // a claim, or a record of results
		case t.Internal:
			line.Reply, line.Label = "", d.Workflow.States[line.To].Title
		}
		list = append(list, line.entry)
	}
	return list, nil
}

func eventsOf(app core.App, service, id string) ([]event, error) {
	list := []event{}
	err := app.DB().Select("*").From("events").Where(dbx.HashExp{"service": service, "record": id}).OrderBy("seq").All(&list)
	return list, err
}

// labelOf returns the words of a move, or of what the desk itself does.
func labelOf(d modules.Definition, action string) modules.Text {
	if t, ok := d.Workflow.Action(action); ok {
		return t.Label
	}
	switch action {
	case "claim":
		return modules.T("认领", "Claim")
	case "release":
		return modules.T("放回", "Release")
	case "export_payout":
		return modules.T("导出付款文件", "Take to the bank")
	}
	return modules.T(action, action)
}

// possible returns the moves that somebody has from the state of a record, each
// with the reason where a deadline or a window forbids it now.
func (p *Portal) possible(app core.App, d modules.Definition, r, auth *core.Record) ([]possible, error) {
	actor := modules.ActorOf(auth, d.Name)
	from := modules.State(r.GetString("status"))
	fields, err := liveFields(app, d)
	if err != nil {
		return nil, err
	}
	list := []possible{}
	for _, t := range d.Workflow.From(from) {
		if !actor.Has(t.By) {
			continue
		}
		step := &modules.Step{App: app, Definition: d, Transition: t, From: from, Record: r, Actor: actor, Now: p.now()}
		why, err := step.Forbidden()
		if err != nil {
			return nil, err
		}
		list = append(list, possible{describe(t, d, fields), why == nil, asProblem(why)})
	}
	return list, nil
}

// sessionTitle returns the title of the exam session of an application, if it has
// one.
func sessionTitle(app core.App, r *core.Record) (modules.Text, error) {
	id := r.GetString("session")
	if id == "" {
		return modules.Text{}, nil
	}
	session, err := app.FindRecordById("exam_sessions", id)
	if err != nil {
		return modules.Text{}, err
	}
	return titleOf(session), nil
}
