package refund

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/calendar"
)

// undivided stands for the subject of an order that does not say what each
// subject cost: it is paid back as a whole.
const undivided = "order"

// part is what one subject of an order cost, in fen.
type part struct {
	Subject  string `json:"subject"`
	Amount   int    `json:"amount"`
	Refunded bool   `json:"refunded,omitempty"`
}

// partsOf returns the parts of an order.
func partsOf(payment *core.Record) ([]part, error) {
	list, err := modules.RowsOf[part](payment, "items")
	if err != nil || len(list) > 0 {
		return list, err
	}
	whole := payment.GetInt("amount")
	return []part{{Subject: undivided, Amount: whole, Refunded: payment.GetInt("refunded") >= whole}}, nil
}

// left is what of an order was not paid back yet.
func left(payment *core.Record) int { return payment.GetInt("amount") - payment.GetInt("refunded") }

// title returns what an order is called.
func title(payment *core.Record) modules.Text {
	return modules.T("订单 "+payment.GetString("order_no"), "Order "+payment.GetString("order_no"))
}

// note tells what was paid, when and how.
func note(payment *core.Record) modules.Text {
	at := payment.GetDateTime("paid").Time().In(calendar.Zone)
	sum, how := modules.Yuan(payment.GetInt("amount")), channel(payment.GetString("channel"))
	return modules.T("已缴 "+sum+" 元，"+how.ZH+"，"+at.Format("2006年1月2日"), "paid "+sum+" yuan, "+how.EN+", "+at.Format("2 January 2006"))
}

// channel returns the words for a way to pay.
func channel(value string) modules.Text {
	words := map[string]modules.Text{
		"wechat": modules.T("微信支付", "WeChat Pay"), "alipay": modules.T("支付宝", "Alipay"), "unionpay": modules.T("银联", "UnionPay"),
		"bank": modules.T("银行转账", "bank transfer"), "cash": modules.T("现金", "cash"),
	}
	return words[value]
}

// refundable wants an order of which something is left.
func refundable(s *modules.Step) error {
	payment, err := s.About()
	if err != nil || left(payment) > 0 {
		return err
	}
	return modules.InvalidWith("payment", "not_eligible", "All of it was paid back.", map[string]any{
		"reason": modules.T("该订单已全额退费", "all of it was paid back"),
	})
}

// choices lists the subjects of the order.
func choices(s *modules.Step) (map[string][]modules.Choice, error) {
	payment, err := s.About()
	if err != nil {
		return nil, err
	}
	parts, err := partsOf(payment)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(s.App, payment.GetString("registration"))
	list := []modules.Choice{}
	for _, p := range parts {
		sum := modules.Yuan(p.Amount)
		c := modules.Choice{Value: p.Subject, Label: names[p.Subject], Note: modules.T(sum+" 元", sum+" yuan"), Amount: p.Amount}
		if p.Refunded {
			c.Problem = modules.NewProblem("not_eligible", "This was paid back.", map[string]any{"reason": modules.T("该科目已退费", "it was paid back")})
		}
		list = append(list, c)
	}
	return map[string][]modules.Choice{"items": list}, err
}

// namesOf returns the names of the subjects of a registration by their ids.
func namesOf(app core.App, registration string) (map[string]modules.Text, error) {
	rows := []struct {
		ID, Name string
		NameEN   string `db:"name_en"`
	}{}
	err := app.DB().Select("id", "name", "name_en").From("registration_subjects").Where(dbx.HashExp{"registration": registration}).All(&rows)
	names := map[string]modules.Text{undivided: modules.T("全部科目", "All subjects")}
	for _, r := range rows {
		names[r.ID] = modules.T(r.Name, cmp.Or(r.NameEN, r.Name))
	}
	return names, err
}

// asked returns the sum of the chosen subjects that were not paid back yet.
func asked(s *modules.Step) (int, error) {
	payment, err := s.About()
	if err != nil {
		return 0, err
	}
	parts, err := partsOf(payment)
	if err != nil {
		return 0, err
	}
	chosen, err := items().Chosen(s.Record)
	sum := 0
	for _, p := range parts {
		if slices.Contains(chosen, p.Subject) && !p.Refunded {
			sum += p.Amount
		}
	}
	return sum, err
}

// derive writes the amount. A candidate cannot ask for another one.
func derive(s *modules.Step) error {
	sum, err := asked(s)
	s.Record.Set("amount", sum)
	return err
}

// covered wants no more to go back than is left of the order: on every move
// towards the payment, since other refunds may have come in between.
func covered(s *modules.Step) error {
	payment, err := s.About()
	if err != nil {
		return nil // said elsewhere
	}
	sum, err := asked(s)
	if err != nil {
		return nil // the rows say so themselves
	}
	field := "items"
	if !s.Transition.WritesForm() {
		field = "status"
		if sum != s.Record.GetInt("amount") || sum == 0 {
			return modules.Invalid(field, "refund_amount", "The order has changed since: the amount is another one.")
		}
	}
	if sum <= left(payment) {
		return nil
	}
	return modules.InvalidWith(field, "refund_exceeds", "No more than {{.left}} yuan is left of the order.", map[string]any{"left": modules.Yuan(left(payment))})
}

// window takes applications in the time that the notice of the session names;
// without one, none are taken.
func window(s *modules.Step) (opens, closes time.Time, err error) {
	session, err := s.Session()
	if err != nil {
		return opens, closes, err
	}
	return session.GetDateTime("refund_opens").Time(), session.GetDateTime("refund_closes").Time(), nil
}

// admitted wants a reason that the notice admits, in its own time. Without a
// list these are what no notice denies.
func admitted(s *modules.Step) error {
	session, err := s.Session()
	if err != nil {
		return nil // said elsewhere
	}
	last := map[string]string{duplicate: "", cancelled: "", systemFault: "", forceMajeure: ""}
	if raw := session.GetString("refund_reasons"); len(raw) > len("null") {
		clear(last)
		if err := json.Unmarshal([]byte(raw), &last); err != nil {
			return err
		}
	}
	reason := s.Record.GetString("reason")
	day, ok := last[reason]
	switch {
	case reason == "":
		return nil // said elsewhere
	case !ok:
		return modules.Invalid("reason", "reason_denied", "The notice of this exam admits no refund for this reason.")
	case day == "" || (s.From != modules.None && s.From != s.Transition.To):
		return nil // what was returned has a term of its own
	}
	begins, err := time.ParseInLocation(time.DateOnly, day, calendar.Zone)
	if err != nil {
		return err
	}
	ends := begins.AddDate(0, 0, 1).Add(-time.Second)
	if !s.Over(ends) {
		return nil
	}
	return modules.InvalidWith("reason", "window_closed", "Applications closed on {{.to}}.", map[string]any{"to": ends.UTC().Format("2006-01-02 15:04:05.000Z")})
}
