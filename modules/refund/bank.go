package refund

import (
	"github.com/go-ozzo/ozzo-validation/v4"

	"examhall/modules"
	"examhall/modules/certificate"
	"examhall/modules/check"
	"examhall/modules/region"
	"examhall/modules/sealed"
)

// bothPayments is how many vouchers prove that somebody paid twice.
const bothPayments = 2

// proved wants the vouchers of both payments of who paid twice, where the
// operator asks for vouchers at all.
func proved(s *modules.Step) error {
	wanted, chosen := s.Materials["voucher"]
	if chosen && !wanted || s.Record.GetString("reason") != duplicate {
		return nil
	}
	files, _ := s.Record.Get("voucher").([]any) // names and uploads
	if len(files) == 0 || len(files) >= bothPayments {
		return nil // none is said elsewhere
	}
	return modules.Invalid("voucher", "voucher_both", "Upload the vouchers of both payments.")
}

// routed refuses the original way for money that came in cash.
func routed(s *modules.Step) error {
	payment, err := s.About()
	if err != nil {
		return nil // said elsewhere
	}
	if s.Record.GetString("route") == original && payment.GetString("channel") == "cash" {
		return modules.Invalid("route", "route_impossible", "Cash cannot go back the way it came: choose a bank card.")
	}
	return nil
}

// payable wants an account that a bank can pay to, of the candidate. A wrong or
// incomplete one makes the payment fail after weeks.
func payable(s *modules.Step) error {
	if s.Record.GetString("route") != bankCard {
		return nil
	}
	problems := validation.Errors{}
	if card := sealed.Plain(s.Record, "card_no"); card != "" && !check.ValidCard(card) {
		problems["card_no"] = modules.NewProblem("bank_card_invalid", "This is no card number.", nil)
	}
	if code := s.Record.GetString("bank_region"); code != "" && !region.Ends(code) {
		problems["bank_region"] = modules.NewProblem("region_invalid", "Choose province, city and district.", nil)
	}
	if err := known(s, problems); err != nil {
		return err
	}
	return problems.Filter()
}

// known adds what only the database knows: who the candidate is, and which
// banks there are.
func known(s *modules.Step, problems validation.Errors) error {
	owner, err := s.App.FindRecordById("candidates", s.Record.GetString("owner"))
	if err != nil {
		return err
	}
	if name := sealed.Plain(s.Record, "account_name"); name != "" && certificate.Key(name) != certificate.Key(owner.GetString("name")) {
		problems["account_name"] = modules.NewProblem("bank_name_mismatch", "The account must be yours.", nil)
	}
	if id := s.Record.GetString("bank"); id != "" {
		bank, err := s.App.FindRecordById("banks", id)
		if err != nil || !bank.GetBool("active") {
			problems["bank"] = modules.NewProblem("validation_invalid_value", "Choose one of the list.", nil)
		}
	}
	return nil
}
