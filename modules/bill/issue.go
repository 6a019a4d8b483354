package bill

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/calendar"
)

// exact wants a bill over what was paid, to the fen.
func exact(s *modules.Step) error {
	payment, err := s.About()
	if err != nil {
		return err
	}
	paid := payment.GetInt("amount")
	if s.Record.GetInt("billed") == paid && s.Record.GetInt("amount") == paid {
		return nil
	}
	return modules.InvalidWith("billed", "bill_amount", "{{.amount}} yuan was paid.", map[string]any{"amount": modules.Yuan(paid)})
}

// unused wants a number that no other bill has.
func unused(s *modules.Step) error {
	same := dbx.HashExp{"code": s.Record.GetString("code"), "number": s.Record.GetString("bill_number")}
	var n int
	if err := s.App.DB().Select("COUNT(*)").From("bills").Where(same).Row(&n); err != nil || n == 0 {
		return err
	}
	return modules.Invalid("bill_number", "bill_used", "There is a bill with this number.")
}

// dated wants a day between the payment and today.
func dated(s *modules.Step) error {
	day := s.Record.GetString("issued_on")
	if day == "" {
		return nil // said elsewhere
	}
	if _, err := time.ParseInLocation(time.DateOnly, day, calendar.Zone); err != nil {
		return modules.Invalid("issued_on", "validation_date_invalid", "This is no date.")
	}
	payment, err := s.About()
	if err != nil {
		return err
	}
	paid := payment.GetDateTime("paid").Time().In(calendar.Zone).Format(time.DateOnly)
	if day < paid || day > s.Now.In(calendar.Zone).Format(time.DateOnly) {
		return modules.Invalid("issued_on", "validation_date_out_of_range", "This is before the payment, or has not come yet.")
	}
	return nil
}

// issue writes the bill down. A unique index lets an order have one in force.
func issue(s *modules.Step) error {
	c, err := s.App.FindCachedCollectionByNameOrId("bills")
	if err != nil {
		return err
	}
	row := core.NewRecord(c)
	row.Load(map[string]any{
		"payment": s.Record.GetString("payment"), "claim": s.Record.GetString("number"), "code": s.Record.GetString("code"),
		"number": s.Record.GetString("bill_number"), "check_code": s.Record.GetString("check_code"), "issued_on": s.Record.GetString("issued_on"),
		"title": s.Record.GetString("holder"), "tax_no": s.Record.GetString("tax_no"), "amount": s.Record.GetInt("billed"), "status": "issued",
	})
	return s.Save(row)
}

// reverse makes the bill void. It stays listed.
func reverse(s *modules.Step) error {
	row, err := s.App.FindFirstRecordByFilter("bills", "claim = {:claim} && status = 'issued'", dbx.Params{"claim": s.Record.GetString("number")})
	if err != nil {
		return err
	}
	row.Set("status", "reversed")
	row.Set("reversed", s.Now)
	return s.Save(row)
}
