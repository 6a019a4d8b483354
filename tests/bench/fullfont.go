package main

import (
	"encoding/binary"

	"examhall/modules/pdf/glyph"
)

// fullFont is a whole TrueType font, as people give it to gofpdf: all characters
// of a face below U+10000, on which gofpdf panics above. It is rebuilt from the
// glyph pack, so that nothing must be downloaded; it has the glyphs and the size
// of the font that the pack was made of.
func fullFont(face glyph.Face) []byte {
	var outlines, offsets, widths []byte
	var codes []int
	add := func(g glyph.Glyph) {
		offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(outlines)))
		outlines = append(outlines, g.Outline...)
		for len(outlines)&3 != 0 {
			outlines = append(outlines, 0)
		}
		widths = append(widths, words(g.Advance, g.Left)...)
	}
	add(glyph.Glyph{Advance: glyph.Em})
	for r := rune(' '); r < 0xffff; r++ {
		if g, ok := face.Glyph(r); ok {
			add(g)
			codes = append(codes, int(r))
		}
	}
	offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(outlines)))
	n := len(codes) + 1
	os2 := make([]byte, 96)
	copy(os2, words(3, glyph.Em, 400, 5, 0))
	return joined([]fontTable{
		{"OS/2", os2}, {"cmap", segments(codes)}, {"glyf", outlines},
		{"head", words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 3, glyph.Em, 0, 0, 0, 0, 0, 0, 0, 0, -300, -400, 2000, 1200, 0, 8, 2, 1, 0)},
		{"hhea", words(1, 0, 880, -120, 0, glyph.Em, 0, 0, 2000, 1, 0, 0, 0, 0, 0, 0, 0, n)}, {"hmtx", widths}, {"loca", offsets},
		{"maxp", words(1, 0, n, 500, 50, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)}, {"name", words(0, 0, 6)},
		{"post", words(3, 0, 0, 0, -100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)},
	})
}

// segments is a cmap of format 4 with one segment for each character.
func segments(codes []int) []byte {
	n := len(codes) + 1
	var last, first, delta []int
	for i, c := range codes {
		last, first, delta = append(last, c), append(first, c), append(delta, i+1-c)
	}
	all := append([]int{0, 1, 3, 1, 0, 12, 4, 16 + 8*n, 0, 2 * n, 0, 0, 0}, last...)
	all = append(append(all, 0xffff, 0), first...)
	all = append(append(all, 0xffff), delta...)
	all = append(append(all, 1), make([]int, n)...)
	return words(all...)
}

type fontTable struct {
	tag  string
	data []byte
}

func joined(tables []fontTable) []byte {
	out := words(1, 0, len(tables), 128, 3, 16*len(tables)-128)
	at := len(out) + 16*len(tables)
	var body []byte
	for _, t := range tables {
		out = append(out, t.tag...)
		for _, v := range []int{0, at + len(body), len(t.data)} {
			out = binary.BigEndian.AppendUint32(out, uint32(v))
		}
		body = append(body, t.data...)
		for len(body)&3 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

func words(values ...int) []byte {
	b := make([]byte, 0, 2*len(values))
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	return b
}
