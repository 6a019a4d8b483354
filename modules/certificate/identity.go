package certificate

import (
	"strings"
	"time"

	"examhall/modules/sealed"
)

// The genders, as they are stored.
const (
	Male   = "male"   // 男
	Female = "female" // 女
)

// Person returns the gender and the date of birth that the number of an
// identity document tells (GB 11643-1999), or nothing where it tells none.
func Person(idType, number string) (gender, birth string) {
	if idType != sealed.Resident && idType != sealed.HMTResidence {
		return "", ""
	}
	if len(number) == 15 {
		number = longForm(number)
	}
	if len(number) != 18 {
		return "", ""
	}
	born, err := time.Parse("20060102", number[6:14])
	if err != nil {
		return "", ""
	}
	if (number[16]-'0')%2 == 1 {
		return Male, born.Format(time.DateOnly)
	}
	return Female, born.Format(time.DateOnly)
}

// Twin returns the other form of the number of an identity card: 18 digits for
// the 15 of an old card, and 15 for 18. Certificates of before 2013 may show
// either. It is empty where there is no other form.
func Twin(number string) string {
	number = sealed.Normalise(sealed.KindIDNumber, number)
	switch {
	case len(number) == 15 && digits(number) && longForm(number) != "":
		return longForm(number)
	case len(number) == 18 && digits(number[:17]) && number[6:8] == "19" && number[17:] == checkDigit(number[:17]):
		return number[:6] + number[8:17]
	}
	return ""
}

// Canonical returns the number of an identity card in its form of 18 digits, and
// any other number as it is normalised.
func Canonical(number string) string {
	number = sealed.Normalise(sealed.KindIDNumber, number)
	if len(number) == 15 {
		if long := longForm(number); long != "" {
			return long
		}
	}
	return number
}

// longForm returns 15 digits as 18: people with old cards are born before 2000.
func longForm(number string) string {
	if !digits(number) {
		return ""
	}
	if _, err := time.Parse("20060102", "19"+number[6:12]); err != nil {
		return ""
	}
	long := number[:6] + "19" + number[6:]
	return long + checkDigit(long)
}

func digits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(c rune) bool { return c < '0' || c > '9' }) < 0
}

// checkDigit returns the last character over the other seventeen: ISO 7064 MOD
// 11-2.
func checkDigit(number string) string {
	sum := 0
	for _, c := range number {
		sum = (sum + int(c-'0')) * 2 % 11
	}
	return string("10X98765432"[sum%11])
}
