package refund

import (
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/calendar"
)

// hold marks the order: no bill is issued for it while a refund is under way.
func hold(s *modules.Step) error { return mark(s, s.Record.GetString("number")) }

// free takes the mark away.
func free(s *modules.Step) error { return mark(s, "") }

func mark(s *modules.Step, number string) error {
	payment, err := s.About()
	if err != nil {
		return err
	}
	payment.Set("refunding", number)
	return s.Save(payment)
}

// unbilled wants every bill of the order reversed: a bill for money that went
// back would be good for a tax office.
func unbilled(s *modules.Step) error {
	var number string
	err := s.App.DB().Select("COALESCE(MAX(number), '')").From("bills").
		Where(dbx.HashExp{"payment": s.Record.GetString("payment"), "status": "issued"}).Row(&number)
	if err != nil || number == "" {
		return err
	}
	return modules.InvalidWith("status", "bill_issued_reverse_first", "A bill was issued for this order: reverse it first.", map[string]any{"number": number})
}

// send writes down one attempt to pay. Its number goes to the bank.
func send(s *modules.Step) error {
	var before int
	id := s.Record.Id
	if err := s.App.DB().Select("COUNT(*)").From("payouts").Where(dbx.HashExp{"refund": id}).Row(&before); err != nil {
		return err
	}
	c, err := s.App.FindCachedCollectionByNameOrId("payouts")
	if err != nil {
		return err
	}
	row := core.NewRecord(c)
	row.Load(map[string]any{
		"number": fmt.Sprintf("%s-%d", s.Record.GetString("number"), before+1), "payment": s.Record.GetString("payment"), "refund": id,
		"batch": s.Now.In(calendar.Zone).Format("20060102"), "amount": s.Record.GetInt("amount"), "sent_by": s.Actor.ID, "sent": s.Now,
	})
	return s.Save(row)
}

// attempt returns the payout whose result is not known yet.
func attempt(s *modules.Step) (*core.Record, error) {
	return s.App.FindFirstRecordByFilter("payouts", "refund = {:id} && result = ''", dbx.Params{"id": s.Record.Id})
}

// exact wants what was approved to have been paid, to the fen.
func exact(s *modules.Step) error {
	if s.Record.GetInt("paid_amount") == s.Record.GetInt("amount") {
		return nil
	}
	return modules.InvalidWith("paid_amount", "payout_amount", "{{.amount}} yuan was approved.", map[string]any{"amount": modules.Yuan(s.Record.GetInt("amount"))})
}

// unused wants a serial that no other payout has.
func unused(s *modules.Step) error {
	serial := s.Record.GetString("serial")
	if serial == "" {
		return nil // said elsewhere
	}
	var number string
	err := s.App.DB().Select("COALESCE(MAX(number), '')").From("payouts").
		Where(dbx.HashExp{"serial": serial}).AndWhere(dbx.NewExp("refund != {:id} OR result != ''", dbx.Params{"id": s.Record.Id})).Row(&number)
	if err != nil || number == "" {
		return err
	}
	return modules.InvalidWith("serial", "serial_used", "{{.number}} has this serial.", map[string]any{"number": number})
}

// dated wants a day between the attempt and today.
func dated(s *modules.Step) error {
	day := s.Record.GetString("paid_on")
	if day == "" {
		return nil // said elsewhere
	}
	if _, err := time.ParseInLocation(time.DateOnly, day, calendar.Zone); err != nil {
		return modules.Invalid("paid_on", "validation_date_invalid", "This is no date.")
	}
	row, err := attempt(s)
	if err != nil {
		return err
	}
	sent := row.GetDateTime("sent").Time().In(calendar.Zone).Format(time.DateOnly)
	if day < sent || day > s.Now.In(calendar.Zone).Format(time.DateOnly) {
		return modules.Invalid("paid_on", "validation_date_out_of_range", "This is before the attempt, or has not come yet.")
	}
	return nil
}

// settle takes the money off the order and ends the registration for what was
// paid back.
func settle(s *modules.Step) error {
	row, err := attempt(s)
	if err != nil {
		return err
	}
	row.Load(map[string]any{"result": "paid", "serial": s.Record.GetString("serial"), "paid_on": s.Record.GetString("paid_on"), "settled": s.Now})
	if err := s.Save(row); err != nil {
		return err
	}
	payment, err := s.About()
	if err != nil {
		return err
	}
	chosen, err := items().Chosen(s.Record)
	if err != nil {
		return err
	}
	if err := takeOff(payment, chosen, s.Record.GetInt("amount")); err != nil {
		return err
	}
	if err := s.Save(payment); err != nil {
		return err
	}
	return unregister(s, payment, chosen)
}

// takeOff marks the chosen parts of an order as paid back.
func takeOff(payment *core.Record, chosen []string, amount int) error {
	payment.Set("refunded", payment.GetInt("refunded")+amount)
	payment.Set("refunding", "")
	parts, err := partsOf(payment)
	if err != nil || parts[0].Subject == undivided {
		return err
	}
	for i := range parts {
		parts[i].Refunded = parts[i].Refunded || slices.Contains(chosen, parts[i].Subject)
	}
	payment.Set("items", parts)
	return nil
}

// unregister ends what nobody pays for any more: a subject that was paid twice
// and refunded once is still paid for. A registration without subjects is over.
func unregister(s *modules.Step, payment *core.Record, chosen []string) error {
	id := payment.GetString("registration")
	paid, err := stillPaid(s.App, id)
	if err != nil {
		return err
	}
	subjects, err := s.App.FindAllRecords("registration_subjects", dbx.HashExp{"registration": id, "status": "active"})
	if err != nil {
		return err
	}
	active := len(subjects)
	for _, subject := range subjects {
		over := slices.Contains(chosen, subject.Id) || slices.Contains(chosen, undivided)
		if !over || slices.Contains(paid, subject.Id) || slices.Contains(paid, undivided) {
			continue
		}
		subject.Set("status", "refunded")
		if err := s.Save(subject); err != nil {
			return err
		}
		active--
	}
	if active > 0 {
		return nil
	}
	registration, err := s.App.FindRecordById("registrations", id)
	if err != nil {
		return err
	}
	registration.Set("status", "cancelled")
	return s.Save(registration)
}

// stillPaid lists the subjects of a registration that some order pays for.
func stillPaid(app core.App, registration string) ([]string, error) {
	payments, err := app.FindAllRecords("payments", dbx.HashExp{"registration": registration})
	if err != nil {
		return nil, err
	}
	var list []string
	for _, payment := range payments {
		parts, err := partsOf(payment)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			if !p.Refunded {
				list = append(list, p.Subject)
			}
		}
	}
	return list, nil
}

// fail closes the attempt with its reason.
func fail(s *modules.Step) error {
	row, err := attempt(s)
	if err != nil {
		return err
	}
	row.Load(map[string]any{"result": "failed", "reason": s.Record.GetString("reply"), "settled": s.Now})
	return s.Save(row)
}
