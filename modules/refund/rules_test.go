package refund_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/bill"
	"examhall/modules/bill/billtest"
	"examhall/modules/modulestest"
	"examhall/modules/refund"
	"examhall/modules/refund/refundtest"
)

const service = refundtest.Collection

// TestWhatIsFilledIn: every rule about reason, account and materials, per
// reason and per route.
func TestWhatIsFilledIn(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	refundtest.Open(h)
	closedBank := h.Add("banks", "", map[string]any{"code": "999", "name": "已撤并银行"}).Id
	order := refundtest.Order(h, nil)
	cash := refundtest.Order(h, map[string]any{"channel": "cash"})
	others := refundtest.Order(h, map[string]any{"candidate": modulestest.ID("wang")})
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"no reason", map[string]any{"reason": ""}, "reason validation_required"},
		{"a reason that the notice does not admit", map[string]any{"reason": "not_qualified", "proof": modulestest.Scan("p.jpg")}, "reason reason_denied"},
		{"a short explanation", map[string]any{"explanation": "考试取消了申请退费"}, "explanation validation_min_text_constraint"},
		{"no proof of a fault", map[string]any{"reason": "system_fault"}, "proof material_missing"},
		{"one voucher of two payments", map[string]any{"reason": "duplicate"}, "voucher voucher_both"},
		{"no voucher", map[string]any{"voucher": nil}, "voucher material_missing"},
		{"cash the way it came", map[string]any{"payment": cash, "route": "original", "items": refundtest.Items(refundtest.Subjects(h, cash)...)}, "route route_impossible"},
		{"no account", map[string]any{"account_name": "", "bank": "", "branch": "", "bank_region": "", "card_no": "", "bank_consent": false, "card_photo": nil},
			"account_name validation_required, bank validation_required, bank_consent validation_required, bank_region validation_required, branch validation_required, card_no validation_required, card_photo material_missing"},
		{"the account of somebody else", map[string]any{"account_name": "王喆"}, "account_name bank_name_mismatch"},
		{"a wrong digit", map[string]any{"card_no": "6222024000000000007"}, "card_no bank_card_invalid"},
		{"a short card", map[string]any{"card_no": "62220240000"}, "card_no validation_match_invalid"},
		{"a card as number", map[string]any{"card_no": 6222024000000000006, "card_photo": nil, "id_card": nil, "voucher": nil, "application_form": nil},
			"application_form material_missing, card_no text_expected, card_photo material_missing, id_card material_missing, voucher material_missing"},
		{"a bank that is no more", map[string]any{"bank": closedBank}, "bank validation_invalid_value"},
		{"half a branch", map[string]any{"branch": "工行"}, "branch validation_min_text_constraint"},
		{"a province", map[string]any{"bank_region": "440000"}, "bank_region region_invalid"},
		{"a short CNAPS code", map[string]any{"bank_code": "1234"}, "bank_code validation_invalid_format"},
		{"nothing chosen", map[string]any{"items": []map[string]any{}}, "items row_missing"},
		{"a subject of another order", map[string]any{"items": refundtest.Items(refundtest.Subjects(h, cash)[0])}, "items.0.subject validation_invalid_value"},
		{"an amount of one's own", map[string]any{"amount": 1}, "amount state_locked"},
		{"the serial", map[string]any{"serial": "S1234"}, "serial state_locked"},
		{"no commitment", map[string]any{"commitment": ""}, "commitment commitment_required"},
		{"an order of somebody else", map[string]any{"payment": others}, "items.0.subject validation_invalid_value, items.1.subject validation_invalid_value, payment validation_missing_rel_records"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := h.Create("li", service, refundtest.Form(h, order, c.change)); strings.Join(a.Problems(), ", ") != c.want {
				t.Errorf("%d %v, want %s", a.Code, a.Problems(), c.want)
			}
		})
	}
	for _, good := range []map[string]any{
		{"account_name": " 李 䶮 ", "card_no": "622588000000000001", "bank_region": "441900", "bank_code": "102584000123"},
		{"reason": "duplicate", "voucher": []modulestest.File{modulestest.Scan("1.jpg"), modulestest.Scan("2.jpg")}},
		{"reason": "other", "proof": modulestest.PDF("notice.pdf", "")},
		{"route": "original", "account_name": nil, "bank": nil, "branch": nil, "bank_region": nil, "card_no": nil, "bank_consent": nil, "card_photo": nil},
	} {
		order := refundtest.Order(h, nil)
		if a := h.Create("li", service, refundtest.Form(h, order, good)); a.Code != http.StatusOK || a.Text("amount") != fmt.Sprint(2*refundtest.Price) {
			t.Errorf("%v: %d %s", good, a.Code, a.Body)
		}
	}
}

