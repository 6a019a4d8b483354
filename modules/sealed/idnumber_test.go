package sealed_test

import (
	"testing"

	"examhall/modules/sealed"
)

func TestValidIDNumber(t *testing.T) {
	for _, c := range []struct {
		typ, number string
		want        bool
	}{
		{sealed.Resident, "11010519491231002X", true},
		{sealed.Resident, "11010519491231002x", true},
		{sealed.Resident, " 110105 19491231-002X ", true},
		{sealed.Resident, "１１０１０５１９４９１２３１００２Ｘ", true},
		{sealed.Resident, "440305200002290010", true},  // 29 February 2000
		{sealed.Resident, "440305199002290015", false}, // the check digit is right, the day is not
		{sealed.Resident, "440305199912318882", false}, // the check digit should be 1
		{sealed.Resident, "440305199912318881", true},
		{sealed.Resident, "110105194912310", false},    // 15 digits
		{sealed.Resident, "99010519491231002X", false}, // no such province
		{sealed.Resident, "01010519491231002X", false},
		{sealed.Resident, "1101051949123100X2", false},
		{sealed.Resident, "110105194912310021", false},
		{sealed.Resident, "1101051949123100𬭎X", false},
		{sealed.Resident, "", false},
		{sealed.HMTResidence, "810000198503150025", true},
		{sealed.HMTResidence, "820000198503150035", true},
		{sealed.HMTResidence, "830000198503150010", true},
		{sealed.HMTResidence, "11010519491231002X", false},
		{sealed.HMTResidence, "H12345678", false},
		{sealed.HMPermit, "h12345678", true},
		{sealed.HMPermit, "M1234567801", true},
		{sealed.HMPermit, "T12345678", false},
		{sealed.HMPermit, "H1234567", false},
		{sealed.HMPermit, "", false},
		{sealed.TWPermit, "12345678", true},
		{sealed.TWPermit, "1234567890", true},
		{sealed.TWPermit, "1234567A", false},
		{sealed.Passport, "E12345678", true},
		{sealed.Passport, "e 1234-5678", true},
		{sealed.Passport, "E123", false},
		{sealed.Passport, "E1234567890123456789", false},
		{sealed.Passport, "Ä12345678", false},
		{sealed.ForeignPermanent, "USA110063012345", true},
		{sealed.ForeignPermanent, "US1110063012345", false},
		{sealed.ForeignPermanent, withCheckDigit("91101561980010112"), true},
		{sealed.ForeignPermanent, withCheckDigit("81101561980010112"), false},
		{"", "11010519491231002X", false},
		{"01", "11010519491231002X", false},
	} {
		if got := sealed.ValidIDNumber(c.typ, c.number); got != c.want {
			t.Errorf("ValidIDNumber(%s, %q) = %v", c.typ, c.number, got)
		}
	}
}

// withCheckDigit completes 17 digits with the weights and the table of
// GB 11643-1999, annex A, which the code under test does not use.
func withCheckDigit(n string) string {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(n[i]-'0')
	}
	return n + string("10X98765432"[sum%11])
}

func TestValidIDNumberAndBirth(t *testing.T) {
	for number, want := range map[string]bool{
		"44030518991231001": false, // before 1900
		"44030519000101001": true,
		"44030519000229001": false, // 1900 was no leap year
		"44030520991231001": false, // not born yet
		"44030520250630001": true,
		"44030520251301001": false, // month 13
	} {
		if got := sealed.ValidIDNumber(sealed.Resident, withCheckDigit(number)); got != want {
			t.Errorf("%s is valid: %v", withCheckDigit(number), got)
		}
	}
}

// TestEveryWrongDigitShows holds for MOD 11-2: it finds each single wrong digit.
func TestEveryWrongDigitShows(t *testing.T) {
	const right = "440305200002290010"
	for i := range right {
		for d := byte('0'); d <= '9'; d++ {
			wrong := right[:i] + string(d) + right[i+1:]
			if wrong != right && sealed.ValidIDNumber(sealed.Resident, wrong) {
				t.Errorf("%s passes", wrong)
			}
		}
	}
}
