package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(exams, nil)
}

// exams makes the facts that applications rest on: what is examined, who takes
// part, and with which result. Scores are integer tenths; a score that may be
// absent has its flag beside it.
func exams(app core.App) error {
	candidates, err := app.FindCollectionByNameOrId("candidates")
	if err != nil {
		return err
	}

	projects := core.NewBaseCollection("exam_projects")
	projects.ListRule, projects.ViewRule = rule(holder+" || "+staffer), rule(holder+" || "+staffer)
	projects.CreateRule, projects.UpdateRule = rule(operator), rule(operator)
	projects.Fields.Add(
		code("code", true),
		&core.TextField{Name: "name", Required: true, Max: 100, Presentable: true},
		text("name_en", 200),
		text("level", 50),
		&core.BoolField{Name: "e_cert"},
		&core.BoolField{Name: "in_catalogue"},
		&core.BoolField{Name: "search_enabled"}, // 证书查询 offers it to the public
		text("certificate_title", 100),          // as printed; none is the name
		text("issuer", 200),                     // 签发单位, several separated by 、
		text("statement", 500),                  // the sentence on the certificate; none is that of the layout
		code("layout", false),                   // a file of templates/pdf; none is professional
		text("number_rule", 100),                // how 管理号 are made; none is the default
		&core.TextField{Name: "number_code", Max: 8, Pattern: `^[0-9A-Z]*$`}, // {exam} of that rule
		&core.TextField{Name: "issuer_code", Max: 8, Pattern: `^[0-9A-Z]*$`}, // {org} of that rule
		&core.JSONField{Name: "specialty_codes", MaxSize: 20000},
	)
	projects.AddIndex("idx_exam_projects_code", true, "code", "")

	sessions := core.NewBaseCollection("exam_sessions")
	sessions.ListRule, sessions.ViewRule = projects.ListRule, projects.ViewRule
	sessions.CreateRule, sessions.UpdateRule = rule(operator), rule(operator)
	sessions.Fields.Add(
		to("project", projects, true),
		code("code", true),
		&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true},
		text("title_en", 200),
		whole("year"),
		&core.TextField{Name: "exam_from", Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.TextField{Name: "exam_to", Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.DateField{Name: "score_published"},
		whole("score_review_days"), // calendar days; 0 means 30

		&core.DateField{Name: "reg_opens"}, &core.DateField{Name: "reg_closes"}, // 报名
		&core.DateField{Name: "review_opens"}, &core.DateField{Name: "review_closes"}, // 资格复核
		whole("appeal_workdays"),                                   // to appeal against a review; 0 means 10
		&core.JSONField{Name: "review_conditions", MaxSize: 20000}, // 报考条件款项: [{value, label, label_en, materials: [slot]}]
		whole("statement_workdays"),                                // 陈述申辩, from the notice of a violation; 0 means 5
		&core.DateField{Name: "refund_opens"}, &core.DateField{Name: "refund_closes"},
		&core.JSONField{Name: "refund_reasons", MaxSize: 2000}, // {reason: last day}: what the notice admits; no day is that of refund_closes
		&core.DateField{Name: "bill_closes"},                   // none is the end of the year of the payment

		// When certificates are mailed on request; none is from their issue to five
		// years after the exam, for which unclaimed ones are kept.
		&core.DateField{Name: "mailing_opens"}, &core.DateField{Name: "mailing_closes"},
	)
	sessions.AddIndex("idx_exam_sessions_code", true, "code", "")

	const published = `registration.session.score_published != "" && registration.session.score_published <= @now`
	registrations := core.NewBaseCollection("registrations")
	registrations.ListRule = rule(holder + ` && candidate = @request.auth.id`)
	registrations.ViewRule = registrations.ListRule
	registrations.Fields.Add(
		to("candidate", candidates, true),
		to("session", sessions, true),
		code("ticket_no", false),
		text("specialty", 100),
		choice("status", true, "registered", "paid", "cancelled"),
		choice("commitment", false, "chosen", "not_chosen", "not_applicable", "withdrawn"),                                 // 告知承诺制
		&core.BoolField{Name: "review_listed"},                                                                             // must show its proofs: sampled, or outside of the commitment regime
		choice("qualification", false, "pending", "passed", "failed"),                                                      // 资格复核; none is not asked for
		choice("pre_review", false, "required", "passed", "failed"),                                                        // 失信人员资格审核: who failed or is still required may not pay
		&core.FileField{Name: "photo", MaxSelect: 1, MaxSize: 1 << 20, MimeTypes: []string{"image/jpeg"}, Protected: true}, // for the certificate
		&core.SelectField{Name: "result", MaxSelect: 1, Values: []string{"pending", "passed", "failed"}, Hidden: true},     // known before it is published
	)
	registrations.AddIndex("idx_registrations_candidate", true, "candidate, session, specialty", "")
	registrations.AddIndex("idx_registrations_session", false, "session, specialty, id", "")
	registrations.AddIndex("idx_registrations_ticket", false, "ticket_no", "ticket_no != ''") // of the search at the desk

	subjects := core.NewBaseCollection("registration_subjects")
	subjects.ListRule = rule(holder + ` && registration.candidate = @request.auth.id && ` + published)
	subjects.ViewRule = subjects.ListRule
	subjects.Fields.Add(
		to("registration", registrations, true),
		code("code", true),
		&core.TextField{Name: "name", Required: true, Max: 100, Presentable: true},
		text("name_en", 200),
		choice("type", true, "objective", "subjective"),
		code("ticket_no", false),
		whole("score"), // tenths; read it only where flag is normal
		whole("pass_mark"),
		choice("flag", true, "pending", "normal", "absent", "violation", "zero", "void"),
		choice("status", true, "active", "refunded"),
	)
	subjects.AddIndex("idx_registration_subjects_registration", true, "registration, code", "")

	history := core.NewBaseCollection("score_history")
	history.Fields.Add(
		to("subject", subjects, true),
		whole("old_score"),
		choice("old_flag", true, "pending", "normal", "absent", "violation", "zero", "void"),
		whole("new_score"),
		choice("new_flag", true, "pending", "normal", "absent", "violation", "zero", "void"),
		code("service", true),
		code("application", true),
		text("document", 100),
		code("proposer", true),
		code("approver", true),
		&core.AutodateField{Name: "created", OnCreate: true},
	)
	history.AddIndex("idx_score_history_subject", false, "subject, created", "")

	return saveAll(app, projects, sessions, registrations, subjects, history)
}
