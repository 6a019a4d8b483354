// Package check tells whether numbers can be what they claim to be: whoever
// mistypes one hears it at once, and not when a payment or a bill fails. Each
// number has a file of its own. What people typed is made plain first.
package check

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain returns a number without spaces and hyphens, with full-width characters
// as narrow ones and letters as capitals.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '-' {
			return -1
		}
		return unicode.ToUpper(c)
	}, norm.NFKC.String(s))
}
