package bill

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// The kinds of titles.
const (
	personal = "personal"
	unit     = "unit"
)

func fields() []modules.Field { return append(append(request(), materials()...), made()...) }

// ofUnit limits a field to claims in the name of a unit.
func ofUnit() *modules.When { return &modules.When{Column: "title_kind", Values: []string{unit}} }

// request is what the candidate asks for.
func request() []modules.Field {
	return []modules.Field{
		{
			Field: &core.SelectField{Name: "form", MaxSelect: 1, Required: true, Values: []string{"electronic", "paper"}},
			Label: modules.T("票据形式", "Form"),
			Words: []modules.Option{
				{Value: "electronic", Label: modules.T("电子票据", "Electronic")},
				{Value: "paper", Label: modules.T("换开纸质票据", "Paper, in exchange")},
			},
		},
		{
			Field: &core.SelectField{Name: "title_kind", MaxSelect: 1, Required: true, Values: []string{personal, unit}},
			Label: modules.T("抬头类型", "Kind of title"),
			Hint:  modules.T("个人抬头为考生本人姓名", "A personal title is your own name"),
			Words: []modules.Option{
				{Value: personal, Label: modules.T("个人", "Personal")},
				{Value: unit, Label: modules.T("单位", "Unit")},
			},
		},
		{
			Field: &core.TextField{Name: "title", Min: 2, Max: 100}, Must: true, When: ofUnit(),
			Label: modules.T("票据抬头", "Title"),
			Hint:  modules.T("单位全称，与营业执照或法人证书一致", "The full name of the unit, as on its licence"),
		},
		{
			Field: &core.TextField{Name: "tax_no", Max: 30}, Must: true, When: ofUnit(),
			Label: modules.T("统一社会信用代码", "Social credit code"),
			Hint:  modules.T("18 位数字和大写字母", "18 digits and capitals"),
		},
		{
			Field: &core.EmailField{Name: "email", Required: true},
			Label: modules.T("接收邮箱", "E-mail for the bill"),
		},
		{
			Field: &sealed.Field{Name: "phone", Kind: sealed.KindMobile, Max: 20, Required: true},
			Label: modules.T("手机号码", "Mobile phone"),
			Hint:  modules.T("用于接收办理结果，请保持畅通", "We send the result here"),
		},
		{
			Field: &core.TextField{Name: "remark", Max: 100},
			Label: modules.T("备注", "Remark"),
		},
	}
}

func materials() []modules.Field {
	return []modules.Field{
		{
			Field: modules.Scan("voucher", 2), Must: true,
			Label: modules.T("缴费凭证", "Proof of payment"),
			Hint:  modules.T("支付截图或缴费单", "A picture of the payment"),
		},
		{
			Field: modules.Scan("unit_info", 1), When: ofUnit(),
			Label: modules.T("单位开票信息", "Billing information of the unit"),
		},
	}
}

// made is what ExamHall computes and what finance records.
func made() []modules.Field {
	shown := []modules.State{Issued, Reversed}
	always := []modules.State{
		modules.Submitted, modules.UnderReview, modules.Returned, modules.Rejected, modules.Withdrawn, modules.Expired, Issuing, Issued, Reversed,
	}
	list := []modules.Field{
		{
			Field: &core.TextField{Name: "holder", Max: 100},
			Label: modules.T("开票抬头", "Title on the bill"),
		},
		{
			Field: &core.NumberField{Name: "amount", OnlyInt: true}, Input: "money",
			Label: modules.T("票据金额", "Amount"),
			Hint:  modules.T("按实缴金额开具", "What was paid"),
		},
		{
			Field: &core.TextField{Name: "code", Max: 8, Pattern: `^\d{8}$`},
			Label: modules.T("票据代码", "Code"),
			Hint:  modules.T("8 位数字", "8 digits"),
		},
		{
			Field: &core.TextField{Name: "bill_number", Max: 10, Pattern: `^\d{10}$`},
			Label: modules.T("票据号码", "Number"),
			Hint:  modules.T("10 位数字", "10 digits"),
		},
		{
			Field: &core.TextField{Name: "check_code", Max: 6, Pattern: `^[0-9A-Za-z]{6}$`},
			Label: modules.T("校验码", "Check code"),
			Hint:  modules.T("6 位数字或字母", "6 digits or letters"),
		},
		{
			Field: &core.TextField{Name: "issued_on", Max: 10, Pattern: `^\d{4}-\d{2}-\d{2}$`},
			Label: modules.T("开票日期", "Issued on"),
		},
		{
			Field: &core.NumberField{Name: "billed", OnlyInt: true}, Input: "money",
			Label: modules.T("开票金额", "Billed"),
			Hint:  modules.T("须与实缴金额一致", "What was paid"),
		},
		{
			Field: &core.FileField{Name: "file", MaxSelect: 1, MaxSize: 5 << 20, Protected: true, MimeTypes: []string{"application/pdf"}},
			Label: modules.T("票据文件", "The bill"),
			Hint:  modules.T("PDF 版式文件", "A PDF"),
		},
	}
	for i := range list {
		list[i].By, list[i].ShownIn = modules.Finance, shown
		if i < 2 { // computed
			list[i].By, list[i].ShownIn = modules.System, always
		}
	}
	return list
}
