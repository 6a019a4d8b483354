package hooks

import (
	"strings"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// bindSchema refuses, when it is saved, a change of the schema that would break
// a definition or open what is closed. The dashboard may narrow or fill a
// business; it may not take away what the code needs.
func bindSchema(app core.App, p *Portal) {
	app.OnCollectionUpdate().BindFunc(func(e *core.CollectionEvent) error {
		if d, ok := p.set.Find(original(e)); ok {
			if err := fits(d, e.Collection); err != nil {
				return answer(err)
			}
		}
		if err := sealedRules(e.Collection); err != nil {
			return answer(err)
		}
		return e.Next()
	})
	app.OnCollectionDelete(p.set.Names()...).BindFunc(func(e *core.CollectionEvent) error {
		return answer(modules.Invalid("name", "schema_needed", "A business needs this collection."))
	})
}

// original returns the name of the collection before the change.
func original(e *core.CollectionEvent) string {
	if saved, err := e.App.FindCollectionByNameOrId(e.Collection.Id); err == nil {
		return saved.Name
	}
	return e.Collection.Name
}

func fits(d modules.Definition, c *core.Collection) error {
	if c.Name != d.Name {
		return modules.Invalid("name", "schema_needed", "A business needs this collection under its name.")
	}
	if err := d.Fits(c); err != nil {
		return modules.InvalidWith("fields", "schema_needed", "{{.text}}", map[string]any{"text": err.Error()})
	}
	return nil
}

// sealedRules refuses API rules that name a sealed field: they would compare
// ciphertext, which is never equal.
func sealedRules(c *core.Collection) error {
	problems := validation.Errors{}
	rules := map[string]*string{
		"listRule": c.ListRule, "viewRule": c.ViewRule, "createRule": c.CreateRule, "updateRule": c.UpdateRule, "deleteRule": c.DeleteRule,
	}
	for _, name := range sealed.Names(c) {
		for field, rule := range rules {
			if rule != nil && strings.Contains(*rule, name) {
				problems[field] = modules.NewProblem("rule_sealed", "A rule cannot read {{.name}}: it is encrypted.", map[string]any{"name": name})
			}
		}
	}
	return problems.Filter()
}
