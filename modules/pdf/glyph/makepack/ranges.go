package main

import "strings"

// last is the end of extension F, the last block of GB 18030-2022.
const last = 0x2EBE0

// han is true of ideographs: 中日韩统一表意文字, extension A, compatibility
// ideographs, extensions B to F.
func han(r rune) bool {
	return r >= 0x3400 && r <= 0x4dbf || r >= 0x4e00 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff || supplementary(r)
}

// supplementary is true of extensions B to F.
func supplementary(r rune) bool { return r >= 0x20000 && r <= last }

// sign is true of what stands between ideographs: Latin with all accents of
// pinyin, Greek, digits in circles and of Rome, punctuation, full-width forms.
func sign(r rune) bool {
	for _, block := range [][2]rune{
		{0x20, 0x7e}, {0xa0, 0x17f}, {0x1cd, 0x1dc}, {0x1f8, 0x1f9}, {0x370, 0x3ff}, {0x2002, 0x2003}, {0x2010, 0x2027}, {0x2030, 0x205e},
		{0x2103, 0x2116}, {0x2160, 0x217f}, {0x2190, 0x2193}, {0x2212, 0x2265}, {0x2460, 0x2473}, {0x25a0, 0x25cf},
		{0x2713, 0x2713}, {0x2e80, 0x2fd5}, {0x3000, 0x303f}, {0xff00, 0xffef},
	} {
		if r >= block[0] && r <= block[1] {
			return true
		}
	}
	return false
}

// empty is true of characters that may be blank. Any other one without an
// outline is missing.
func empty(r rune) bool { return strings.ContainsRune(" \u00a0\u2002\u2003\u3000", r) }
