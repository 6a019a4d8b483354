package integrity

import (
	"cmp"
	"slices"
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/background"
	"examhall/modules/calendar"
)

// The values of registrations.pre_review.
const (
	required = "required"
	passed   = "passed"
	failed   = "failed"
)

// longest stands for the end of a record that has none.
const longest = "9999-12-31"

// inForce returns the record of the owner that stands longest today, or nil: the
// first day and the last one belong to it.
func inForce(s *modules.Step) (*core.Record, error) {
	list, err := s.App.FindRecordsByFilter("integrity_records",
		"candidate = {:owner} && status = 'active' && start <= {:today} && (end = '' || end >= {:today})", "", 0, 0,
		dbx.Params{"owner": s.Record.GetString("owner"), "today": s.Now.In(calendar.Zone).Format(time.DateOnly)})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return slices.MaxFunc(list, func(a, b *core.Record) int {
		return cmp.Compare(cmp.Or(a.GetString("end"), longest), cmp.Or(b.GetString("end"), longest))
	}), nil
}

// concerns says to those who are not on record that they need nothing, and to the
// others why they do.
func concerns(s *modules.Step) (modules.Concern, error) {
	record, err := inForce(s)
	if err != nil {
		return modules.Concern{}, err
	}
	if record == nil {
		return modules.Concern{Problem: modules.NewProblem("not_concerned", "You have no record in force, so you need not apply.", nil)}, nil
	}
	kind := kindWords()[slices.Index(kinds(), record.GetString("kind"))].Label
	no, from, until := record.GetString("decision_no"), record.GetString("start"), record.GetString("end")
	zh, en := "，记录期自 "+from+" 起，长期有效", ", on record from "+from+" for ever"
	if until != "" {
		zh, en = "，记录期自 "+from+" 起，至 "+until+" 止", ", on record from "+from+" until "+until
	}
	return modules.Concern{Note: modules.T(kind.ZH+"，决定文号 "+no+zh, kind.EN+", decision "+no+en)}, nil
}

// recall copies the record into the application.
func recall(s *modules.Step) error {
	record, err := inForce(s)
	if err != nil || record == nil {
		return err
	}
	for column, from := range map[string]string{"record_kind": "kind", "record_no": "decision_no", "record_from": "start", "record_until": "end"} {
		s.Record.Set(column, record.GetString(from))
	}
	return nil
}

// window is the time of registration of the session.
func window(s *modules.Step) (opens, closes time.Time, err error) {
	session, err := s.Session()
	if err != nil {
		return opens, closes, err
	}
	return session.GetDateTime("reg_opens").Time(), session.GetDateTime("reg_closes").Time(), nil
}

// unpaid wants a registration that still waits for this review.
func unpaid(s *modules.Step) error { return waiting(s, "registration") }

// pending keeps the authority from admitting a registration that was cancelled
// meanwhile.
func pending(s *modules.Step) error { return waiting(s, "status") }

func waiting(s *modules.Step, field string) error {
	r, err := s.Registration()
	if err != nil {
		return err
	}
	var why modules.Text
	switch {
	case r.GetString("pre_review") == passed:
		why = modules.T("本次报名已审核通过，无需再次办理", "this registration has been reviewed")
	case r.GetString("status") == "paid":
		why = modules.T("本次报名已缴费，无需办理", "this registration has been paid")
	case r.GetString("status") != "registered":
		why = modules.T("本次报名已取消", "this registration was cancelled")
	default:
		return nil
	}
	return validation.Errors{field: modules.NewProblem("review_settled", "{{.reason}}", map[string]any{"reason": why})}
}

// reversible refuses to take back an admission with which somebody has paid.
func reversible(s *modules.Step) error {
	n, err := s.App.CountRecords("registrations", dbx.HashExp{
		"candidate": s.Record.GetString("owner"), "session": s.Record.GetString("session"), "status": "paid",
	})
	if err == nil && n > 0 {
		return modules.Invalid("status", "reopen_paid", "The candidate has paid already.")
	}
	return err
}

// mark returns the effect that says of every unpaid registration of the owner in
// the session whether it may be paid.
func mark(outcome string) modules.Effect {
	return func(s *modules.Step) error {
		list, err := s.App.FindRecordsByFilter("registrations", "candidate = {:owner} && session = {:session} && status = 'registered'", "", 0, 0,
			dbx.Params{"owner": s.Record.GetString("owner"), "session": s.Record.GetString("session")})
		if err != nil {
			return err
		}
		for _, r := range list {
			if r.GetString("pre_review") == outcome {
				continue
			}
			r.Set("pre_review", outcome)
			if err := s.Save(r); err != nil {
				return err
			}
		}
		return nil
	}
}

// choices lists the conditions of the notice and the subjects of the registration.
func choices(s *modules.Step) (map[string][]modules.Choice, error) {
	all, err := background.Conditions(s)
	if err != nil {
		return nil, err
	}
	subjects, err := s.App.FindRecordsByFilter("registration_subjects", "registration = {:registration} && status = 'active'", "code", 0, 0,
		dbx.Params{"registration": s.Record.GetString("registration")})
	all["subjects"] = []modules.Choice{}
	for _, r := range subjects {
		name := r.GetString("name")
		all["subjects"] = append(all["subjects"], modules.Choice{Value: r.Id, Label: modules.T(name, cmp.Or(r.GetString("name_en"), name))})
	}
	return all, err
}
