package glyph_test

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"testing"

	"examhall/modules/pdf/fonts"
	"examhall/modules/pdf/glyph"
)

func faces(t testing.TB) glyph.Set {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestPacksCoverTheStandard counts the ideographs of GB 18030-2022, level 3:
// 87,887 in these blocks.
func TestPacksCoverTheStandard(t *testing.T) {
	set := faces(t)
	for name, face := range set {
		total := 0
		for _, block := range []struct {
			what        string
			first, last rune
		}{
			{"unified", 0x4E00, 0x9FEF}, {"A", 0x3400, 0x4DB5}, {"B", 0x20000, 0x2A6D6}, {"C", 0x2A700, 0x2B734},
			{"D", 0x2B740, 0x2B81D}, {"E", 0x2B820, 0x2CEA1}, {"F", 0x2CEB0, 0x2EBE0},
		} {
			for r := block.first; r <= block.last; r++ {
				if !face.Has(r) {
					t.Errorf("%s: %U of %s is missing", name, r, block.what)
				}
				total++
			}
		}
		if total < 87000 {
			t.Errorf("%s: only %d characters were asked for", name, total)
		}
	}
}

// TestBoldHasTheCommonCharacters looks into the pack itself, not its fallbacks.
func TestBoldHasTheCommonCharacters(t *testing.T) {
	listed, err := os.ReadFile("makepack/tgh8105.txt")
	if err != nil {
		t.Fatal(err)
	}
	bold, n := faces(t)["bold"][:1], 0
	for _, r := range string(listed) {
		if r == '\n' {
			continue
		}
		n++
		if !bold.Has(r) {
			t.Errorf("%c is missing", r)
		}
	}
	if n != 8105 {
		t.Errorf("%d characters, not 8105", n)
	}
}

// TestIdeographsAreNoBlanks opens every outline of every pack.
func TestIdeographsAreNoBlanks(t *testing.T) {
	for name, face := range faces(t) {
		for r := rune(0x3400); r <= 0x2EBE0; r++ {
			g, ok := face.Glyph(r)
			if ok != face.Has(r) {
				t.Errorf("%s: %U is damaged", name, r)
			}
			if ok && (len(g.Outline) == 0 || g.Advance == 0) {
				t.Errorf("%s: %U is blank", name, r)
			}
		}
	}
}

// TestMissing names each character once, in order.
func TestMissing(t *testing.T) {
	song := faces(t)["song"]
	if got := song.Missing("张😀三", "𰻞😀\xff"); !slices.Equal(got, []rune{0xFFFD, 0x1F600, 0x30EDE}) {
		t.Errorf("%U", got)
	}
	_, err := glyph.NewPage(song, "张😀")
	if missing, ok := errors.AsType[glyph.MissingGlyphs](err); !ok || missing.Error() != "no glyph for U+1F600" {
		t.Error(err)
	}
}

// TestPagesAreFonts reads the font of a page as any program would.
func TestPagesAreFonts(t *testing.T) {
	song := faces(t)["song"]
	p, err := glyph.NewPage(song, "王𬭎李𠅤 王")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Encode("王𬭎 𠅤"); got != "\"$ #" {
		t.Errorf("codes %q", got)
	}
	f, err := glyph.ReadFont(p.File)
	if err != nil {
		t.Fatal(err)
	}
	for code, r := range map[rune]rune{0xF021: '李', 0xF022: '王', 0xF024: '𬭎'} {
		g, ok, err := f.Glyph(code)
		want, _ := song.Glyph(r)
		if err != nil || !ok || g.Advance != want.Advance || !bytes.Equal(g.Outline, want.Outline) {
			t.Errorf("%U is not %c: %v %v", code, r, ok, err)
		}
	}
	again, err := glyph.NewPage(song, "𠅤𬭎李王")
	if err != nil || !bytes.Equal(p.File, again.File) || p.Tag() != again.Tag() {
		t.Error("the same characters give another font")
	}
}

// TestFullPages refuses the 224th character.
func TestFullPages(t *testing.T) {
	var many []rune
	for r := rune(0x4e00); len(many) < glyph.Capacity; r++ {
		many = append(many, r)
	}
	song := faces(t)["song"]
	if p, err := glyph.NewPage(song, string(many)); err != nil || p.LastCode() != 255 {
		t.Error("the page holds less than it says:", err)
	}
	if _, err := glyph.NewPage(song, string(many)+"龥"); !errors.Is(err, glyph.ErrFull) {
		t.Error(err)
	}
}

// TestPacksAreReproducible writes the same glyphs in another order.
func TestPacksAreReproducible(t *testing.T) {
	song := faces(t)["song"]
	var list []glyph.Source
	for _, r := range "张三李四王五赵六0123456789" {
		g, _ := song.Glyph(r)
		list = append(list, glyph.Source{Rune: r, Glyph: g})
	}
	var first, second bytes.Buffer
	if err := glyph.Write(&first, glyph.Metrics{Ascent: 880}, list); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(list)
	if err := glyph.Write(&second, glyph.Metrics{Ascent: 880}, list); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("another order, another pack")
	}
	p, err := glyph.Open(first.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got, ok := p.Glyph('王')
	want, _ := song.Glyph('王')
	if !ok || !bytes.Equal(got.Outline, want.Outline) || got.Advance != want.Advance || got.Left != want.Left {
		t.Error("a glyph came out different")
	}
}

// FuzzPack wants errors of damaged packs, never a panic.
func FuzzPack(f *testing.F) {
	song := faces(f)["song"]
	g, _ := song.Glyph('张')
	var b bytes.Buffer
	if err := glyph.Write(&b, glyph.Metrics{}, []glyph.Source{{Rune: '张', Glyph: g}, {Rune: '三', Glyph: g}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:60])
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := glyph.Open(data)
		if err != nil {
			return
		}
		for _, r := range "张三李" {
			p.Glyph(r)
		}
		glyph.NewPage(glyph.Face{p}, "张三")
	})
}

// FuzzFont wants errors of damaged fonts, never a panic.
func FuzzFont(f *testing.F) {
	p, err := glyph.NewPage(faces(f)["song"], "张三")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(p.File)
	f.Fuzz(func(t *testing.T, data []byte) {
		font, err := glyph.ReadFont(data)
		if err != nil {
			return
		}
		for _, r := range "张\uf021" {
			font.Glyph(r)
		}
	})
}
