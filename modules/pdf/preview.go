package pdf

import (
	"bytes"
	"fmt"
	"image"
	stdcolor "image/color"
	"image/jpeg"
	"time"
)

// Preview renders a layout with its own sample values and some marks. It is
// always marked as a specimen 样张.
func (p *Press) Preview(layout string, marks ...Mark) ([]byte, error) {
	l, ok := p.layouts[layout]
	if !ok {
		return nil, fmt.Errorf("there is no layout %q", layout)
	}
	return p.Render(layout, l.sample(append(marks, Specimen)))
}

// sample is what a layout is tried with.
func (l *layout) sample(marks []Mark) Document {
	d := Document{
		Values: map[string]string{}, Rows: map[string][]map[string]string{}, Photo: silhouette(), Marks: marks,
		QR:    "HTTPS://EXAMHALL.TEST/V/SPECIMEN",
		Title: l.title, Date: time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC),
	}
	for name, v := range l.values {
		d.Values[name] = v.sample
	}
	for name, t := range l.tables {
		d.Rows[name] = t.sample
	}
	return d
}

// silhouette is the photo of nobody.
func silhouette() []byte {
	m := image.NewGray(image.Rect(0, 0, 295, 413))
	for y := range 413 {
		for x := range 295 {
			dx, head, body := float64(x)-147, float64(y)-165, float64(y)-420
			shade := uint8(232)
			if dx*dx/(75*75)+head*head/(95*95) < 1 || dx*dx/(130*130)+body*body/(140*140) < 1 {
				shade = 180
			}
			m.SetGray(x, y, stdcolor.Gray{Y: shade})
		}
	}
	var b bytes.Buffer
	jpeg.Encode(&b, m, &jpeg.Options{Quality: 80}) // a buffer takes everything
	return b.Bytes()
}
