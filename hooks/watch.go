package hooks

import (
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// watched lists the collections whose changes over the API go into the audit
// trail as well: who may do what, and the facts and settings that decide cases.
func watched() []string {
	return []string{
		"staff", core.CollectionNameSuperusers, "candidates", "exam_projects", "exam_sessions", "registrations",
		"registration_subjects", "payments", "bills", "violations", "integrity_records", "windows", "holidays", "rules", "material_templates", "limits",
	}
}

// bindWatch answers with the problems that a business has with a change of a fact
// of its own, and appends an event for every change that somebody makes to a watched
// collection by request: names of the changed columns, no values. Imports and
// effects leave traces of their own.
func bindWatch(app core.App, p *Portal) {
	told := func(e *core.RecordEvent) error { return answer(e.Next()) }
	app.OnRecordCreate(watched()...).BindFunc(told)
	app.OnRecordUpdate(watched()...).BindFunc(told)
	sign := func(e *core.RecordRequestEvent) error {
		modules.Sign(e.Record, modules.ActorOf(e.Auth, ""))
		return e.Next()
	}
	app.OnRecordCreateRequest(watched()...).BindFunc(sign)
	app.OnRecordUpdateRequest(watched()...).BindFunc(sign)
	app.OnRecordDeleteRequest(watched()...).BindFunc(sign)
	for action, on := range map[string]func(func(*core.RecordEvent) error) string{
		"create": app.OnRecordCreateExecute(watched()...).BindFunc,
		"update": app.OnRecordUpdateExecute(watched()...).BindFunc,
		"delete": app.OnRecordDeleteExecute(watched()...).BindFunc,
	} {
		on(func(e *core.RecordEvent) error { return p.watch(e, action) })
	}
}

// watch saves and records one change in one transaction.
func (p *Portal) watch(e *core.RecordEvent, action string) error {
	actor := modules.Signer(e.Record)
	if actor.Kind == modules.KindSystem || actor.Kind == "" {
		return e.Next()
	}
	fields := slices.DeleteFunc(changedFields(e.Record.Original(), e.Record), func(name string) bool { return name == core.FieldNameTokenKey })
	return inTransaction(e, func() error {
		if err := e.Next(); err != nil {
			return err
		}
		return p.appendEvent(e.App, event{
			Service: e.Record.Collection().Name, Record: e.Record.Id, Action: action, ActorKind: actor.Kind, Actor: actor.ID, Via: actor.Via,
			Fields: strings.Join(fields, ","), At: dateTime(p.now()).String(),
		})
	})
}
