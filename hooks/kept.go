package hooks

import (
	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// kept lists the collections whose rows ExamHall writes itself, in the
// transaction of what they tell about.
func (p *Portal) kept() []string {
	list := []string{
		"applications", "events", "event_heads", "versions", "replaced_files", "notifications", "score_history", "profile_history",
		"payouts", "certificates", "certificate_events", "annotations", "certificate_batches", "certificate_holds", "number_sequences",
	}
	for _, d := range p.set.Definitions() {
		for _, rows := range d.Rows {
			if rows.Once.Table != "" {
				list = append(list, rows.Once.Table)
			}
		}
	}
	return list
}

// bindKept refuses requests that write such rows. The administrator, whom no
// API rule holds, could otherwise show a candidate a state that the application
// is not in, let a subject be reviewed twice, or add a head to the audit trail
// that nobody signed, which could never be taken away again.
func bindKept(app core.App, p *Portal) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("ExamHall writes these rows itself.", keptError("id"))
	}
	app.OnRecordCreateRequest(p.kept()...).BindFunc(refuse)
	app.OnRecordUpdateRequest(p.kept()...).BindFunc(refuse)
	app.OnRecordDeleteRequest(append(p.kept(), lasting()...)...).BindFunc(refuse)
}

// lasting lists the facts that decisions rest on: they are corrected, never
// deleted.
func lasting() []string { return []string{"payments", "bills", "violations", "integrity_records"} }

// keptError is the problem of what nobody may change by hand.
func keptError(field string) map[string]error {
	return validation.Errors{field: modules.NewProblem("rows_kept", "ExamHall writes these rows itself.", nil)}
}
