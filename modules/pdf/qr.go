package pdf

import (
	"errors"
	"strconv"
	"sync/atomic"

	"rsc.io/qr/coding"
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
	q, err := s.press.patterns.encode(s.doc.QR)
	if err != nil {
		return err
	}
	s.qr = bars(q)
	scale := k.size / point / float64(q.Size)
	s.add(scaled{qrName, scale, (s.x + k.x) / point, (pageHeight - s.y - k.y - k.size) / point})
	return nil
}

// qrName is the name of the QR code in the resources of a page.
const qrName = "QR"

// patterns are the fixed parts of QR codes. They depend on nothing but the size,
// and take longer than the rest: each is made when first needed, then kept.
type patterns [coding.MaxVersion + 1]atomic.Pointer[coding.Plan]

// encode makes a QR code of level M, which 15 % of dirt do not harm.
func (k *patterns) encode(text string) (*coding.Code, error) {
	var e coding.Encoding = coding.Alpha(text)
	if e.Check() != nil {
		e = coding.String(text)
	}
	v := coding.Version(coding.MinVersion)
	for e.Bits(v) > v.DataBytes(coding.M)*8 {
		if v++; v > coding.MaxVersion {
			return nil, errors.New("the QR code has more to say than it can hold")
		}
	}
	pattern := k[v].Load()
	if pattern == nil {
		var err error
		if pattern, err = coding.NewPlan(v, coding.M, 0); err != nil {
			return nil, err
		}
		k[v].Store(pattern)
	}
	return pattern.Encode(e)
}

// bars fills one path of horizontal bars on a grid of whole numbers, one for
// each module: sharp in every size, and small. It is a form of its own.
func bars(q *coding.Code) []byte {
	b := append(make([]byte, 0, 12<<10), "0 g\n"...)
	for y := range q.Size {
		row := q.Bitmap[y*q.Stride:]
		black := func(x int) bool { return x < q.Size && row[x/8]>>(7-x%8)&1 != 0 }
		for x := 0; x < q.Size; x++ {
			from := x
			for black(x) {
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
