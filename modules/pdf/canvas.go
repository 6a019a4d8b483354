package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"github.com/jung-kurt/gofpdf"
)

// canvas hands operations to gofpdf.
type canvas struct {
	pdf *gofpdf.Fpdf
}

// newCanvas is an empty document that knows the fonts by name. It never sees a
// glyph: widths are measured in packs, and file.go writes the real fonts.
func newCanvas(fonts []*font) *canvas {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.SetCompression(false)
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0)
	for _, f := range fonts {
		pdf.AddFontFromBytes(f.stub, "", stubDefinition(f.stub), nil)
	}
	return &canvas{pdf}
}

// page composes one page.
func (c *canvas) page(operations []operation) {
	c.pdf.AddPage()
	for _, o := range operations {
		o.compose(c)
	}
}

// ink sets the colour of lines.
func (c *canvas) ink(k rgb) { c.pdf.SetDrawColor(int(k.r), int(k.g), int(k.b)) }

// raw writes operators that gofpdf has no call for.
func (c *canvas) raw(format string, args ...any) { c.pdf.RawWriteStr(fmt.Sprintf(format, args...)) }

// contents returns what gofpdf composed: the content of each page.
//
// gofpdf is archived, so the shape of its output is settled. Anything else is
// an error, never a broken document.
func (c *canvas) contents() ([][]byte, error) {
	var out tap
	if err := c.pdf.Output(&out); err != nil {
		return nil, err
	}
	pages := make([][]byte, 0, c.pdf.PageCount())
	rest := out.data
	for range c.pdf.PageCount() {
		var page []byte
		var ok bool
		if page, rest, ok = cutStream(rest); !ok {
			return nil, errors.New("gofpdf wrote something unexpected")
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// cutStream returns the first uncompressed stream, and what follows it.
func cutStream(data []byte) (stream, rest []byte, ok bool) {
	_, data, ok = bytes.Cut(data, []byte("\n<</Length "))
	if !ok {
		return nil, nil, false
	}
	length, data, ok := bytes.Cut(data, []byte(">>\nstream\n"))
	n, err := strconv.Atoi(string(length))
	if !ok || err != nil || n > len(data) || !bytes.HasPrefix(data[n:], []byte("\nendstream\n")) {
		return nil, nil, false
	}
	return data[:n], data[n:], true
}

// tap takes the buffer that gofpdf writes in one go, without copying it: the
// document that owns it is used no more.
type tap struct{ data []byte }

// Write implements io.Writer.
func (t *tap) Write(data []byte) (int, error) {
	if t.data != nil {
		data = append(t.data, data...)
	}
	t.data = data
	return len(data), nil
}

// run is one line of text in one font.
type run struct {
	x, y     float64 // of the baseline, in millimetres
	size     float64
	face     string
	color    rgb
	text     string
	tracking float64
	font     *font // found when all runs are known
}

func (r *run) compose(c *canvas) {
	c.pdf.SetTextColor(int(r.color.r), int(r.color.g), int(r.color.b))
	c.pdf.SetFont(r.font.stub, "", r.size)
	if r.tracking != 0 {
		c.raw("%.3f Tc", r.tracking)
	}
	c.pdf.Text(r.x, r.y, r.font.page.Encode(r.text))
	if r.tracking != 0 {
		c.raw("0 Tc")
	}
}

// turn rotates what follows around a point, until turnBack.
type turn struct{ angle, x, y float64 }

func (t turn) compose(c *canvas) {
	c.pdf.TransformBegin()
	c.pdf.TransformRotate(t.angle, t.x, t.y)
}

// turnBack ends a turn.
type turnBack struct{}

func (turnBack) compose(c *canvas) { c.pdf.TransformEnd() }
