package glyph

import "encoding/binary"

// symbols is where a symbolic TrueType font keeps its codes, as PDF wants it
// (ISO 32000-1, 9.6.6.4).
const symbols = 0xF000

// table is a part of a TrueType file.
type table struct {
	tag  string
	data []byte
}

// fontFile lays out a TrueType font: glyph 0 is the mark of what is missing, the
// others have the codes from the blank on.
func fontFile(m Metrics, glyphs []Glyph) []byte {
	n := len(glyphs) + 1
	size := 64
	for _, g := range glyphs {
		size += len(g.Outline) + 4
	}
	outlines, offsets, widths := make([]byte, 0, size), make([]byte, 0, 4*n+4), make([]byte, 0, 4*n)
	points, contours := 4, 1
	add := func(g Glyph) {
		offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(outlines)))
		outlines = pad(append(outlines, g.Outline...))
		widths = append(widths, words(g.Advance, g.Left)...)
		c, p := complexity(g.Outline)
		points, contours = max(points, p), max(contours, c)
	}
	add(Glyph{Outline: box(), Advance: Em, Left: 100})
	for _, g := range glyphs {
		add(g)
	}
	offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(outlines)))
	return sfnt([]table{
		{"cmap", codes(len(glyphs))},
		{"glyf", outlines},
		{"head", words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 3, Em, 0, 0, 0, 0, 0, 0, 0, 0, m.Left, m.Bottom, m.Right, m.Top, 0, 8, 2, 1, 0)},
		{"hhea", words(1, 0, m.Ascent, m.Descent, 0, Em, 0, 0, m.Right, 1, 0, 0, 0, 0, 0, 0, 0, n)},
		{"hmtx", widths},
		{"loca", offsets},
		{"maxp", words(1, 0, n, points, contours, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)},
		{"post", words(3, 0, 0, 0, -100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)},
	})
}

// codes is a cmap of platform 3, encoding 0 with one segment from the blank on.
func codes(n int) []byte {
	first := symbols + int(blank)
	return words(0, 1, 3, 0, 0, 12, 4, 32, 0, 4, 4, 1, 0, first+n-1, 0xFFFF, 0, first, 0xFFFF, 1-first, 1, 0, 0)
}

// box is the outline of what is missing. It is never seen: no text contains it.
func box() []byte {
	return encode([]point{{100, 0, true, false}, {100, 700, true, false}, {900, 700, true, false}, {900, 0, true, true}})
}

// sfnt joins the tables of a font, with their sums.
func sfnt(tables []table) []byte {
	const sum = 0xB1B0AFBA
	size := 12 + 16*len(tables)
	for _, t := range tables {
		size += len(t.data) + 3
	}
	out := make([]byte, 12+16*len(tables), size)
	copy(out, words(1, 0, len(tables), 128, 3, 16*len(tables)-128))
	head := 0
	for i, t := range tables {
		at := len(out)
		if t.tag == "head" {
			head = at
		}
		out = pad(append(out, t.data...))
		entry := out[12+16*i:]
		copy(entry, t.tag)
		binary.BigEndian.PutUint32(entry[4:], checksum(out[at:]))
		binary.BigEndian.PutUint32(entry[8:], uint32(at))
		binary.BigEndian.PutUint32(entry[12:], uint32(len(t.data)))
	}
	binary.BigEndian.PutUint32(out[head+8:], sum-checksum(out))
	return out
}

func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	return sum
}

// pad fills up to a multiple of four bytes.
func pad(b []byte) []byte {
	for len(b)&3 != 0 {
		b = append(b, 0)
	}
	return b
}

// words writes 16-bit numbers.
func words(values ...int) []byte {
	b := make([]byte, 0, 2*len(values))
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	return b
}
