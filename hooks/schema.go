package hooks

import (
	"errors"
	"slices"
	"sync/atomic"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindSchema refuses, when it is saved, a change of the schema that would break
// ExamHall or open what is closed. The dashboard may narrow or fill a business;
// it may not take away what the code needs. Migrations, which run before the
// server does, may do what they like: the next start looks at the result.
func bindSchema(app core.App, p *Portal) {
	serving := new(atomic.Bool)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		serving.Store(true)
		return e.Next()
	})
	app.OnCollectionUpdate().BindFunc(func(e *core.CollectionEvent) error {
		if !serving.Load() {
			return e.Next()
		}
		if err := errors.Join(p.closedView(e.Collection), p.checkSchema(e)); err != nil {
			return forked(err)
		}
		return p.resettle(e)
	})
	app.OnCollectionCreate().BindFunc(func(e *core.CollectionEvent) error {
		if serving.Load() {
			if err := errors.Join(p.closedView(e.Collection), p.sealedRules(e.App, e.Collection)); err != nil {
				return forked(err)
			}
		}
		return e.Next()
	})
	app.OnCollectionDelete().BindFunc(func(e *core.CollectionEvent) error {
		if serving.Load() && p.needs(e.Collection.Name) {
			return forked(neededSchema("name", "ExamHall needs this collection."))
		}
		return e.Next()
	})
}

// closedView refuses a view collection without --sql-console: its query is any
// SELECT, and reads password hashes and sealed columns past every rule.
func (p *Portal) closedView(c *core.Collection) error {
	if !c.IsView() || p.options.SQLConsole {
		return nil
	}
	return modules.Invalid("viewQuery", "console_closed", "This is closed: the server runs without --sql-console.")
}

// resettle saves a collection without the triggers, which name its columns, and
// makes them anew in the same transaction.
func (p *Portal) resettle(e *core.CollectionEvent) error {
	app := e.App
	defer func() { e.App = app }()
	return p.Unguarded(app, func(tx core.App) error {
		e.App = tx
		return e.Next()
	})
}

// checkSchema returns why a collection may not be saved as it is now.
func (p *Portal) checkSchema(e *core.CollectionEvent) error {
	if err := p.sealedRules(e.App, e.Collection); err != nil {
		return err
	}
	before, err := e.App.FindCollectionByNameOrId(e.Collection.Id)
	if err != nil || !p.needs(before.Name) {
		return err
	}
	if e.Collection.Name != before.Name {
		return neededSchema("name", "ExamHall needs this collection under its name.")
	}
	want, ok := p.declared(before.Name)
	fixed := modules.Envelope
	if !ok { // facts keep the columns that they have
		want, fixed = before, func(string) bool { return true }
	}
	if err := modules.Fits(want, e.Collection, fixed); err != nil {
		return neededSchema("fields", err.Error())
	}
	if err := modules.Indexed(want, e.Collection); err != nil {
		return neededSchema("indexes", err.Error())
	}
	if err := opened(want, e.Collection); err != nil {
		return err
	}
	if err := exposed(e.Collection); ok && err != nil {
		return err
	}
	return brokenRules(e.App, e.Collection)
}

// exposed refuses a file field of a business that anybody could download.
func exposed(c *core.Collection) error {
	for _, field := range c.Fields {
		if f, ok := field.(*core.FileField); ok && !f.Protected {
			return modules.InvalidWith("fields", "schema_needed", "{{.text}}", map[string]any{"text": f.Name + " must be protected"})
		}
	}
	return nil
}

// neededSchema is the problem of a change that ExamHall could not live with.
func neededSchema(field, why string) error {
	return modules.InvalidWith(field, "schema_needed", "{{.text}}", map[string]any{"text": why})
}

// brokenRules refuses to take away what a rule of the operator reads.
func brokenRules(app core.App, c *core.Collection) error {
	rows := []modules.RuleRow{}
	if err := app.DB().Select("*").From("rules").Where(dbx.HashExp{"service": c.Name}).All(&rows); err != nil {
		return err
	}
	for _, r := range rows {
		if err := parses(app, c, r.Rule); err != nil {
			return modules.InvalidWith("fields", "rule_needs", "The rule {{.rule}} would not work any more.", map[string]any{"rule": r.Rule})
		}
	}
	return nil
}

// needs reports whether ExamHall needs a collection.
func (p *Portal) needs(name string) bool {
	_, ok := p.declared(name)
	return ok || slices.Contains(inner(), name) || slices.Contains(facts(), name)
}

// declared returns the collection of the given name as a business declares it.
func (p *Portal) declared(name string) (*core.Collection, bool) {
	for _, d := range p.set.Definitions() {
		for _, c := range d.Collections() {
			if c.Name == name {
				return c, true
			}
		}
	}
	return nil, false
}

// inner lists the side rows of the workflow, which stay closed: people read
// them through routes that know who may see what.
func inner() []string {
	return []string{"applications", "events", "event_heads", "versions", "replaced_files", "outbox", "score_history", "profile_history", "payouts",
		"certificate_events", "number_sequences"}
}

// facts lists the collections that businesses rest on.
func facts() []string {
	return []string{
		"candidates", "staff", "exam_projects", "exam_sessions", "registrations", "registration_subjects", "notifications",
		"payments", "bills", "violations", "integrity_records", "banks",
		"windows", "holidays", "rules", "material_templates", "canned_replies", "notices",
		"certificates", "annotations", "certificate_batches", "certificate_holds", "limits",
	}
}

// rulesOf returns the API rules of a collection by the names that the dashboard
// has for them.
func rulesOf(c *core.Collection) map[string]*string {
	return map[string]*string{
		"listRule": c.ListRule, "viewRule": c.ViewRule, "createRule": c.CreateRule, "updateRule": c.UpdateRule, "deleteRule": c.DeleteRule,
	}
}

// opened refuses rules that admit somebody whom the declared ones do not.
func opened(want, have *core.Collection) error {
	problems := validation.Errors{}
	declared := rulesOf(want)
	for name, rule := range rulesOf(have) {
		if !narrows(rule, declared[name]) {
			problems[name] = modules.NewProblem("rule_opened", "This rule may be narrowed only: (the rule as it was) && …", nil)
		}
	}
	return problems.Filter()
}

// sealedRules refuses API rules that name a sealed field: they would compare
// ciphertext, which is never equal.
func (p *Portal) sealedRules(app core.App, c *core.Collection) error {
	problems := validation.Errors{}
	for field, rule := range rulesOf(c) {
		if rule == nil {
			continue
		}
		name, err := p.readsSealed(app, c, *rule)
		if err != nil {
			return err
		}
		if name != "" {
			problems[field] = modules.NewProblem("rule_sealed", "A rule cannot read {{.name}}: it is encrypted.", map[string]any{"name": name})
		}
	}
	return problems.Filter()
}
