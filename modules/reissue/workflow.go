package reissue

import "examhall/modules"

func workflow() modules.Workflow {
	w := modules.Standard().
		Change("approve", func(t *modules.Transition) {
			t.Guards = []modules.Guard{inForce}
			t.Message = modules.T("您的证书补发申请已审核通过，等待上报制证。", "Your reissue has been approved and will be passed on.")
		}).
		With(modules.Reopen([]modules.State{modules.Approved}, modules.UnderReview, anyTime, nil)).
		With(making()...)
	for state, info := range states() {
		w = w.State(state, info)
	}
	return w
}

// anyTime: until it is passed on, nothing has happened that cannot be undone.
func anyTime(*modules.Step) error { return nil }

// making are the moves from the approval to the new sheet in the holder's hand.
func making() []modules.Transition {
	return []modules.Transition{
		{
			Action: "report", Label: modules.T("上报", "Pass on"), From: []modules.State{modules.Approved}, To: Reported, By: modules.Cert,
			Guards: []modules.Guard{inForce}, Message: modules.T("您的证书补发申请已上报。", "Your reissue has been passed on."),
		},
		{
			Action: "make", Label: modules.T("开始制证", "Make it"), From: []modules.State{Reported}, To: Making, By: modules.Cert,
			Guards: []modules.Guard{inForce}, Message: modules.T("您的新证书正在制作，原证书目前仍然有效。", "Your new certificate is being made; the old one is still valid."),
		},
		{
			Action: "finish", Label: modules.T("制证完成", "It is made"), From: []modules.State{Making}, To: Ready, By: modules.Cert,
			Fields: []string{"print_no"}, Decides: true,
			Guards:  []modules.Guard{modules.FourEyes, inForce, modules.Require("print_no"), fresh},
			Confirm: modules.T("完成后原证书立即作废，新证书生效，不能撤回。确定吗？", "The old certificate becomes void at once and the new one valid. This is final."),
			Message: modules.T("您的新证书已制成，原证书已作废。可以现场领取，或者申请邮寄。", "Your new certificate is made and the old one is void. Collect it or have it mailed."),
		},
		{
			Action: "collect", Label: modules.T("登记领取", "Record collection"), From: []modules.State{Ready}, To: Collected, By: modules.Cert,
			Effect: collect, Message: modules.T("您的新证书已领取。", "Your new certificate has been collected."),
		},
		{
			Action: "deliver", Label: modules.T("已签收", "Received"), From: []modules.State{Ready}, To: Delivered, By: modules.System,
			Message: modules.T("您的新证书已签收。", "Your new certificate has been received."),
		},
	}
}

// states are the words of the states that only this business has, or says more
// about.
func states() map[modules.State]modules.StateInfo {
	waiting := func(zh, en, nextZH, nextEN string) modules.StateInfo {
		return modules.StateInfo{Title: modules.T(zh, en), Tone: modules.Waiting, WaitsFor: modules.ForAuthority, Next: modules.T(nextZH, nextEN)}
	}
	return map[modules.State]modules.StateInfo{
		modules.Approved: waiting("审核通过，待上报", "Approved", "考试机构将上报制证，请留意通知。", "The authority will pass it on. Watch for messages."),
		Reported:         waiting("已上报", "Passed on", "上级机构安排制证，时间以其通知为准。", "The issuing authority decides when it is made."),
		Making:           waiting("制证中", "Being made", "新证书制成前，原证书继续有效。", "The old certificate stays valid until the new one is made."),
		Ready: {Title: modules.T("可领取", "Ready"), Tone: modules.Action, WaitsFor: modules.ForNobody,
			Next: modules.T("新证书已制成，原证书已作废。请申请邮寄，或者申请现场领取。", "The new certificate is made and the old one is void. Have it mailed, or collect it.")},
		Collected: {Title: modules.T("已领取", "Collected"), Tone: modules.Done, WaitsFor: modules.ForNobody},
		Delivered: {Title: modules.T("已签收", "Received"), Tone: modules.Done, WaitsFor: modules.ForNobody},
		modules.Rejected: {
			Title: modules.T("审核不通过", "Rejected"), Tone: modules.Failed, WaitsFor: modules.ForNobody,
			Next: modules.T("请按意见处理后重新申请。", "See to what the reply says and apply again."),
			Letter: modules.Letter{
				Title:   modules.T("证书补发不予受理决定书", "Refusal of a reissue"),
				Finding: modules.T("经审核，决定对您的证书补发申请不予通过。", "We have looked at your application and refuse it."),
				Remedy:  modules.T("补充、更正后可以重新申请。", "You may correct it and apply again."),
			},
		},
	}
}
