package glyph

import (
	"errors"
	"fmt"
)

// Font reads a TrueType file with outlines in a table glyf. It is for making
// packs; nothing reads whole fonts while certificates are made.
type Font struct {
	tables map[string][]byte
	units  int // of the em square
	long   bool
	full   int // glyphs with a width of their own
	lookup []segment
}

var errFont = errors.New("not a TrueType font with outlines, or a damaged one")

// ReadFont reads the tables of a font.
func ReadFont(data []byte) (f *Font, err error) {
	defer recovered(&err)
	if v := u32(data, 0); v != 0x00010000 && v != 0x74727565 {
		return nil, errFont
	}
	f = &Font{tables: map[string][]byte{}}
	for i := range u16(data, 4) {
		entry := data[12+16*i:]
		from, size := u32(entry, 8), u32(entry, 12)
		f.tables[string(entry[:4])] = data[from : from+size : from+size]
	}
	f.units, f.long = u16(f.tables["head"], 18), u16(f.tables["head"], 50) == 1
	f.full = u16(f.tables["hhea"], 34)
	if f.units == 0 || f.full == 0 {
		return nil, errFont
	}
	return f, f.readCharacters()
}

// recovered turns an access outside of a damaged file into an error.
func recovered(err *error) {
	if e := recover(); e != nil {
		*err = fmt.Errorf("%w: %v", errFont, e)
	}
}

// Ascent returns how high the font rises above the line.
func (f *Font) Ascent() int { return f.scale(i16(f.tables["hhea"], 4)) }

// Descent returns how deep the font hangs below the line, as a negative number.
func (f *Font) Descent() int { return f.scale(i16(f.tables["hhea"], 6)) }

// Glyph returns a character with the instructions gone, composites taken
// together and lengths in thousandths.
func (f *Font) Glyph(r rune) (g Glyph, ok bool, err error) {
	defer recovered(&err)
	id := f.id(r)
	if id == 0 {
		return Glyph{}, false, nil
	}
	points, err := f.outline(id, 0)
	if err != nil {
		return Glyph{}, false, fmt.Errorf("%U: %w", r, err)
	}
	for i, p := range points {
		points[i].x, points[i].y = f.scale(p.x), f.scale(p.y)
		if i == 0 || points[i].x < g.Left {
			g.Left = points[i].x
		}
	}
	g.Outline, g.Advance = encode(points), f.scale(u16(f.tables["hmtx"], 4*min(id, f.full-1)))
	return g, true, nil
}

// scale turns units of the font into thousandths.
func (f *Font) scale(v int) int { return rounded(float64(v) * Em / float64(f.units)) }

// rounded rounds half away from zero, so that shapes stay symmetric.
func rounded(v float64) int {
	if v < 0 {
		return -int(-v + 0.5)
	}
	return int(v + 0.5)
}
