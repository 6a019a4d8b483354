package hooks

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules"
	"examhall/modules/sealed"
)

// Filing is an application as it was after one of its steps: what a paper says
// about it was true then, and stays so.
type Filing struct {
	Definition modules.Definition
	Record     *core.Record // with the values, the reply and the state of that step
	Action     string
	At         time.Time
	Seq        int64  // of the event in the audit trail
	Hash       string // of that event

	Name, IDType, IDNumber string // who the candidate was when it was submitted

	Session modules.Text
	About   *subject        // what it is about, in a business that has such records
	Fields  []modules.Field // as the collection has them now
	Rows    map[string][]map[string]any
	Totals  []Total
	Slots   []Slot
	Remedy  modules.Text // what can be done against what was decided
	Due     time.Time    // by when the next step was to be taken, if there was a limit
}

// Slot is a material with the names of its files.
type Slot struct {
	Name  string
	Label modules.Text
	Files []string
}

// Total is the sum of what the rows of an application cost, in fen.
type Total struct {
	Label modules.Text
	Fen   int
}

// State returns what is known of the state after the step.
func (f *Filing) State() modules.StateInfo {
	return f.Definition.Workflow.States[modules.State(f.Record.GetString("status"))]
}

// Filed returns an application as its candidate last wrote it, and when it was
// submitted first.
func (p *Portal) Filed(app core.App, d modules.Definition, r *core.Record) (f *Filing, first time.Time, err error) {
	events, err := eventsOf(app, d.Name, r.Id)
	if err != nil {
		return nil, first, err
	}
	wrote := slices.DeleteFunc(events, func(ev event) bool {
		t, _ := d.Workflow.Action(ev.Action)
		return ev.ActorKind != modules.KindCandidate || !t.WritesForm()
	})
	if len(wrote) == 0 {
		return nil, first, nil
	}
	f, err = p.after(app, d, r, wrote[len(wrote)-1])
	if err == nil {
		f.Due, err = dueAt(app, f)
	}
	return f, timeOf(wrote[0].At), err
}

// Decided returns an application as staff have decided it, or nil for one that
// they have not: what a candidate withdrew or let expire nobody has decided, and
// a parcel that has arrived is no decision.
func (p *Portal) Decided(app core.App, d modules.Definition, r *core.Record) (*Filing, error) {
	if !decidedNow(d, r) {
		return nil, nil
	}
	events, err := eventsOf(app, d.Name, r.Id)
	if err != nil {
		return nil, err
	}
	for _, ev := range slices.Backward(events) {
		if ev.ActorKind == modules.KindStaff && ev.From != ev.To && ev.To == r.GetString("status") {
			return p.after(app, d, r, ev)
		}
	}
	return nil, nil
}

// decidedNow reports whether an application stands where a deciding move of
// staff has closed it.
func decidedNow(d modules.Definition, r *core.Record) bool {
	now := modules.State(r.GetString("status"))
	if r.GetDateTime("decided").IsZero() || d.Workflow.States[now].WaitsFor != modules.ForNobody {
		return false
	}
	return slices.ContainsFunc(d.Workflow.Transitions, func(t modules.Transition) bool { return t.To == now && t.Decides })
}

// papers lists what can be downloaded about an application.
func papers(d modules.Definition, r *core.Record) []string {
	list := []string{"receipt"}
	if decidedNow(d, r) {
		list = append(list, "letter")
	}
	return list
}

// after returns an application as it was after an event.
func (p *Portal) after(app core.App, d modules.Definition, r *core.Record, ev event) (*Filing, error) {
	said, err := p.versions(app, d.Name, r.Id)
	if err != nil {
		return nil, err
	}
	then := r.Clone()
	then.Load(said[ev.Rev].Values)
	then.Set("reply", said[ev.Rev].Reply)
	then.Set("rev", ev.Rev)
	then.Set("status", ev.To)
	f := &Filing{Definition: d, Record: then, Action: ev.Action, At: timeOf(ev.At), Seq: ev.Seq, Hash: ev.Hash}
	who := snapshotOf(r)
	f.Name, f.IDType, f.IDNumber = who["name"], who["id_type"], who["id_number"]
	return f, p.describe(app, f)
}

// remedyOf returns what can be done against what was decided at a time.
func remedyOf(app core.App, l modules.Letter, at time.Time) (modules.Text, error) {
	settings, err := modules.ReadSettings(app)
	if err != nil {
		return modules.Text{}, err
	}
	return l.Remedies(at, settings.Calendar), nil
}

// describe adds the words of what an application says.
func (p *Portal) describe(app core.App, f *Filing) (err error) {
	if f.Remedy, err = remedyOf(app, f.State().Letter, f.At); err != nil {
		return err
	}
	if f.Session, err = sessionTitle(app, f.Record); err != nil {
		return err
	}
	if f.Record.GetString(f.Definition.Chosen()) != "" {
		if f.About, err = p.subjectOf(app, f.Definition, f.Record); err != nil {
			return err
		}
	}
	if f.Fields, err = liveFields(app, f.Definition); err != nil {
		return err
	}
	picked, err := p.picked(app, f.Definition, f.Record)
	if err != nil {
		return err
	}
	for i, field := range f.Fields {
		if words, ok := picked[field.GetName()]; ok {
			f.Fields[i].Words = []modules.Option{{Value: f.Record.GetString(field.GetName()), Label: words}}
		}
	}
	if f.Rows, err = p.rowsOf(app, f.Definition, f.Record, unpublished(f.Definition, f.Record)); err != nil {
		return err
	}
	if f.Totals, err = p.totals(app, f); err != nil {
		return err
	}
	slots, err := materials(&modules.Step{App: app, Definition: f.Definition, Record: f.Record, Now: p.now()})
	for _, m := range slots {
		if files := f.Record.GetStringSlice(m.Slot); len(files) > 0 {
			f.Slots = append(f.Slots, Slot{m.Slot, m.Label, files})
		}
	}
	return err
}

