package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(facts, nil)
}

// facts makes what refunds, bills, appeals and reviews of integrity are about:
// orders that were paid, bills, violations and the archive 诚信档案库. Candidates
// read their own; the office writes them by import and by the effects of
// decisions. Money is in fen.
func facts(app core.App) error {
	named := map[string]*core.Collection{}
	for _, name := range []string{"candidates", "registrations", "registration_subjects"} {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return err
		}
		named[name] = c
	}
	payments := paymentTable(named)
	violations := violationTable(named)
	if err := saveAll(app, payments, violations); err != nil {
		return err
	}
	return saveAll(app, billTable(payments), payoutTable(payments), integrityTable(named, violations), profileTable(named), bankTable())
}

// own is the rule of what a candidate reads of themselves.
const own = holder + ` && candidate = @request.auth.id`

// paymentTable holds one row for each order 缴费订单.
func paymentTable(named map[string]*core.Collection) *core.Collection {
	c := core.NewBaseCollection("payments")
	c.ListRule, c.ViewRule = rule(own), rule(own)
	c.Fields.Add(
		to("candidate", named["candidates"], true),
		to("registration", named["registrations"], true),
		&core.TextField{Name: "order_no", Required: true, Max: 40, Presentable: true},
		whole("amount"), whole("refunded"), // fen; refunded is paid back already
		code("refunding", false),                       // the number of the refund that is under way: no bill is issued meanwhile
		&core.JSONField{Name: "items", MaxSize: 20000}, // [{subject, amount}]: what each subject cost, and refunded: true once it was paid back
		choice("channel", true, "wechat", "alipay", "unionpay", "bank", "cash"),
		&core.TextField{Name: "pay_id", Max: 20, Pattern: `^\d{20}$`}, // 缴款识别码
		&core.DateField{Name: "paid"},
	)
	c.AddIndex("idx_payments_order", true, "order_no", "")
	c.AddIndex("idx_payments_candidate", false, "candidate, paid", "")
	c.AddIndex("idx_payments_registration", false, "registration", "")
	return c
}

// billTable holds fiscal bills 财政电子票据, which are never deleted: one that
// was wrong is reversed 冲红.
func billTable(payments *core.Collection) *core.Collection {
	c := core.NewBaseCollection("bills")
	c.ListRule = rule(holder + ` && payment.candidate = @request.auth.id`)
	c.ViewRule = c.ListRule
	c.Fields.Add(
		to("payment", payments, true), code("claim", false), // the application that it was issued for
		&core.TextField{Name: "code", Max: 8, Pattern: `^\d{8}$`},
		&core.TextField{Name: "number", Required: true, Max: 10, Pattern: `^\d{10}$`, Presentable: true},
		&core.TextField{Name: "check_code", Max: 6, Pattern: `^[0-9A-Za-z]{6}$`},
		&core.TextField{Name: "issued_on", Required: true, Pattern: `^\d{4}-\d{2}-\d{2}$`},
		text("title", 100), code("tax_no", false), whole("amount"),
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 5 << 20, Protected: true},
		choice("status", true, "issued", "reversed"),
		&core.DateField{Name: "reversed"},
	)
	c.AddIndex("idx_bills_number", true, "code, number", "")
	c.AddIndex("idx_bills_payment", true, "payment", "status = 'issued'")
	return c
}

// payoutTable holds every attempt to pay money back. Its number goes to the bank
// and comes back with the result, so that a result counts once and for the
// attempt that it is about.
func payoutTable(payments *core.Collection) *core.Collection {
	c := core.NewBaseCollection("payouts")
	c.Fields.Add(
		&core.TextField{Name: "number", Required: true, Max: 40, Presentable: true},
		to("payment", payments, true), code("refund", true), // the application
		code("batch", true), whole("amount"),
		choice("result", false, "paid", "failed"), // none is not known yet
		&core.TextField{Name: "serial", Max: 40},  // of the bank
		&core.TextField{Name: "paid_on", Pattern: `^\d{4}-\d{2}-\d{2}$`},
		text("reason", 500), code("sent_by", true), &core.DateField{Name: "sent"}, &core.DateField{Name: "settled"},
	)
	c.AddIndex("idx_payouts_number", true, "number", "")
	c.AddIndex("idx_payouts_serial", true, "serial", "serial != ''")
	c.AddIndex("idx_payouts_refund", true, "refund", "result = ''") // one attempt at a time
	c.AddIndex("idx_payouts_batch", false, "batch", "")
	return c
}

