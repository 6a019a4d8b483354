package demo

import "github.com/pocketbase/pocketbase/tools/filesystem"

// cardOf is the card that a demo refund goes to.
func cardOf(name string) map[string]any {
	return map[string]any{
		"route": "bank_card", "account_name": name, "bank": key("bank", "102"), "branch": "中国工商银行股份有限公司深圳南山支行",
		"bank_region": "440305", "card_no": "6222024000000000006", "bank_consent": true,
	}
}

// refunds lists refunds in every state, and one for every way of the money.
func (f *filler) refunds(p *player) []filed {
	reply := func(text string) map[string]any { return map[string]any{"reply": text} }
	return []filed{
		f.twice(p, "wenjing", openNow, nil, deed{2, "", "submitted", nil}),
		f.back(p, "lisi", openLonger, "system_fault", deed{6, "", "submitted", nil}, deed{2, "reviewer", "returned", reply("请补充扣款未成功的支付截图。")}),
		f.back(p, "wangwu", openNow, "force_majeure", deed{5, "", "submitted", nil}, deed{3, "reviewer", "under_review", nil}),
		f.twice(p, "ouyangnana", openLonger, nil, deed{9, "", "submitted", nil}, deed{6, "reviewer", "approved", nil}),
		f.twice(p, "wangzhe", openLonger, cardOf("王喆"), deed{12, "", "submitted", nil}, deed{9, "reviewer2", "approved", nil}, deed{4, "finance", "paying", nil}),
		f.twice(p, "yandi", openLonger, nil, deed{16, "", "submitted", nil}, deed{13, "reviewer", "approved", nil}, deed{9, "finance", "paying", nil},
			deed{1, "finance", "refunded", map[string]any{"serial": "DEMO202600000001", "paid_on": f.when(2, 1).Format("2006-01-02"), "paid_amount": 3 * price}}),
		f.twice(p, "changming", openNow, cardOf(longest()), deed{14, "", "submitted", nil}, deed{11, "reviewer", "approved", nil}, deed{8, "finance", "paying", nil},
			deed{3, "finance", "pay_failed", reply("开户行返回：账号与户名不符，请核对账号后修改。")}),
		f.back(p, "abudula", openLonger, "other", deed{10, "", "submitted", nil}, deed{7, "reviewer2", "rejected", reply("个人原因缺考不在退费公告范围内，不予退费。")}),
		f.back(p, "zhangsan", extended, "cancelled", deed{8, "", "submitted", nil}, deed{7, "", "withdrawn", nil}),
		f.back(p, "guliba", openLonger, "other", deed{40, "", "submitted", nil}, deed{35, "reviewer", "returned", reply("情况说明与原因不符，请补充证明。")},
			deed{18, bySystem, "expired", nil}),
	}
}

// twice is the refund of a second payment for an exam.
func (f *filler) twice(p *player, user, exam string, card map[string]any, deeds ...deed) filed {
	r := f.back(p, user, exam, "duplicate", deeds...)
	r.second, r.form["payment"] = exam, secondID(exam, user)
	r.form["voucher"] = []*filesystem.File{p.file("voucher1.png", "缴费凭证", scan), p.file("voucher2.png", "缴费凭证", scan)}
	for name, v := range card {
		r.form[name] = v
	}
	if card != nil {
		r.form["card_photo"] = p.file("card.jpg", "银行卡", photo)
	}
	return r
}

// back is the refund of an order, the way it was paid.
func (f *filler) back(p *player, user, exam, reason string, deeds ...deed) filed {
	items := []map[string]any{}
	for _, paper := range find(exam).papers {
		items = append(items, map[string]any{"subject": subjectID(exam, paper.code, user)})
	}
	form := map[string]any{
		"payment": orderID(exam, user), "reason": reason, "explanation": "支付时页面无响应，重新支付后发现扣款有误，申请退还考试费。",
		"route": "original", "items": asJSON(items),
		"id_card":          []*filesystem.File{p.file("id_front.jpg", "身份证人像面", photo), p.file("id_back.jpg", "身份证国徽面", photo)},
		"voucher":          []*filesystem.File{p.file("voucher1.png", "缴费凭证", scan)},
		"application_form": p.file("application.pdf", "退费申请表 签名", document),
	}
	if reason != "cancelled" && reason != "duplicate" {
		form["proof"] = []*filesystem.File{p.file("proof.png", "退费原因证明", scan)}
	}
	return filed{service: "refunds", user: user, form: form, deeds: deeds}
}

// claims lists claims of bills in every state.
func (f *filler) claims(p *player) []filed {
	reply := func(text string) map[string]any { return map[string]any{"reply": text} }
	bill := func(number, exam string) map[string]any {
		return map[string]any{
			"code": "44060126", "bill_number": number, "check_code": "a1b2c3", "issued_on": f.when(6, 1).Format("2006-01-02"),
			"billed": price * len(find(exam).papers), "file": p.file("bill.pdf", "财政电子票据", document),
		}
	}
	return []filed{
		f.claim(p, "chankayan", openNow, false, deed{1, "", "submitted", nil}),
		f.claim(p, "chenhong", closed, true, deed{6, "", "submitted", nil}, deed{3, "reviewer", "issuing", nil}),
		f.claim(p, "zhangsan", closed, true, deed{12, "", "submitted", nil}, deed{9, "reviewer", "issuing", nil}, deed{5, "finance", "issued", bill("0000000001", closed)}),
		f.claim(p, "liyan", closed, false, deed{15, "", "submitted", nil}, deed{12, "reviewer2", "issuing", nil}, deed{5, "finance", "issued", bill("0000000002", closed)},
			deed{2, "finance", "reversed", reply("抬头应为单位，已冲红，请重新申领。")}),
		f.claim(p, "lijie", closed, true, deed{4, "", "submitted", nil}, deed{1, "reviewer", "returned", reply("抬头与统一社会信用代码不一致，请核对。")}),
		f.claim(p, "guojun", closed, false, deed{7, "", "submitted", nil}, deed{5, "reviewer2", "rejected", reply("该订单可在省公共支付平台自行取票，请凭缴款识别码下载。")}),
	}
}

// claim is a claim of the bill of an order.
func (f *filler) claim(p *player, user, exam string, unit bool, deeds ...deed) filed {
	form := map[string]any{
		"payment": orderID(exam, user), "form": "electronic", "title_kind": "personal", "email": user + "@example.com",
		"voucher": []*filesystem.File{p.file("voucher1.png", "缴费凭证", scan)},
	}
	if unit {
		form["title_kind"], form["title"], form["tax_no"] = "unit", "示例科技有限公司", "91350100M000100Y43"
	}
	return filed{service: "bill_claims", user: user, form: form, deeds: deeds}
}
