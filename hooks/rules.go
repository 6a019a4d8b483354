package hooks

import (
	"fmt"
	"strings"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/search"

	"examhall/modules"
	"examhall/modules/sealed"
)

// obeyRules checks the rules that the operator wrote for this action in the
// dashboard, in the filter language of PocketBase. A rule can only forbid: what
// the workflow does not list stays forbidden. Rules see the application as it
// was just saved; a broken one undoes the save.
func obeyRules(s *modules.Step) error {
	settings, err := s.Settings()
	if err != nil {
		return err
	}
	problems := validation.Errors{}
	for _, r := range settings.Rules {
		if r.Service != s.Definition.Name || r.Action != s.Transition.Action {
			continue
		}
		// Never the real RequestInfo: superusers pass every rule.
		ok, err := s.App.CanAccessRecord(s.Record, new(core.RequestInfo), &r.Rule)
		if err != nil {
			return err
		}
		if !ok {
			problems[r.Field] = modules.NewProblem("rule_denied", "{{.text}}", map[string]any{"text": r.Message})
		}
	}
	return problems.Filter()
}

// bindRules refuses a rule that could not work when it is saved, not when a
// candidate runs into it.
func bindRules(app core.App, p *Portal) {
	check := func(e *core.RecordEvent) error {
		if err := p.checkRule(e.App, e.Record); err != nil {
			return answer(err)
		}
		return e.Next()
	}
	app.OnRecordCreate("rules").BindFunc(check)
	app.OnRecordUpdate("rules").BindFunc(check)
}

func (p *Portal) checkRule(app core.App, r *core.Record) error {
	d, ok := p.set.Find(r.GetString("service"))
	if !ok {
		return modules.Invalid("service", "validation_invalid_value", "There is no such service.")
	}
	if _, ok := d.Workflow.Action(r.GetString("action")); !ok {
		return modules.Invalid("action", "validation_invalid_value", "The service has no such action.")
	}
	c, err := app.FindCachedCollectionByNameOrId(d.Name)
	if err != nil {
		return err
	}
	if c.Fields.GetByName(r.GetString("field")) == nil {
		return modules.Invalid("field", "validation_invalid_value", "The service has no such field.")
	}
	rule := r.GetString("rule")
	name, err := p.readsSealed(app, c, rule)
	if err != nil {
		return err
	}
	if name != "" {
		return modules.InvalidWith("rule", "rule_sealed", "A rule cannot read {{.name}}: it is encrypted.", map[string]any{"name": name})
	}
	if err := parses(app, c, rule); err != nil {
		return modules.InvalidWith("rule", "rule_invalid", "{{.error}}", map[string]any{"error": err.Error()})
	}
	return nil
}

// parses reports why a rule does not work on a collection. A rule looks at the
// application and its exam only. Whoever writes it learns by its answers what it
// reads, so that it must not reach accounts, hidden columns or other tables.
func parses(app core.App, c *core.Collection, rule string) error {
	for _, path := range identifiers(rule) {
		if err := legible(app, c, path); err != nil {
			return err
		}
	}
	resolver := core.NewRecordFieldResolver(app, c, new(core.RequestInfo), true)
	_, err := search.FilterData(rule).BuildExpr(resolver)
	return err
}

// legible reports why a rule may not read a name, such as "session.year".
func legible(app core.App, c *core.Collection, path string) error {
	refused := fmt.Errorf("a rule cannot read %s", path)
	if strings.HasPrefix(path, "@") {
		if strings.HasPrefix(path, "@request") || strings.HasPrefix(path, "@collection") {
			return refused
		}
		return nil // a time, such as @now
	}
	for step := range strings.SplitSeq(path, ".") {
		if c == nil {
			return refused
		}
		name, _, _ := strings.Cut(step, ":")
		f := c.Fields.GetByName(name)
		if f == nil || f.GetHidden() || f.Type() == sealed.Type {
			return refused
		}
		if f.Type() == core.FieldTypeJSON {
			return nil // the rest is a path into its rows
		}
		c = target(app, f)
	}
	return nil
}

// target returns the collection that a column points to, unless it holds
// accounts, or nothing.
func target(app core.App, f core.Field) *core.Collection {
	r, ok := f.(*core.RelationField)
	if !ok {
		return nil
	}
	c, err := app.FindCachedCollectionByNameOrId(r.CollectionId)
	if err != nil || c.IsAuth() {
		return nil
	}
	return c
}
