package hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// Prospect says what the owner of a record may apply for about it, or why not,
// and what was applied for already.
type Prospect struct {
	Apply        modules.Text `json:"apply"` // the words on the button
	Problem      *problem     `json:"problem"`
	Opens        string       `json:"opens"`
	Closes       string       `json:"closes"`
	Applications []Filed      `json:"applications"` // newest first
}

// Filed is an application about a record, in short.
type Filed struct {
	ID        string   `json:"id"`
	Number    string   `json:"number"`
	Status    string   `json:"status"`
	Rev       int      `json:"rev"`
	Submitted string   `json:"submitted"`
	Updated   string   `json:"updated"`
	Due       string   `json:"due"`
	WaitsFor  string   `json:"waits_for" db:"waits_for"`
	Reply     string   `json:"reply"`
	Actions   []string `json:"actions" db:"-"`
	About     string   `json:"-"`
}

// Prospects returns, for each record of an owner in a collection and for each
// business about such records, what may be applied for: record, service.
func (p *Portal) Prospects(app core.App, collection string, owner *core.Record) (map[string]map[string]Prospect, error) {
	all := map[string]map[string]Prospect{}
	for _, d := range p.set.Definitions() {
		if d.About == nil || d.About.Collection != collection {
			continue
		}
		filed, err := p.filed(app, d, owner)
		if err != nil {
			return nil, err
		}
		steps, err := p.candidates(app, d, owner, "")
		if err != nil {
			return nil, err
		}
		for _, s := range steps {
			id := s.Record.GetString(d.About.Column)
			one, err := prospect(s)
			if err != nil {
				return nil, err
			}
			one.Applications = append(one.Applications, filed[id]...)
			if all[id] == nil {
				all[id] = map[string]Prospect{}
			}
			all[id][d.Name] = one
		}
	}
	return all, nil
}

func prospect(s *modules.Step) (Prospect, error) {
	one := Prospect{Apply: s.Definition.Apply, Applications: []Filed{}}
	opens, closes, always, err := s.Opening()
	if err != nil {
		return one, err
	}
	if !always {
		one.Opens, one.Closes = dateTime(opens).String(), dateTime(closes).String()
	}
	one.Problem, err = whyNot(s)
	return one, err
}

// filed returns the applications of an owner by what they are about.
func (p *Portal) filed(app core.App, d modules.Definition, owner *core.Record) (map[string][]Filed, error) {
	rows := []Filed{}
	err := app.DB().Select("id", "number", "status", "rev", "submitted", "updated", "due", "waits_for", "reply", d.About.Column+" AS about").
		From(d.Name).Where(dbx.HashExp{"owner": owner.Id}).OrderBy("created DESC", "number DESC").All(&rows)
	by := map[string][]Filed{}
	for _, f := range rows {
		f.Actions = p.candidateActions(application{Service: d.Name, Status: f.Status, Due: f.Due, WaitsFor: f.WaitsFor})
		by[f.About] = append(by[f.About], f)
	}
	return by, err
}

// subject names what an application is about, to whoever may read it.
type subject struct {
	ID      string       `json:"id"`
	Service string       `json:"service"` // of an application, else nothing
	Label   modules.Text `json:"label"`
	Title   modules.Text `json:"title"`
	Note    modules.Text `json:"note"`
}

// subjectOf returns what an application is about, or nil.
func (p *Portal) subjectOf(app core.App, d modules.Definition, r *core.Record) (*subject, error) {
	if d.About == nil {
		return nil, nil
	}
	about, err := app.FindRecordById(d.About.Collection, r.GetString(d.About.Column))
	if err != nil {
		return nil, err
	}
	return &subject{about.Id, p.serviceOf(d.About), d.About.Label, d.About.Title(about), d.About.Note(about)}, nil
}

// serviceOf returns the business that applications are about, if they are about
// other applications.
func (p *Portal) serviceOf(a *modules.About) string {
	if _, ok := p.set.Find(a.Collection); ok {
		return a.Collection
	}
	return ""
}

// Reason returns why something is not possible as it goes over the wire, or
// null.
func Reason(p modules.Problem) any { return asProblem(p) }
