package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
)

// The size of a portrait: 25 by 35 mm at 300 points to the inch.
const portraitWidth, portraitHeight = 295, 413

// portrait draws a photo of nobody: a head and shoulders in one colour.
func portrait() []byte {
	p := image.NewRGBA(image.Rect(0, 0, portraitWidth, portraitHeight))
	for y := range portraitHeight {
		for x := range portraitWidth {
			p.Set(x, y, color.RGBA{0xd9, 0xe4, 0xef, 0xff})
			head := inside(x, y, portraitWidth/2, 160, 72, 90)
			shoulders := inside(x, y, portraitWidth/2, portraitHeight+20, 140, 150)
			if head || shoulders {
				p.Set(x, y, color.RGBA{0x8a, 0x9b, 0xad, 0xff})
			}
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, p, &jpeg.Options{Quality: 70}); err != nil {
		panic(err) // memory does not fail
	}
	return out.Bytes()
}

// inside reports whether a point lies in an ellipse.
func inside(x, y, centreX, centreY, a, b int) bool {
	dx, dy := (x-centreX)*b, (y-centreY)*a
	return dx*dx+dy*dy <= a*a*b*b
}
