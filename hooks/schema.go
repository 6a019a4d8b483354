package hooks

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// bindSchema refuses, when it is saved, a change of the schema that would break
// a definition or open what is closed. The dashboard may narrow or fill a
// business; it may not take away what the code needs.
func bindSchema(app core.App, p *Portal) {
	serving := new(atomic.Bool) // migrations pass here before
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		serving.Store(true)
		return e.Next()
	})
	app.OnCollectionUpdate().BindFunc(func(e *core.CollectionEvent) error {
		was := original(e)
		if d, ok := p.set.Find(was.Name); ok {
			if err := fits(d, e.Collection); err != nil {
				return answerSchema(err)
			}
		}
		if serving.Load() {
			if err := p.stays(was, e.Collection); err != nil {
				return answerSchema(err)
			}
		}
		if err := sealedRules(e.Collection); err != nil {
			return answerSchema(err)
		}
		return e.Next()
	})
	app.OnCollectionDelete(p.needed()...).BindFunc(func(e *core.CollectionEvent) error {
		return answerSchema(modules.Invalid("name", "schema_needed", "ExamHall needs this collection."))
	})
}

// needed lists the collections without which ExamHall does not run. PocketBase
// would drop the audit trail at one click: no trigger is asked for a table.
func (p *Portal) needed() []string {
	return slices.Concat(p.set.Names(), p.kept(), modules.SettingsTables(), []string{
		"candidates", "staff", "exam_projects", "exam_sessions", "registrations", "registration_subjects", "canned_replies",
		"notices", "outbox",
	})
}

// stays reports why a collection that ExamHall needs may not become another
// one: it keeps its name, and one whose rows ExamHall writes is left alone.
func (p *Portal) stays(was, now *core.Collection) error {
	if slices.Contains(p.needed(), was.Name) && now.Name != was.Name {
		return modules.Invalid("name", "schema_needed", "ExamHall needs this collection under its name.")
	}
	if slices.Contains(p.kept(), was.Name) && !sameSchema(was, now) {
		return modules.Invalid("fields", "schema_needed", "ExamHall needs this collection as it is.")
	}
	return nil
}

// sameSchema compares two states of a collection, but for when they were saved.
func sameSchema(a, b *core.Collection) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	var before, after map[string]any
	if errors.Join(err1, err2, json.Unmarshal(x, &before), json.Unmarshal(y, &after)) != nil {
		return false
	}
	delete(before, "updated")
	delete(after, "updated")
	return reflect.DeepEqual(before, after)
}

// original returns the collection before the change.
func original(e *core.CollectionEvent) *core.Collection {
	if saved, err := e.App.FindCollectionByNameOrId(e.Collection.Id); err == nil {
		return saved
	}
	return e.Collection
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