// totals adds up what was chosen, where that has a price.
func (p *Portal) totals(app core.App, f *Filing) ([]Total, error) {
	var list []Total
	for _, rows := range f.Definition.Rows {
		if rows.Total == (modules.Text{}) {
			continue
		}
		words, err := p.choiceWords(app, f.Definition, f.Record)
		if err != nil {
			return nil, err
		}
		sum := Total{Label: rows.Total}
		for _, row := range f.Rows[rows.Name] {
			sum.Fen += words[row[rows.Choice]].Amount
		}
		list = append(list, sum)
	}
	return list, nil
}

// dueAt returns until when the next step had to be taken after a filing. The record
// itself forgets it; the message that the candidate got does not.
func dueAt(app core.App, f *Filing) (time.Time, error) {
	var due string
	r := f.Record
	err := app.DB().Select("due").From("notifications").
		Where(dbx.HashExp{"owner": r.GetString("owner"), "record": r.Id, "status": r.GetString("status")}).
		AndWhere(dbx.NewExp("at <= {:at}", dbx.Params{"at": dateTime(f.At).String()})).OrderBy("at DESC").Limit(1).Row(&due)
	if noRows(err) {
		return time.Time{}, nil
	}
	return timeOf(due), err
}

// timeOf reads a time as it is stored; nothing is the zero time.
func timeOf(stored string) time.Time {
	at, err := types.ParseDateTime(stored)
	if err != nil {
		return time.Time{}
	}
	return at.Time()
}

// Sketch returns an application that nobody has made: what its owner has typed
// so far, over an application of theirs if there is one with that id. What is
// missing or not readable is empty. Nothing is stored.
func (p *Portal) Sketch(app core.App, d modules.Definition, owner *core.Record, application string, typed map[string]any) (*Filing, error) {
	r, err := sketched(app, d, owner, application, typed)
	if err != nil {
		return nil, err
	}
	fields, err := liveFields(app, d)
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		name := f.GetName()
		if value, given := typed[name]; given && f.Filler() == modules.Candidate && f.Type() != core.FieldTypeFile {
			r.Set(name, value)
		}
	}
	for _, rows := range d.Rows {
		if value, given := typed[rows.Name]; given && rows.Filler() == modules.Candidate {
			r.Set(rows.Name, typedRows(value, rows.Max))
		}
	}
	sealed.Restore(r) // a page sends stars back for what nobody typed anew
	f := &Filing{Definition: d, Record: r, At: p.now(), Name: owner.GetString("name"), IDType: owner.GetString("id_type"), IDNumber: sealed.Plain(owner, "id_number")}
	return f, p.describe(app, f)
}

// sketched returns the record that a sketch is drawn on.
func sketched(app core.App, d modules.Definition, owner *core.Record, application string, typed map[string]any) (*core.Record, error) {
	if application != "" {
		r, err := app.FindFirstRecordByFilter(d.Name, "id = {:id} && owner = {:owner}", dbx.Params{"id": application, "owner": owner.Id})
		if err == nil || !noRows(err) {
			return r, err
		}
	}
	c, err := app.FindCachedCollectionByNameOrId(d.Name)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.Set("owner", owner.Id)
	return r, belong(app, d, r, typed[d.Chosen()])
}

// belong says what a sketch is about, if that is the owner's.
func belong(app core.App, d modules.Definition, r *core.Record, chosen any) error {
	id, _ := chosen.(string)
	if id == "" {
		return nil
	}
	collection, holder := "registrations", "candidate"
	if d.About != nil {
		collection, holder = d.About.Collection, d.About.Owner
	}
	about, err := app.FindFirstRecordByFilter(collection, "id = {:id} && "+holder+" = {:owner}", dbx.Params{"id": id, "owner": r.GetString("owner")})
	if noRows(err) || (err == nil && d.About != nil && d.About.Hides(about)) {
		return nil
	}
	if err == nil {
		r.Set(d.Chosen(), about.Id)
		r.Set("session", about.GetString("session"))
	}
	return err
}

// typedRows returns rows as they came from a page, or none where they are no
// rows. A cell holds one value; anything else in it is left out.
func typedRows(value any, most int) []map[string]any {
	raw, err := json.Marshal(value)
	rows := []map[string]any{}
	if err != nil || json.Unmarshal(raw, &rows) != nil {
		return []map[string]any{}
	}
	rows = slices.DeleteFunc(rows, func(row map[string]any) bool { return row == nil })
	for _, row := range rows {
		maps.DeleteFunc(row, func(_ string, cell any) bool {
			switch cell.(type) {
			case string, float64, bool:
				return false
			}
			return true
		})
	}
	return rows[:min(len(rows), cmp.Or(most, len(rows)))]
}
