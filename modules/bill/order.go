package bill

import (
	"strings"
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/check"
)

// title returns what an order is called.
func title(payment *core.Record) modules.Text {
	return modules.T("订单 "+payment.GetString("order_no"), "Order "+payment.GetString("order_no"))
}

// note tells what was paid and when.
func note(payment *core.Record) modules.Text {
	at, sum := payment.GetDateTime("paid").Time().In(calendar.Zone), modules.Yuan(payment.GetInt("amount"))
	return modules.T("票据金额 "+sum+" 元，"+at.Format("2006年1月2日")+"缴费", sum+" yuan, paid on "+at.Format("2 January 2006"))
}

// window takes claims from the payment to the day that the session names, else
// to the end of the year.
func window(s *modules.Step) (opens, closes time.Time, err error) {
	payment, err := s.About()
	if err != nil {
		return opens, closes, err
	}
	opens = payment.GetDateTime("paid").Time()
	closes = time.Date(opens.In(calendar.Zone).Year()+1, 1, 1, 0, 0, 0, 0, calendar.Zone).Add(-time.Second)
	session, err := s.Session()
	if err != nil {
		return opens, closes, err
	}
	if last := session.GetDateTime("bill_closes"); !last.IsZero() {
		closes = last.Time()
	}
	return opens, closes, nil
}

// billable wants an order for which there is no bill in force, and whose money
// stays where it is.
func billable(s *modules.Step) error { return unhindered(s, "payment") }

// free keeps the authority from issuing a bill for money that goes back: a
// refund may have been asked for since the claim.
func free(s *modules.Step) error { return unhindered(s, "status") }

// unhindered says beside a field why there can be no bill for the order now.
func unhindered(s *modules.Step, field string) error {
	payment, err := s.About()
	if err != nil {
		return err
	}
	problem, err := obstacle(s.App, payment)
	if err != nil || problem == nil {
		return err
	}
	return validation.Errors{field: problem}
}

func obstacle(app core.App, payment *core.Record) (modules.Problem, error) {
	if payment.GetString("refunding") != "" {
		return modules.NewProblem("refund_blocks_bill", "The order is being refunded.", nil), nil
	}
	if payment.GetInt("refunded") > 0 {
		return modules.NewProblem("bill_refunded", "Money of this order was paid back.", nil), nil
	}
	var number string
	err := app.DB().Select("COALESCE(MAX(number), '')").From("bills").Where(dbx.HashExp{"payment": payment.Id, "status": "issued"}).Row(&number)
	if err != nil || number == "" {
		return nil, err
	}
	return modules.NewProblem("bill_exists", "Bill {{.number}} was issued for this order.", map[string]any{"number": number}), nil
}

// titled wants a unit with a name and a code of its own.
func titled(s *modules.Step) error {
	if s.Record.GetString("title_kind") != unit {
		return nil
	}
	problems := validation.Errors{}
	if strings.TrimSpace(s.Record.GetString("title")) == "个人" {
		problems["title"] = modules.NewProblem("title_personal", "This is no name of a unit.", nil)
	}
	if code := s.Record.GetString("tax_no"); code != "" && !check.ValidUSCC(check.USCC(code)) {
		problems["tax_no"] = modules.NewProblem("uscc_invalid", "This is no social credit code.", nil)
	}
	return problems.Filter()
}

// derive writes what the bill will say: the amount is what was paid, and a
// personal title is the name of who paid.
func derive(s *modules.Step) error {
	payment, err := s.About()
	if err != nil {
		return err
	}
	s.Record.Set("amount", payment.GetInt("amount"))
	s.Record.Set("tax_no", check.USCC(s.Record.GetString("tax_no")))
	holder := strings.TrimSpace(s.Record.GetString("title"))
	if s.Record.GetString("title_kind") == personal {
		owner, err := s.App.FindRecordById("candidates", s.Record.GetString("owner"))
		if err != nil {
			return err
		}
		holder = owner.GetString("name")
	}
	s.Record.Set("holder", holder)
	return nil
}
