package certificate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"examhall/modules/sealed"
)

// Separator is the only separator of the parts of a name, U+00B7 (民委发〔2016〕33号).
const Separator = '·'

// longestName is how many code points a name has at most.
const longestName = 50

// NameError is why a text is no name. Rune is the character that does not
// belong there, or zero where the length is wrong.
type NameError struct{ Rune rune }

// Error implements error. It does not repeat the name.
func (e *NameError) Error() string {
	if e.Rune == 0 {
		return "certificate: a name has up to 50 characters"
	}
	return fmt.Sprintf("certificate: U+%04X cannot stand in a name", e.Rune)
}

// Display returns a name as it is kept, shown and printed: one separator
// whatever was typed for it, nothing that cannot be seen, and no two ways to
// write one character. It never changes a character into another one by NFKC,
// but for radicals. The error is a *[NameError].
func Display(idType, name string) (string, error) {
	name = tidied(idType, name)
	least := 1
	if idType == sealed.Resident {
		least = 2
	}
	if n := utf8.RuneCountInString(name); n < least || n > longestName {
		return "", &NameError{}
	}
	for _, r := range name {
		if !allowed(idType, r) {
			return "", &NameError{Rune: r}
		}
	}
	return name, nil
}

// Key returns what two ways to write one name have in common: without
// separators and spaces, in capitals, with no compatibility characters and no
// variation selectors. Two names with the same key count as the same: in the
// public search, for the holder of a bank account, and when a certificate is
// given to an account. It takes any text and is never shown.
func Key(name string) string {
	key := tidied("", name)
	for range 2 { // what stood apart may combine, and what was small may decompose
		key = norm.NFKC.String(strings.Map(keyed, norm.NFKC.String(key)))
	}
	return key
}

// tidied returns a name with one way to write it. In the name of somebody with
// a Chinese card a space is a slip; other documents have names of several words.
func tidied(idType, name string) string {
	name = norm.NFC.String(strings.Map(visible, strings.ToValidUTF8(name, "\uFFFD")))
	runes := []rune(norm.NFC.String(strings.Map(separator, name)))
	for i, r := range runes {
		if isStop(r) && betweenHan(runes, i) {
			runes[i] = Separator
		}
	}
	words, space := strings.Fields(string(runes)), " "
	if mainland(idType) {
		space = ""
	}
	return joined(strings.Join(words, space))
}

// visible drops what has no look of its own, and maps what old files and other
// keyboards write for a Han character or a space.
func visible(r rune) rune {
	switch {
	case r >= '\u200B' && r <= '\u200D', r == '\uFEFF', unicode.IsControl(r) && !unicode.IsSpace(r):
		return -1
	case unicode.IsSpace(r):
		return ' '
	case r >= '\u2E80' && r <= '\u2FD5': // radicals, which only NFKC makes characters
		if one, size := utf8.DecodeRuneInString(norm.NFKC.String(string(r))); size > 0 {
			return one
		}
	}
	return mapped(r)
}

// mapped returns the character that GB 18030-2000 had in the private use area
// of Unicode for want of a better place.
func mapped(r rune) rune {
	switch r {
	case 0xE816:
		return 0x20087
	case 0xE817:
		return 0x20089
	case 0xE818:
		return 0x200CC
	case 0xE81E:
		return 0x9FB4
	case 0xE826:
		return 0x9FB5
	case 0xE82B:
		return 0x9FB6
	case 0xE82C:
		return 0x9FB7
	case 0xE831:
		return 0x215D7
	case 0xE832:
		return 0x9FB8
	case 0xE83B:
		return 0x2298F
	case 0xE843:
		return 0x9FB9
	case 0xE854:
		return 0x9FBA
	case 0xE855:
		return 0x241FE
	case 0xE864:
		return 0x9FBB
	}
	return r
}

// separator maps what is typed for the separator to it.
func separator(r rune) rune {
	if strings.ContainsRune("•・･‧∙⋅\u0387\u16EB", r) {
		return Separator
	}
	return r
}

// isStop is true of full stops, which are separators between Han characters and
// belong to abbreviations elsewhere.
func isStop(r rune) bool { return r == '.' || r == '．' }

// betweenHan reports whether the nearest characters on both sides of a place are
// Han, beside spaces and further dots.
func betweenHan(runes []rune, i int) bool {
	skip := func(r rune) bool { return r == ' ' || r == Separator || isStop(r) || selector(r) }
	before, after := i-1, i+1
	for before >= 0 && skip(runes[before]) {
		before--
	}
	for after < len(runes) && skip(runes[after]) {
		after++
	}
	return before >= 0 && after < len(runes) && unicode.Is(unicode.Han, runes[before]) && unicode.Is(unicode.Han, runes[after])
}

// joined leaves one dot where several stand, without spaces beside it, and
// none at either end.
func joined(name string) string {
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == Separator })
	kept := parts[:0]
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, string(Separator))
}

// keyed drops what a key leaves out and folds what it does not tell apart.
func keyed(r rune) rune {
	switch {
	case unicode.IsSpace(r), unicode.IsControl(r), selector(r), separator(r) == Separator, isStop(r):
		return -1
	case strings.ContainsRune("’‘ʼ＇", r):
		return '\''
	case unicode.Is(unicode.Pd, r) || r == '−':
		return '-'
	}
	return unicode.ToUpper(r)
}

// selector is true of what chooses a glyph for the character before it.
func selector(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF }

// mainland is true of documents whose names are written in Chinese without
// spaces.
func mainland(idType string) bool { return idType == sealed.Resident || idType == sealed.HMTResidence }

// allowed is true of Han characters of every plane (ranges like 4E00–9FA5 would
// refuse names that are on valid cards), of the separator, and of what Latin
// names have where the document may hold one.
func allowed(idType string, r rune) bool {
	if unicode.Is(unicode.Han, r) || r == Separator || selector(r) {
		return true
	}
	return !mainland(idType) && (unicode.Is(unicode.Latin, r) || strings.ContainsRune(" -'.’", r))
}
