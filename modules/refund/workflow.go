package refund

import "examhall/modules"

func workflow() modules.Workflow {
	ends := func(t *modules.Transition) { t.Effect = free }
	return modules.Standard().
		Change("submit", func(t *modules.Transition) { t.Effect = hold }).
		Change("withdraw", ends).Change("reject", ends).Change("expire", ends).
		Change("approve", func(t *modules.Transition) {
			t.Guards = []modules.Guard{covered}
			t.Message = modules.T("您的退费申请已审核通过，等待退款。", "Your refund has been approved and waits for its payment.")
		}).
		With(money()...).
		State(modules.Approved, modules.StateInfo{
			Title: modules.T("审核通过，待退款", "Approved, to be paid"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("财务将办理退款，请留意通知。", "Finance will pay it. Watch for messages."),
		}).
		State(Paying, modules.StateInfo{
			Title: modules.T("退款处理中", "Being paid"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("款项已交付款渠道，到账时间以渠道为准。", "The bank has the order; when it arrives is up to the bank."),
		}).
		State(Refunded, modules.StateInfo{Title: modules.T("已退款", "Paid back"), Tone: modules.Done, WaitsFor: modules.ForNobody}).
		State(PayFailed, modules.StateInfo{
			Title: modules.T("退款失败", "Payment failed"), Tone: modules.Action, WaitsFor: modules.ForCandidate,
			Next: modules.T("请按原因修改收款账户，修改后将重新退款。", "Please correct the account as the reply says; it is then paid again."),
		})
}

// money are the moves from the approval to the money. Who approved does not pay.
func money() []modules.Transition {
	return []modules.Transition{
		{
			Action: "send", Label: modules.T("发起退款", "Pay"), From: []modules.State{modules.Approved}, To: Paying, By: modules.Finance,
			Confirm: modules.T("发起后金额和账户即固定。确定发起退款吗？", "Amount and account are fixed from now on. Pay it?"),
			Guards:  []modules.Guard{modules.FourEyes, unbilled, covered},
			Message: modules.T("您的退款正在处理。", "Your refund is being paid."),
			Effect:  send,
		},
		{
			Action: "confirm", Label: modules.T("登记退款成功", "Record the payment"), From: []modules.State{Paying}, To: Refunded, By: modules.Finance,
			Fields:  []string{"serial", "paid_on", "paid_amount"},
			Confirm: modules.T("登记后即为已退款，不能再改。确定登记吗？", "This is final. Record it?"),
			Guards:  []modules.Guard{modules.FourEyes, modules.Require("serial", "paid_on", "paid_amount"), exact, unused, dated, covered},
			Message: modules.T("您的考试费已退款，请查收。", "Your fee has been paid back."),
			Effect:  settle,
		},
		{
			Action: "fail", Label: modules.T("登记退款失败", "Record a failure"), From: []modules.State{Paying}, To: PayFailed, By: modules.Finance, Reasoned: true,
			Message: modules.T("您的退款未成功，请查看原因并修改收款账户。", "Your refund could not be paid. Please read why and correct the account."),
			Effect:  fail,
		},
		{
			Action: "fix_account", Label: modules.T("修改", "Correct the account"), From: []modules.State{PayFailed}, To: modules.Approved, By: modules.Candidate,
			Fields: accountColumns(), Guards: []modules.Guard{routed, payable},
			Message: modules.T("已收到您修改后的收款账户，将重新退款。", "We have the corrected account and will pay again."),
		},
	}
}
