package sealed

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The kinds of sealed fields: they decide normalisation, validation and mask.
const (
	KindIDNumber = "id_number"
	KindMobile   = "mobile"
	KindBankCard = "bank_card"
	KindAddress  = "address"
	KindContact  = "contact" // a telephone number on a parcel: who posts it must read it
	KindName     = "name"
	KindSecret   = "secret" // shown to nobody
)

// Kinds returns all kinds.
func Kinds() []string {
	return []string{KindIDNumber, KindMobile, KindBankCard, KindAddress, KindContact, KindName, KindSecret}
}

// Normalise returns s as a field of the given kind stores it. Codes lose width
// variants, spaces and hyphens, since people type them in groups; names and
// addresses keep their characters, because NFKC would change a name; a secret
// stays as it is.
func Normalise(kind, s string) string {
	switch kind {
	case KindMobile, KindContact:
		return strings.TrimPrefix(compact(s), "+86")
	case KindIDNumber:
		return strings.Map(upper, compact(s))
	case KindBankCard:
		return compact(s)
	case KindName, KindAddress:
		return norm.NFC.String(strings.TrimSpace(s))
	default:
		return s
	}
}

// compact applies NFKC and drops spaces and every kind of hyphen or dash. What
// was apart may combine then, hence the second NFKC.
func compact(s string) string {
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '−' {
			return -1
		}
		return r
	}, norm.NFKC.String(s)))
}

// upper changes the letters that documents use, and no others.
func upper(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}
