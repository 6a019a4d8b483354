// Package billtest plays claims of bills in tests.
package billtest

import (
	"crypto/rand"
	"maps"
	"strings"

	"examhall/modules/bill"
	"examhall/modules/modulestest"
)

// Collection is where claims are.
const Collection = "bill_claims"

// Price is what an order of [Order] cost, in fen.
const Price = 12200

// Code is a social credit code that could exist.
const Code = "91350100M000100Y43"

// Order adds an order of li that was paid two months ago, with some values
// changed, and returns its id.
func Order(h *modulestest.Hall, change map[string]any) string {
	h.T.Helper()
	values := map[string]any{
		"candidate": modulestest.ID("li"), "registration": modulestest.Registration, "order_no": "P" + rand.Text(), "amount": Price,
		"channel": "wechat", "paid": h.Now().AddDate(0, -2, 0),
	}
	maps.Copy(values, change)
	return h.Add("payments", "", values).Id
}

// Form returns what li fills in to get the bill of an order for a unit, with some
// values changed; a nil value leaves one out.
func Form(order string, change map[string]any) map[string]any {
	values := map[string]any{
		"status": "submitted", "payment": order, "form": "electronic", "title_kind": "unit", "title": "深圳市示例科技有限公司", "tax_no": Code,
		"email": "li@example.com", "phone": "138 0000 0000", "voucher": modulestest.Scan("voucher.jpg"),
	}
	maps.Copy(values, change)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// Bill returns what finance records about a bill, with a number of its own.
func Bill(*modulestest.Hall, string) map[string]any {
	digits := strings.Map(func(c rune) rune { return '0' + c%10 }, rand.Text()[:10])
	return map[string]any{
		"code": "44060126", "bill_number": digits, "check_code": "a1B2c3", "issued_on": "2026-11-23", "billed": Price,
		"file": modulestest.PDF("bill.pdf", ""),
	}
}

// Book plays every move. Each claim is for an order of its own.
func Book() modulestest.Book {
	nothing := modulestest.Play{}
	reasoned := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"reply": "抬头与统一社会信用代码不一致"}
	}}
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any { return Form(Order(h, nil), nil) }}
	return modulestest.Book{Definition: bill.Definition(), Plays: map[string]modulestest.Play{
		"submit": submit, "edit": nothing, "resubmit": nothing, "withdraw": nothing, "accept": nothing, "return": reasoned,
		"approve": nothing, "reject": reasoned, "expire": nothing, "issue": {With: Bill}, "stop": reasoned, "reverse": reasoned,
	}}
}
