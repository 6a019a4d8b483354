package certificate

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"examhall/modules/sealed"
)

// ErrPrintNumber is the error of a text that is no print number, or of a range
// that its digits cannot count.
var ErrPrintNumber = errors.New("certificate: no print number")

// PrintNumbers returns n print numbers 印制号 in a row, as they stand on the
// sheets of paper: up to four letters, and digits that count up.
func PrintNumbers(first string, n int) ([]string, error) {
	first = sealed.Normalise(sealed.KindIDNumber, first) // drops spaces and width in the same way
	if !regexp.MustCompile(`^[A-Z]{0,4}\d{6,12}$`).MatchString(first) {
		return nil, ErrPrintNumber
	}
	count := strings.TrimLeft(first, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	letters := strings.TrimSuffix(first, count)
	from, err := strconv.Atoi(count)
	if err != nil {
		return nil, ErrPrintNumber
	}
	list := make([]string, n)
	for i := range list {
		digits := padded(strconv.Itoa(from+i), len(count))
		if len(digits) > len(count) {
			return nil, ErrPrintNumber
		}
		list[i] = letters + digits
	}
	return list, nil
}
