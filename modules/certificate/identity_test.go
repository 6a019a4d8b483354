package certificate_test

import (
	"testing"

	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// TestTwin tells the other form of a number, where it has one.
func TestTwin(t *testing.T) {
	for _, c := range []struct{ number, twin string }{
		{"11010519491231002X", "110105491231002"},
		{"11010519491231002x", "110105491231002"},
		{"110105491231002", "11010519491231002X"},
		{"440305200002290010", ""}, // born in this century
		{"110105194912310021", ""}, // a wrong check digit
		{"810000198503150025", "810000850315002"},
		{"110105491331002", ""}, // no such day
		{"11010549123100X", ""},
		{"ABC123456789012", ""},
		{"E12345678", ""},
		{"", ""},
	} {
		if got := certificate.Twin(c.number); got != c.twin {
			t.Errorf("the twin of %s is %q, want %q", c.number, got, c.twin)
		}
	}
}

// TestPerson reads what the number of a card tells, and nothing from others.
func TestPerson(t *testing.T) {
	for _, c := range []struct{ idType, number, gender, birth string }{
		{sealed.Resident, "11010519491231002X", certificate.Female, "1949-12-31"},
		{sealed.Resident, "440305200002290010", certificate.Male, "2000-02-29"},
		{sealed.Resident, "110105491231002", certificate.Female, "1949-12-31"},
		{sealed.HMTResidence, "820000198503150035", certificate.Male, "1985-03-15"},
		{sealed.Passport, "440305200002290010", "", ""},
		{sealed.Resident, "E12345678", "", ""},
	} {
		if gender, birth := certificate.Person(c.idType, c.number); gender != c.gender || birth != c.birth {
			t.Errorf("%s %s: %s %s", c.idType, c.number, gender, birth)
		}
	}
}
