package glyph

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"io"
	"slices"
)

// perChunk is how many glyphs are compressed together: more make a smaller
// file, fewer make a rare character cheaper.
const perChunk = 32

// Source is a glyph on its way into a pack.
type Source struct {
	Rune rune
	Glyph
}

// Write makes a pack. The same glyphs give the same bytes, in whatever order.
func Write(w io.Writer, m Metrics, glyphs []Source) error {
	glyphs = slices.SortedFunc(slices.Values(glyphs), func(a, b Source) int { return cmp.Compare(a.Rune, b.Rune) })
	chunks := (len(glyphs) + perChunk - 1) / perChunk
	head := []byte(magic)
	for _, n := range []int{m.Ascent, m.Descent, m.Left, m.Bottom, m.Right, m.Top, perChunk} {
		head = binary.BigEndian.AppendUint16(head, uint16(n))
	}
	head = binary.BigEndian.AppendUint32(head, uint32(len(glyphs)))
	head = binary.BigEndian.AppendUint32(head, uint32(chunks))

	var table []byte
	var packed bytes.Buffer
	for chunk := range slices.Chunk(glyphs, perChunk) {
		from, size := packed.Len(), 0
		z, err := flate.NewWriter(&packed, flate.BestCompression)
		if err != nil {
			return err
		}
		for _, g := range chunk {
			head = appendRecord(head, g)
			if _, err := z.Write(g.Outline); err != nil {
				return err
			}
			size += len(g.Outline)
		}
		if err := z.Close(); err != nil {
			return err
		}
		table = binary.BigEndian.AppendUint32(table, uint32(from))
		table = binary.BigEndian.AppendUint32(table, uint32(size))
	}
	_, err := io.Copy(w, io.MultiReader(bytes.NewReader(head), bytes.NewReader(table), &packed))
	return err
}

func appendRecord(index []byte, g Source) []byte {
	index = binary.BigEndian.AppendUint32(index, uint32(g.Rune))
	index = binary.BigEndian.AppendUint16(index, uint16(len(g.Outline)))
	index = binary.BigEndian.AppendUint16(index, uint16(g.Advance))
	return binary.BigEndian.AppendUint16(index, uint16(g.Left))
}

// MetricsOf returns the lengths of a pack of glyphs of a font.
func MetricsOf(f *Font, glyphs []Source) Metrics {
	m := Metrics{Ascent: f.Ascent(), Descent: f.Descent()}
	for _, g := range glyphs {
		if len(g.Outline) >= 10 {
			m.Left, m.Bottom = min(m.Left, i16(g.Outline, 2)), min(m.Bottom, i16(g.Outline, 4))
			m.Right, m.Top = max(m.Right, i16(g.Outline, 6)), max(m.Top, i16(g.Outline, 8))
		}
	}
	return m
}
