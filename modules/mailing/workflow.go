package mailing

import (
	"examhall/modules"
	"examhall/modules/certificate"
)

func workflow() modules.Workflow {
	return modules.Workflow{States: states(), Transitions: append(holders(), office()...)}
}

// holders are the moves of who holds the certificate.
func holders() []modules.Transition {
	return []modules.Transition{
		{
			Action: "submit", Label: modules.T("保存", "Save"), From: []modules.State{modules.None}, To: modules.Submitted, By: modules.Candidate,
			Fields: []string{modules.Form}, Effect: distribute(certificate.Mailing),
			Message: modules.T("已收到您的邮寄申请。", "We have received your request."),
		},
		{
			Action: "edit", Label: modules.T("修改", "Change"), From: []modules.State{modules.Submitted}, To: modules.Submitted, By: modules.Candidate,
			Fields: []string{modules.Form},
		},
		{
			Action: "withdraw", Label: modules.T("撤销", "Cancel"), From: []modules.State{modules.Submitted}, To: Cancelled, By: modules.Candidate,
			Confirm: modules.T("撤销后证书不再寄出，仍由考试机构保管，您可以重新申请邮寄或者现场领取。", "The certificate will not be sent. The authority keeps it; you may ask again or collect it."),
			Effect:  distribute(certificate.Ready),
		},
	}
}

// office are the moves of the authority, which sends the parcel, and the one of
// the system.
func office() []modules.Transition {
	return []modules.Transition{
		{
			Action: "accept", Label: modules.T("受理", "Accept"), From: []modules.State{modules.Submitted}, To: Accepted, By: modules.Cert,
			Guards:  []modules.Guard{valid},
			Message: modules.T("您的邮寄申请已受理，不能再修改或撤销。寄出后会把邮件号告诉您。", "Your request has been accepted and cannot be changed any more. You will get the waybill number."),
		},
		{
			Action: "refuse", Label: modules.T("不予受理", "Refuse"), From: []modules.State{modules.Submitted}, To: Refused, By: modules.Cert, Reasoned: true,
			Message: modules.T("您的邮寄申请不予受理，请查看原因。", "Your request has been refused. Please read the reply."),
			Effect:  distribute(certificate.Ready),
		},
		{
			Action: "ship", Label: modules.T("寄出", "Ship"), From: []modules.State{Accepted}, To: Shipped, By: modules.Cert,
			Fields: []string{"carrier", "waybill"}, Guards: []modules.Guard{toPost, valid, modules.Require("carrier", "waybill"), numbered},
			Message: modules.T("您的证书已寄出，请查看邮件号并留意签收。", "Your certificate is on its way. See the waybill number."),
			Effect:  distribute(certificate.Shipped),
		},
		{
			Action: "hand_over", Label: modules.T("登记领取", "Record collection"), From: []modules.State{Accepted}, To: Collected, By: modules.Cert,
			Guards: []modules.Guard{valid}, Effect: distribute(certificate.Collected),
			Message: modules.T("您的证书已领取。", "Your certificate has been collected."),
		},
		{
			Action: "correct", Label: modules.T("更正邮件号", "Correct the waybill"), From: []modules.State{Shipped}, To: Shipped, By: modules.Cert,
			Fields: []string{"carrier", "waybill"}, Guards: []modules.Guard{modules.Require("carrier", "waybill"), numbered},
			Message: modules.T("您的证书的邮件号已更正。", "The waybill number of your certificate has been corrected."),
		},
		{
			Action: "deliver", Label: modules.T("登记签收", "Record delivery"), From: []modules.State{Shipped}, To: Delivered, By: modules.Cert,
			Fields: []string{"delivered_on"}, Guards: []modules.Guard{modules.Require("delivered_on"), past},
			Message: modules.T("您的证书已签收。", "Your certificate has been received."),
			Effect:  distribute(certificate.Collected),
		},
		{
			Action: "bounce", Label: modules.T("登记退件", "Record a return"), From: []modules.State{Shipped}, To: Bounced, By: modules.Cert, Reasoned: true,
			Message: modules.T("您的证书被退回，请查看原因，可以重新申请邮寄。", "Your certificate came back. Please read why; you may ask again."),
			Effect:  distribute(certificate.ReturnedMail),
		},
		{
			Action: "stop", Label: modules.T("终止", "Stop"), From: []modules.State{modules.Submitted, Accepted}, To: Stopped, By: modules.System,
			Message: modules.T("证书已不在有效状态，邮寄终止。", "The certificate is no longer valid, so it is not sent."),
		},
	}
}

// states are the words of every state, and whose turn it is.
func states() map[modules.State]modules.StateInfo {
	locked := modules.NewProblem("mail_locked", "The mailing has been accepted and cannot be changed.", nil)
	return map[modules.State]modules.StateInfo{
		modules.Submitted: {Title: modules.T("待受理", "Submitted"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("考试机构受理前，您可以修改或撤销；受理后就不能再改了。", "Until the authority accepts it you may change or cancel it, and not any more after that.")},
		Accepted: {Title: modules.T("已受理，待寄出", "Accepted, to be sent"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority, Locked: locked,
			Next: modules.T("考试机构将寄出证书，已不能修改或撤销，寄出后您会收到邮件号。选择现场领取的，请凭身份证原件和领取码到服务窗口领取。", "The authority will send the certificate; nothing can be changed any more, and you will get the waybill number. If you chose the counter, come with your identity card and the code.")},
		Shipped: {Title: modules.T("已寄出", "Sent"), Tone: modules.Waiting, WaitsFor: modules.ForCandidate, Locked: locked,
			Next: modules.T("请保持收件人手机畅通，凭短信验证码签收并支付邮费。", "Keep the telephone of the recipient on: the parcel is handed over against a code by SMS, and the postage is paid then.")},
		Delivered: {Title: modules.T("已签收", "Received"), Tone: modules.Done, WaitsFor: modules.ForNobody, Locked: locked},
		Collected: {Title: modules.T("已领取", "Collected"), Tone: modules.Done, WaitsFor: modules.ForNobody, Locked: locked},
		Bounced: {Title: modules.T("已退件", "Came back"), Tone: modules.Failed, WaitsFor: modules.ForNobody, Locked: locked,
			Next: modules.T("证书已退回考试机构保管，您可以核对地址和手机后重新申请邮寄。", "The authority has the certificate again. Check address and telephone, and ask again.")},
		Refused: {Title: modules.T("不予受理", "Refused"), Tone: modules.Failed, WaitsFor: modules.ForNobody,
			Next: modules.T("请按原因处理后重新申请。", "See to what the reply says and ask again.")},
		Cancelled: {Title: modules.T("已撤销", "Cancelled"), Tone: modules.Void, WaitsFor: modules.ForNobody},
		Stopped: {Title: modules.T("已终止", "Stopped"), Tone: modules.Void, WaitsFor: modules.ForNobody,
			Next: modules.T("证书已补发或者不在有效状态，本次邮寄不再办理。", "The certificate was replaced or is no longer valid.")},
	}
}
