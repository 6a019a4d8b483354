// Package mailing is 证书邮寄: the holder of a certificate has the paper sent to
// an address. Until the authority accepts it, the holder may change or cancel
// the request; from then on it is fixed, because the parcel may be on its way. A
// parcel that comes back frees the certificate for another request.
//
// Source: 人社厅发〔2023〕16号 (an authority offers collection and mailing, with an
// online application); 粤 notices on 证书直邮 and 考试机构邮寄.
package mailing

import (
	"examhall/modules"
	"examhall/modules/certificate"
)

// The states beside those that businesses share.
const (
	Cancelled modules.State = "cancelled" // 已撤销
	Accepted  modules.State = "accepted"  // 已受理，待寄出
	Refused   modules.State = "refused"   // 不予受理
	Shipped   modules.State = "shipped"   // 已寄出
	Delivered modules.State = "delivered" // 已签收
	Bounced   modules.State = "bounced"   // 已退件
	Collected modules.State = "collected" // 已领取: at the counter
	Stopped   modules.State = "stopped"   // 已终止: the certificate is no longer valid
)

// Business is the definition with its hooks.
type Business struct{ modules.Definition }

// New returns the business.
func New() Business { return Business{Definition()} }

// Definition declares the business.
func Definition() modules.Definition {
	return modules.Definition{
		Name: "mailings", Prefix: "ZSYJ", Icon: "ri-mail-send-line",
		Title: modules.T("证书邮寄", "Certificate by mail"),
		Intro: modules.T("把已经可以领取的纸质证书寄到您填写的地址，邮费到付。", "Have a paper certificate that is ready sent to an address. The recipient pays the postage."),
		Apply: modules.T("申请邮寄", "Have it mailed"),
		Commitment: &modules.Commitment{Version: "2026-1", Text: modules.T(
			"证书邮寄服务承诺：\n1. 收件人姓名、手机号码和地址由本人填写并核对无误；因填写错误无法送达或被他人签收的，由本人承担。\n"+
				"2. 申请受理后不能修改或撤销。\n3. 证书凭手机短信验证码签收，邮费由收件人支付。\n4. 退回的证书由考试机构保管，可以重新申请邮寄或者现场领取。",
			"Terms of mailing:\n1. I have checked the name, the telephone number and the address. What a wrong one leads to is my responsibility.\n"+
				"2. Once accepted, the request can be neither changed nor cancelled.\n3. The parcel is handed over against a code sent to the mobile number; the recipient pays the postage.\n"+
				"4. A certificate that comes back is kept by the authority; it can be mailed again or collected.",
		)},
		About: &modules.About{
			Column: "certificate", Collection: "certificates", Owner: "holder",
			See:   modules.T("查看邮寄信息", "Mailing"),
			Label: modules.T("证书", "Certificate"), Title: certificate.Title, Note: certificate.Note,
			Menu: &modules.Menu{
				Path: "/my/certificates", Icon: "ri-award-line", Title: modules.T("证书管理", "My certificates"),
				Intro: modules.T("查看和下载证书，申请把纸质证书邮寄给您。", "See and download your certificates, and have paper ones mailed to you."),
			},
		},
		Fields:   fields(),
		Workflow: workflow(),
		Unique: modules.Unique{
			Fields:  []string{"certificate"},
			Frees:   []modules.State{Cancelled, Refused, Delivered, Collected, Bounced, Stopped},
			Problem: modules.NewProblem("mail_already", "There is a mailing for this certificate already.", nil),
		},
		Eligible: []modules.Guard{mailable},
		Checks:   []modules.Guard{chosen, addressed, received, reachable},
		Choices:  methods,
		Derive:   book,
		Window:   window,
		Term:     modules.Term{Workdays: 10},
	}
}
