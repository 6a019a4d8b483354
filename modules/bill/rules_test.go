package bill_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"examhall/modules/bill"
	"examhall/modules/bill/billtest"
	"examhall/modules/modulestest"
)

const service = billtest.Collection

// TestWhatIsFilledIn: a unit has a name and a code of its own; a person has the
// name of who paid.
func TestWhatIsFilledIn(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, bill.Definition())
	order := billtest.Order(h, nil)
	others := billtest.Order(h, map[string]any{"candidate": modulestest.ID("wang")})
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"a unit called personal", map[string]any{"title": "个人"}, "title title_personal"},
		{"a short name", map[string]any{"title": "甲"}, "title validation_min_text_constraint"},
		{"no unit", map[string]any{"title": "", "tax_no": ""}, "tax_no validation_required, title validation_required"},
		{"a wrong check digit", map[string]any{"tax_no": "91350100M000100Y44"}, "tax_no uscc_invalid"},
		{"the letter O", map[string]any{"tax_no": "9135O100M000100Y43"}, "tax_no uscc_invalid"},
		{"no form", map[string]any{"form": ""}, "form validation_required"},
		{"no address", map[string]any{"email": "li@"}, "email validation_is_email"},
		{"no voucher", map[string]any{"voucher": nil}, "voucher material_missing"},
		{"an amount of one's own", map[string]any{"amount": 1}, "amount state_locked"},
		{"a title of one's own", map[string]any{"holder": "王喆"}, "holder state_locked"},
		{"an order of somebody else", map[string]any{"payment": others}, "payment validation_missing_rel_records"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := h.Create("li", service, billtest.Form(order, c.change)); strings.Join(a.Problems(), ", ") != c.want {
				t.Errorf("%d %v, want %s", a.Code, a.Problems(), c.want)
			}
		})
	}
	a := h.Create("li", service, billtest.Form(order, map[string]any{"tax_no": "91350100 m000100y43"}))
	if a.Code != http.StatusOK || a.Text("tax_no") != billtest.Code || a.Text("holder") != "深圳市示例科技有限公司" || a.Text("amount") != fmt.Sprint(billtest.Price) {
		t.Error(a.Code, a.Body)
	}
	a = h.Create("li", service, billtest.Form(billtest.Order(h, nil), map[string]any{"title_kind": "personal"}))
	if a.Code != http.StatusOK || a.Text("holder") != "李䶮" || a.Text("title") != "" || a.Text("tax_no") != "" {
		t.Error(a.Code, a.Body)
	}
}

// TestWindow: until the end of the year of the payment, or as the session says.
func TestWindow(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, bill.Definition())
	last := billtest.Order(h, map[string]any{"paid": time.Date(2025, 12, 31, 10, 0, 0, 0, time.UTC)})
	if a := h.Create("li", service, billtest.Form(last, nil)); a.Problem("payment") != "window_closed" {
		t.Error(a.Code, a.Problems())
	}
	session := h.Find("exam_sessions", modulestest.Session)
	session.Set("bill_closes", h.Now())
	if err := h.App.Save(session); err != nil {
		t.Fatal(err)
	}
	if a := h.Create("li", service, billtest.Form(last, nil)); a.Code != http.StatusOK {
		t.Error("in the last second:", a.Code, a.Body)
	}
}

// TestOneBill: one for an order at a time, over what was paid, with a number of
// its own. What was issued is fixed; after a reversal there may be another.
func TestOneBill(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, bill.Definition())
	book := billtest.Book()
	order := billtest.Order(h, nil)
	id := h.Create("li", service, billtest.Form(order, nil)).ID()
	if a := h.Create("li", service, billtest.Form(order, nil)); a.Problem("payment") != "duplicate_active" {
		t.Error("a second claim:", a.Code, a.Problems())
	}
	book.Play(h, id, "approve")
	taken := book.Reach(h, bill.Issued)
	for _, c := range []struct {
		change map[string]any
		want   string
	}{
		{map[string]any{"billed": billtest.Price - 1}, "billed bill_amount"},
		{map[string]any{"code": "4406", "bill_number": "1", "check_code": "?"}, "bill_number validation_invalid_format, check_code validation_invalid_format, code validation_invalid_format"},
		{map[string]any{"bill_number": h.Find(service, taken).GetString("bill_number")}, "bill_number bill_used"},
		{map[string]any{"issued_on": "2026-11-24"}, "issued_on validation_date_out_of_range"},
		{map[string]any{"issued_on": "2026-09-22"}, "issued_on validation_date_out_of_range"},
		{map[string]any{"file": modulestest.File{Name: "bill.pdf", Data: []byte("<html></html>")}}, "file material_type"},
		{map[string]any{"file": nil}, "file validation_required"},
		{map[string]any{"title": "别的公司"}, "title state_locked"},
	} {
		body := billtest.Bill(h, id)
		for name, v := range c.change {
			body[name] = v
		}
		if body["file"] == nil {
			delete(body, "file")
		}
		body["status"], body["rev"] = "issued", h.Row(service, id).Rev
		if a := h.Update("foreign", service, id, body); !strings.HasPrefix(strings.Join(a.Problems(), ", "), strings.Split(c.want, ", ")[0]) {
			t.Errorf("%v: %d %v, want %s", c.change, a.Code, a.Problems(), c.want)
		}
	}
	book.Play(h, id, "issue")
	if a := h.Update("li", service, id, map[string]any{"status": "submitted", "rev": h.Row(service, id).Rev, "title": "别的公司"}); a.Problem("status") != "transition_denied" {
		t.Error("another title after the issue:", a.Code, a.Problems())
	}
	if a := h.Create("li", service, billtest.Form(order, nil)); a.Problem("payment") == "" {
		t.Error("a second bill:", a.Code, a.Body)
	}
	book.Play(h, id, "reverse")
	next := h.Create("li", service, billtest.Form(order, map[string]any{"title": "别的公司"}))
	if next.Code != http.StatusOK {
		t.Fatal("after the reversal:", next.Code, next.Body)
	}
	book.Play(h, next.ID(), "approve")
	book.Play(h, next.ID(), "issue")
	if n, err := h.App.CountRecords("bills"); n != 3 || err != nil {
		t.Errorf("%d bills, %v: reversed ones stay", n, err)
	}
}

// TestWhoReadsTheBill: its owner downloads it once it is issued, and sees what
// finance recorded not before.
func TestWhoReadsTheBill(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, bill.Definition())
	book := billtest.Book()
	id := book.Reach(h, bill.Issuing)
	if a := h.Send("li", http.MethodGet, "/api/collections/bill_claims/records/"+id, nil); a.JSON["bill_number"] != nil || a.Text("holder") == "" {
		t.Error(a.Body)
	}
	book.Play(h, id, "issue")
	a := h.Send("li", http.MethodGet, "/api/collections/bill_claims/records/"+id, nil)
	if a.Text("bill_number") == "" || a.Text("check_code") != "a1B2c3" || a.Text("file") == "" {
		t.Fatal(a.Body)
	}
	url := "/api/files/bill_claims/" + id + "/" + a.Text("file") + "?token="
	for who, want := range map[string]int{"li": 200, "wang": 404, "foreign": 200, "operator": 404} {
		if got := h.Send("", http.MethodGet, url+h.FileToken(who), nil); got.Code != want {
			t.Errorf("%s: %d, want %d", who, got.Code, want)
		}
	}
	if got := h.Send("", http.MethodGet, url, nil); got.Code != http.StatusNotFound {
		t.Error("anybody:", got.Code)
	}
}
