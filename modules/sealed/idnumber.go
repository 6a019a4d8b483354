package sealed

import (
	"strings"
	"time"
)

// The types of identity documents.
const (
	Resident         = "resident"          // 居民身份证
	HMTResidence     = "hmt_residence"     // 港澳台居民居住证
	HMPermit         = "hm_permit"         // 港澳居民来往内地通行证
	TWPermit         = "tw_permit"         // 台湾居民来往大陆通行证
	Passport         = "passport"          // 护照
	ForeignPermanent = "foreign_permanent" // 外国人永久居留身份证
)

// ValidIDNumber says whether number can be the number of a document of the
// given type, after normalisation: the form, and where the type has them the
// date of birth (a real day, not before 1900 and not in the future) and the
// check digit. 15-digit numbers of old cards are refused.
func ValidIDNumber(typ, number string) bool {
	n := Normalise(KindIDNumber, number)
	switch typ {
	case Resident:
		return citizen(n, time.Now()) && strings.Contains(provinces, " "+n[:2]+" ")
	case HMTResidence:
		return citizen(n, time.Now()) && strings.Contains(" 810000 820000 830000 ", " "+n[:6]+" ")
	case HMPermit:
		return (len(n) == 9 || len(n) == 11) && strings.Contains("HM", n[:1]) && only(n[1:], digits)
	case TWPermit:
		return (len(n) == 8 || len(n) == 10) && only(n, digits)
	case Passport:
		return len(n) >= 5 && len(n) <= 17 && only(n, digits+capitals)
	case ForeignPermanent:
		if len(n) == 18 { // since 2023
			return n[0] == '9' && checked(n)
		}
		return len(n) == 15 && only(n[:3], capitals) && only(n[3:], digits)
	default:
		return false
	}
}

// provinces are the first two digits of GB/T 2260 codes. The four digits after
// them are not checked: valid cards carry counties that no longer exist.
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46" +
	" 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91 "

// citizen checks an 18-digit citizen identification number (GB 11643-1999):
// six digits of the area, the date of birth, a serial and the check digit.
func citizen(n string, now time.Time) bool {
	if len(n) != 18 || n[0] == '0' || !checked(n) {
		return false
	}
	birth, err := time.Parse("20060102", n[6:14])
	if err != nil || birth.Year() < 1900 {
		return false
	}
	today := now.UTC().Add(8 * time.Hour) // the date in China, as parsed in UTC
	return !birth.After(today)
}

// checked verifies the check digit of 18 characters by ISO 7064 MOD 11-2: the
// weighted sum of all, X counting 10, leaves 1.
func checked(n string) bool {
	if !only(n[:17], digits) || !only(n[17:], digits+"X") {
		return false
	}
	sum := 0
	for _, c := range n[:17] {
		sum = (sum + int(c-'0')) * 2 % 11
	}
	last := 10
	if n[17] != 'X' {
		last = int(n[17] - '0')
	}
	return (sum+last)%11 == 1
}
