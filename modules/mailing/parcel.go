package mailing

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"golang.org/x/text/unicode/norm"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/region"
	"examhall/modules/sealed"
)

// addressed wants an address at which a postman finds somebody.
func addressed(s *modules.Step) error {
	problems := validation.Errors{}
	if code := s.Record.GetString("region"); code != "" && !region.Ends(code) {
		problems["region"] = modules.NewProblem("region_invalid", "Choose province, city and district.", nil)
	}
	street := sealed.Plain(s.Record, "address")
	switch n := utf8.RuneCountInString(street); {
	case street == "":
	case n < shortest:
		problems["address"] = modules.NewProblem("validation_min_text_constraint", "Must be at least {{.min}} character(s).", map[string]any{"min": shortest})
	case locker(street):
		problems["address"] = modules.NewProblem("address_locker", "A certificate is handed to a person, not put into a parcel locker.", nil)
	}
	return problems.Filter()
}

// locker reports whether an address is that of a parcel locker.
func locker(street string) bool {
	words := []string{"丰巢", "豐巢", "快递柜", "快遞櫃", "自提柜", "自提点", "代收柜", "蜂巢柜"}
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(street, w) })
}

// received wants the recipient to be the holder, or somebody of whom the holder
// says so and who they are.
func received(s *modules.Step) error {
	c, err := s.About()
	if err != nil {
		return err
	}
	owner, err := s.App.FindRecordById("candidates", s.Record.GetString("owner"))
	if err != nil {
		return err
	}
	name := s.Record.GetString("recipient")
	self := sameName(name, owner.GetString("name")) || sameName(name, c.GetString("name"))
	problems := validation.Errors{}
	switch proxy := s.Record.GetBool("proxy"); {
	case name == "":
	case !self && !proxy:
		problems["proxy"] = modules.NewProblem("proxy_required", "The recipient is not you: say that somebody else receives it.", nil)
	case proxy && self:
		problems["recipient"] = modules.NewProblem("proxy_self", "Give the name of who receives it.", nil)
	}
	return problems.Filter()
}

// sameName compares names as people type them.
func sameName(a, b string) bool { return certificate.Key(a) == certificate.Key(b) }

// reachable wants a mobile that gets the code by SMS.
func reachable(s *modules.Step) error {
	n := sealed.Plain(s.Record, "mobile")
	if n == "" || regexp.MustCompile(`^1[3-9]\d{9}$`).MatchString(n) {
		return nil
	}
	return modules.Invalid("mobile", "mobile_invalid", "Not a mobile number of 11 digits.")
}

// Waybill returns a number as it is stored: capitals, no spaces or hyphens.
func Waybill(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.Is(unicode.Pd, c) {
			return -1
		}
		return unicode.ToUpper(c)
	}, norm.NFKC.String(s))
}

// ValidWaybill reports whether a number is one of China Post: 13 digits, or by
// UPU S10 two letters, eight digits with a check digit, and CN.
func ValidWaybill(n string) bool {
	switch {
	case regexp.MustCompile(`^\d{13}$`).MatchString(n):
		return true
	case !regexp.MustCompile(`^[A-Z]{2}\d{9}CN$`).MatchString(n):
		return false
	}
	sum := 0
	for i, weight := range []int{8, 6, 4, 2, 3, 5, 9, 7} {
		sum += weight * int(n[2+i]-'0')
	}
	check := 11 - sum%11
	switch check {
	case 10:
		check = 0
	case 11:
		check = 5
	}
	return int(n[10]-'0') == check
}

// numbered wants a waybill number that can be one and that no other parcel has.
func numbered(s *modules.Step) error {
	n := s.Record.GetString("waybill")
	if n == "" {
		return nil // said elsewhere
	}
	if !ValidWaybill(n) {
		return modules.Invalid("waybill", "waybill_invalid", "This is no waybill number of China Post.")
	}
	var number string
	err := s.App.DB().Select("COALESCE(MAX(number), '')").From("mailings").Where(dbx.HashExp{"waybill": n}).
		AndWhere(dbx.Not(dbx.HashExp{"id": s.Record.Id})).Row(&number)
	if err != nil || number == "" {
		return err
	}
	return modules.InvalidWith("waybill", "waybill_used", "{{.number}} has this number.", map[string]any{"number": number})
}

// past wants a day that has come.
func past(s *modules.Step) error {
	text := s.Record.GetString("delivered_on")
	if text == "" {
		return nil // said elsewhere
	}
	day, err := time.ParseInLocation(time.DateOnly, text, calendar.Zone)
	if err != nil {
		return modules.Invalid("delivered_on", "validation_date_invalid", "This is no date.")
	}
	if day.After(s.Now) {
		return modules.Invalid("delivered_on", "validation_date_out_of_range", "The day has not come yet.")
	}
	return nil
}
