package hooks

import (
	"cmp"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// material is what an application must know about one slot.
type material struct {
	Slot    string       `json:"slot"`
	Need    string       `json:"need"` // required, optional, hidden
	Label   modules.Text `json:"label"`
	Hint    modules.Text `json:"hint"`
	MaxSize int64        `json:"max_size"` // bytes
}

// needed says of each slot whether an application in the session of a step needs
// it.
func needed(s *modules.Step) (map[string]bool, error) {
	if !s.Transition.WritesForm() || len(slots(s.Definition)) == 0 {
		return nil, nil
	}
	list, err := materials(s)
	names := map[string]bool{}
	for _, m := range list {
		names[m.Slot] = m.Need == "required"
	}
	return names, err
}

// materials returns every slot of the business as the operator wants it for the
// session of a step. The most particular row of material_templates counts:
// one for the session, then one for the exam project, then one for all.
func materials(s *modules.Step) ([]material, error) {
	rows, err := templates(s)
	if err != nil {
		return nil, err
	}
	var list []material
	for _, f := range slots(s.Definition) {
		m := material{Slot: f.GetName(), Need: "optional", Label: f.Label, Hint: f.Hint, MaxSize: sizeOf(s.Record, f.GetName())}
		if f.Must {
			m.Need = "required"
		}
		i := slices.IndexFunc(rows, func(t modules.MaterialRow) bool { return t.Slot == m.Slot })
		if i >= 0 {
			m.fill(rows[i])
		}
		list = append(list, m)
	}
	return list, nil
}

// sizeOf returns how many bytes a file of the column may have, as the
// administrator left it.
func sizeOf(r *core.Record, slot string) int64 {
	f, ok := r.Collection().Fields.GetByName(slot).(*core.FileField)
	if !ok || f.MaxSize == 0 {
		return core.DefaultFileFieldMaxSize
	}
	return f.MaxSize
}

func (m *material) fill(t modules.MaterialRow) {
	m.Need = t.Need
	m.Label = modules.T(cmp.Or(t.Label, m.Label.ZH), cmp.Or(t.LabelEN, t.Label, m.Label.EN))
	m.Hint = modules.T(cmp.Or(t.Hint, m.Hint.ZH), cmp.Or(t.HintEN, t.Hint, m.Hint.EN))
	if t.MaxSize > 0 {
		m.MaxSize = min(t.MaxSize, m.MaxSize)
	}
}

// limits returns how many bytes a file in each slot of an application may have.
func (p *Portal) limits(app core.App, r *core.Record) (map[string]int64, error) {
	d, _ := p.set.Find(r.Collection().Name)
	list, err := materials(&modules.Step{App: app, Definition: d, Record: r, Now: p.now()})
	bytes := map[string]int64{}
	for _, m := range list {
		bytes[m.Slot] = m.MaxSize
	}
	return bytes, err
}

// templates returns the rows for the session of a step, the most particular
// first.
func templates(s *modules.Step) ([]modules.MaterialRow, error) {
	settings, err := s.Settings()
	if err != nil {
		return nil, err
	}
	rows := slices.DeleteFunc(slices.Clone(settings.Materials), func(t modules.MaterialRow) bool { return t.Service != s.Definition.Name })
	if len(rows) == 0 {
		return nil, nil
	}
	id, project := s.Record.GetString("session"), ""
	if id != "" {
		session, err := s.Session()
		if err != nil {
			return nil, err
		}
		project = session.GetString("project")
	}
	rows = slices.DeleteFunc(rows, func(t modules.MaterialRow) bool {
		return (t.Session != "" && t.Session != id) || (t.Project != "" && t.Project != project)
	})
	slices.SortStableFunc(rows, func(a, b modules.MaterialRow) int {
		return cmp.Or(cmp.Compare(b.Session, a.Session), cmp.Compare(b.Project, a.Project))
	})
	return rows, nil
}

// slots returns the file fields that candidates fill in.
func slots(d modules.Definition) []modules.Field {
	var list []modules.Field
	for _, f := range d.Fields {
		if f.Type() == core.FieldTypeFile && f.Filler() == modules.Candidate {
			list = append(list, f)
		}
	}
	return list
}
