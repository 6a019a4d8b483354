package pdf

import (
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
	s.qr = modules(q)
	scale := k.size / point / float64(q.Size)
	s.add(scaled{qrName, scale, (s.x + k.x) / point, (pageHeight - s.y - k.y - k.size) / point})
	return nil
}

// qrName is the name of the QR code in the resources of a page.
const qrName = "QR"

// modules fills one path of horizontal bars on a grid of whole numbers, one for
// each module: sharp in every size, and small. It is a form of its own.
func modules(q *qr.Code) []byte {
	b := append(make([]byte, 0, 10<<10), "0 g\n"...)
	for y := range q.Size {
		for x := 0; x < q.Size; x++ {
			from := x
			for q.Black(x, y) {
				x++
			}
			if x > from {
				b = appendNumbers(b, from, q.Size-1-y, x-from)
				b = append(b, "1 re\n"...)
			}
		}
	}
	return append(b, 'f')
}

// scaled draws a form from a corner on, in points.
type scaled struct {
	name        string
	scale, x, y float64
}

func (k scaled) compose(c *canvas) {
	c.raw("q %.4f 0 0 %.4f %.2f %.2f cm /%s Do Q", k.scale, k.scale, k.x, k.y, k.name)
}

func appendNumbers(b []byte, numbers ...int) []byte {
	for _, n := range numbers {
		b = append(strconv.AppendInt(b, int64(n), 10), ' ')
	}
	return b
}
