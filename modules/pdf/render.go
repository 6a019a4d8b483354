package pdf

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// profileObject is the number of the colour profile: the first of a plate.
const profileObject = firstObject

// Render makes a document. The same document gives the same bytes. Characters
// that no font has are MissingGlyphs, and a text without room for it is TooLong.
func (p *Press) Render(layout string, d Document) ([]byte, error) {
	l, ok := p.layouts[layout]
	if !ok {
		return nil, fmt.Errorf("there is no layout %q", layout)
	}
	v, err := l.fill(d)
	if err != nil {
		return nil, err
	}
	c, err := l.compose(v, d)
	if err != nil {
		return nil, err
	}
	return c.write()
}

// composed is a document whose pages are known.
type composed struct {
	*sheet
	plate    *plate
	fonts    []*font
	contents [][]byte
}

// compose draws a document on its plate.
func (l *layout) compose(v values, d Document) (*composed, error) {
	marks := l.marked(d.Marks)
	plate, err := l.plate(v, marks)
	if err != nil {
		return nil, l.allMissing(err, v)
	}
	s := &sheet{layout: l, values: v, doc: d, marks: marks}
	if l.flow != nil {
		if err := l.flow.draw(s); err != nil {
			return nil, err
		}
	}
	if err := s.finish(); err != nil {
		return nil, err
	}
	fonts, err := l.press.makeFonts(s.pages)
	if err != nil {
		return nil, l.allMissing(err, v)
	}
	c := newCanvas(fonts)
	for i := range max(len(s.pages), 1) {
		c.page(plate.around(s, i))
	}
	contents, err := c.contents()
	return &composed{s, plate, fonts, contents}, err
}

// around puts the forms of the plate under and over a page.
func (k *plate) around(s *sheet, i int) []operation {
	r := roleOf(i, max(len(s.pages), 1))
	var all []operation
	if k.under[r] != 0 {
		all = append(all, form("U"))
	}
	if i < len(s.pages) {
		all = append(all, s.pages[i]...)
	}
	if k.over[r] != 0 {
		all = append(all, form("O"))
	}
	return all
}

// form draws a part of the plate.
type form string

func (f form) compose(c *canvas) { c.pdf.RawWriteStr("/" + string(f) + " Do") }

// allMissing adds the missing characters of all values, so that the officer
// reads them at once.
func (l *layout) allMissing(err error, v values) error {
	m, ok := err.(MissingGlyphs)
	if !ok {
		return err
	}
	texts := []string{string(m.Runes)}
	for _, text := range v {
		texts = append(texts, strings.ReplaceAll(text, "\n", "")) // which texts of flows may have
	}
	return MissingGlyphs{Runes: l.missing(texts...)}
}

// write puts the file together.
func (c *composed) write() ([]byte, error) {
	press := c.press
	f := c.plate.grow(len(c.doc.Photo) + 24<<10)
	resources := press.addFonts(f, c.fonts, fast)
	pictures, err := c.pictures(f)
	if err != nil {
		return nil, err
	}
	kids := make([]int, 0, len(c.contents))
	for i, content := range c.contents {
		stream := f.addStream(press, "", content, fast.from(worthPacking, content))
		r := roleOf(i, len(c.contents))
		forms := c.plate.forms(r)
		page := f.addf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 595.28 841.89]/Contents %d 0 R/Resources<<%s/XObject<<%s%s>>>>>>",
			pagesObject, stream, resources, pictures, forms)
		kids = append(kids, page)
	}
	c.describe(f, kids)
	h := sha256.New()
	h.Write(c.plate.sum[:])
	h.Write(f.data[len(c.plate.data):])
	var sum [sha256.Size]byte
	return f.finish(hex.EncodeToString(h.Sum(sum[:0])[:16])), nil
}

// pictures writes what only this document shows and returns entries of resources.
func (c *composed) pictures(f *file) ([]byte, error) {
	names := c.plate.pictures
	if len(c.doc.Photo) > 0 {
		n := f.reserve()
		f.open(n)
		var err error
		if f.data, err = appendPhoto(f.data, c.doc.Photo); err != nil {
			return nil, err
		}
		f.close()
		names = fmt.Appendf(nil, "%s/%s %d 0 R", names, photoName, n)
	}
	if c.qr != nil {
		n := f.addStream(c.press, "/Type/XObject/Subtype/Form/BBox[0 0 999 999]/Resources<<>>", c.qr, fast)
		names = fmt.Appendf(nil, "%s/%s %d 0 R", names, qrName, n)
	}
	return names, nil
}

// forms are entries of resources.
func (k *plate) forms(r role) []byte {
	var b []byte
	if n := k.under[r]; n != 0 {
		b = fmt.Appendf(b, "/U %d 0 R", n)
	}
	if n := k.over[r]; n != 0 {
		b = fmt.Appendf(b, "/O %d 0 R", n)
	}
	return b
}
