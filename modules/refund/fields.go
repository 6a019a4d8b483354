package refund

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// The ways that money goes back.
const (
	original = "original"  // 原路退回
	bankCard = "bank_card" // 银行卡
)

// The reasons, of which a notice admits some.
const (
	duplicate    = "duplicate"
	cancelled    = "cancelled"
	systemFault  = "system_fault"
	forceMajeure = "force_majeure"
	notQualified = "not_qualified"
	other        = "other"
)

func fields() []modules.Field {
	list := append(request(), account()...)
	return append(append(list, materials()...), paid()...)
}

// request is why, and how the money is to come back.
func request() []modules.Field {
	return []modules.Field{
		{
			Field: &core.SelectField{Name: "reason", MaxSelect: 1, Required: true, Values: []string{duplicate, cancelled, systemFault, forceMajeure, notQualified, other}},
			Label: modules.T("退费原因", "Reason"),
			Hint:  modules.T("个人原因、缺考不予退费", "Private reasons and absence are none"),
			Words: []modules.Option{
				{Value: duplicate, Label: modules.T("重复缴费", "Paid twice")},
				{Value: cancelled, Label: modules.T("考试取消", "Exam cancelled")},
				{Value: systemFault, Label: modules.T("系统故障", "Fault of the system")},
				{Value: forceMajeure, Label: modules.T("不可抗力或疫情", "Force majeure or epidemic")},
				{Value: notQualified, Label: modules.T("资格审核未通过", "Not qualified")},
				{Value: other, Label: modules.T("其他", "Other")},
			},
		},
		{
			Field: &core.TextField{Name: "explanation", Required: true, Min: 10, Max: 500},
			Label: modules.T("情况说明", "Explanation"),
		},
		{
			Field: &sealed.Field{Name: "phone", Kind: sealed.KindMobile, Max: 20, Required: true},
			Label: modules.T("手机号码", "Mobile phone"),
			Hint:  modules.T("用于接收办理结果，请保持畅通", "We send the result here"),
		},
		{
			Field: &core.SelectField{Name: "route", MaxSelect: 1, Required: true, Values: []string{original, bankCard}},
			Label: modules.T("退款方式", "How it is paid back"),
			Hint:  modules.T("一般原路退回；现金缴费等不能原路退回的，退到本人银行卡", "The way it was paid; to your own card where that is not possible"),
			Words: []modules.Option{
				{Value: original, Label: modules.T("原路退回", "The way it was paid")},
				{Value: bankCard, Label: modules.T("银行卡", "To a bank card")},
			},
		},
	}
}

// account is the card that the money goes to.
func account() []modules.Field {
	list := []modules.Field{
		{
			Field: &sealed.Field{Name: "account_name", Kind: sealed.KindName, Max: 50}, Input: "own_name", Must: true,
			Label: modules.T("户名", "Account holder"),
			Hint:  modules.T("须为考生本人", "This must be you"),
		},
		{
			Field: &core.RelationField{Name: "bank", CollectionId: modules.Ref("banks"), MaxSelect: 1}, Must: true,
			Label: modules.T("银行", "Bank"),
		},
		{
			Field: &core.TextField{Name: "branch", Min: 4, Max: 60}, Must: true,
			Label: modules.T("开户支行全称", "Full name of the branch"),
			Hint:  modules.T("如：中国工商银行股份有限公司深圳南山支行。名称不全会导致退款失败", "With an incomplete name the payment fails"),
		},
		{
			Field: &core.TextField{Name: "bank_region", Max: 6, Pattern: `^\d{6}$`}, Input: "region", Must: true,
			Label: modules.T("开户行所在地区", "Where the branch is"),
		},
		{
			Field: &sealed.Field{Name: "card_no", Kind: sealed.KindBankCard, Max: 19}, Must: true, Twice: true,
			Label: modules.T("银行卡号", "Card number"),
			Hint:  modules.T("12 至 19 位数字", "12 to 19 digits"),
		},
		{
			Field: &core.TextField{Name: "bank_code", Max: 12, Pattern: `^\d{12}$`},
			Label: modules.T("联行号", "CNAPS code"),
			Hint:  modules.T("12 位数字，不清楚可以不填", "12 digits; leave it out if you do not know it"),
		},
		{
			Field: &core.BoolField{Name: "bank_consent"}, Must: true,
			Label: modules.T("我单独同意考试机构为退款之目的处理我的银行账户信息", "I consent, separately, to the use of my bank account for this refund"),
			Hint:  modules.T("银行账户属于敏感个人信息，仅用于本次退款（个人信息保护法第二十九条）", "A bank account is sensitive; it is used for this refund only"),
		},
		{
			Field: modules.Scan("card_photo", 1), Must: true,
			Label: modules.T("银行卡正面", "Front of the card"),
			Hint:  modules.T("只拍卡号一面，请勿上传有安全码的背面", "The side with the number only, never the one with the security code"),
		},
	}
	for i := range list {
		list[i].When = &modules.When{Column: "route", Values: []string{bankCard}}
	}
	return list
}

