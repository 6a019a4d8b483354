package glyph

import "strconv"

// cmapHead and cmapTail are what stands around the table of a ToUnicode map
// (ISO 32000-1, 9.10.3).
const (
	cmapHead = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
`
	cmapTail = `endcmap
CMapName currentdict /CMap defineresource pop
end
end`
)

// cmapBlock is how many lines one block of the table may have.
const cmapBlock = 100

// ToUnicode returns the table by which viewers copy, search and read aloud: the
// character of each code in UTF-16, with surrogates where it needs them.
func (p *Page) ToUnicode() []byte {
	b := make([]byte, 0, len(cmapHead)+len(cmapTail)+20*(len(p.runes)+2)+64)
	b = append(b, cmapHead...)
	for code := int(blank); code <= p.LastCode(); code++ {
		if line := code - blank; line%cmapBlock == 0 {
			if line > 0 {
				b = append(b, "endbfchar\n"...)
			}
			b = strconv.AppendInt(b, int64(min(cmapBlock, p.LastCode()-code+1)), 10)
			b = append(b, " beginbfchar\n"...)
		}
		b = appendMapping(b, byte(code), p.character(code))
	}
	b = append(b, "endbfchar\n"...)
	return append(b, cmapTail...)
}

// character is the reverse of Encode.
func (p *Page) character(code int) rune {
	if code == blank {
		return blank
	}
	return p.runes[code-firstCode]
}

// appendMapping writes a line such as <21> <D872DF4E>.
func appendMapping(b []byte, code byte, r rune) []byte {
	const digits = "0123456789ABCDEF"
	b = append(b, '<', digits[code>>4], digits[code&15], '>', ' ', '<')
	unit := func(v rune) {
		b = append(b, digits[v>>12&15], digits[v>>8&15], digits[v>>4&15], digits[v&15])
	}
	if r > 0xffff {
		r -= 0x10000
		unit(0xd800 + r>>10)
		unit(0xdc00 + r&0x3ff)
	} else {
		unit(r)
	}
	return append(b, '>', '\n')
}
