package refund_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/bill"
	"examhall/modules/bill/billtest"
	"examhall/modules/modulestest"
	"examhall/modules/refund"
	"examhall/modules/refund/refundtest"
)

// rounds is how often each race is run.
const rounds = 8

// good counts the answers that say 200.
func good(answers []modulestest.Answer) int {
	n := 0
	for _, a := range answers {
		if a.Code == http.StatusOK {
			n++
		}
	}
	return n
}

// TestDoubleClick: of two refunds of one order, of two who pay it and of two who
// record the payment, one counts: the money moves once.
func TestDoubleClick(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	refundtest.Open(h)
	for range rounds {
		order := refundtest.Order(h, nil)
		ask := func() modulestest.Answer { return h.Create("li", service, refundtest.Form(h, order, nil)) }
		if answers := modulestest.Together(ask, ask, ask); good(answers) != 1 {
			t.Fatalf("%d of three refunds of one order were accepted", good(answers))
		}
		id := idOf(t, h, order)
		refundtest.Book().Play(h, id, "approve")
		at := func(values map[string]any) func() modulestest.Answer {
			values["rev"] = h.Row(service, id).Rev
			return func() modulestest.Answer { return h.Update("foreign", service, id, values) }
		}
		send := at(map[string]any{"status": "paying"})
		if answers := modulestest.Together(send, send); good(answers) != 1 {
			t.Fatalf("%d of two payments were sent", good(answers))
		}
		one, other := refundtest.Paid(h, id), refundtest.Paid(h, id)
		one["status"], other["status"] = "refunded", "refunded"
		fail := map[string]any{"status": "pay_failed", "reply": "账号不存在"}
		if answers := modulestest.Together(at(one), at(other), at(fail)); good(answers) != 1 {
			t.Fatalf("%d results of one payment count", good(answers))
		}
		var refunded, attempts int
		if err := h.App.DB().Select("refunded").From("payments").Where(dbx.HashExp{"id": order}).Row(&refunded); err != nil {
			t.Fatal(err)
		}
		if err := h.App.DB().Select("COUNT(*)").From("payouts").Where(dbx.HashExp{"refund": id}).Row(&attempts); err != nil {
			t.Fatal(err)
		}
		if want := map[string]int{"refunded": 2 * refundtest.Price, "pay_failed": 0}[h.Row(service, id).Status]; refunded != want || attempts != 1 {
			t.Errorf("%s: %d were paid back in %d attempts, want %d in one", h.Row(service, id).Status, refunded, attempts, want)
		}
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

func idOf(t *testing.T, h *modulestest.Hall, order string) string {
	t.Helper()
	var id string
	if err := h.App.DB().Select("id").From("refunds").Where(dbx.HashExp{"payment": order}).Row(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// TestBillAgainstRefund: whichever comes first, there is never a bill in force
// for an order whose refund may be paid.
func TestBillAgainstRefund(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition(), bill.Definition())
	refundtest.Open(h)
	for range rounds {
		order := refundtest.Order(h, nil)
		claim := h.Create("li", billtest.Collection, billtest.Form(order, nil)).ID()
		billtest.Book().Play(h, claim, "approve")
		issue := billtest.Bill(h, "")
		issue["status"], issue["rev"] = "issued", h.Row(billtest.Collection, claim).Rev
		answers := modulestest.Together(
			func() modulestest.Answer { return h.Update("foreign", billtest.Collection, claim, issue) },
			func() modulestest.Answer { return h.Create("li", service, refundtest.Form(h, order, nil)) },
		)
		issued, asked := answers[0], answers[1]
		if asked.Code != http.StatusOK {
			t.Fatal("the refund:", asked.Code, asked.Body)
		}
		if issued.Code != http.StatusOK && issued.Problem("status") != "refund_blocks_bill" {
			t.Error("the bill:", issued.Code, issued.Body)
		}
		refundtest.Book().Play(h, asked.ID(), "approve")
		send := h.Update("foreign", service, asked.ID(), map[string]any{"status": "paying", "rev": h.Row(service, asked.ID()).Rev})
		if paid := send.Code == http.StatusOK; paid == (issued.Code == http.StatusOK) {
			t.Errorf("paid: %v, billed: %v", paid, !paid)
		}
	}
}

// TestClaimAgainstRefund: two tabs, one asks for the money and one for the bill.
// A claim that came second is refused; one that came first is never issued.
func TestClaimAgainstRefund(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition(), bill.Definition())
	refundtest.Open(h)
	for range rounds {
		order := refundtest.Order(h, nil)
		answers := modulestest.Together(
			func() modulestest.Answer { return h.Create("li", service, refundtest.Form(h, order, nil)) },
			func() modulestest.Answer { return h.Create("li", billtest.Collection, billtest.Form(order, nil)) },
		)
		if answers[0].Code != http.StatusOK {
			t.Fatal(answers[0].Code, answers[0].Body)
		}
		if claim := answers[1]; claim.Code == http.StatusOK {
			a := h.Update("reviewer", billtest.Collection, claim.ID(), map[string]any{"status": string(bill.Issuing), "rev": 1})
			if a.Problem("status") != "refund_blocks_bill" {
				t.Error("the claim was approved:", a.Code, a.Body)
			}
		} else if claim.Problem("payment") != "refund_blocks_bill" {
			t.Error("the claim:", claim.Code, claim.Body)
		}
		if h.Row(service, answers[0].ID()).Status != string(modules.Submitted) {
			t.Error("the refund is gone")
		}
	}
}
