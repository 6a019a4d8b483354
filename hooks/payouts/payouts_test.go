package payouts_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"examhall/modules/modulestest"
	"examhall/modules/refund"
	"examhall/modules/refund/refundtest"
)

const url = "/api/portal/desk/refunds/payout"

// m is a line of an import.
type m = map[string]any

// bring sends lines as finance and returns what became of each.
func bring(h *modulestest.Hall, lines ...m) string {
	h.T.Helper()
	return told(h, h.Send("foreign", http.MethodPost, url, m{"rows": lines}))
}

// told writes the answer in one line: "done, refused number payout_unknown".
func told(h *modulestest.Hall, a modulestest.Answer) string {
	h.T.Helper()
	lines, ok := a.JSON["lines"].([]any)
	if a.Code != http.StatusOK || !ok {
		h.T.Fatal(a.Code, a.Body)
	}
	var list []string
	for _, l := range lines {
		line := l.(map[string]any)
		text := fmt.Sprint(line["outcome"])
		if problems, ok := line["problems"].([]any); ok {
			text += " " + fmt.Sprint(problems...)
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// number returns the number of the last attempt to pay a refund.
func number(h *modulestest.Hall, id string, attempt int) string {
	return fmt.Sprintf("%s-%d", h.Find(refundtest.Collection, id).GetString("number"), attempt)
}

// TestResults: a result counts once, for its own attempt, with a serial of its
// own; a line that is refused keeps no other from counting.
func TestResults(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	book := refundtest.Book()
	one, other := book.Reach(h, refund.Paying), book.Reach(h, refund.Paying)
	paid := m{"number": number(h, one, 1), "result": "paid", "serial": "B0001", "paid_on": "2026-11-23", "amount": 2 * refundtest.Price}
	failed := m{"number": number(h, other, 1), "result": "failed", "serial": "B0002", "reason": "账号与户名不符"}
	if got := bring(h, m{"number": "KSTF0-1", "result": "paid"}, paid, failed); got != "refused number payout_unknown, done, done" {
		t.Fatal(got)
	}
	for _, again := range []string{bring(h, paid, failed), bring(h, failed, paid)} {
		if again != "ignored, ignored" {
			t.Error("brought again:", again)
		}
	}
	if got := h.Row(refundtest.Collection, one).Status + " " + h.Row(refundtest.Collection, other).Status; got != "refunded pay_failed" {
		t.Error(got)
	}
	if got := h.Find("payments", h.Find(refundtest.Collection, one).GetString("payment")).GetInt("refunded"); got != 2*refundtest.Price {
		t.Errorf("%d were paid back", got)
	}

	// The old file comes once more after the account was corrected.
	book.Play(h, other, "fix_account")
	book.Play(h, other, "send")
	if got := bring(h, failed); got != "ignored" || h.Row(refundtest.Collection, other).Status != "paying" {
		t.Error("a result of the first attempt:", got, h.Row(refundtest.Collection, other).Status)
	}
	for _, c := range []struct {
		change m
		want   string
	}{
		{m{"number": number(h, other, 1)}, "refused number payout_settled"},
		{m{"serial": "B0001"}, "refused serial serial_used"},
		{m{"serial": "B0002"}, "refused serial serial_used"},
		{m{"amount": 1}, "refused paid_amount payout_amount"},
		{m{"paid_on": "2026-11-24"}, "refused paid_on validation_date_out_of_range"},
		{m{"result": ""}, "refused result validation_invalid_value"},
		{m{"result": "failed", "serial": "B0001", "reason": "退回"}, "refused serial serial_used"},
		{m{"result": "failed", "reason": ""}, "refused reply comment_required"},
		{nil, "done"},
	} {
		line := m{"number": number(h, other, 2), "result": "paid", "serial": "B0003", "paid_on": "2026-11-23", "amount": 2 * refundtest.Price}
		for name, v := range c.change {
			line[name] = v
		}
		if got := bring(h, line); got != c.want {
			t.Errorf("%v: %s, want %s", c.change, got, c.want)
		}
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

// TestAtOnce: two who bring the same file pay nothing twice.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	id := refundtest.Book().Reach(h, refund.Paying)
	line := m{"number": number(h, id, 1), "result": "paid", "serial": "B0001", "paid_on": "2026-11-23", "amount": 2 * refundtest.Price}
	send := func() modulestest.Answer { return h.Send("foreign", http.MethodPost, url, m{"rows": []m{line}}) }
	done := 0
	for _, a := range modulestest.Together(send, send, send) {
		if told(h, a) == "done" {
			done++
		}
	}
	payment := h.Find("payments", h.Find(refundtest.Collection, id).GetString("payment"))
	if done != 1 || payment.GetInt("refunded") != 2*refundtest.Price {
		t.Errorf("%d imports count, %d were paid back", done, payment.GetInt("refunded"))
	}
}

// TestSheet takes a sheet to the bank and brings it back: every cell is text, and
// who took it is in the audit trail.
func TestSheet(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	id := refundtest.Book().Reach(h, refund.Paying)
	events := h.Row(refundtest.Collection, id).Events
	a := h.Send("foreign", http.MethodGet, url, nil)
	if a.Code != http.StatusOK {
		t.Fatal(a.Code, a.Body)
	}
	if got := h.Row(refundtest.Collection, id).Events; got != events+1 {
		t.Errorf("%d events, want one more than %d", got, events)
	}
	f, err := excelize.OpenReader(strings.NewReader(a.Body))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A2": number(h, id, 1), "E2": "李䶮", "F2": refundtest.Card, "G2": "中国工商银行", "I2": "广东省深圳市南山区", "K2": "122.00"} {
		got, err := f.GetCellValue("Sheet1", cell)
		kind, err2 := f.GetCellType("Sheet1", cell)
		if err != nil || err2 != nil || got != want || kind != excelize.CellTypeSharedString {
			t.Errorf("%s: %q of type %v, want %q", cell, got, kind, want)
		}
	}
	for cell, text := range map[string]string{"L2": "成功", "M2": "B0001", "N2": "2026-11-23", "O2": "122.00"} {
		if err := f.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := f.Write(&file); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"done", "ignored"} {
		a := h.Send("foreign", http.MethodPost, url, m{"file": modulestest.File{Name: "payouts.xlsx", Data: file.Bytes()}})
		if got := told(h, a); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := h.Row(refundtest.Collection, id).Status; got != "refunded" {
		t.Error(got)
	}
	if a := h.Send("foreign", http.MethodPost, url, m{"file": modulestest.File{Name: "x.xlsx", Data: []byte("no sheet")}}); a.Code != http.StatusBadRequest {
		t.Error("no sheet:", a.Code)
	}
}

// TestOnlyFinance: nobody else sees a card or brings a result.
func TestOnlyFinance(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	for who, want := range map[string]int{"": 401, "li": 403, "reviewer": 403, "auditor": 403, "admin": 403, "operator": 403, "foreign": 200} {
		for method, body := range map[string]any{http.MethodGet: nil, http.MethodPost: m{"rows": []m{}}} {
			if a := h.Send(who, method, url, body); a.Code != want {
				t.Errorf("%s as %q: %d, want %d", method, who, a.Code, want)
			}
		}
	}
}
