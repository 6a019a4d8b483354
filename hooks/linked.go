package hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// linked is what an application can lead to in another business: 申诉 against a
// refusal, or 申诉详情 of the one that was made.
type linked struct {
	Service string       `json:"service"`
	See     modules.Text `json:"see"`   // the words on the button to what was made
	About   string       `json:"about"` // the record that it is about, where that is not the application
	Prospect
}

// linkedTo returns what the applications of an owner in a business lead to, by
// their ids. One that leads nowhere now is not among them.
func (p *Portal) linkedTo(app core.App, service string, owner *core.Record) (map[string][]linked, error) {
	all, err := p.afterYield(app, service, owner)
	if err != nil || len(p.followers(service)) == 0 {
		return all, err
	}
	prospects, err := p.Prospects(app, service, owner)
	if err != nil {
		return nil, err
	}
	standing, err := p.standing(app, service, owner)
	for id, by := range prospects {
		for _, d := range p.followers(service) {
			one := by[d.Name]
			if len(one.Applications) > 0 || slices.Contains(d.About.When, standing[id]) {
				all[id] = append(all[id], linked{Service: d.Name, See: d.About.See, Prospect: one})
			}
		}
	}
	return all, err
}

// afterYield returns what can be applied for about the records that applications
// of an owner have made: to have the new certificate of a reissue mailed.
func (p *Portal) afterYield(app core.App, service string, owner *core.Record) (map[string][]linked, error) {
	all := map[string][]linked{}
	d, _ := p.set.Find(service)
	if d.Yields == nil {
		return all, nil
	}
	rows := []struct{ ID, Made string }{}
	err := app.DB().Select("id", d.Yields.Column+" AS made").From(service).
		Where(dbx.HashExp{"owner": owner.Id}).AndWhere(dbx.NewExp(d.Yields.Column + " <> ''")).All(&rows)
	if err != nil || len(rows) == 0 {
		return all, err
	}
	prospects, err := p.Prospects(app, d.Yields.Collection, owner)
	for _, row := range rows {
		for _, f := range p.followers(d.Yields.Collection) {
			if one := prospects[row.Made][f.Name]; f.Name != service {
				all[row.ID] = append(all[row.ID], linked{Service: f.Name, See: f.About.See, About: row.Made, Prospect: one})
			}
		}
	}
	return all, err
}

// leadsTo returns what one application leads to.
func (p *Portal) leadsTo(app core.App, d modules.Definition, r, owner *core.Record) ([]linked, error) {
	all, err := p.linkedTo(app, d.Name, owner)
	return append([]linked{}, all[r.Id]...), err
}

// followers returns the businesses whose applications are about those of another.
func (p *Portal) followers(service string) []modules.Definition {
	return slices.DeleteFunc(slices.Clone(p.set.Definitions()), func(d modules.Definition) bool {
		return d.About == nil || d.About.Collection != service
	})
}

// standing returns the states of the applications of an owner in a business.
func (p *Portal) standing(app core.App, service string, owner *core.Record) (map[string]modules.State, error) {
	records, err := app.FindAllRecords(service, dbx.HashExp{"owner": owner.Id})
	states := map[string]modules.State{}
	for _, r := range records {
		states[r.Id] = modules.State(r.GetString("status"))
	}
	return states, err
}

// withLinked adds to a list of applications what each leads to.
func (p *Portal) withLinked(app core.App, list []application, owner *core.Record) error {
	known := map[string]map[string][]linked{}
	for i := range list {
		a := &list[i]
		if known[a.Service] == nil {
			by, err := p.linkedTo(app, a.Service, owner)
			if err != nil {
				return err
			}
			known[a.Service] = by
		}
		a.Linked = append([]linked{}, known[a.Service][a.ID]...)
	}
	return nil
}

// filedAbout returns for the desk the applications that are about another one.
func (p *Portal) filedAbout(app core.App, d modules.Definition, r *core.Record) (any, error) {
	list := []linked{}
	owner, err := app.FindRecordById("candidates", r.GetString("owner"))
	if err != nil {
		return nil, err
	}
	for _, f := range p.followers(d.Name) {
		by, err := p.filed(app, f, owner)
		if err != nil {
			return nil, err
		}
		if len(by[r.Id]) > 0 {
			list = append(list, linked{Service: f.Name, See: f.About.See, Prospect: Prospect{Applications: by[r.Id]}})
		}
	}
	return list, nil
}
