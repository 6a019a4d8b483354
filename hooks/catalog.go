package hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// service is a definition as the pages and the desk read it.
type service struct {
	Name        string              `json:"name"`
	Title       modules.Text        `json:"title"`
	Intro       modules.Text        `json:"intro"`
	Icon        string              `json:"icon"`
	Apply       modules.Text        `json:"apply"`
	Menu        modules.Text        `json:"menu"`
	Few         bool                `json:"few"` // whom it concerns says …/standing
	Registered  bool                `json:"registered"`
	About       *about              `json:"about"`
	Commitment  *modules.Commitment `json:"commitment"`
	Fields      []modules.Field     `json:"fields"`
	Rows        []rows              `json:"rows"`
	States      []state             `json:"states"`
	Transitions []transition        `json:"transitions"`
}

// about says what an application is about, and where it is made.
type about struct {
	Column  string        `json:"column"`
	Service string        `json:"service"` // where it is about an application of another business
	Label   modules.Text  `json:"label"`
	Menu    *modules.Menu `json:"menu"`
}

type rows struct {
	Name   string             `json:"name"`
	Label  modules.Text       `json:"label"`
	Hint   modules.Text       `json:"hint"`
	By     modules.Role       `json:"by"`
	Min    int                `json:"min"`
	Max    int                `json:"max"`
	Choice string             `json:"choice"`
	Total  *modules.Text      `json:"total,omitempty"`
	Fields []modules.RowField `json:"fields"`
}

type state struct {
	Name     modules.State `json:"name"`
	Title    modules.Text  `json:"title"`
	Tone     modules.Tone  `json:"tone"`
	WaitsFor modules.Party `json:"waits_for"`
	Next     modules.Text  `json:"next"`
	Locked   *problem      `json:"locked"` // why nothing can be changed from here on
}

type transition struct {
	Action     string          `json:"action"`
	Label      modules.Text    `json:"label"`
	From       []modules.State `json:"from"`
	To         modules.State   `json:"to"`
	By         modules.Role    `json:"by"`
	Fields     []string        `json:"fields"`
	NeedsReply bool            `json:"needs_reply"`
	MayReply   bool            `json:"may_reply"`
	Confirm    *modules.Text   `json:"confirm"`
}

// bindCatalog serves the definitions. The candidate pages draw every form, list
// and button of every business from this one answer. It holds nothing personal
// and is open to anybody.
func bindCatalog(app core.App, p *Portal) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.GET("/api/portal/services", func(e *core.RequestEvent) error {
			list, err := p.services(e.App)
			if err != nil {
				return err
			}
			return e.JSON(http.StatusOK, list)
		})
		return e.Next()
	})
}

func (p *Portal) services(app core.App) ([]service, error) {
	list := []service{}
	for _, d := range p.set.Definitions() {
		fields, err := liveFields(app, d)
		if err == nil {
			err = nameOptions(app, fields)
		}
		if err != nil {
			return nil, err
		}
		s := service{
			Name: d.Name, Title: d.Title, Intro: d.Intro, Icon: d.Icon, Apply: d.Apply, Registered: d.Registered, Menu: d.Menu, Few: d.Concerns != nil,
			Commitment: d.Commitment, Fields: fields, Rows: []rows{},
		}
		if a := d.About; a != nil {
			s.About = &about{a.Column, p.serviceOf(a), a.Label, a.Menu}
		}
		for _, r := range d.Rows {
			one := rows{Name: r.Name, Label: r.Label, Hint: r.Hint, By: r.Filler(), Min: r.Min, Max: r.Max, Choice: r.Choice, Fields: r.Fields}
			if r.Total != (modules.Text{}) {
				one.Total = &r.Total
			}
			s.Rows = append(s.Rows, one)
		}
		for _, name := range d.Workflow.Names() {
			info := d.Workflow.States[name]
			s.States = append(s.States, state{name, info.Title, info.Tone, info.WaitsFor, info.Next, asProblem(info.Locked)})
		}
		for _, t := range d.Workflow.Transitions {
			s.Transitions = append(s.Transitions, describe(t, d, fields))
		}
		list = append(list, s)
	}
	return list, nil
}

// describe returns a transition as a client reads it: with the names of the
// columns that may change, in place of [modules.Form].
func describe(t modules.Transition, d modules.Definition, fields []modules.Field) transition {
	out := transition{
		Action: t.Action, Label: t.Label, From: t.From, To: t.To, By: t.By, Fields: writable(t, d, fields),
		NeedsReply: t.Reasoned, MayReply: t.Reasoned || slices.Contains(t.Fields, "reply"),
	}
	if t.Confirm != (modules.Text{}) {
		out.Confirm = &t.Confirm
	}
	return out
}

// writable returns the columns that may change with a transition.
func writable(t modules.Transition, d modules.Definition, fields []modules.Field) []string {
	names := []string{}
	for _, name := range t.Fields {
		if name != modules.Form {
			names = append(names, name)
		}
	}
	if !t.WritesForm() {
		return names
	}
	for _, f := range fields {
		if f.Filler() == modules.Candidate {
			names = append(names, f.GetName())
		}
	}
	for _, r := range d.Rows {
		if r.Filler() == modules.Candidate {
			names = append(names, r.Name)
		}
	}
	return names
}

// nameOptions gives fields that pick from the list of banks the words for it, so
// that pages and desk need not read the list themselves.
func nameOptions(app core.App, fields []modules.Field) error {
	for i, f := range fields {
		relation, ok := f.Field.(*core.RelationField)
		if !ok || relation.CollectionId != modules.Ref("banks") {
			continue
		}
		banks, err := app.FindRecordsByFilter("banks", "active = true", "code", 0, 0)
		if err != nil {
			return err
		}
		for _, b := range banks {
			fields[i].Words = append(fields[i].Words, modules.Option{Value: b.Id, Label: modules.T(b.GetString("name"), b.GetString("name"))})
		}
	}
	return nil
}

// liveFields returns the declared fields as the collection has them now, and
// after them those that the administrator added in the dashboard: they appear
// on the form at once.
func liveFields(app core.App, d modules.Definition) ([]modules.Field, error) {
	c, err := app.FindCachedCollectionByNameOrId(d.Name)
	if err != nil {
		return nil, err
	}
	list := []modules.Field{}
	for _, f := range d.Fields {
		if live := c.Fields.GetByName(f.GetName()); live != nil && !isIndex(c, f.GetName()) {
			f.Field = live
			list = append(list, f)
		}
	}
	for _, f := range c.Fields {
		_, isRows := d.FindRows(f.GetName())
		_, declared := d.Field(f.GetName())
		if isRows || declared || d.Envelope(f.GetName()) || f.GetHidden() {
			continue
		}
		list = append(list, modules.Field{Field: f})
	}
	return list, nil
}
