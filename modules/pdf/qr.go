package pdf

import (
	"bytes"
	"fmt"
	"strconv"

	"rsc.io/qr"
)

// code is the place of the QR code: {"kind": "qr", "x", "y", "size"}, without its
// quiet zone.
type code struct{ x, y, size float64 }

func (r *reader) code(o *object, p *places) drawer {
	c := code{size: o.positive("size", 30)}
	c.x, c.y = o.place(p, c.size, c.size)
	r.lay.wantsQR = true
	return c
}

func (k code) draw(s *sheet) error {
	if !s.due(false) {
		return nil
	}
	q, err := qr.Encode(s.doc.QR, qr.M)
	if err != nil {
		return fmt.Errorf("QR code: %w", err)
	}
	s.add(modules{q, s.x + k.x, s.y + k.y, k.size})
	return nil
}

// modules are the black squares of a QR code.
type modules struct {
	*qr.Code
	x, y, size float64
}

// compose fills one path of horizontal bars on a grid of whole numbers: sharp in
// every size, and small.
func (m modules) compose(c *canvas) {
	scale := m.size / point / float64(m.Size)
	b := make([]byte, 0, 12<<10)
	b = fmt.Appendf(b, "q %.4f 0 0 %.4f %.2f %.2f cm 0 g\n", scale, scale, m.x/point, (pageHeight-m.y-m.size)/point)
	for y := range m.Size {
		for x := 0; x < m.Size; x++ {
			from := x
			for m.Black(x, y) {
				x++
			}
			if x > from {
				b = appendNumbers(b, from, m.Size-1-y, x-from)
				b = append(b, "1 re\n"...)
			}
		}
	}
	c.pdf.RawWriteBuf(bytes.NewReader(append(b, "f Q"...)))
}

func appendNumbers(b []byte, numbers ...int) []byte {
	for _, n := range numbers {
		b = append(strconv.AppendInt(b, int64(n), 10), ' ')
	}
	return b
}
