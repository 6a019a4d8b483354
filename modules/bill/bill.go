// Package bill is 票据申领: whoever paid an exam fee asks for the fiscal bill, in
// their own name or in that of their unit. It says what was paid, to the fen. A
// bill is never changed: one that is wrong is reversed 冲红, and asked for anew.
// While money goes back, and after it went, there is none.
//
// Source: 财综〔2017〕32号 (fiscal electronic bills); GB 32100-2015 (social credit
// codes). A bill of this portal is for orders that the payment platform of the
// province cannot serve, and for titles that were wrong there.
package bill

import "examhall/modules"

// The states after the approval follow the bill.
const (
	Issuing  modules.State = "issuing"  // 开具中
	Issued   modules.State = "issued"   // 已开具
	Reversed modules.State = "reversed" // 已冲红
)

// Definition declares the business.
func Definition() modules.Definition {
	return modules.Definition{
		Name: "bill_claims", Prefix: "PJSL", Icon: "ri-bill-line",
		Title: modules.T("票据申领", "Fiscal bill"),
		Intro: modules.T("申请开具考试费的财政票据，也可以在冲红后更换抬头。", "Ask for the fiscal bill of an exam fee, or for another title after it was reversed."),
		Apply: modules.T("申请票据", "Ask for a bill"),
		About: &modules.About{
			Column: "payment", Collection: "payments", Owner: "candidate",
			Label: modules.T("缴费订单", "Order"), Title: title, Note: note,
		},
		Fields:   fields(),
		Workflow: workflow(),
		Unique: modules.Unique{
			Fields: []string{"payment"},
			Frees:  []modules.State{modules.Rejected, modules.Withdrawn, modules.Expired, Reversed},
		},
		Eligible: []modules.Guard{billable},
		Checks:   []modules.Guard{titled},
		Derive:   derive,
		Window:   window,
		Term:     modules.Term{Workdays: 15},
	}
}

func workflow() modules.Workflow {
	return modules.Standard().
		Change("approve", func(t *modules.Transition) {
			t.To, t.Guards = Issuing, []modules.Guard{free}
			t.Message = modules.T("您的票据申请已审核通过，正在开具。", "Your claim has been approved; the bill is being made.")
		}).
		With(issuing()...).
		State(Issuing, modules.StateInfo{
			Title: modules.T("开具中", "Being issued"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("财务正在开具票据，请留意通知。", "Finance is making the bill. Watch for messages."),
		}).
		State(Issued, modules.StateInfo{
			Title: modules.T("已开具", "Issued"), Tone: modules.Done, WaitsFor: modules.ForNobody,
			Next: modules.T("可下载票据；真伪可在全国财政电子票据查验平台查验。抬头有误的，联系考试机构冲红后重新申领。", "Download it here. Whether it is genuine can be checked on the national platform for fiscal bills. If the title is wrong, ask us to reverse it."),
		}).
		State(Reversed, modules.StateInfo{
			Title: modules.T("已冲红", "Reversed"), Tone: modules.Void, WaitsFor: modules.ForNobody,
			Next: modules.T("该票据已作废，可以重新申领。", "This bill is void; you may ask for another."),
		})
}

// issuing are the moves of finance: a bill is made once and reversed once.
func issuing() []modules.Transition {
	recorded := []string{"code", "bill_number", "check_code", "issued_on", "billed", "file"}
	return []modules.Transition{
		{
			Action: "issue", Label: modules.T("开具", "Issue"), From: []modules.State{Issuing}, To: Issued, By: modules.Finance, Fields: recorded,
			Confirm: modules.T("开具后抬头和金额不能再改，只能冲红。确定开具吗？", "An issued bill cannot be changed, only reversed. Issue it?"),
			Guards:  []modules.Guard{free, modules.Require(recorded...), exact, unused, dated},
			Message: modules.T("您的票据已开具，请登录查看和下载。", "Your bill has been issued; you can download it."),
			Effect:  issue,
		},
		{
			Action: "stop", Label: modules.T("不予开具", "Do not issue"), From: []modules.State{Issuing}, To: modules.Rejected, By: modules.Finance, Reasoned: true,
			Message: modules.T("您的票据未能开具，请查看原因。", "Your bill could not be issued. Please read why."),
		},
		{
			Action: "reverse", Label: modules.T("冲红", "Reverse"), From: []modules.State{Issued}, To: Reversed, By: modules.Finance, Reasoned: true,
			Confirm: modules.T("冲红后该票据作废，不能恢复。确定冲红吗？", "A reversed bill is void for ever. Reverse it?"),
			Message: modules.T("您的票据已冲红作废，请勿再使用。", "Your bill has been reversed and is void."),
			Effect:  reverse,
		},
	}
}
