package hooks

import (
	"fmt"
	"strings"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/search"

	"examhall/modules"
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
			problems[r.Field] = modules.NewProblem("rule_denied", r.Message, map[string]any{"text": r.Message})
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
	if !hasAction(d, r.GetString("action")) {
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
// application only: it is checked without a request.
func parses(app core.App, c *core.Collection, rule string) error {
	for _, name := range identifiers(rule) {
		if strings.HasPrefix(name, "@request") {
			return fmt.Errorf("a rule knows nothing of the request: %s", name)
		}
	}
	resolver := core.NewRecordFieldResolver(app, c, new(core.RequestInfo), true)
	_, err := search.FilterData(rule).BuildExpr(resolver)
	return err
}

func hasAction(d modules.Definition, action string) bool {
	for _, t := range d.Workflow.Transitions {
		if t.Action == action {
			return true
		}
	}
	return false
}
