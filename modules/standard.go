package modules

// Standard returns the workflow that most businesses share (待审核 → 审核中 →
// 审核通过). Adapt it with the methods of [Workflow]; each returns a changed copy.
func Standard() Workflow {
	open := []State{Submitted, UnderReview}
	return Workflow{
		States: standardStates(),
		Transitions: []Transition{
			{Action: "submit", Label: T("提交", "Submit"), From: []State{None}, To: Submitted, By: Candidate,
				Fields: []string{Form}, Message: T("已收到您的申请。", "We have received your application.")},
			{Action: "edit", Label: T("修改", "Edit"), From: []State{Submitted}, To: Submitted, By: Candidate, Fields: []string{Form}},
			{Action: "resubmit", Label: T("提交", "Submit"), From: []State{Returned}, To: Submitted, By: Candidate,
				Fields: []string{Form}, Message: T("已收到您补正后的申请。", "We have received your corrected application.")},
			{Action: "withdraw", Label: T("撤回", "Withdraw"), From: []State{Submitted, Returned}, To: Withdrawn, By: Candidate,
				Confirm: T("撤回后，本次申请即告结束。确定撤回吗？", "Withdrawing ends this application. Withdraw it?")},
			{Action: "accept", Label: T("受理", "Accept"), From: []State{Submitted}, To: UnderReview, By: Reviewer, Decides: true},
			{Action: "return", Label: T("退回补正", "Return"), From: open, To: Returned, By: Reviewer, Decides: true, Reasoned: true,
				Message: T("您的申请需要补正，请按意见修改后重新提交。", "Your application needs correction. Please change it as the reply says and submit it again.")},
			{Action: "approve", Label: T("通过", "Approve"), From: open, To: Approved, By: Reviewer, Decides: true,
				Message: T("您的申请已通过。", "Your application has been approved.")},
			{Action: "reject", Label: T("不通过", "Reject"), From: open, To: Rejected, By: Reviewer, Decides: true, Reasoned: true,
				Message: T("您的申请未通过，请查看意见。", "Your application has been rejected. Please read the reply.")},
			{Action: "expire", Label: T("逾期失效", "Expire"), From: []State{Returned}, To: Expired, By: System,
				Message: T("您未在期限内补正，申请已失效。", "You did not correct your application in time; it has expired.")},
		},
	}
}

// standardStates returns the states of [Standard] with their words.
func standardStates() map[State]StateInfo {
	return map[State]StateInfo{
		Submitted: {Title: T("待审核", "Submitted"), Tone: Waiting, WaitsFor: ForAuthority,
			Next: T("考试机构将审核您的申请；受理前您可以修改或撤回。", "The authority will look at your application. Until then you may edit or withdraw it.")},
		UnderReview: {Title: T("审核中", "Under review"), Tone: Waiting, WaitsFor: ForAuthority,
			Next: T("考试机构正在审核，请留意通知。", "The authority is looking at your application. Watch for messages.")},
		Returned: {Title: T("退回补正", "Returned"), Tone: Action, WaitsFor: ForCandidate, Term: Term{Workdays: 5},
			Next: T("请按意见修改并重新提交，逾期将失效。", "Please correct it as the reply says and submit it again before it expires.")},
		Approved:  {Title: T("审核通过", "Approved"), Tone: Done, WaitsFor: ForNobody},
		Rejected:  {Title: T("审核不通过", "Rejected"), Tone: Failed, WaitsFor: ForNobody},
		Withdrawn: {Title: T("已撤回", "Withdrawn"), Tone: Void, WaitsFor: ForNobody},
		Expired:   {Title: T("逾期失效", "Expired"), Tone: Void, WaitsFor: ForNobody},
	}
}
