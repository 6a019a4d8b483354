package pdf_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"examhall/modules/pdf"
	"examhall/modules/pdf/fonts"
)

// opened opens one layout beside the pictures of the product.
func opened(t testing.TB, text string, o pdf.Options) (*pdf.Press, error) {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	seal, err := os.ReadFile("../../templates/pdf/seal.png")
	if err != nil {
		t.Fatal(err)
	}
	return pdf.Open(fstest.MapFS{"mine.json": {Data: []byte(text)}, "seal.png": {Data: seal}, "broken.png": {Data: []byte("no")}}, set, o)
}

// small is a layout of one element, which stands in line 5.
func small(element string) string {
	return "{\n\"title\": \"t\",\n\"values\": {\"name\": {\"sample\": \"张三\"}}, \"rows\": {\"list\": {\"columns\": [\"a\"], \"sample\": []}},\n\"elements\": [\n" + element + "\n]}"
}

// flowing is a layout with one part of a flow, which stands in line 5.
func flowing(part string) string {
	return strings.Replace(small(""), "\"elements\": [\n\n]", "\"elements\": [], \"flow\": {\"x\": 20, \"y\": 20, \"width\": 100, \"bottom\": 200, \"parts\": [\n"+part+"\n]}", 1)
}

// TestFaultsHaveTheirLine says what is refused when a server starts.
func TestFaultsHaveTheirLine(t *testing.T) {
	for element, want := range map[string]string{
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "{name}", "colour": "red"}`:        `mine.json:5: unknown key "colour"`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "{nmae}"}`:                         `mine.json:5: unknown value {nmae}`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "{name"}`:                          `mine.json:5: "text": a brace has no partner`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "a", "font": "kai"}`:               `mine.json:5: there is no font "kai"`,
		`{"kind": "text", "x": 180, "y": 10, "width": 50, "text": "a"}`:                             `mine.json:5: it leaves the page`,
		`{"kind": "text", "x": 10, "y": -1, "width": 50, "text": "a"}`:                              `mine.json:5: it leaves the page`,
		`{"kind": "text", "x": "10", "y": 10, "width": 50, "text": "a"}`:                            `mine.json:5: "x" must be a number`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50}`:                                           `mine.json:5: "text" is missing`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "a", "color": "red"}`:              `mine.json:5: "color": there is no colour "red"`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "a", "when": "revoked"}`:           `mine.json:5: "revoked" is neither a mark nor a value`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "a", "align": "middle"}`:           `mine.json:5: "align" must be one of`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "a", "lines": 1.5}`:                `mine.json:5: "lines" must be a whole number`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "a", "minimum": 20}`:               `"minimum" must not be more than "size"`,
		`{"kind": "text", "x": 10, "y": 10, "x": 11, "width": 50, "text": "a"}`:                     `mine.json:5: "x" stands twice`,
		`{"kind": "image", "x": 10, "y": 10, "width": 50, "height": 50, "file": "gone.png"}`:        `mine.json:5: gone.png:`,
		`{"kind": "image", "x": 10, "y": 10, "width": 50, "height": 50, "file": "broken.png"}`:      `mine.json:5: broken.png:`,
		`{"kind": "image", "x": 10, "y": 290, "width": 50, "height": 50, "file": "seal.png"}`:       `mine.json:5: it leaves the page`,
		`{"kind": "rosette", "x": 10, "y": 100, "radius": 50}`:                                      `mine.json:5: it leaves the page`,
		`{"kind": "fields", "x": 10, "y": 10, "width": 50, "items": [{"label": "a", "txet": "b"}]}`: `mine.json:5: unknown key "txet"`,
		`{"kind": "star"}`: `mine.json:5: unknown kind "star"`,
		`7`:                `mine.json:5: an object {…} is wanted here`,
		`{"kind": "text", "x": 10, "y": 10, "width": 5, "text": "没有地方"}`:                            `mine.json:5: too long for its place`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "𰻞"}`:                              `no glyph for U+30EDE`,
		"{\"kind\": \"text\",\n\"x\": 10, \"y\": 10,\n\"width\": 50, \"text\": \"a\", \"tilt\": 3}": `mine.json:7: unknown key "tilt"`,
		`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "a"},`:                             `mine.json:5: invalid character`,
	} {
		if _, err := opened(t, small(element), pdf.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n\twant %s\n\tgot  %v", element, want, err)
		}
	}
	for part, want := range map[string]string{
		`{"kind": "rows", "rows": "lost", "columns": []}`:                                  `mine.json:5: there are no rows "lost"`,
		`{"kind": "rows", "rows": "list", "columns": [{"text": "{b}", "width": 50}]}`:      `mine.json:5: unknown value {b} of a row`,
		`{"kind": "rows", "rows": "list", "columns": [{"text": "{a}", "width": 150}]}`:     `mine.json:5: the columns are 150 mm wide`,
		`{"kind": "rows", "rows": "list", "columns": [{"text": "{a}", "width": 2}]}`:       `mine.json:5: the column is narrower`,
		`{"kind": "block", "height": 300, "elements": []}`:                                 `mine.json:5: the block is higher than a page`,
		`{"kind": "block", "height": 10, "elements": [{"kind": "line", "x": 0, "y": 20}]}`: `mine.json:5: it leaves the page`,
		`{"kind": "chapter"}`: `mine.json:5: unknown kind "chapter" of a flow`,
	} {
		if _, err := opened(t, flowing(part), pdf.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n\twant %s\n\tgot  %v", part, want, err)
		}
	}
}

// TestAllFaultsAtOnce wants no round for each.
func TestAllFaultsAtOnce(t *testing.T) {
	_, err := opened(t, small(`{"kind": "star"}, {"kind": "text", "x": 300, "y": 10, "width": 5, "text": "{lost}", "font": "kai"}`), pdf.Options{})
	for _, want := range []string{"star", "leaves the page", "lost", "kai"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("nothing about %s in %v", want, err)
		}
	}
}

// TestLayoutsDeclareOnlyWhatIsFilledIn refuses a value that the program does
// not know: it would stay empty for ever.
func TestLayoutsDeclareOnlyWhatIsFilledIn(t *testing.T) {
	o := pdf.Options{Known: map[string][]string{"mine": {"number"}}}
	if _, err := opened(t, small(""), o); err == nil || !strings.Contains(err.Error(), `mine.json:3: unknown value "name"`) {
		t.Error(err)
	}
}

// TestWhatIsMissingIsSaid refuses a document without a value that the layout
// declares, and a text without room for it.
func TestWhatIsMissingIsSaid(t *testing.T) {
	p := press(t)
	d := certificate("")
	if _, err := p.Render("professional", d); err == nil || !strings.Contains(err.Error(), `"name" is missing`) {
		t.Error("no name:", err)
	}
	d = certificate("张三")
	d.QR = ""
	if _, err := p.Render("professional", d); err == nil || !strings.Contains(err.Error(), "QR") {
		t.Error("no QR code:", err)
	}
	if _, err := p.Render("professional", certificate(strings.Repeat("张", 90))); err == nil || !strings.Contains(err.Error(), "professional.json:") {
		t.Error("a name without end:", err)
	}
	d = certificate("张三")
	d.Photo = []byte("GIF89a")
	if _, err := p.Render("professional", d); err == nil || !strings.Contains(err.Error(), "photo") {
		t.Error("a photo that is none:", err)
	}
	if _, err := p.Render("nothing", d); err == nil {
		t.Error("an unknown layout was rendered")
	}
}

// TestOptionalValuesLeaveNoGap looks where the line after a missing one stands.
func TestOptionalValuesLeaveNoGap(t *testing.T) {
	p := press(t)
	d := certificate("张三")
	with := run(t, render(t, p, d), "pdftotext", "-layout", "FILE", "-")
	d.Values["level"], d.Values["specialty"] = "", ""
	without := run(t, render(t, p, d), "pdftotext", "-layout", "FILE", "-")
	if !strings.Contains(with, "专") || strings.Contains(without, "专   业") || strings.Contains(without, "级   别") {
		t.Errorf("labels of nothing:\n%s", without)
	}
	if !strings.Contains(without, "批准日期") {
		t.Error("what follows is lost")
	}
}

// FuzzOpen wants errors of broken layouts, never a panic.
func FuzzOpen(f *testing.F) {
	for _, name := range []string{"professional", "receipt"} {
		data, err := os.ReadFile("../../templates/pdf/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add(small(`{"kind": "text", "x": 10, "y": 10, "width": 50, "text": "{name}"}`))
	f.Add(flowing(`{"kind": "rows", "rows": "list", "columns": [{"text": "{a}", "width": 50}]}`))
	f.Fuzz(func(t *testing.T, text string) { opened(t, text, pdf.Options{}) })
}

// FuzzRender wants an error or a whole file, whatever people are called.
func FuzzRender(f *testing.F) {
	p := press(f)
	for _, name := range names() {
		f.Add(name, name)
	}
	f.Add("\xe5\xbc", "a)(\\b\r\n")
	f.Fuzz(func(t *testing.T, name, issuer string) {
		d := certificate(name)
		d.Values["issuer"], d.Title, d.Author = issuer, name, issuer
		if out, err := p.Render("professional", d); err == nil && !strings.HasSuffix(string(out), "%%EOF\n") {
			t.Error("a file without an end")
		}
	})
}
