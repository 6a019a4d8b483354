package upload_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math/rand"
	"strings"
	"testing"
	"time"

	"examhall/modules/upload"
)

const limit = 5 << 20

// inspect returns the code that data is refused with, or "".
func inspect(t testing.TB, data []byte) string {
	t.Helper()
	err := upload.Inspect(bytes.NewReader(data), int64(len(data)), limit)
	if err == nil {
		return ""
	}
	var p *upload.Problem
	if !errors.As(err, &p) {
		t.Fatalf("%T is no problem of the file: %v", err, err)
	}
	return p.Code
}

func check(t *testing.T, want string, files map[string][]byte) {
	t.Helper()
	for name, data := range files {
		if got := inspect(t, data); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestAccepted(t *testing.T) {
	film := "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom\x00\x00\x00\x08mdat"
	check(t, "", map[string][]byte{
		"jpeg":                      jpegFile(t),
		"png":                       pngFile(t),
		"pdf":                       pdfFile(""),
		"jpeg with a maker trailer": plus(jpegFile(t), "\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data1700000000000SEFHk\x00\x00\x00SEFT"),
		"jpeg with a motion photo":  plus(jpegFile(t), film+noise(2<<20)),
		"jpeg with a second jpeg":   plus(jpegFile(t), string(jpegFile(t))),
		"jpeg with metadata":        withSegment(jpegFile(t), 0xE1, "http://ns.adobe.com/xap/1.0/\x00<?xpacket?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF></rdf:RDF></x:xmpmeta>"),
		"jpeg with a thumbnail":     withSegment(jpegFile(t), 0xE1, "Exif\x00\x00"+string(jpegFile(t))),
		"jpeg with a comment":       withSegment(jpegFile(t), 0xFE, "Lavc58 <3 & 1 < 2 <b>"),
		"png with a text":           withChunk(pngFile(t), "tEXt", "Software\x00Paint"),
		"pdf with object streams":   pdfFile("", objectStream("/Filter /FlateDecode", "5 0 << /Type /Font >>")),
		"pdf with a filter list":    pdfFile("", objectStream("/Filter [ /FlateDecode ]", "5 0 << /Type /Font >>")),
		"pdf with a link":           pdfFile("", "<< /S /URI /URI (https://example.org/) >>"),
		"pdf with outlines":         pdfFile("", "<< /Type /Outlines /First 6 0 R /Last 6 0 R >>", "<< /Length 3 /Filter /DCTDecode >>\nstream\nabc\nendstream"),
		"pdf with plain metadata":   pdfFile("", "<< /Type /Metadata /Length 25 >>\nstream\n<x>a word: stream\nmore</x>\nendstream"),
		"pdf with similar names":    pdfFile("/EncryptMetadata false /LaunchDate 1 ", "<< /JavaScriptFree true >>"),
		"pdf with a blank end":      plus(pdfFile(""), "\r\n\r\n\x00\x00"),
	})
}

func TestRefusedTypes(t *testing.T) {
	check(t, upload.CodeType, map[string][]byte{
		"svg":              []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"svg with prolog":  []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`),
		"html":             []byte("<!DOCTYPE html><html><body>hello</body></html>"),
		"text":             []byte("hello"),
		"zip":              zipFile(t, "a.txt"),
		"docx":             zipFile(t, "word/document.xml"),
		"doc":              plus([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), strings.Repeat("\x00", 600)),
		"gif":              []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"),
		"webp":             []byte("RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x00"),
		"heic":             []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
		"bmp":              plus([]byte("BM"), strings.Repeat("\x00", 100)),
		"program":          plus([]byte("MZ\x90\x00"), strings.Repeat("\x00", 100)),
		"one byte":         []byte("x"),
		"jpeg header only": jpegFile(t)[:20],
		"jpeg cut off":     jpegFile(t)[:len(jpegFile(t))/2],
		"jpeg without end": jpegFile(t)[:len(jpegFile(t))-2],
		"jpeg with prefix": plus([]byte("\n"), string(jpegFile(t))),
		"png cut off":      pngFile(t)[:len(pngFile(t))-12],
		"png header only":  pngFile(t)[:33],
		"png with prefix":  plus([]byte("\n"), string(pngFile(t))),
		"pdf cut off":      pdfFile("")[:200],
		"pdf with prefix":  plus([]byte("\n"), string(pdfFile(""))),
		"pdf with BOM":     plus([]byte("\xef\xbb\xbf"), string(pdfFile(""))),
		"pdf, late header": plus([]byte(strings.Repeat(" ", 500)), string(pdfFile(""))),
		"pdf, early end":   plus(pdfFile(""), strings.Repeat("x", 2000)),
	})
}

func TestRefusedPolyglots(t *testing.T) {
	jar := string(zipFile(t, "META-INF/MANIFEST.MF"))
	pdf := string(pdfFile(""))
	files := map[string][]byte{
		"jpeg and html in a comment":      withSegment(jpegFile(t), 0xFE, "<HTML><body>"),
		"jpeg and script in its metadata": withSegment(jpegFile(t), 0xE1, "Exif\x00\x00<script>alert(1)</script>"),
		"jpeg and pdf in a comment":       withSegment(jpegFile(t), 0xFE, "%PDF-1.4\n1 0 obj"),
		"jpeg and zip in a comment":       withSegment(jpegFile(t), 0xFE, jar),
		"jpeg and php":                    withSegment(jpegFile(t), 0xFE, "<?php system($_GET[0]); ?>"),
		"png and html in a text":          withChunk(pngFile(t), "tEXt", "Comment\x00<html><script src=x>"),
		"png and pdf in a text":           withChunk(pngFile(t), "iTXt", "c\x00%PDF-1.4"),
		"png and zip in a chunk":          withChunk(pngFile(t), "prVt", jar),
		"pdf and zip":                     plus(pdfFile(""), jar),
		"pdf and long zip":                plus(pdfFile(""), jar+strings.Repeat(" ", 100)),
		"pdf and zip before its end":      bytes.Replace(pdfFile(""), []byte("trailer"), []byte(jar+"\ntrailer"), 1),
		"pdf and html at its head":        bytes.Replace(pdfFile(""), []byte("1 0 obj"), []byte("%<script>alert(1)</script>\n1 0 obj"), 1),
		"pdf and html behind":             plus(pdfFile(""), "<html><script>alert(1)</script>"),
	}
	for format, file := range map[string][]byte{"jpeg": jpegFile(t), "png": pngFile(t)} {
		for what, text := range map[string]string{
			"jar": jar, "pdf": pdf, "html": "<html>", "script": "<ScRiPt\n>", "svg": "<svg/onload=alert(1)>", "doctype": "<!DOCTYPE html>",
			"zip header": "PK\x03\x04", "rar": "Rar!\x1a\x07\x01\x00", "7z": "7z\xbc\xaf\x27\x1c\x00\x04",
		} {
			files[format+" and "+what] = plus(file, text)
			files[format+" and later "+what] = plus(file, "SEFT\x00\x00"+text+zipRest(what))
		}
	}
	check(t, upload.CodeType, files)
}

// zipRest completes a bare zip header to one that a reader would take.
func zipRest(what string) string {
	if what != "zip header" {
		return ""
	}
	return "\x14\x00\x00\x00\x08\x00" + strings.Repeat("\x00", 20)
}

func TestRefusedDocuments(t *testing.T) {
	script := "5 0 << /S /JavaScript /JS (app.alert(1)) >>"
	check(t, upload.CodeType, map[string][]byte{
		"script":                 pdfFile("", "<< /S /JavaScript /JS (app.alert(1)) >>"),
		"script, escaped":        pdfFile("", "<< /S /J#61va#53cript /JS (app.alert(1)) >>"),
		"script, tight":          pdfFile("", "<</S/JavaScript/JS(x)>>"),
		"launch":                 pdfFile("", "<< /S /Launch /F (cmd.exe) >>"),
		"attachment":             pdfFile("", "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream"),
		"attachments":            pdfFile("", "<< /Names << /EmbeddedFiles 6 0 R >> >>"),
		"packed script":          pdfFile("", objectStream("/Filter /FlateDecode", script)),
		"packed, other order":    pdfFile("", objectStream("/Filter/FlateDecode/Length 10", script)),
		"packed, bare line end":  pdfFile("", strings.Replace(objectStream("/Filter /FlateDecode", script), "stream\r\n", "stream\r", 1)),
		"packed, escaped filter": pdfFile("", objectStream("/F#69lter /FlateDecode", script)),
		"packed, escaped first":  pdfFile("", "<< /N 1 /F#69rst 4 /Filter /FlateDecode >> stream\n"+deflated(script)+"\nendstream"),
		"packed, other filter":   pdfFile("", objectStream("/Filter /ASCIIHexDecode", script)),
		"packed twice":           pdfFile("", objectStream("/Filter [/FlateDecode /ASCIIHexDecode]", script)),
		"packed, predictor":      pdfFile("", objectStream("/Filter /FlateDecode /DecodeParms << /Predictor 12 >>", script)),
		"packed, indirect":       pdfFile("", objectStream("/Filter 9 0 R", script)),
		"packed, damaged":        pdfFile("", "<< /N 1 /First 4 /Filter /FlateDecode >>\nstream\nx\nendstream"),
		"packed, decoy string":   pdfFile("", objectStream("/X (6 0 obj <<) /Filter /FlateDecode", script)),
		"packed, decoy comment":  pdfFile("", objectStream("\n% 6 0 obj <<\n /Filter /FlateDecode", script)),
		"packed, decoy stream":   pdfFile("", objectStream("/X (stream\n) /Filter /FlateDecode", script)),
	})
	check(t, upload.CodeEncrypted, map[string][]byte{
		"password":          pdfFile("/Encrypt 9 0 R "),
		"password, escaped": pdfFile("/#45ncrypt 9 0 R "),
	})
}

func TestSize(t *testing.T) {
	file := jpegFile(t)
	for _, c := range []struct {
		name        string
		data        []byte
		size, limit int64
		want        string
	}{
		{"nothing", nil, 0, limit, upload.CodeEmpty},
		{"announced but empty", nil, 10, limit, upload.CodeEmpty},
		{"announced as empty", file, 0, limit, upload.CodeEmpty},
		{"at the limit", file, int64(len(file)), int64(len(file)), ""},
		{"over the limit", file, int64(len(file)), int64(len(file)) - 1, upload.CodeSize},
		{"more than announced", file, 1, int64(len(file)) - 1, upload.CodeSize},
		{"no limit set", file, int64(len(file)), 0, upload.CodeSize},
	} {
		err := upload.Inspect(bytes.NewReader(c.data), c.size, c.limit)
		var p *upload.Problem
		if errors.As(err, &p); (err == nil) != (c.want == "") || p != nil && p.Code != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestTooManyPixels(t *testing.T) {
	large := pngFile(t)
	copy(large[16:], "\x00\x00\x1f\x41\x00\x00\x13\x88") // 8001 by 5000
	check(t, upload.CodeType, map[string][]byte{"header with a wrong checksum": large})

	binary.BigEndian.PutUint32(large[29:], crc32.ChecksumIEEE(large[12:29]))
	check(t, upload.CodeSize, map[string][]byte{"png": large})

	wide := jpegFile(t)
	sof := bytes.Index(wide, []byte{0xFF, 0xC0})
	copy(wide[sof+5:], "\x13\x88\x1f\x41")
	check(t, upload.CodeSize, map[string][]byte{"jpeg": wide})
}

func TestLeavesReaderAtStart(t *testing.T) {
	r := bytes.NewReader(pngFile(t))
	r.Seek(10, io.SeekStart)
	if err := upload.Inspect(r, r.Size(), limit); err != nil || r.Len() != int(r.Size()) {
		t.Fatal(err, r.Len())
	}
}

// broken is a file on a disk that fails.
type broken struct{ io.Seeker }

func (broken) Read([]byte) (int, error) { return 0, errors.New("bad sector") }

func TestReadErrorIsNoProblem(t *testing.T) {
	err := upload.Inspect(broken{strings.NewReader("")}, 10, limit)
	var p *upload.Problem
	if err == nil || errors.As(err, &p) || !strings.Contains(err.Error(), "bad sector") {
		t.Fatal(err)
	}
}

// noise returns n bytes that do not repeat; the same ones each time.
func noise(n int) string {
	b := make([]byte, n)
	rand.New(rand.NewSource(1)).Read(b)
	return string(b)
}

// TestLinear feeds what each search could choke on. A search that is quadratic
// takes minutes for it; the bound leaves room for slow machines.
func TestLinear(t *testing.T) {
	const large = 1 << 20
	object := "5 0 obj<</First 1/Filter/FlateDecode>>stream\n"
	for name, data := range map[string][]byte{
		"tags":       plus(jpegFile(t), strings.Repeat("<", large/2)),
		"zip ends":   plus(jpegFile(t), strings.Repeat("PK\x05\x06", large/8)),
		"zip heads":  plus(jpegFile(t), "x"+strings.Repeat("PK\x03\x04", large/8)),
		"markers":    append(bytes.Clone(jpegFile(t)[:2]), bytes.Repeat([]byte{0xFF}, large/2)...),
		"scans":      append(bytes.Clone(jpegFile(t)[:2]), bytes.Repeat([]byte("\xff\xda\x00\x02\xff\x00"), large/12)...),
		"slashes":    pdfFile("", strings.Repeat("/", large/2)),
		"names":      pdfFile("", strings.Repeat("/#41#42#43", large/20)),
		"streams":    pdfFile("", strings.Repeat("stream\n", large/14)),
		"objects":    pdfFile("", strings.Repeat(object+deflated("x")+" endstream ", large/160)),
		"bomb":       pdfFile("", objectStream("/Filter /FlateDecode", strings.Repeat("x", 64<<20))),
		"nested obj": pdfFile("", strings.Repeat("obj<<", large/10)),
	} {
		start := time.Now()
		code := inspect(t, data)
		if spent := time.Since(start); spent > 10*time.Second {
			t.Errorf("%s took %s", name, spent)
		} else {
			t.Logf("%-10s %8d bytes %8s %s", name, len(data), spent.Round(time.Millisecond), code)
		}
	}
}

// FuzzInspect checks that no file makes Inspect panic, and that nothing which
// it accepts is an archive as well or begins as something else.
func FuzzInspect(f *testing.F) {
	for _, seed := range [][]byte{
		jpegFile(f), pngFile(f), pdfFile(""), zipFile(f, "a"),
		pdfFile("", objectStream("/Filter /FlateDecode", "5 0 << >>")),
		plus(jpegFile(f), string(zipFile(f, "a"))), withSegment(jpegFile(f), 0xFE, "<html>"),
		withChunk(pngFile(f), "tEXt", "%PDF-"), nil,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if inspect(t, data) != "" {
			return
		}
		if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil && len(z.File) > 0 {
			t.Error("accepted a zip archive")
		}
		for _, head := range []string{"\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "%PDF-"} {
			if bytes.HasPrefix(data, []byte(head)) {
				return
			}
		}
		t.Errorf("accepted a file that begins with %q", data[:min(len(data), 8)])
	})
}
