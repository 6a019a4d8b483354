package pdf

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"examhall/modules/pdf/glyph"
)

// MissingGlyphs says which characters no font has (error code glyph_missing).
type MissingGlyphs = glyph.MissingGlyphs

// Document is what a layout is filled with.
type Document struct {
	Values map[string]string              // what the layout does not declare is left out
	Rows   map[string][]map[string]string // of tables
	Photo  []byte                         // a JPEG
	QR     string                         // what the QR code says
	Marks  []Mark
	Date   time.Time // when it was made, to the second

	Title, Author, Lang string // metadata; the title of the layout and zh-CN where empty
}

// Mark is a state that a layout may show with its condition "when".
type Mark = string

// The marks that layouts know.
const (
	Reissued    Mark = "reissued"    // 补发
	Annotated   Mark = "annotated"   // 加注: a copy for one purpose
	Specimen    Mark = "specimen"    // 样张: not made in production
	Development Mark = "development" // signed with a key that proves nothing
)

// knownMarks lists them.
func knownMarks() []Mark { return []Mark{Reissued, Annotated, Specimen, Development} }

// TooLong says that a text does not fit where the layout wants it, at its
// smallest size and on all its lines. Nothing is cut off.
type TooLong struct {
	Place string // file and line of the element
	Text  string
}

// Error implements the error.
func (e TooLong) Error() string {
	return fmt.Sprintf("%s: too long for its place: %q", e.Place, e.Text)
}

// fill takes what the layout declares, and wants all of it that is not optional.
func (l *layout) fill(d Document) (values, error) {
	v := make(values, len(l.names)+2)
	for _, name := range l.names {
		text := d.Values[name]
		if text == "" && !l.values[name].optional {
			return nil, fmt.Errorf("layout %s: the value %q is missing", l.name, name)
		}
		v[name] = plain(text)
	}
	if l.wantsQR && d.QR == "" {
		return nil, fmt.Errorf("layout %s: nothing for the QR code to say", l.name)
	}
	return v, nil
}

// plain turns what forms send at the end of a line into one character, and a
// tabulator into a blank: neither has a glyph.
func plain(text string) string {
	if !strings.ContainsAny(text, "\r\t") {
		return text
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(text)
}

// marked returns the marks that the layout shows, in a fixed order.
func (l *layout) marked(marks []Mark) []Mark {
	var shown []Mark
	for _, m := range l.marks {
		if slices.Contains(marks, m) {
			shown = append(shown, m)
		}
	}
	return shown
}
