package background

import (
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/check"
	"examhall/modules/sealed"
)

// youngest is how many years after their birth somebody may have graduated.
const youngest = 14

// inMonths is how a month is written. Months compare as texts.
const inMonths = "2006-01"

// thisMonth returns the month of a step.
func thisMonth(s *modules.Step) string { return s.Now.In(calendar.Zone).Format(inMonths) }

// future is the problem of a month that is still to come.
func future() modules.Problem {
	return modules.NewProblem("month_future", "This month is still to come.", nil)
}

// Graduated wants a month that has come, at an age at which people graduate. Of
// who has a passport the date of birth is not known.
func Graduated(s *modules.Step) error {
	at := s.Record.GetString("graduated")
	if at > thisMonth(s) {
		return validation.Errors{"graduated": future()}
	}
	owner, err := s.App.FindRecordById("candidates", s.Record.GetString("owner"))
	if err != nil {
		return err
	}
	_, day := certificate.Person(owner.GetString("id_type"), sealed.Plain(owner, "id_number"))
	born, err := time.Parse(time.DateOnly, day)
	if err != nil || at == "" || at >= born.AddDate(youngest, 0, 0).Format(inMonths) {
		return nil
	}
	return modules.InvalidWith("graduated", "graduated_early", "This is before the age of {{.age}}.", map[string]any{"age": youngest})
}

// place is a row of the work history.
type place struct {
	From  string `json:"from"`
	Until string `json:"until"`
}

// Employed wants work that has begun, and ends after that.
func Employed(s *modules.Step) error {
	list, err := modules.RowsOf[place](s.Record, "history")
	if err != nil {
		return nil // the rows say so themselves
	}
	problems := validation.Errors{}
	for i, p := range list {
		if p.From > thisMonth(s) {
			problems[History().At(i, "from")] = future()
		}
		switch {
		case p.Until > thisMonth(s):
			problems[History().At(i, "until")] = future()
		case p.Until != "" && p.Until < p.From:
			problems[History().At(i, "until")] = modules.NewProblem("month_order", "It ends before it begins.", nil)
		}
	}
	return problems.Filter()
}

// Registered wants a credit code that can be one.
func Registered(s *modules.Step) error {
	code := check.USCC(s.Record.GetString("uscc"))
	if code == "" || check.ValidUSCC(code) {
		return nil
	}
	return modules.Invalid("uscc", "uscc_invalid", "Not a social credit code.")
}

// Evidenced wants a diploma that can be checked: by its code, by a report, or by
// the recognition of a foreign one. Secondary schools are in no register.
func Evidenced(s *modules.Step) error {
	r := s.Record
	switch r.GetString("education") {
	case "", "secondary", "other":
		return nil
	}
	if r.GetString("chsi_code") != "" || !validation.IsEmpty(r.Get("chsi_report")) || !validation.IsEmpty(r.Get("foreign_diploma")) {
		return nil
	}
	return modules.InvalidWith("chsi_report", "material_missing", "Upload this: {{.slots}}.", map[string]any{"slots": []string{"chsi_report"}})
}

// Checks returns what must be true of all this.
func Checks() []modules.Guard {
	return []modules.Guard{Conditioned, Graduated, Employed, Registered, Evidenced}
}
