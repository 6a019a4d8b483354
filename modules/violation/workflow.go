package violation

import "examhall/modules"

func workflow() modules.Workflow {
	return modules.Workflow{States: states(), Transitions: append(append(candidates(), reviewers()...), approvers()...)}
}

// candidates are the moves of who got the notice, and the one of time: what was
// put forward is looked at also where nothing was added to it (31号令 Art. 17).
func candidates() []modules.Transition {
	save := modules.T("保存", "Save")
	return []modules.Transition{
		{
			Action: "submit", Label: save, From: []modules.State{modules.None}, To: modules.Submitted, By: modules.Candidate,
			Fields: []string{modules.Form}, Message: modules.T("已收到您的申诉。", "We have received your appeal."),
		},
		{
			Action: "edit", Label: modules.T("修改", "Edit"), From: []modules.State{modules.Submitted}, To: modules.Submitted, By: modules.Candidate,
			Fields: []string{modules.Form},
		},
		{
			Action: "resubmit", Label: save, From: []modules.State{modules.Returned}, To: modules.Submitted, By: modules.Candidate,
			Fields: []string{modules.Form}, Message: modules.T("已收到您补正后的申诉。", "We have received your corrected appeal."),
		},
		{
			Action: "expire", Label: modules.T("逾期未补正，按已有材料受理", "Accepted as it is"), From: []modules.State{modules.Returned}, To: Accepted, By: modules.System,
			Message: modules.T("您未在期限内补正，考试机构将按已有材料复核。", "You did not correct it in time; it is looked at as it is."),
		},
	}
}

// reviewers are the moves of who looks at the appeal. Who recorded the violation
// makes none of them.
func reviewers() []modules.Transition {
	open := []modules.State{modules.Submitted, Accepted}
	others := []modules.Guard{stranger}
	return []modules.Transition{
		{
			Action: "accept", Label: modules.T("受理", "Accept"), From: []modules.State{modules.Submitted}, To: Accepted, By: modules.Reviewer, Decides: true,
			Guards: others, Message: modules.T("您的申诉已受理。", "Your appeal has been accepted."),
		},
		{
			Action: "return", Label: modules.T("退回补正", "Return"), From: open, To: modules.Returned, By: modules.Reviewer, Decides: true, Reasoned: true,
			Guards: others, Message: modules.T("您的申诉需要补正，请按意见修改后重新提交。", "Your appeal needs correction. Please change it as the reply says and submit it again."),
		},
		{
			Action: "refuse", Label: modules.T("不予受理", "Refuse"), From: open, To: Refused, By: modules.Reviewer, Decides: true, Reasoned: true,
			Guards: others, Message: modules.T("您的申诉不予受理，请查看意见。", "Your appeal has been refused. Please read why."),
		},
		{
			Action: "propose", Label: modules.T("提出复核意见", "Propose"), From: []modules.State{Accepted}, To: Reviewing, By: modules.Reviewer, Decides: true,
			Fields: []string{"proposal", "new_clause", "new_penalty", "findings"}, Guards: []modules.Guard{stranger, modules.Require("proposal", "findings"), sound},
			Message: modules.T("您的申诉正在复核。", "Your appeal is being looked at."),
		},
	}
}

// approvers are the moves of who decides: another one than who proposed it, and what
// was proposed.
func approvers() []modules.Transition {
	decide := func(t modules.Transition) modules.Transition {
		t.From, t.By, t.Decides, t.Reasoned, t.Fields = []modules.State{Reviewing}, modules.Approver, true, true, []string{"decision_no"}
		t.Guards = []modules.Guard{stranger, modules.FourEyes, proposed(t.To), modules.Require("decision_no"), unused}
		return t
	}
	return []modules.Transition{
		{
			Action: "send_back", Label: modules.T("退回重新复核", "Send back"), From: []modules.State{Reviewing}, To: Accepted, By: modules.Approver,
			Reasoned: true, Internal: true, Guards: []modules.Guard{stranger},
		},
		decide(modules.Transition{
			Action: "uphold", Label: modules.T("维持", "Uphold"), To: Upheld, Effect: uphold,
			Confirm: modules.T("维持后即作出处理决定，成绩和诚信档案随之变更。确定吗？", "The decision is issued: marks and archive follow. Uphold it?"),
			Message: modules.T("经复核，维持原认定，请查看决定。", "The finding was upheld. Please see the decision."),
		}),
		decide(modules.Transition{
			Action: "change", Label: modules.T("变更", "Change"), To: Changed, Effect: change,
			Confirm: modules.T("变更后按新的条款和处理作出决定。确定吗？", "The decision is issued by the new rule. Change it?"),
			Message: modules.T("经复核，变更原处理，请查看决定。", "The penalty was changed. Please see the decision."),
		}),
		decide(modules.Transition{
			Action: "revoke", Label: modules.T("撤销认定", "Revoke"), To: Revoked, Effect: revoke,
			Confirm: modules.T("撤销后恢复成绩、移出诚信档案。确定吗？", "Marks and archive are restored. Revoke it?"),
			Message: modules.T("经复核，撤销违纪认定，请查看决定。", "The finding was revoked. Please see the decision."),
		}),
	}
}

