package glyph

import "slices"

// Capacity is how many different characters a page holds beside the blank: the
// codes from '!' to 255.
const Capacity = 223

const (
	blank     = ' '  // its code and its character
	firstCode = 0x21 // of the first character after the blank
)

// Page is a font of few characters, each of one byte: a code page of its own.
// It is immutable.
type Page struct {
	Widths  [256]int // by code
	Metrics Metrics
	File    []byte // the TrueType font

	runes []rune // sorted: runes[i] has the code firstCode+i
}

// NewPage makes the font of the characters of a text. The same characters give
// the same font, in whatever order they come.
func NewPage(f Face, text string) (*Page, error) {
	p := &Page{runes: Union(nil, text), Metrics: f.metrics()}
	if len(p.runes) > Capacity {
		return nil, ErrFull
	}
	space, _ := f.Glyph(blank)
	p.Widths[blank] = space.Advance
	glyphs := make([]Glyph, 1, len(p.runes)+1)
	glyphs[0] = space
	var missing []rune
	for i, r := range p.runes {
		g, ok := f.Glyph(r)
		if !ok {
			missing = append(missing, r)
		}
		p.Widths[firstCode+i] = g.Advance
		glyphs = append(glyphs, g)
	}
	if missing != nil {
		return nil, MissingGlyphs{missing}
	}
	p.File = fontFile(p.Metrics, glyphs)
	return p, nil
}

// Union adds the characters of a text, but the blank, to sorted ones.
func Union(runes []rune, text string) []rune {
	all := make([]rune, len(runes), len(runes)+len(text))
	copy(all, runes)
	for _, r := range text {
		if r != blank {
			all = append(all, r)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Encode writes a text in the codes of the page. A character that the page was
// not made for becomes a blank; NewPage has seen all that matter.
func (p *Page) Encode(text string) string {
	codes := make([]byte, 0, len(text))
	for _, r := range text {
		code := byte(blank)
		if i, ok := slices.BinarySearch(p.runes, r); ok {
			code = byte(firstCode + i)
		}
		codes = append(codes, code)
	}
	return string(codes)
}

// LastCode returns the highest code that is in use.
func (p *Page) LastCode() int { return firstCode + len(p.runes) - 1 }

// Tag returns six letters that stand before the name of the font in a PDF, so
// that viewers do not take different pages for one font (ISO 32000-1, 9.6.4).
func (p *Page) Tag() string {
	h := uint64(14695981039346656037) // FNV-1a
	for _, r := range p.runes {
		h = (h ^ uint64(r)) * 1099511628211
	}
	var tag [6]byte
	for i := range tag {
		tag[i] = 'A' + byte(h%26)
		h /= 26
	}
	return string(tag[:])
}
