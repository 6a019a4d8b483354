package check

// Card returns the number of a bank card as it is written: digits only.
func Card(s string) string { return plain(s) }

// ValidCard reports whether number is that of a bank card: 12 to 19 digits, the
// last of which checks the others (ISO/IEC 7812-1, Luhn). Debit cards of
// UnionPay have 16 to 19.
func ValidCard(number string) bool {
	if len(number) < 12 || len(number) > 19 {
		return false
	}
	sum := 0
	for i := range len(number) {
		digit := int(number[len(number)-1-i] - '0')
		if digit < 0 || digit > 9 {
			return false
		}
		if i%2 == 1 {
			digit = digit*2/10 + digit*2%10
		}
		sum += digit
	}
	return sum%10 == 0
}