// TestNoCardIsLeftBehind: who has the money go back the way it came leaves no
// bank data, though the form was filled in before.
func TestNoCardIsLeftBehind(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	a := h.Create("li", service, refundtest.Form(h, refundtest.Order(h, nil), map[string]any{"route": "original"}))
	if a.Code != http.StatusOK || a.Text("card_no") != "" || a.Text("bank") != "" || a.Text("card_photo") != "" || a.Text("bank_consent") != "false" {
		t.Error(a.Code, a.Body)
	}
	id := refundtest.Book().Reach(h, modules.Submitted)
	b := h.Update("li", service, id, map[string]any{"rev": 1, "status": "submitted", "route": "original"})
	if b.Code != http.StatusOK || b.Text("card_no") != "" || b.Text("account_name") != "" || b.Text("card_photo") != "" {
		t.Error(b.Code, b.Body)
	}
}

// TestWindow: a notice opens refunds, and gives each reason its last day; a row
// of the operator overrules it.
func TestWindow(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	order := refundtest.Order(h, nil)
	set := func(values map[string]any) {
		t.Helper()
		session := h.Find("exam_sessions", modulestest.Session)
		session.Load(values)
		if err := h.App.Save(session); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		values map[string]any
		want   string
	}{
		{"no notice", map[string]any{"refund_opens": "", "refund_closes": ""}, "payment window_not_open"},
		{"tomorrow", map[string]any{"refund_opens": h.Now().Add(time.Second), "refund_closes": h.Now().AddDate(0, 1, 0)}, "payment window_not_open"},
		{"over", map[string]any{"refund_opens": h.Now().AddDate(0, -1, 0), "refund_closes": h.Now().Add(-time.Second)}, "payment window_closed"},
		{"the reason is over", map[string]any{"refund_closes": h.Now().AddDate(0, 1, 0), "refund_reasons": map[string]string{"cancelled": "2026-11-22"}}, "reason window_closed"},
		{"the last second", map[string]any{"refund_closes": h.Now(), "refund_reasons": map[string]string{"cancelled": "2026-11-23"}}, ""},
	} {
		set(c.values)
		if a := h.Create("li", service, refundtest.Form(h, order, nil)); strings.Join(a.Problems(), ", ") != c.want {
			t.Errorf("%s: %d %v, want %s", c.name, a.Code, a.Problems(), c.want)
		}
	}
	set(map[string]any{"refund_closes": h.Now().Add(-time.Second), "refund_reasons": nil})
	h.Add("windows", "", map[string]any{"service": service, "session": modulestest.Session, "opens": h.Now(), "closes": h.Now()})
	if a := h.Create("li", service, refundtest.Form(h, refundtest.Order(h, nil), nil)); a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
}