// accountColumns are what a candidate corrects after a payment has failed.
func accountColumns() []string {
	names := []string{"route"}
	for _, f := range account() {
		names = append(names, f.GetName())
	}
	return names
}

func materials() []modules.Field {
	return []modules.Field{
		{
			Field: modules.Scan("id_card", 2), Must: true,
			Label: modules.T("身份证", "Identity card"),
			Hint:  modules.T("人像面和国徽面，四角完整、字迹清楚", "Both sides, with all corners and readable"),
		},
		{
			Field: modules.Scan("voucher", 4), Must: true,
			Label: modules.T("缴费凭证", "Proof of payment"),
			Hint:  modules.T("支付截图或缴费单；重复缴费须上传两笔凭证", "A picture of the payment; of both payments where you paid twice"),
		},
		{
			Field: modules.Scan("application_form", 1), Must: true,
			Label: modules.T("签名的退费申请表", "Signed application form"),
			Hint:  modules.T("手写签名后拍照或扫描", "Sign by hand, then photograph or scan it"),
			Blank: &modules.Blank{
				Title: modules.T("考试退费申请表", "Application for a refund"),
				Declare: modules.T("本人确认以上内容真实、准确，所填收款账户为本人账户。",
					"I confirm that all this is true and that the account is mine."),
			},
		},
		{
			Field: modules.Scan("proof", 5), Must: true,
			When:  &modules.When{Column: "reason", Values: []string{systemFault, forceMajeure, notQualified, other}},
			Label: modules.T("退费原因证明", "Proof of the reason"),
			Hint:  modules.T("如官方公告、扣款未成功的截图、审核未通过的通知", "Such as an official notice, or a picture of the fault"),
		},
	}
}

// paid is what ExamHall computes and what finance records.
func paid() []modules.Field {
	always := []modules.State{
		modules.Submitted, modules.UnderReview, modules.Returned, modules.Approved, modules.Rejected, modules.Withdrawn, modules.Expired,
		Paying, Refunded, PayFailed,
	}
	return []modules.Field{
		{
			Field: &core.NumberField{Name: "amount", OnlyInt: true}, By: modules.System, ShownIn: always, Input: "money",
			Label: modules.T("申请金额", "Amount"),
		},
		{
			Field: &core.TextField{Name: "serial", Max: 40, Pattern: `^[0-9A-Za-z_-]{4,40}$`}, By: modules.Finance, ShownIn: []modules.State{Refunded}, Once: true,
			Label: modules.T("银行流水号", "Serial of the bank"),
		},
		{
			Field: &core.TextField{Name: "paid_on", Max: 10, Pattern: `^\d{4}-\d{2}-\d{2}$`}, By: modules.Finance, ShownIn: []modules.State{Refunded},
			Label: modules.T("退款日期", "Paid back on"),
		},
		{
			Field: &core.NumberField{Name: "paid_amount", OnlyInt: true}, By: modules.Finance, ShownIn: []modules.State{Refunded}, Input: "money",
			Label: modules.T("实退金额", "Paid back"),
			Hint:  modules.T("须与申请金额一致", "The approved amount"),
		},
	}
}
