package modules

import (
	"encoding/json"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

// Parse reads a definition from JSON. It lets a trusted script add a business at
// run time; what the JSON leaves out is taken from the standard workflow. A
// script cannot write guards here: it names those of [Named], and may bind
// PocketBase hooks of its own to the same collection.
func Parse(data []byte) (Definition, error) {
	in := struct {
		Name, Prefix, Icon  string
		Title, Intro, Apply Text
		Registered          bool
		Fields              []json.RawMessage
		Unique              Unique
		Term                Term
		Without             []string
		Guards              map[string][]string // action: names
	}{}
	if err := json.Unmarshal(data, &in); err != nil {
		return Definition{}, err
	}
	d := Definition{
		Name: in.Name, Prefix: in.Prefix, Icon: in.Icon, Title: in.Title, Intro: in.Intro, Apply: in.Apply,
		Registered: in.Registered, Unique: in.Unique, Term: in.Term, Workflow: Standard().Without(in.Without...),
	}
	for _, raw := range in.Fields {
		f, err := parseField(raw)
		if err != nil {
			return Definition{}, fmt.Errorf("business %q: %w", d.Name, err)
		}
		d.Fields = append(d.Fields, f)
	}
	return d, d.addNamed(in.Guards)
}

// Named returns the guards that a script may name.
func Named() map[string]Guard {
	return map[string]Guard{"reasoned": Reasoned, "four_eyes": FourEyes}
}

func (d *Definition) addNamed(guards map[string][]string) error {
	for action, names := range guards {
		for _, name := range names {
			guard, ok := Named()[name]
			if !ok {
				return fmt.Errorf("business %q: no guard is called %q", d.Name, name)
			}
			if _, ok := d.Workflow.Action(action); !ok {
				return fmt.Errorf("business %q: no action is called %q", d.Name, action)
			}
			d.Workflow = d.Workflow.Change(action, func(t *Transition) { t.Guards = append(t.Guards, guard) })
		}
	}
	return nil
}

// parseField reads a PocketBase field with what people read beside it.
func parseField(raw []byte) (Field, error) {
	in := struct {
		Type        string
		Label, Hint Text
		By          Role
		Must        bool
	}{}
	if err := json.Unmarshal(raw, &in); err != nil {
		return Field{}, err
	}
	create, ok := core.Fields[in.Type]
	if !ok {
		return Field{}, fmt.Errorf("no field type is called %q", in.Type)
	}
	f := Field{Field: create(), Label: in.Label, Hint: in.Hint, By: in.By, Must: in.Must}
	return f, json.Unmarshal(raw, f.Field)
}
