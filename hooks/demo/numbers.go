package demo

import (
	"fmt"
	"strings"
	"time"
)

// areas are GB/T 2260 codes of counties and districts, the first six digits of
// an identity number.
const areas = "110105 120101 310104 320106 330106 340103 350203 360102 370102 410105 420106 430102 " +
	"440106 440305 440604 450103 510107 520103 530102 610113"

// born is the number of birthdays that generated people share out, from 1965.
const born = 13_880

// idNumber returns the i-th made-up identity number: area, date of birth,
// serial number and check digit are valid, and no two are the same. Numbers
// with another first serial never meet.
func idNumber(i, serial int) string {
	list := strings.Fields(areas)
	n := len(list)
	birthday := time.Date(1965, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i/n*7919%born)
	gender := i % 2 // an odd serial number is a man's
	number := fmt.Sprintf("%s%s%03d", list[i%n], birthday.Format("20060102"), serial+gender+i/(n*born)*2)
	return number + checkDigit(number)
}

// checkDigit returns the last character of an identity number: ISO 7064 MOD
// 11-2 over the other seventeen (GB 11643-1999).
func checkDigit(number string) string {
	sum := 0
	for i, digit := range number {
		sum += int(digit-'0') * (1 << (len(number) - i) % 11)
	}
	return string("10X98765432"[sum%11])
}