// TestNeverMoreThanWasPaid: subject by subject, until nothing is left. What was
// paid back ends its registration, and cannot be asked for again.
func TestNeverMoreThanWasPaid(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	book := refundtest.Book()
	order := refundtest.Order(h, map[string]any{"registration": modulestest.LateRegistration})
	openLate(h)
	subjects := refundtest.Subjects(h, order)
	for i, subject := range subjects {
		a := h.Create("li", service, refundtest.Form(h, order, map[string]any{"items": refundtest.Items(subject)}))
		if a.Code != http.StatusOK || a.Text("amount") != fmt.Sprint(refundtest.Price) {
			t.Fatal(a.Code, a.Body)
		}
		if again := h.Create("li", service, refundtest.Form(h, order, nil)); again.Problem("payment") != "duplicate_active" {
			t.Errorf("a second one of the order: %d %v", again.Code, again.Problems())
		}
		for _, action := range []string{"approve", "send", "confirm"} {
			book.Play(h, a.ID(), action)
		}
		payment := h.Find("payments", order)
		if payment.GetInt("refunded") != (i+1)*refundtest.Price || payment.GetString("refunding") != "" {
			t.Errorf("%d of the order were paid back, %q is under way", payment.GetInt("refunded"), payment.GetString("refunding"))
		}
		if got := h.Find("registration_subjects", subject).GetString("status"); got != "refunded" {
			t.Errorf("the subject is %s", got)
		}
		twice := h.Create("li", service, refundtest.Form(h, order, map[string]any{"items": refundtest.Items(subject)}))
		if got := twice.Problem("items.0.subject") + twice.Problem("payment"); !strings.Contains(got, "not_eligible") {
			t.Errorf("the same subject again: %d %v", twice.Code, twice.Problems())
		}
	}
	if got := h.Find("registrations", modulestest.LateRegistration).GetString("status"); got != "cancelled" {
		t.Errorf("the registration is %s", got)
	}
	if _, err := h.App.NonconcurrentDB().NewQuery("UPDATE payments SET refunded = refunded + 1 WHERE id = '" + order + "'").Execute(); err == nil {
		t.Error("raw SQL pays back more than was paid")
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

// openLate moves the subjects of an order to a registration of their own: here
// the session of the second registration is opened for refunds.
func openLate(h *modulestest.Hall) {
	h.T.Helper()
	if _, err := h.App.NonconcurrentDB().NewQuery("UPDATE registration_subjects SET registration = '" + modulestest.LateRegistration +
		"' WHERE id NOT IN ('" + strings.Join([]string{modulestest.Law, modulestest.Practice, modulestest.Economics, modulestest.Drafting, modulestest.WangsOwn}, "', '") + "')").Execute(); err != nil {
		h.T.Fatal(err)
	}
	session := h.Find("exam_sessions", modulestest.Unpublished)
	session.Load(map[string]any{"refund_opens": h.Now().AddDate(0, -1, 0), "refund_closes": h.Now().AddDate(0, 1, 0)})
	if err := h.App.Save(session); err != nil {
		h.T.Fatal(err)
	}
}

// TestPaidTwice: who paid twice gets one payment back and stays registered.
func TestPaidTwice(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	book := refundtest.Book()
	first := refundtest.Order(h, nil)
	second := h.Add("payments", "", map[string]any{
		"candidate": modulestest.ID("li"), "registration": modulestest.Registration, "order_no": "PTWICE", "amount": 2 * refundtest.Price,
		"items": h.Find("payments", first).Get("items"), "channel": "alipay", "paid": h.Now(),
	}).Id
	id := h.Create("li", service, refundtest.Form(h, second, map[string]any{
		"reason": "duplicate", "voucher": []modulestest.File{modulestest.Scan("1.jpg"), modulestest.Scan("2.jpg")},
	})).ID()
	for _, action := range []string{"approve", "send", "confirm"} {
		book.Play(h, id, action)
	}
	for _, subject := range refundtest.Subjects(h, first) {
		if got := h.Find("registration_subjects", subject).GetString("status"); got != "active" {
			t.Errorf("the subject is %s", got)
		}
	}
	if got := h.Find("registrations", modulestest.Registration).GetString("status"); got != "paid" {
		t.Errorf("the registration is %s", got)
	}
}

// TestFourEyes: who approved does not pay, whatever else they may do.
func TestFourEyes(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	staff := h.Find("staff", modulestest.ID("reviewer"))
	staff.Set("roles", append(staff.GetStringSlice("roles"), "finance"))
	if err := h.App.Save(staff); err != nil {
		t.Fatal(err)
	}
	book := refundtest.Book()
	id := book.Reach(h, modules.Approved) // by reviewer
	send := func(as string) modulestest.Answer {
		return h.Update(as, service, id, map[string]any{"status": "paying", "rev": h.Row(service, id).Rev})
	}
	if a := send("reviewer"); a.Problem("status") != "same_reviewer" {
		t.Errorf("pays what they approved: %d %v", a.Code, a.Problems())
	}
	if a := send("foreign"); a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
	paid := refundtest.Paid(h, id)
	paid["status"], paid["rev"] = "refunded", h.Row(service, id).Rev
	if a := h.Update("reviewer", service, id, paid); a.Problem("status") != "same_reviewer" {
		t.Errorf("records the payment of what they approved: %d %v", a.Code, a.Problems())
	}
}

// TestFailedPayment: the candidate corrects the account and nothing else, and it
// is paid with a number of its own.
func TestFailedPayment(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	book := refundtest.Book()
	id := book.Reach(h, refund.PayFailed)
	fix := func(values map[string]any) modulestest.Answer {
		body := map[string]any{"status": "approved", "rev": h.Row(service, id).Rev}
		for name, v := range values {
			body[name] = v
		}
		return h.Update("li", service, id, body)
	}
	for _, c := range []struct {
		values map[string]any
		want   string
	}{
		{map[string]any{"reason": "duplicate"}, "reason state_locked"},
		{map[string]any{"items": []map[string]any{}}, "items state_locked"},
		{map[string]any{"phone": "13900000000"}, "phone state_locked"},
		{map[string]any{"amount": 1}, "amount state_locked"},
		{map[string]any{"proof": modulestest.Scan("x.jpg")}, "proof state_locked"},
		{map[string]any{"card_no": "6222024000000000007"}, "card_no bank_card_invalid"},
		{map[string]any{"account_name": "王喆", "branch": ""}, "account_name bank_name_mismatch, branch validation_required"},
	} {
		if a := fix(c.values); strings.Join(a.Problems(), ", ") != c.want {
			t.Errorf("%v: %d %v, want %s", c.values, a.Code, a.Problems(), c.want)
		}
	}
	if a := fix(map[string]any{"card_no": "6217000000000000012", "branch": "中国工商银行股份有限公司深圳南山支行"}); a.Code != http.StatusOK || a.Text("card_no") != "***************0012" {
		t.Fatal(a.Code, a.Body)
	}
	book.Play(h, id, "send")
	book.Play(h, id, "confirm")
	number := h.Find(service, id).GetString("number")
	list, err := h.App.FindRecordsByFilter("payouts", "refund = '"+id+"'", "number", 0, 0)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	for i, want := range []string{"failed", "paid"} {
		if list[i].GetString("number") != fmt.Sprintf("%s-%d", number, i+1) || list[i].GetString("result") != want {
			t.Errorf("attempt %d: %s %s", i+1, list[i].GetString("number"), list[i].GetString("result"))
		}
	}
}

// TestWhatFinanceRecords: the amount that was approved, a serial of its own, a
// day that has come.
func TestWhatFinanceRecords(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition())
	book := refundtest.Book()
	other := book.Reach(h, refund.Refunded)
	used := h.Find(service, other).GetString("serial")
	id := book.Reach(h, refund.Paying)
	for _, c := range []struct {
		change map[string]any
		want   string
	}{
		{map[string]any{"serial": "", "paid_on": "", "paid_amount": 0}, "paid_amount validation_required, paid_on validation_required, serial validation_required"},
		{map[string]any{"paid_amount": 2*refundtest.Price + 1}, "paid_amount payout_amount"},
		{map[string]any{"paid_on": "2026-11-24"}, "paid_on validation_date_out_of_range"},
		{map[string]any{"paid_on": "2026-11-22"}, "paid_on validation_date_out_of_range"},
		{map[string]any{"paid_on": "2026-02-30"}, "paid_on validation_date_invalid"},
		{map[string]any{"serial": used}, "serial serial_used"},
		{map[string]any{"card_no": "6217000000000000012"}, "card_no state_locked"},
	} {
		body := refundtest.Paid(h, id)
		for name, v := range c.change {
			body[name] = v
		}
		body["status"], body["rev"] = "refunded", h.Row(service, id).Rev
		if a := h.Update("foreign", service, id, body); strings.Join(a.Problems(), ", ") != c.want {
			t.Errorf("%v: %d %v, want %s", c.change, a.Code, a.Problems(), c.want)
		}
	}
}

// TestBillsAndRefunds: a bill is reversed before money goes back, and there is no
// bill for money that goes or went back.
func TestBillsAndRefunds(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, refund.Definition(), bill.Definition())
	money, paper := refundtest.Book(), billtest.Book()
	order := refundtest.Order(h, nil)
	claim := h.Create("li", billtest.Collection, billtest.Form(order, nil)).ID()
	paper.Play(h, claim, "approve")
	paper.Play(h, claim, "issue")
	id := h.Create("li", service, refundtest.Form(h, order, nil)).ID()
	money.Play(h, id, "approve")
	send := map[string]any{"status": "paying", "rev": h.Row(service, id).Rev}
	if a := h.Update("foreign", service, id, send); a.Problem("status") != "bill_issued_reverse_first" {
		t.Errorf("paid with a bill in force: %d %v", a.Code, a.Problems())
	}
	paper.Play(h, claim, "reverse")
	if a := h.Create("li", billtest.Collection, billtest.Form(order, nil)); a.Problem("payment") != "refund_blocks_bill" {
		t.Errorf("a claim while money goes back: %d %v", a.Code, a.Problems())
	}
	money.Play(h, id, "send")
	money.Play(h, id, "confirm")
	if a := h.Create("li", billtest.Collection, billtest.Form(order, nil)); a.Problem("payment") != "bill_refunded" {
		t.Errorf("a claim after it went back: %d %v", a.Code, a.Problems())
	}

	// A refund that was asked for after the claim stops the bill.
	order = refundtest.Order(h, nil)
	claim = h.Create("li", billtest.Collection, billtest.Form(order, nil)).ID()
	paper.Play(h, claim, "approve")
	id = h.Create("li", service, refundtest.Form(h, order, nil)).ID()
	issue := billtest.Bill(h, "")
	issue["status"], issue["rev"] = "issued", h.Row(billtest.Collection, claim).Rev
	if a := h.Update("foreign", billtest.Collection, claim, issue); a.Problem("status") != "refund_blocks_bill" {
		t.Errorf("issued for money that goes back: %d %v", a.Code, a.Problems())
	}
	money.Play(h, id, "withdraw")
	issue["rev"] = h.Row(billtest.Collection, claim).Rev
	if a := h.Update("foreign", billtest.Collection, claim, issue); a.Code != http.StatusOK {
		t.Errorf("after the refund was withdrawn: %d %s", a.Code, a.Body)
	}
}
