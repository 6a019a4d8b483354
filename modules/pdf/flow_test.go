package pdf_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"examhall/modules/pdf"
	"examhall/modules/pdf/fonts"
)

// letter is one with so many rows that it takes several pages.
func letter(facts, materials int, reason string) pdf.Document {
	d := pdf.Document{
		Values: map[string]string{
			"issuer": "某市人事考试院", "service": "成绩复核", "number": "CJFH202611230001", "name": "陈𬭎", "id_number": "4****************4",
			"submitted": "2026年11月23日 17:00", "due": "2026年12月21日", "date": "2026年11月23日",
		},
		Rows: map[string][]map[string]string{},
		Date: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
	}
	for i := range facts {
		d.Rows["facts"] = append(d.Rows["facts"], map[string]string{"label": fmt.Sprintf("事项%d", i+1), "value": reason})
	}
	for i := range materials {
		d.Rows["materials"] = append(d.Rows["materials"], map[string]string{"name": fmt.Sprintf("材料%d", i+1), "file": "文件.pdf", "pages": "1"})
	}
	return d
}

// TestFlowsLoseNothing compares what was asked for with what a viewer reads, on
// one page and on many, with breaks in the middle of texts.
func TestFlowsLoseNothing(t *testing.T) {
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, err := pdf.Open(os.DirFS("testdata"), set, pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reason := strings.Repeat("申请复核主观题部分有无漏评、登分（含合分）错误；", 9)
	for _, c := range []struct{ facts, materials, pages int }{{1, 1, 1}, {3, 60, 4}, {40, 5, 8}} {
		out, err := p.Render("letter", letter(c.facts, c.materials, reason))
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(strings.Fields(run(t, out, "pdftotext", "-layout", "FILE", "-")), "")
		if got := strings.Count(said, "申请复核主观题部分"); got < c.facts*5 {
			t.Errorf("%d facts: their text stands %d times", c.facts, got)
		}
		for i := range c.materials {
			if !strings.Contains(said, fmt.Sprintf("材料%d", i+1)) {
				t.Errorf("material %d of %d is lost", i+1, c.materials)
			}
		}
		if want := fmt.Sprintf("第1页，共%d页", c.pages); !strings.Contains(said, want) {
			t.Errorf("%d facts, %d materials: no %q on the first page", c.facts, c.materials, want)
		}
	}
}

// TestManyDifferentCharacters spreads a text over several fonts and reads all of
// it again, over the ends of lines and pages.
func TestManyDifferentCharacters(t *testing.T) {
	p, err := opened(t, flowing(`{"kind": "paragraph", "text": "{name}"}`), pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var many []rune
	for r := rune(0x4e00); r < 0x4e00+2000; r++ {
		many = append(many, r, 0x20000+r-0x4e00)
	}
	out, err := p.Render("mine", pdf.Document{Values: map[string]string{"name": string(many)}})
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(run(t, out, "pdftotext", "FILE", "-")), "")
	if said != string(many) {
		t.Errorf("%d characters became %d", len(many), len([]rune(said)))
	}
	for r := rune(0x5600); len(many) < 40_000; r++ {
		many = append(many, 0x20000+r-0x4e00)
	}
	if _, err := p.Render("mine", pdf.Document{Values: map[string]string{"name": string(many)}}); !errors.Is(err, pdf.ErrTooManyCharacters) {
		t.Errorf("%d different characters: %v", len(many), err)
	}
}