// violationTable holds what was found in an exam, by the classes of 31号令
// Art. 6 to 11, and what became of it.
func violationTable(named map[string]*core.Collection) *core.Collection {
	c := core.NewBaseCollection("violations")
	const office = staffer + ` && (@request.auth.roles:each ?= "operator" || @request.auth.roles:each ?= "auditor" ||
		@request.auth.roles:each ?= "violation_appeals.reviewer" || @request.auth.roles:each ?= "violation_appeals.approver")`
	c.ListRule = rule("(" + own + ` && status != "recorded") || (` + office + ")")
	c.ViewRule = c.ListRule
	c.CreateRule = rule(operator)
	c.UpdateRule = rule("(" + operator + ") || (" + staffer + ` && @request.auth.roles:each ?= "violation_appeals.approver")`)
	c.Fields.Add(
		&core.TextField{Name: "notice_no", Required: true, Max: 50, Presentable: true},
		code("ticket_no", false), code("subject_code", false), // how the record of the exam room names them
		to("candidate", named["candidates"], true),
		to("registration", named["registrations"], true),
		to("subject", named["registration_subjects"], false),
		text("occurred", 50), text("fact", 1000),
		choice("clause", true, "6", "7", "8", "9", "10", "11"),
		choice("penalty", true, "subject_void", "all_void_5y", "all_void_long"),
		choice("status", true, "recorded", "notified", "decided", "changed", "revoked"),
		&core.DateField{Name: "served"},         // of the notice
		&core.DateField{Name: "reopened_until"}, // an internal review of what was decided
		text("decision_no", 50), &core.TextField{Name: "decided_on", Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.TextField{Name: "recorder", Max: 15, Hidden: true}, // staff: who recorded it does not judge the appeal
	)
	c.AddIndex("idx_violations_notice", true, "notice_no", "")
	c.AddIndex("idx_violations_candidate", false, "candidate, served", "")
	return c
}

// integrityTable is the archive 诚信档案库: who is excluded from the commitment
// regime, and how long.
func integrityTable(named map[string]*core.Collection, violations *core.Collection) *core.Collection {
	c := core.NewBaseCollection("integrity_records")
	c.ListRule, c.ViewRule = rule(own), rule(own)
	c.Fields.Add(
		to("candidate", named["candidates"], true), to("violation", violations, false),
		choice("kind", true, "false_commitment", "serious", "especially_serious"),
		&core.TextField{Name: "decision_no", Required: true, Max: 50, Presentable: true},
		&core.TextField{Name: "start", Required: true, Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.TextField{Name: "end", Pattern: `^\d{4}-\d{2}-\d{2}$`}, // none is long-term
		choice("status", true, "active", "removed"),
	)
	c.AddIndex("idx_integrity_records_decision", true, "decision_no, candidate", "")
	c.AddIndex("idx_integrity_records_candidate", false, "candidate, start", "")
	return c
}

// profileTable keeps former names and ID numbers: a certificate under the old
// one is still its holder's.
func profileTable(named map[string]*core.Collection) *core.Collection {
	c := core.NewBaseCollection("profile_history")
	c.Fields.Add(
		to("candidate", named["candidates"], true),
		code("item", true), // the column of candidates
		sealedField("before", "secret", 500, false, true), sealedField("after", "secret", 500, false, true),
		&core.TextField{Name: "before_idx", Hidden: true, Max: 100}, // of a former ID number or name, to look it up
		code("application", false), code("at", true),
	)
	c.AddIndex("idx_profile_history_candidate", false, "candidate, at", "")
	return c
}

// bankTable lists the banks that a refund can go to.
func bankTable() *core.Collection {
	c := core.NewBaseCollection("banks")
	c.ListRule, c.ViewRule = rule("("+holder+" && active = true) || "+staffer), rule(holder+" || "+staffer)
	c.CreateRule, c.UpdateRule = rule(operator), rule(operator)
	c.Fields.Add(code("code", true), &core.TextField{Name: "name", Required: true, Max: 60, Presentable: true}, &core.BoolField{Name: "active"})
	c.AddIndex("idx_banks_code", true, "code", "")
	return c
}
