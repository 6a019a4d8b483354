// Package refund is 考试退费: a candidate asks for the fee of an order back, for
// a reason that the notice of the exam admits. A reviewer approves, and somebody
// else pays: to where the money came from, or to a card of the candidate. Never
// more goes back than was paid.
//
// Source: exam fees are non-tax revenue and stay paid but for what the notice
// admits: paid twice, exam cancelled, a fault of the system, force majeure.
package refund

import (
	"examhall/modules"
)

// The states after the approval follow the money.
const (
	Paying    modules.State = "paying"     // 退款处理中
	Refunded  modules.State = "refunded"   // 已退款
	PayFailed modules.State = "pay_failed" // 退款失败
)

// Definition declares the business.
func Definition() modules.Definition {
	return modules.Definition{
		Name: "refunds", Prefix: "KSTF", Icon: "ri-refund-2-line",
		Title: modules.T("考试退费", "Refund"),
		Intro: modules.T("重复缴费、考试取消等公告准许的情形，申请退还考试费。", "Ask for an exam fee back: paid twice, exam cancelled, and what else the notice admits."),
		Apply: modules.T("申请考试退费", "Apply for a refund"),
		Commitment: &modules.Commitment{Version: "2026-1", Text: modules.T(
			"我承诺：所填信息和上传的材料真实、有效；收款账户为本人账户。已开具票据的，同意先行冲红。退费成功后，所退科目的报名随之取消，重复缴费的除外。",
			"What I say and upload is true, and the account is mine. A bill that was issued is reversed first. With the refund my registration for the refunded subjects ends, unless they were paid twice.",
		)},
		About: &modules.About{
			Column: "payment", Collection: "payments", Owner: "candidate",
			Label: modules.T("缴费订单", "Order"), Title: title, Note: note,
		},
		Fields:   fields(),
		Rows:     []modules.Rows{items()},
		Workflow: workflow(),
		Unique: modules.Unique{
			Fields: []string{"payment"},
			Frees:  []modules.State{modules.Rejected, modules.Withdrawn, modules.Expired, Refunded},
		},
		Eligible: []modules.Guard{refundable},
		Checks:   []modules.Guard{admitted, proved, routed, payable, covered},
		Derive:   derive,
		Choices:  choices,
		Window:   window,
		Term:     modules.Term{Workdays: 20},
	}
}

// items are the subjects whose fee is asked back.
func items() modules.Rows {
	return modules.Rows{
		Name: "items", Min: 1, Max: 20, Choice: "subject", Total: modules.T("申请金额", "Amount"),
		Label: modules.T("退费科目", "Subjects"),
		Hint:  modules.T("勾选要退费的科目，申请金额由系统计算", "Tick the subjects; the amount is their sum"),
		Fields: []modules.RowField{
			{Name: "subject", Type: modules.RowChoice, Label: modules.T("科目", "Subject"), Must: true, Max: 50},
		},
	}
}
