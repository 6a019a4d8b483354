package mailing

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// The limits of an address, in characters.
const (
	shortest = 5
	longest  = 100
)

func fields() []modules.Field {
	return append(append([]modules.Field{method()}, recipient()...), append(address(), posted()...)...)
}

// recipient says who gets the parcel.
func recipient() []modules.Field {
	return []modules.Field{
		{
			Field: &core.BoolField{Name: "proxy"},
			Label: modules.T("由他人代收", "Somebody else receives it for me"),
		},
		{
			Field: &core.TextField{Name: "recipient", Required: true, Max: 50}, Input: "own_name",
			Label: modules.T("收件人姓名", "Recipient"),
			Hint:  modules.T("请填写真实姓名，与签收人的身份证件一致", "The name on the identity card of who receives it"),
		},
		{
			Field: &core.SelectField{Name: "relation", MaxSelect: 1, Values: []string{"spouse", "parent", "child", "relative", "colleague", "friend", "other"}},
			Label: modules.T("代收人与您的关系", "Who they are to you"), When: &modules.When{Column: "proxy"}, Must: true,
			Words: []modules.Option{
				{Value: "spouse", Label: modules.T("配偶", "Spouse")},
				{Value: "parent", Label: modules.T("父母", "Parent")},
				{Value: "child", Label: modules.T("子女", "Child")},
				{Value: "relative", Label: modules.T("其他亲属", "Other relative")},
				{Value: "colleague", Label: modules.T("同事", "Colleague")},
				{Value: "friend", Label: modules.T("朋友", "Friend")},
				{Value: "other", Label: modules.T("其他", "Other")},
			},
		},
		{
			Field: &sealed.Field{Name: "mobile", Kind: sealed.KindContact, Max: 20, Required: true},
			Label: modules.T("收件人手机", "Mobile of the recipient"),
			Hint:  modules.T("签收时要用这个手机收到的短信验证码", "The parcel is handed over against a code sent to this number"),
			Recheck: modules.T("证书凭短信验证码签收。手机号码填错，收件人收不到验证码，证书就无法签收。",
				"The parcel is handed over against a code by SMS. With a wrong number nobody gets the code, and the certificate cannot be received."),
		},
		{
			Field: &sealed.Field{Name: "phone", Kind: sealed.KindContact, Max: 20},
			Label: modules.T("备用电话", "Second telephone"),
			Hint:  modules.T("固定电话请加区号", "With the area code"),
		},
	}
}

// address says where the parcel goes. Who comes to the counter gives none.
func address() []modules.Field {
	list := place()
	for i := range list {
		if list[i].GetName() != "remark" {
			list[i].When = &modules.When{Column: "method", Values: []string{"", byMail}}
		}
	}
	return list
}

func place() []modules.Field {
	return []modules.Field{
		{
			Field: &core.TextField{Name: "region", Max: 6, Pattern: `^\d{6}$`}, Input: "region", Must: true,
			Label: modules.T("所在地区", "Province, city, district"),
		},
		{
			Field: &sealed.Field{Name: "address", Kind: sealed.KindAddress, Max: longest}, Must: true,
			Label: modules.T("详细地址", "Street address"),
			Hint:  modules.T("路名、门牌号、小区、楼栋和房号，如：红荔路 1001 号某某花园 3 栋 502。不能寄到丰巢、快递柜或自提柜", "Street, number, building, room. Parcel lockers are not possible"),
		},
		{
			Field: &core.TextField{Name: "postcode", Max: 6, Pattern: `^\d{6}$`},
			Label: modules.T("邮政编码", "Postcode"),
			Hint:  modules.T("6 位数字，不清楚可以不填", "6 digits; leave it out if you do not know it"),
		},
		{
			Field: &core.TextField{Name: "remark", Max: 200},
			Label: modules.T("备注", "Remark"),
		},
	}
}

// posted is what the authority records.
func posted() []modules.Field {
	sent := []modules.State{Shipped, Delivered, Bounced}
	return []modules.Field{
		{
			Field: &core.SelectField{Name: "carrier", MaxSelect: 1, Values: []string{"ems", "china_post"}}, By: modules.Cert, ShownIn: sent,
			Label: modules.T("承运单位", "Carrier"),
			Words: []modules.Option{
				{Value: "ems", Label: modules.T("中国邮政 EMS", "China Post EMS")},
				{Value: "china_post", Label: modules.T("中国邮政挂号", "China Post registered")},
			},
		},
		{
			Field: &core.TextField{Name: "waybill", Max: 13}, By: modules.Cert, ShownIn: sent, Once: true,
			Label: modules.T("邮件号", "Waybill"),
			Hint:  modules.T("13 位数字，或 2 个字母、9 位数字加 CN", "13 digits, or two letters, nine digits and CN"),
		},
		{
			Field: &core.TextField{Name: "delivered_on", Max: 10, Pattern: `^\d{4}-\d{2}-\d{2}$`}, By: modules.Cert, ShownIn: []modules.State{Delivered},
			Label: modules.T("签收日期", "Received on"),
		},
		{
			Field: &core.TextField{Name: "pickup_code", Max: 6, Pattern: `^\d{6}$`}, By: modules.System,
			ShownIn: []modules.State{modules.Submitted, Accepted, Collected}, Label: modules.T("领取码", "Code for the counter"),
		},
	}
}