// states are the words of every state, and whose turn it is.
func states() map[modules.State]modules.StateInfo {
	return map[modules.State]modules.StateInfo{
		modules.Submitted: {Title: modules.T("待受理", "Submitted"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("考试机构将审核是否受理；受理前您可以在期限内修改。", "The authority decides whether to accept it. Until then you may edit it, in time.")},
		modules.Returned: {Title: modules.T("退回补正", "Returned"), Tone: modules.Action, WaitsFor: modules.ForCandidate, Term: modules.Term{Workdays: 5},
			Next: modules.T("请按意见补正并重新提交；逾期不补正的，按已有材料复核。", "Please correct it as the reply says. If you do not, it is looked at as it is.")},
		Accepted: {Title: modules.T("已受理", "Accepted"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("由未参与违纪记录的人员复核，请留意通知。", "Somebody who had no part in the record looks at it. Watch for messages.")},
		Reviewing: {Title: modules.T("复核中", "Under review"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("复核意见正在审定，请留意通知。", "The findings are being decided on. Watch for messages.")},
		Refused: {Title: modules.T("不予受理", "Refused"), Tone: modules.Failed, WaitsFor: modules.ForNobody,
			Next: modules.T("考试机构将依法作出处理决定。", "The authority decides by law."),
			Letter: modules.Letter{
				Title: modules.T("违纪申诉不予受理通知书", "Refusal of an appeal"), Finding: modules.T("经审查，您的申诉不符合受理条件，决定不予受理。", "Your appeal is not accepted."),
				Remedy: modules.T("对作出的处理决定不服的，可以在收到处理决定后依法申请行政复议或者提起行政诉讼。", "Against the decision itself you may ask for administrative reconsideration or go to court, once you have received it."),
			}},
		Upheld: {Title: modules.T("维持", "Upheld"), Tone: modules.Failed, WaitsFor: modules.ForNobody,
			Letter: letter("经复核，您提出的事实、理由和证据不成立，维持原认定和处理。", "What you put forward does not change the finding. It is upheld.")},
		Changed: {Title: modules.T("变更", "Changed"), Tone: modules.Done, WaitsFor: modules.ForNobody,
			Letter: letter("经复核，您提出的事实、理由和证据部分成立，变更原处理。", "What you put forward is right in part. The penalty is changed.")},
		Revoked: {Title: modules.T("撤销认定", "Revoked"), Tone: modules.Done, WaitsFor: modules.ForNobody,
			Next: modules.T("相关成绩和诚信档案已恢复。", "Your marks and the archive are as they were."),
			Letter: modules.Letter{
				Title: modules.T("违纪申诉复核决定书", "Decision on an appeal"), Finding: modules.T("经复核，您提出的事实、理由和证据成立，撤销违纪认定。", "What you put forward is right. The finding is revoked."),
				Quotes: []string{"decision_no", "findings"},
			}},
	}
}

// letter is the decision against which there are remedies (31号令 Art. 18).
func letter(zh, en string) modules.Letter {
	return modules.Letter{Title: modules.T("违纪违规处理决定书", "Decision on a violation"), Finding: modules.T(zh, en), RemedyAt: modules.ByLaw, Quotes: []string{"decision_no", "findings", "new_clause", "new_penalty"}}
}
