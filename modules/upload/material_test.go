package upload_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// picture returns a small picture with some noise, so that its coded data is
// not empty.
func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range 64 * 48 {
		m.Set(i%64, i/64, color.RGBA{uint8(i * 7), uint8(i * 13), uint8(i), 255})
	}
	return m
}

func jpegFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipFile returns an archive with one file of the given name.
func zipFile(t testing.TB, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte("content"))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pdfFile returns a document of one page with the given objects added, and
// the given entries in its trailer.
func pdfFile(trailer string, objects ...string) []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	b.WriteString("1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
	b.WriteString("2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n")
	b.WriteString("3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n")
	b.WriteString("4 0 obj\n<< /Length 27 >>\nstream\nBT /F1 12 Tf (Hello) Tj ET  \nendstream\nendobj\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", 5+i, o)
	}
	b.WriteString("trailer\n<< /Size 5 /Root 1 0 R " + trailer + ">>\nstartxref\n0\n%%EOF\n")
	return []byte(b.String())
}

// objectStream returns an object stream with the given text in it.
func objectStream(dictionary, text string) string {
	return "<< /Type /ObjStm /N 1 /First 4 " + dictionary + " >>\nstream\r\n" + deflated(text) + "\nendstream"
}

func deflated(text string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.String()
}

// withSegment puts a segment behind the start of a JPEG file.
func withSegment(file []byte, marker byte, content string) []byte {
	head := []byte{0xFF, marker, 0, 0}
	binary.BigEndian.PutUint16(head[2:], uint16(len(content)+2))
	return bytes.Join([][]byte{file[:2], head, []byte(content), file[2:]}, nil)
}

// withChunk puts a chunk behind the header of a PNG file.
func withChunk(file []byte, typ, content string) []byte {
	const header = 8 + 25
	body := []byte(typ + content)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	chunk = append(chunk, body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(body))
	return bytes.Join([][]byte{file[:header], chunk, file[header:]}, nil)
}

// plus returns file with text behind it.
func plus(file []byte, text string) []byte { return append(bytes.Clone(file), text...) }
