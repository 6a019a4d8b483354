package demo

import (
	"bytes"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strconv"
	"strings"
)

// glyphs holds the few characters that the sheets need: each with its 24 rows
// of 24 points, from Noto Sans CJK (SIL Open Font License 1.1).
//
//go:embed glyphs.txt
var glyphs string

// The size of a sheet in points: an identity card, laid on its side.
const sheetWidth, sheetHeight, glyphSize = 540, 340, 24

// sheet draws what a phone might have photographed: a form with a title, lines
// that nobody can read, and large words that say it is an example.
func sheet(title string) *image.Gray {
	s := image.NewGray(image.Rect(0, 0, sheetWidth, sheetHeight))
	for i := range s.Pix {
		s.Pix[i] = 0xf4
	}
	frame(s, s.Bounds().Inset(8))
	write(s, title, 30, 30, 1, 0x20)
	for y := 84; y < sheetHeight-100; y += 26 {
		bar(s, image.Rect(30, y, 120, y+8), 0xb0)
		bar(s, image.Rect(140, y, 320-(y*7)%90, y+8), 0xc8)
	}
	frame(s, image.Rect(380, 76, 500, 216))
	write(s, "示例", 392, 112, 2, 0x50)
	write(s, "示例材料仅供演示", 30, sheetHeight-80, 2, 0x70)
	return s
}

func bar(s *image.Gray, r image.Rectangle, shade uint8) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			s.SetGray(x, y, color.Gray{Y: shade})
		}
	}
}

func frame(s *image.Gray, r image.Rectangle) {
	const shade = 0x90
	bar(s, image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+2), shade)
	bar(s, image.Rect(r.Min.X, r.Max.Y-2, r.Max.X, r.Max.Y), shade)
	bar(s, image.Rect(r.Min.X, r.Min.Y, r.Min.X+2, r.Max.Y), shade)
	bar(s, image.Rect(r.Max.X-2, r.Min.Y, r.Max.X, r.Max.Y), shade)
}

// write draws a text with each point as a square of the given size.
func write(s *image.Gray, text string, x, y, size int, shade uint8) {
	for _, char := range text {
		for row, bits := range glyph(char) {
			for column := range glyphSize {
				if bits>>(glyphSize-1-column)&1 == 1 {
					left, top := x+column*size, y+row*size
					bar(s, image.Rect(left, top, left+size, top+size), shade)
				}
			}
		}
		x += glyphSize * size
	}
}

// glyph returns the rows of a character; a character without a glyph is blank.
func glyph(char rune) []uint32 {
	_, found, _ := strings.Cut("\n"+glyphs, "\n"+string(char)+" ")
	var rows []uint32
	for len(rows) < glyphSize && len(found) >= 6 {
		bits, err := strconv.ParseUint(found[:6], 16, 32)
		if err != nil {
			return nil
		}
		rows, found = append(rows, uint32(bits)), found[6:]
	}
	return rows
}

// photo returns a sheet as a phone makes it: JPEG.
func photo(title string) []byte {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, sheet(title), &jpeg.Options{Quality: 35}); err != nil {
		panic(err) // memory does not fail
	}
	return out.Bytes()
}

// scan returns a sheet as a scanner makes it: PNG.
func scan(title string) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, sheet(title)); err != nil {
		panic(err) // memory does not fail
	}
	return out.Bytes()
}

// document returns a sheet as a PDF of one page with one picture.
func document(title string) []byte {
	picture := photo(title)
	content := fmt.Sprintf("q %d 0 0 %d 28 480 cm /P Do Q", sheetWidth, sheetHeight)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "+
			"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream", sheetWidth, sheetHeight, len(picture), picture),
	}
	out := bytes.NewBufferString("%PDF-1.4\n")
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", out.Len())
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(out, "%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", table, len(objects)+1, out.Len())
	return out.Bytes()
}
