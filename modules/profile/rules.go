package profile

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// plain returns the clear text of a column, sealed or not.
func plain(r *core.Record, column string) string {
	if _, ok := r.GetRaw(column).(sealed.Value); ok {
		return sealed.Plain(r, column)
	}
	return r.GetString(column)
}

// chosen returns the items of an application.
func chosen(s *modules.Step) []item {
	names := s.Record.GetStringSlice("items")
	return slices.DeleteFunc(items(), func(x item) bool { return !slices.Contains(names, x.name) })
}

func ownerOf(s *modules.Step) (*core.Record, error) {
	return s.App.FindRecordById("candidates", s.Record.GetString("owner"))
}

// oneIdentity refuses to change name and number at once.
func oneIdentity(s *modules.Step) error {
	names := s.Record.GetStringSlice("items")
	if slices.Contains(names, name) && slices.Contains(names, identity) {
		return modules.Invalid("items", "name_and_number", "Name and ID number are not changed in one application.")
	}
	return nil
}

// named wants a name as people of that document have, and stores it the one way.
func named(s *modules.Step) error {
	typed := s.Record.GetString(asked("name"))
	if typed == "" {
		return nil // said elsewhere
	}
	owner, err := ownerOf(s)
	if err != nil {
		return err
	}
	_, err = certificate.Display(owner.GetString("id_type"), typed)
	var wrong *certificate.NameError
	if errors.As(err, &wrong) {
		return modules.InvalidWith(asked("name"), "name_invalid", "The name has a character that does not belong there.", map[string]any{
			"char": string(wrong.Rune), "hex": fmt.Sprintf("%04X", wrong.Rune),
		})
	}
	return err
}

// numbered wants a number that a document of its kind can have. Whether somebody
// has it already is told to the authority only: it would tell who has an account.
func numbered(s *modules.Step) error {
	number := sealed.Plain(s.Record, asked("id_number"))
	if number == "" || sealed.ValidIDNumber(s.Record.GetString(asked("id_type")), number) {
		return nil
	}
	return modules.Invalid(asked("id_number"), "id_invalid", "The ID number is not right.")
}

// derived refuses a gender or birthday beside a number that says both, and days
// that are none.
func derived(s *modules.Step) error {
	owner, err := ownerOf(s)
	if err != nil {
		return err
	}
	problems := validation.Errors{}
	_, said := certificate.Person(owner.GetString("id_type"), sealed.Plain(owner, "id_number"))
	for _, x := range chosen(s) {
		if said != "" && (x.name == "gender" || x.name == "birth_date") {
			problems["items"] = modules.NewProblem("item_derived", "Your ID number says gender and date of birth.", nil)
		}
	}
	if day := s.Record.GetString(asked("birth_date")); day != "" {
		born, err := time.Parse(time.DateOnly, day)
		if err != nil || born.Year() < 1900 || born.After(s.Now) {
			problems[asked("birth_date")] = modules.NewProblem("validation_date_invalid", "This is no date.", nil)
		}
	}
	return problems.Filter()
}

// different wants something else than what the account says.
func different(s *modules.Step) error {
	owner, err := ownerOf(s)
	if err != nil {
		return err
	}
	problems := validation.Errors{}
	for _, x := range chosen(s) {
		last := x.columns[len(x.columns)-1]
		same := !slices.ContainsFunc(x.columns, func(c string) bool { return wanted(s.Record, c) != plain(owner, c) })
		if same && x.name != "photo" && wanted(s.Record, last) != "" {
			problems[asked(last)] = modules.NewProblem("item_unchanged", "Your account says this already.", nil)
		}
	}
	return problems.Filter()
}

// wanted returns the new value of a column of candidates. A name is stored the
// one way in which names are.
func wanted(r *core.Record, column string) string {
	value := plain(r, asked(column))
	for _, kind := range []string{sealed.Resident, sealed.Passport} {
		if name, err := certificate.Display(kind, value); column == "name" && err == nil {
			return name
		}
	}
	return value
}

// remember keeps what the account says about the chosen items, for the approval to
// compare and for people to read.
func remember(s *modules.Step) error {
	owner, err := ownerOf(s)
	if err != nil {
		return err
	}
	said, shown := map[string]string{}, []map[string]string{}
	for _, x := range chosen(s) {
		text := ""
		for _, c := range x.columns {
			said[c] = plain(owner, c)
			text = masked(c, said[c])
		}
		if x.name == "photo" {
			text = ""
		}
		shown = append(shown, map[string]string{"item": x.name, "value": text})
	}
	data, err := json.Marshal(said)
	if err != nil {
		return err
	}
	s.Record.Set("before", string(data))
	s.Record.Set("former", shown)
	return nil
}

// masked is a value as the list of former values shows it, to whoever reads it.
func masked(column, value string) string {
	switch column {
	case "id_number":
		return sealed.Masked(sealed.KindIDNumber, sealed.Staff, value)
	case "mobile":
		return sealed.Masked(sealed.KindMobile, sealed.Staff, value)
	}
	return value
}

// still wants the account to say what it said when this was applied for: what
// somebody has changed meanwhile is not written over unseen.
func still(s *modules.Step) error {
	owner, err := ownerOf(s)
	if err != nil {
		return err
	}
	said, err := before(s)
	if err != nil {
		return err
	}
	for column, value := range said {
		if plain(owner, column) != value {
			return modules.Invalid("status", "profile_changed", "The account has changed since: return it, so that it is applied for anew.")
		}
	}
	return nil
}

// free wants a number that nobody else has.
func free(s *modules.Step) error {
	index := s.Record.GetString(asked("id_number_idx"))
	if index == "" {
		return nil
	}
	n, err := s.App.CountRecords("candidates", dbx.HashExp{"id_number_idx": index}, dbx.Not(dbx.HashExp{"id": s.Record.GetString("owner")}))
	if err == nil && n > 0 {
		return modules.Invalid("status", "id_taken", "Somebody else has this number.")
	}
	return err
}
