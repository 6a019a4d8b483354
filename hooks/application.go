package hooks

import (
	"encoding/json"
	"errors"
	"slices"

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
	events, err := eventsOf(e.App, d.Name, r.Id)
	if err != nil {
		return err
	}
	timeline, err := p.timeline(e.App, d, r.Id, stepsOf(d, events))
	if err != nil {
		return err
	}
	actions, err := p.possible(e.App, d, r, e.Auth)
	if err != nil {
		return err
	}
	title, err := sessionTitle(e.App, r)
	if err != nil {
		return err
	}
	rows, err := p.rowsOf(e.App, d, r, unpublished(d, r))
	if err != nil {
		return err
	}
	if err := apis.EnrichRecord(e, r); err != nil {
		return err
	}
	out := map[string]any{
		"record": r, "number": r.GetString("number"), "status": r.GetString("status"), "session_title": title,
		"due": r.GetDateTime("due"), "timeline": timeline, "actions": actions, "rows": rows,
	}
	told, err1 := json.Marshal(out)
	out["server_time"] = dateTime(p.now()) // which changes nothing by itself
	raw, err2 := json.Marshal(out)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	return answerTagged(e, tagOf(told), raw)
}

// stepsOf returns the events that moved an application. Who claimed it
// meanwhile is no business of the candidate's.
func stepsOf(d modules.Definition, events []event) []event {
	return slices.DeleteFunc(events, func(ev event) bool { return !hasAction(d, ev.Action) })
}

// timeline tells of the given events of an application, with the reasons that
// the authority gave at the time.
func (p *Portal) timeline(app core.App, d modules.Definition, id string, events []event) ([]entry, error) {
	said, err := p.versions(app, d.Name, id)
	if err != nil {
		return nil, err
	}
	list := []entry{}
	for _, ev := range events {
		line := entry{At: ev.At, Who: ev.ActorKind, Action: ev.Action, From: modules.State(ev.From), To: modules.State(ev.To)}
		if ev.ActorKind == modules.KindStaff {
			line.Who = "authority"
		}
		if ev.ActorKind == modules.KindStaff && ev.Content != "" { // a claim says nothing
			line.Reply = said[ev.Rev].Reply
		}
		line.Label = labelOf(d, ev.Action)
		list = append(list, line)
	}
	return list, nil
}

func eventsOf(app core.App, service, id string) ([]event, error) {
	list := []event{}
	err := app.DB().Select("*").From("events").Where(dbx.HashExp{"service": service, "record": id}).OrderBy("seq").All(&list)
	return list, err
}

func labelOf(d modules.Definition, action string) modules.Text {
	i := slices.IndexFunc(d.Workflow.Transitions, func(t modules.Transition) bool { return t.Action == action })
	if i < 0 {
		return modules.T(action, action)
	}
	return d.Workflow.Transitions[i].Label
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
