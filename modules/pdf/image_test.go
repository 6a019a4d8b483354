package pdf_test

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"examhall/modules/pdf"
)

// page renders the first page of a file as a viewer shows it.
func page(t *testing.T, data []byte, dpi string) image.Image {
	t.Helper()
	out := filepath.Join(t.TempDir(), "page")
	run(t, data, "pdftoppm", "-r", dpi, "-f", "1", "-l", "1", "-singlefile", "-png", "FILE", out)
	picture, err := os.ReadFile(out + ".png")
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestPagesLookAsTheyDid compares every layout with a small image of it. Run it
// with EXAMHALL_GOLDEN=write after a change that you have looked at.
func TestPagesLookAsTheyDid(t *testing.T) {
	p := press(t)
	for _, layout := range p.Layouts() {
		for suffix, marks := range map[string][]pdf.Mark{"": nil, "-marked": {pdf.Reissued, pdf.Annotated, pdf.Development}} {
			data, err := p.Preview(layout, marks...)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, filepath.Join("testdata", "pages", layout+suffix+".png"), page(t, data, "40"))
		}
	}
}

// compare wants less than six levels of 256 of difference on average, four of which are those of the small file, and no
// larger spot that is another: versions of poppler smooth edges differently.
func compare(t *testing.T, file string, got image.Image) {
	t.Helper()
	if os.Getenv("EXAMHALL_GOLDEN") == "write" {
		var b bytes.Buffer
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		if err := encoder.Encode(&b, coarse(gray(got))); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal("look at the page, then keep it with EXAMHALL_GOLDEN=write:", err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	want, have := gray(m), gray(got)
	if want.Bounds() != have.Bounds() {
		t.Fatalf("%s: %v, and now %v", file, want.Bounds(), have.Bounds())
	}
	if all := difference(want, have, want.Bounds()); all > 6 {
		t.Errorf("%s: the page differs by %.1f levels", file, all)
	}
	const spot = 16
	worst, where := 0.0, image.Point{}
	for y := 0; y < want.Bounds().Dy(); y += spot {
		for x := 0; x < want.Bounds().Dx(); x += spot {
			if d := difference(want, have, image.Rect(x, y, x+spot, y+spot).Intersect(want.Bounds())); d > worst {
				worst, where = d, image.Pt(x, y)
			}
		}
	}
	if worst > 24 {
		t.Errorf("%s: around %v it differs by %.0f levels; look at the page, then keep it with EXAMHALL_GOLDEN=write", file, where, worst)
	}
}

func gray(m image.Image) *image.Gray {
	g := image.NewGray(m.Bounds())
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			g.Set(x, y, m.At(x, y))
		}
	}
	return g
}

// coarse leaves sixteen levels, so that the file is small.
func coarse(m *image.Gray) *image.Gray {
	for i, level := range m.Pix {
		m.Pix[i] = uint8((int(level) + 8) / 17 * 17)
	}
	return m
}

// difference is the mean of how much the levels of a part differ.
func difference(a, b *image.Gray, part image.Rectangle) float64 {
	total := 0.0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			total += math.Abs(float64(a.GrayAt(x, y).Y) - float64(b.GrayAt(x, y).Y))
		}
	}
	return total / float64(part.Dx()*part.Dy())
}

// TestQRCodesAreReadOffThePage decodes the code as a phone sees it, the longest
// one that a certificate has.
func TestQRCodesAreReadOffThePage(t *testing.T) {
	p := press(t)
	for _, name := range []string{"张三", fifty()} {
		d := certificate(name)
		m, err := gozxing.NewBinaryBitmapFromImage(page(t, render(t, p, d), "150"))
		if err != nil {
			t.Fatal(err)
		}
		read, err := qrcode.NewQRCodeReader().Decode(m, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
		if err != nil || read.GetText() != d.QR {
			t.Errorf("%s: %v, %v", name, read, err)
		}
	}
}
