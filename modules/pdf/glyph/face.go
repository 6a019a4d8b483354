package glyph

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Face is a style of writing: a pack and its fallbacks. The first pack that has
// a character draws it.
type Face []*Pack

// Set holds the faces by the name that layouts use, such as "song".
type Set map[string]Face

// MissingGlyphs says that characters cannot be drawn. Nothing is printed then: a
// certificate with a blank in the name is worse than none.
type MissingGlyphs struct {
	Runes []rune // sorted, each once
}

// Error implements the error: 字库缺字.
func (e MissingGlyphs) Error() string {
	list := make([]string, len(e.Runes))
	for i, r := range e.Runes {
		list[i] = fmt.Sprintf("%U", r)
	}
	return "no glyph for " + strings.Join(list, ", ")
}

// ErrFull says that a text has more different characters than a page holds.
var ErrFull = errors.New("more than 223 different characters on one code page")

// Glyph returns the outline of a character.
func (f Face) Glyph(r rune) (Glyph, bool) {
	for _, p := range f {
		if g, ok := p.Glyph(r); ok {
			return g, true
		}
	}
	return Glyph{}, false
}

// Has reports whether the face can draw a character.
func (f Face) Has(r rune) bool {
	return slices.ContainsFunc(f, func(p *Pack) bool { return p.Has(r) })
}

// Advance returns the width of a character, and none for one that is missing.
func (f Face) Advance(r rune) int {
	for _, p := range f {
		if w, ok := p.advance(r); ok {
			return w
		}
	}
	return 0
}

// Width returns the width of a text.
func (f Face) Width(text string) int {
	w := 0
	for _, r := range text {
		w += f.Advance(r)
	}
	return w
}

// Missing returns the characters that the face cannot draw, sorted. Broken UTF-8
// counts as U+FFFD, which no pack has.
func (f Face) Missing(texts ...string) []rune {
	var missing []rune
	for _, text := range texts {
		for _, r := range text {
			if !f.Has(r) {
				missing = append(missing, r)
			}
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}

// metrics returns lengths that hold for every pack of the face.
func (f Face) metrics() Metrics {
	if len(f) == 0 {
		return Metrics{}
	}
	m := f[0].metrics
	for _, p := range f[1:] {
		m.Left, m.Bottom = min(m.Left, p.metrics.Left), min(m.Bottom, p.metrics.Bottom)
		m.Right, m.Top = max(m.Right, p.metrics.Right), max(m.Top, p.metrics.Top)
	}
	return m
}
