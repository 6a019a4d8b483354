// Package refundtest plays refunds in tests.
package refundtest

import (
	"crypto/rand"
	"maps"

	"examhall/modules/modulestest"
	"examhall/modules/refund"
)

// Collection is where refunds are.
const Collection = "refunds"

// Price is what one subject of an order of [Order] cost, in fen.
const Price = 6100

// Card is the number of a card that could exist.
const Card = "6222024000000000006"

// Bank is the id of the bank of the fixture.
const Bank = "bankicbc0000000"

// Order adds an order of li over two subjects of their own, in a session whose
// notice admits every reason today, with some values changed. It returns the id.
func Order(h *modulestest.Hall, change map[string]any) string {
	h.T.Helper()
	Open(h)
	one, two := h.Subject(modulestest.Registration), h.Subject(modulestest.Registration)
	values := map[string]any{
		"candidate": modulestest.ID("li"), "registration": modulestest.Registration, "order_no": "P" + rand.Text(), "amount": 2 * Price,
		"items":   []map[string]any{{"subject": one, "amount": Price}, {"subject": two, "amount": Price}},
		"channel": "wechat", "paid": h.Now().AddDate(0, -2, 0),
	}
	maps.Copy(values, change)
	return h.Add("payments", "", values).Id
}

// Open lets refunds be asked for in the session of the fixture, and adds a bank.
func Open(h *modulestest.Hall) {
	h.T.Helper()
	session := h.Find("exam_sessions", modulestest.Session)
	if !session.GetDateTime("refund_opens").IsZero() {
		return
	}
	session.Load(map[string]any{
		"refund_opens": h.Now().AddDate(0, -1, 0), "refund_closes": h.Now().AddDate(0, 1, 0),
		"refund_reasons": map[string]string{"duplicate": "", "cancelled": "", "system_fault": "", "force_majeure": "", "other": ""},
	})
	if err := h.App.Save(session); err != nil {
		h.T.Fatal(err)
	}
	h.Add("banks", Bank, map[string]any{"code": "102", "name": "中国工商银行", "active": true})
}

// Subjects returns what an order is for.
func Subjects(h *modulestest.Hall, order string) []string {
	h.T.Helper()
	parts := []struct {
		Subject string `json:"subject"`
	}{}
	if err := h.Find("payments", order).UnmarshalJSONField("items", &parts); err != nil {
		h.T.Fatal(err)
	}
	list := []string{}
	for _, p := range parts {
		list = append(list, p.Subject)
	}
	return list
}

// Items returns the rows of an application about the given subjects.
func Items(subjects ...string) []map[string]any {
	rows := []map[string]any{}
	for _, s := range subjects {
		rows = append(rows, map[string]any{"subject": s})
	}
	return rows
}

// Form returns what li fills in to have all of an order paid back to a card, with
// some values changed; a nil value leaves one out.
func Form(h *modulestest.Hall, order string, change map[string]any) map[string]any {
	h.T.Helper()
	values := map[string]any{
		"status": "submitted", "payment": order, "commitment": "2026-1", "reason": "cancelled", "explanation": "本次考试取消，申请退还考试费用",
		"phone": "138 0000 0000", "route": "bank_card", "items": Items(Subjects(h, order)...),
		"account_name": "李䶮", "bank": Bank, "branch": "中国工商银行深圳南山支行", "bank_region": "440305", "card_no": "6222 0240 0000 0000 006",
		"bank_consent": true, "card_photo": modulestest.Scan("card.jpg"),
		"id_card": []modulestest.File{modulestest.Scan("front.jpg"), modulestest.Scan("back.jpg")},
		"voucher": modulestest.Scan("voucher.jpg"), "application_form": modulestest.Scan("form.jpg"),
	}
	maps.Copy(values, change)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// Paid returns what finance records about a payment of today.
func Paid(h *modulestest.Hall, id string) map[string]any {
	h.T.Helper()
	return map[string]any{"serial": "S" + rand.Text(), "paid_on": "2026-11-23", "paid_amount": h.Find(Collection, id).GetInt("amount")}
}

// Book plays every move. Each refund is of an order of its own.
func Book() modulestest.Book {
	nothing := modulestest.Play{}
	reasoned := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"reply": "开户支行名称不完整，请核对后修改"}
	}}
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any { return Form(h, Order(h, nil), nil) }}
	fix := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"branch": "中国工商银行股份有限公司深圳南山支行"}
	}}
	return modulestest.Book{Definition: refund.Definition(), Plays: map[string]modulestest.Play{
		"submit": submit, "edit": nothing, "resubmit": nothing, "withdraw": nothing, "accept": nothing, "return": reasoned,
		"approve": nothing, "reject": reasoned, "expire": nothing, "send": nothing, "confirm": {With: Paid}, "fail": reasoned, "fix_account": fix,
	}}
}
