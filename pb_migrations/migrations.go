// Package pb_migrations holds the schema history of ExamHall. A migration is a
// fact about the past: it imports nothing of the product, so that it never
// changes its meaning, and it is frozen after a release.
package pb_migrations

import (
	"encoding/json"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// rule returns an API rule; a collection without one is closed to everybody
// but the administrator.
func rule(s string) *string { return types.Pointer(s) }

// sealedField returns a field that is encrypted at rest. The type is known to
// PocketBase by name only, so that migrations do not import it.
func sealedField(name, kind string, max int, required, hidden bool) core.Field {
	f := core.Fields["sealed"]()
	raw, err := json.Marshal(map[string]any{"name": name, "kind": kind, "max": max, "required": required, "hidden": hidden})
	if err == nil {
		err = json.Unmarshal(raw, f)
	}
	if err != nil {
		panic(err) // a literal above is wrong
	}
	return f
}

// code returns a text field for a short machine word.
func code(name string, required bool) core.Field {
	return &core.TextField{Name: name, Required: required, Max: 100}
}

// text returns a text field for what people write.
func text(name string, max int) core.Field { return &core.TextField{Name: name, Max: max} }

// whole returns a field for an integer.
func whole(name string) core.Field { return &core.NumberField{Name: name, OnlyInt: true} }

// choice returns a field for one of the given words.
func choice(name string, required bool, values ...string) core.Field {
	return &core.SelectField{Name: name, Required: required, MaxSelect: 1, Values: values}
}

// to returns a field that points to one record of another collection.
func to(name string, c *core.Collection, required bool) core.Field {
	return &core.RelationField{Name: name, CollectionId: c.Id, Required: required, MaxSelect: 1}
}

// stamps returns when a record was made and last changed.
func stamps() []core.Field {
	return []core.Field{
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	}
}

// saveAll saves the collections in the given order.
func saveAll(app core.App, list ...*core.Collection) error {
	for _, c := range list {
		if err := app.Save(c); err != nil {
			return err
		}
	}
	return nil
}

// addBusiness saves the collections of a business, as JSON, and adds its roles to
// those that staff may have.
func addBusiness(app core.App, collections []string, roles ...string) error {
	for _, raw := range collections {
		c := new(core.Collection)
		if err := json.Unmarshal([]byte(raw), c); err != nil {
			return err
		}
		if err := app.Save(c); err != nil {
			return err
		}
	}
	staff, err := app.FindCollectionByNameOrId("staff")
	if err != nil {
		return err
	}
	f := staff.Fields.GetByName("roles").(*core.SelectField)
	for _, role := range roles {
		if !slices.Contains(f.Values, role) {
			f.Values = append(f.Values, role)
		}
	}
	f.MaxSelect = len(f.Values)
	return app.Save(staff)
}

// Readers that several rules name. Roles are compared with :each, because ?=
// on a select with several values matches parts of words.
const (
	operator = `@request.auth.collectionName = "staff" && @request.auth.roles:each ?= "operator"`
	staffer  = `@request.auth.collectionName = "staff"`
	holder   = `@request.auth.collectionName = "candidates"`
)
