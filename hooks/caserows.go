package hooks

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// rowsOf returns the rows of an application, each with the words of what it has
// chosen. Rows named in hidden are left out.
func (p *Portal) rowsOf(app core.App, d modules.Definition, r *core.Record, hidden []string) (map[string][]map[string]any, error) {
	words, err := p.choiceWords(app, d, r)
	if err != nil {
		return nil, err
	}
	all := map[string][]map[string]any{}
	for _, rows := range d.Rows {
		if slices.Contains(hidden, rows.Name) {
			continue
		}
		list, err := modules.RowsOf[map[string]any](r, rows.Name)
		if err != nil {
			return nil, err
		}
		for _, row := range list {
			label(row, rows, words)
		}
		all[rows.Name] = list
	}
	return all, nil
}

// label adds the words of what a row has chosen.
func label(row map[string]any, rows modules.Rows, words map[any]modules.Choice) {
	for _, f := range rows.Fields {
		if c, ok := words[row[f.Name]]; ok && f.Type == modules.RowChoice {
			row["label"], row["note"] = c.Label, c.Note
		}
	}
}

// choiceWords returns what the rows of an application may pick, by value.
func (p *Portal) choiceWords(app core.App, d modules.Definition, r *core.Record) (map[any]modules.Choice, error) {
	words := map[any]modules.Choice{}
	if d.Choices == nil || d.Chosen() != "" && r.GetString(d.Chosen()) == "" {
		return words, nil // a form on which nothing was chosen yet offers nothing
	}
	owner, err := app.FindRecordById("candidates", r.GetString("owner"))
	if err != nil {
		return nil, err
	}
	offered, err := d.Choices(p.imagine(app, d, r, owner))
	for _, list := range offered {
		for _, c := range list {
			words[c.Value] = c
		}
	}
	return words, err
}

// unpublished returns the columns of staff that the candidate may not see yet.
func unpublished(d modules.Definition, r *core.Record) []string {
	var names []string
	for column, states := range d.ByStaff() {
		if !slices.Contains(states, modules.State(r.GetString("status"))) {
			names = append(names, column)
		}
	}
	return names
}

// picked returns the words of what the fields with [modules.Pick] say.
func (p *Portal) picked(app core.App, d modules.Definition, r *core.Record) (map[string]modules.Text, error) {
	words := map[string]modules.Text{}
	if !slices.ContainsFunc(d.Fields, func(f modules.Field) bool { return f.Input == modules.Pick }) {
		return words, nil
	}
	offered, err := p.choiceWords(app, d, r)
	for _, f := range d.Fields {
		if c, ok := offered[r.GetString(f.GetName())]; ok && f.Input == modules.Pick {
			words[f.GetName()] = c.Label
		}
	}
	return words, err
}
