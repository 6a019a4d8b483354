package pdf_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"examhall/modules/pdf"
	"examhall/modules/pdf/fonts"
)

// press opens the layouts of the product.
func press(t testing.TB) *pdf.Press {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, err := pdf.Open(os.DirFS("../../templates/pdf"), set, pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// certificate is one of a name.
func certificate(name string) pdf.Document {
	return pdf.Document{
		Values: map[string]string{
			"title": "一级建造师", "name": name, "id_number": "440301199407011234", "gender": "男", "birth_month": "1994年07月",
			"level": "一级", "specialty": "建筑工程", "approve_date": "2026年05月18日", "number": "202600140301000123",
			"issuer": "某市人事考试院", "host": "examhall.test",
		},
		QR: "HTTPS://EXAMHALL.TEST/V/" + strings.Repeat("ABCDEFGH", 30), Title: "专业技术人员职业资格证书 " + name, Author: "某市人事考试院",
		Date: time.Date(2026, 5, 18, 1, 2, 3, 0, time.UTC),
	}
}

// names are those of the specification that are printed as they are.
func names() []string {
	return []string{
		"张三", "欧阳娜娜", "王喆", "郭鋆", "李䶮", "陈𬭎", "严𬱖", "李𠅤", "㛃䶮", "𪚥𠔻䨻㐂", "\U0002ebe0", "阿卜杜拉·买买提", "O'NEIL MARY-ANN",
		"古丽巴哈尔·阿不都热依木·买买提明·穆罕默德", // 22
		fifty(),
	}
}

// fifty is a name of 50 characters.
func fifty() string {
	return strings.Repeat("阿卜杜热合曼·", 6) + "买买提·" + "吐尔逊"[:6] + "𬭎𠅤"
}

// run runs a program on a file and returns what it says.
func run(t *testing.T, data []byte, program string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "FILE", file)
	}
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

func render(t testing.TB, p *pdf.Press, d pdf.Document) []byte {
	t.Helper()
	out, err := p.Render("professional", d)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestNamesArePrinted says that a viewer finds every name as it is. One that
// takes two lines is read as two.
func TestNamesArePrinted(t *testing.T) {
	p := press(t)
	for _, name := range names() {
		text := run(t, render(t, p, certificate(name)), "pdftotext", "FILE", "-")
		if joined := strings.ReplaceAll(text, "\n", ""); !strings.Contains(text, name) && !strings.Contains(joined, name) {
			t.Errorf("%s is not on the page:\n%s", name, text)
		}
	}
}

// TestMissingGlyphsHoldTheCertificate says that nothing is printed as a blank.
func TestMissingGlyphsHoldTheCertificate(t *testing.T) {
	p := press(t)
	for name, want := range map[string][]rune{
		"𰻞面": {0x30EDE}, "张😀": {0x1F600}, "张\ue863": {0xE863}, "\uf8ff𰻞": {0xF8FF, 0x30EDE},
		"张\u200d三": {0x200D}, "张\x00三": {0}, "张\xff三": {0xFFFD}, "葛\U000e0100": {0xE0100},
	} {
		_, err := p.Render("professional", certificate(name))
		missing, ok := errors.AsType[pdf.MissingGlyphs](err)
		if !ok || !slices.Equal(missing.Runes, want) {
			t.Errorf("%q: %v", name, err)
		}
		if cheap := p.Missing("professional", name); !slices.Equal(cheap, want) {
			t.Errorf("%q: Missing says %U", name, cheap)
		}
	}
}

// TestLinesOfFormsAreLines says that what browsers put at the end of a line holds
// nothing, and counts not as missing beside what is.
func TestLinesOfFormsAreLines(t *testing.T) {
	p, err := opened(t, flowing(`{"kind": "paragraph", "text": "{name}"}`), pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := pdf.Document{Values: map[string]string{"name": "第一行\r\n第二行\t完"}}
	out, err := p.Render("mine", d)
	if err != nil {
		t.Fatal(err)
	}
	if said := run(t, out, "pdftotext", "FILE", "-"); !strings.Contains(said, "第一行\n第二行 完") {
		t.Error(said)
	}
	d.Values["name"] += "😀"
	_, err = p.Render("mine", d)
	if missing, ok := errors.AsType[pdf.MissingGlyphs](err); !ok || !slices.Equal(missing.Runes, []rune{0x1F600}) {
		t.Error(err)
	}
}

// TestSameDocumentSameBytes renders in many goroutines.
func TestSameDocumentSameBytes(t *testing.T) {
	want, p := map[string][]byte{}, press(t)
	for _, name := range names() {
		want[name] = render(t, p, certificate(name))
	}
	p = press(t) // that has made no plate yet
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for _, name := range names() {
				got, err := p.Render("professional", certificate(name))
				if err != nil || !bytes.Equal(got, want[name]) {
					t.Errorf("%s: other bytes, %v", name, err)
				}
			}
		})
	}
	wait.Wait()
}

// TestFilesAreSound has another program read them.
func TestFilesAreSound(t *testing.T) {
	p := press(t)
	for _, layout := range p.Layouts() {
		for _, marks := range [][]pdf.Mark{nil, {pdf.Reissued, pdf.Annotated, pdf.Development}} {
			out, err := p.Preview(layout, marks...)
			if err != nil {
				t.Fatal(err)
			}
			if said := run(t, out, "qpdf", "--check", "FILE"); !strings.Contains(said, "No syntax or stream encoding errors") {
				t.Errorf("%s: %s", layout, said)
			}
		}
	}
}
