package pdf

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"examhall/modules/pdf/fonts"
	"examhall/modules/pdf/glyph"
)

func song(t *testing.T) glyph.Face {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set["song"]
}

func texts(lines []line) []string {
	var list []string
	for _, l := range lines {
		list = append(list, l.text)
	}
	return list
}

// TestLinesBreakAsPrintersDo keeps 避头 and 避尾 and words.
func TestLinesBreakAsPrintersDo(t *testing.T) {
	face := song(t)
	for text, want := range map[string][]string{
		"取得相应资格，特此证明。":     {"取得相应资", "格，特此证", "明。"},
		"一二三四五（六七）":        {"一二三四五", "（六七）"},
		"一二三四（六七）八":        {"一二三四", "（六七）八"},
		"考试 ABCDEF 通过":     {"考试 ", "ABCDEF ", "通过"},
		"一二\n三":            {"一二", "三"},
		"阿卜杜拉·买买提":         {"阿卜杜拉·", "买买提"},
		"ABCDEFGHIJKLMNOP": {"ABCDEFG", "HIJKLMN", "OP"},
	} {
		if got := texts(measure(face, text).wrap(5000, 0)); !slices.Equal(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestWrappingLosesNothing is the fault of gofpdf that started all this.
func TestWrappingLosesNothing(t *testing.T) {
	face := song(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("取得相应资格，。（）《》“”·ABC 123\n𬭎𠅤")), 0, 120, -1).Draw(t, "text")
		width := rapid.Float64Range(500, 20000).Draw(t, "width")
		indent := rapid.Float64Range(0, width/2).Draw(t, "indent")
		lines := measure(face, text).wrap(width, indent)
		if got, want := strings.Join(texts(lines), ""), strings.ReplaceAll(text, "\n", ""); got != want {
			t.Fatalf("%q became %q", want, got)
		}
		for _, l := range lines {
			if float64(l.width) > width && utf8.RuneCountInString(strings.TrimRight(l.text, " ")) > 1 {
				t.Fatalf("%q is %d wide, the line %.0f", l.text, l.width, width)
			}
		}
	})
}
