package modulestest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
)

// Scan returns a small photograph of a page, as a phone makes it.
func Scan(name string) File {
	page := image.NewGray(image.Rect(0, 0, 120, 160))
	for i := range page.Pix {
		page.Pix[i] = uint8(200 + i%50)
	}
	page.SetGray(10, 10, color.Gray{Y: 0})
	var out bytes.Buffer
	if err := jpeg.Encode(&out, page, nil); err != nil {
		panic(err) // memory does not fail
	}
	return File{Name: name, Data: out.Bytes()}
}
