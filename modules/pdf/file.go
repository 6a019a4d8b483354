package pdf

import (
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf16"

	"examhall/modules/pdf/glyph"
)

// Numbers of objects that every file has. They are written last, but a plate
// before them knows what to call them.
const (
	catalogObject = iota + 1
	pagesObject
	infoObject
	metadataObject
	firstObject // of all others
)

// file is a PDF that grows.
type file struct {
	data    []byte
	offsets []int // of objects, by number; 0 is none
}

// newFile has the head of a file: version 1.7, and bytes above 127 so that no
// program takes it for text.
func newFile() *file {
	return &file{data: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), offsets: make([]int, firstObject)}
}

// grow returns a copy with room for more.
func (f *file) grow(more int) *file {
	g := &file{data: make([]byte, len(f.data), len(f.data)+more), offsets: make([]int, len(f.offsets), len(f.offsets)+24)}
	copy(g.data, f.data)
	copy(g.offsets, f.offsets)
	return g
}

// reserve returns the number of an object that is written later.
func (f *file) reserve() int {
	f.offsets = append(f.offsets, 0)
	return len(f.offsets) - 1
}

// put writes an object that has a number.
func (f *file) put(number int, body []byte) {
	f.open(number)
	f.data = append(f.data, body...)
	f.close()
}

// add writes an object and returns its number.
func (f *file) add(body []byte) int {
	n := f.reserve()
	f.put(n, body)
	return n
}

// worthPacking is the size from which on compressing a page is worth its time.
// Outlines shrink by a quarter only.
const (
	worthPacking = 2 << 10
	outlinesToo  = 8 * worthPacking
)

// addStream writes a stream with some keys of its dictionary. The length is filled in afterwards, so that nothing is copied.
func (f *file) addStream(p *Press, keys string, data []byte, level effort) int {
	const open, digits = ">>\nstream\n", "0000000"
	n := f.reserve()
	f.open(n)
	f.data = append(append(f.data, "<<"...), keys...)
	packed := level != none
	if packed {
		f.data = append(f.data, "/Filter/FlateDecode"...)
	}
	f.data = append(f.data, "/Length "+digits+open...)
	at := len(f.data)
	if packed {
		f.data = p.deflaters.deflate(f.data, data, level)
	} else {
		f.data = append(f.data, data...)
	}
	copy(f.data[at-len(open)-len(digits):], fmt.Appendf(nil, "%0*d", len(digits), len(f.data)-at))
	f.data = append(f.data, "\nendstream"...)
	f.close()
	return n
}

func (f *file) addf(format string, args ...any) int {
	n := f.reserve()
	f.putf(n, format, args...)
	return n
}

func (f *file) putf(number int, format string, args ...any) {
	f.open(number)
	f.data = fmt.Appendf(f.data, format, args...)
	f.close()
}

func (f *file) open(number int) {
	f.offsets[number] = len(f.data)
	f.data = strconv.AppendInt(f.data, int64(number), 10)
	f.data = append(f.data, " 0 obj\n"...)
}

func (f *file) close() { f.data = append(f.data, "\nendobj\n"...) }

// addFont writes a code page: font, widths, descriptor, outlines and the way
// back to Unicode. A symbolic font has no encoding: its codes are those of the
// cmap within (ISO 32000-1, 9.6.6.4).
func (p *Press) addFont(f *file, page *glyph.Page, level effort) int {
	name := page.Tag() + "+ExamHallSong"
	m := page.Metrics
	outlines := f.addStream(p, fmt.Sprintf("/Length1 %d", len(page.File)), page.File, level.from(outlinesToo, page.File))
	descriptor := f.addf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight 733/StemV 80/FontFile2 %d 0 R>>",
		name, m.Left, m.Bottom, m.Right, m.Top, m.Ascent, m.Descent, outlines)
	toUnicode := page.ToUnicode()
	unicode := f.addStream(p, "", toUnicode, level.from(worthPacking, toUnicode))
	n := f.reserve()
	f.open(n)
	f.data = fmt.Appendf(f.data, "<</Type/Font/Subtype/TrueType/BaseFont/%s/FirstChar 32/LastChar %d/FontDescriptor %d 0 R/ToUnicode %d 0 R/Widths[", name, page.LastCode(), descriptor, unicode)
	f.data = appendNumbers(f.data, page.Widths[' ':page.LastCode()+1]...)
	f.data = append(f.data, "]>>"...)
	f.close()
	return n
}

// addFonts writes the fonts of a document and returns the dictionary that calls
// them by the names that its pages use.
func (p *Press) addFonts(f *file, fonts []*font, level effort) []byte {
	dict := []byte("/Font<<")
	for _, k := range fonts {
		dict = fmt.Appendf(dict, "/%s %d 0 R", p.resources[k.stub], p.addFont(f, k.page, level))
	}
	return append(dict, ">>"...)
}

// finish writes the table of objects and the trailer.
func (f *file) finish(id string) []byte {
	start := len(f.data)
	f.data = fmt.Appendf(f.data, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets))
	for _, at := range f.offsets[1:] {
		entry := [20]byte([]byte("0000000000 00000 n \n"))
		for i := 9; at > 0; i-- {
			entry[i] = byte('0' + at%10)
			at /= 10
		}
		f.data = append(f.data, entry[:]...)
	}
	f.data = fmt.Appendf(f.data, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.offsets), catalogObject, infoObject, id, id, start)
	return slices.Clip(f.data)
}

// textString writes a text in UTF-16 with its mark, as hexadecimal digits. That
// needs no escapes.
func textString(s string) []byte {
	const digits = "0123456789ABCDEF"
	b := append(make([]byte, 0, 4*len(s)+6), "<FEFF"...)
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, digits[u>>12], digits[u>>8&15], digits[u>>4&15], digits[u&15])
	}
	return append(b, '>')
}

// dateString writes a date in UTC.
func dateString(t time.Time) string { return t.UTC().Format("(D:20060102150405Z)") }
