package check

import "strings"

// usccAlphabet are the characters of a unified social credit code, each worth
// its place: no I, O, S, V or Z (GB 32100-2015).
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// USCC returns a 统一社会信用代码 as it is written: capitals without spaces.
func USCC(s string) string { return plain(s) }

// ValidUSCC reports whether code is a 统一社会信用代码: 18 characters, the last of
// which checks the others (GB 32100-2015: weights are the powers of 3 modulo 31).
func ValidUSCC(code string) bool {
	if len(code) != 18 {
		return false
	}
	sum, weight := 0, 1
	for _, c := range code[:17] {
		value := strings.IndexRune(usccAlphabet, c)
		if value < 0 {
			return false
		}
		sum += value * weight
		weight = weight * 3 % 31
	}
	return code[17] == usccAlphabet[(31-sum%31)%31]
}
