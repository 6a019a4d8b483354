package hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindOperator refuses rows of settings that could not mean anything: a typing
// error in one of them would close a service, or open it for ever.
func bindOperator(app core.App, p *Portal) {
	for collection, check := range map[string]func(*core.Record) error{
		"windows": p.checkWindow, "material_templates": p.checkMaterial, "exam_sessions": checkSession, "rules": p.checkForbids,
	} {
		refuse := func(e *core.RecordEvent) error {
			if err := check(e.Record); err != nil {
				return answer(err)
			}
			return e.Next()
		}
		app.OnRecordCreate(collection).BindFunc(refuse)
		app.OnRecordUpdate(collection).BindFunc(refuse)
	}
}

func (p *Portal) checkWindow(r *core.Record) error {
	if _, ok := p.set.Find(r.GetString("service")); !ok {
		return modules.Invalid("service", "validation_invalid_value", "There is no such service.")
	}
	if !r.GetDateTime("closes").IsZero() && r.GetDateTime("closes").Before(r.GetDateTime("opens")) {
		return modules.Invalid("closes", "window_backwards", "It closes before it opens.")
	}
	return nil
}

func (p *Portal) checkMaterial(r *core.Record) error {
	d, ok := p.set.Find(r.GetString("service"))
	if !ok {
		return modules.Invalid("service", "validation_invalid_value", "There is no such service.")
	}
	f, ok := d.Field(r.GetString("slot"))
	if !ok || f.Type() != core.FieldTypeFile {
		return modules.Invalid("slot", "validation_invalid_value", "The service has no such slot.")
	}
	return nil
}

// checkSession wants the time for reviews within a year.
func checkSession(r *core.Record) error {
	if days := r.GetInt("score_review_days"); days < 0 || days > 366 {
		return modules.Invalid("score_review_days", "validation_max_number_constraint", "This must be 0 to 366.")
	}
	return nil
}

// checkForbids keeps rules off two moves: what the clock does by itself, and a
// candidate's right to withdraw.
func (p *Portal) checkForbids(r *core.Record) error {
	d, _ := p.set.Find(r.GetString("service"))
	t, _ := d.Workflow.Action(r.GetString("action"))
	if t.By == modules.System || (t.By == modules.Candidate && !t.WritesForm()) {
		return modules.Invalid("action", "validation_invalid_value", "A rule cannot forbid this.")
	}
	return nil
}
