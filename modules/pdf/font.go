package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"

	"examhall/modules/pdf/glyph"
)

// font is a code page of a document. gofpdf knows it by a stub.
type font struct {
	face  string
	stub  string // "song0"
	runes []rune // that it must have, sorted
	page  *glyph.Page
}

// mostFonts is how many code pages of a face one document may have.
const mostFonts = 32

// ErrTooManyCharacters says that a document has more different characters than
// its fonts can hold: several thousand.
var ErrTooManyCharacters = errors.New("too many different characters in one document")

// stubName is what gofpdf calls the i-th code page of a face.
func stubName(face string, i int) string { return fmt.Sprintf("%s%d", face, i) }

// stubDefinition is a font without anything in it.
func stubDefinition(stub string) []byte { return fmt.Appendf(nil, `{"Tp":"Core","Name":%q}`, stub) }

// resources asks gofpdf by which names its pages will call the stubs.
func resources(fonts glyph.Set) (map[string]string, error) {
	names := map[string]string{}
	for _, face := range slices.Sorted(maps.Keys(fonts)) {
		for i := range mostFonts {
			stub := stubName(face, i)
			c := newCanvas([]*font{{stub: stub}})
			c.page(nil)
			c.pdf.SetFont(stub, "", 1)
			pages, err := c.contents()
			if err != nil {
				return nil, err
			}
			_, name, ok := bytes.Cut(pages[0], []byte("BT /"))
			name, _, found := bytes.Cut(name, []byte(" "))
			if !ok || !found {
				return nil, errors.New("gofpdf sets no font")
			}
			names[stub] = string(name)
		}
	}
	return names, nil
}

// makeFonts spreads the texts of a document over as few code pages as possible and
// makes them. A line is in one font, so that viewers select, copy and search it
// in one piece.
func (p *Press) makeFonts(pages [][]operation) ([]*font, error) {
	var fonts []*font
	for _, page := range pages {
		for _, o := range page {
			if r, ok := o.(*run); ok {
				fonts = join(fonts, r)
			}
		}
	}
	var missing []rune
	for _, f := range fonts {
		if _, ok := p.resources[f.stub]; !ok {
			return nil, ErrTooManyCharacters
		}
		var err error
		f.page, err = glyph.NewPage(p.fonts[f.face], string(f.runes))
		if m, ok := errors.AsType[MissingGlyphs](err); ok {
			missing = append(missing, m.Runes...)
		} else if err != nil {
			return nil, err
		}
	}
	if missing != nil {
		slices.Sort(missing)
		return nil, MissingGlyphs{Runes: slices.Compact(missing)}
	}
	return fonts, nil
}

// join gives a run the first font of its face with room for it, or another one.
func join(fonts []*font, r *run) []*font {
	same := 0
	for _, f := range fonts {
		if f.face != r.face {
			continue
		}
		same++
		if all := glyph.Union(f.runes, r.text); len(all) <= glyph.Capacity {
			f.runes, r.font = all, f
			return fonts
		}
	}
	r.font = &font{face: r.face, stub: stubName(r.face, same), runes: glyph.Union(nil, r.text)}
	return append(fonts, r.font)
}
