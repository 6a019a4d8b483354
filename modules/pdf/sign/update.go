package sign

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// ErrFile says that a file is none of package pdf, or is signed already.
var ErrFile = errors.New("not an unsigned file of this program")

// document is what is known of a file that is to be signed.
type document struct {
	data    []byte
	table   int // where the table of objects is
	size    int // one more than the highest number of an object
	trailer []byte
	catalog []byte // without its end
	page    []byte // that shows the seal, without its end
	place   seal
}

// seal is where package pdf drew the seal: the page and its corners in points.
type seal struct {
	page int
	box  []byte
}

// Numbers of objects that package pdf gives.
const catalogObject = 1

// read finds the objects that a signature changes.
func read(data []byte) (*document, error) {
	head, tail, ok := cutLast(data, "\ntrailer\n<<")
	trailer, start, found := bytes.Cut(tail, []byte(">>\nstartxref\n"))
	if !ok || !found || bytes.Contains(trailer, []byte("/Prev")) || bytes.Contains(head, []byte("\ntrailer\n")) {
		return nil, ErrFile
	}
	d := &document{data: data, trailer: trailer}
	d.table, _ = strconv.Atoi(string(bytes.TrimSuffix(start, []byte("\n%%EOF\n"))))
	rest, ok := bytes.CutPrefix(trailer, []byte("/Size "))
	size, rest, found := bytes.Cut(rest, []byte("/"))
	d.size, _ = strconv.Atoi(string(size))
	if !ok || !found || d.table <= 0 || d.size <= 0 {
		return nil, ErrFile
	}
	d.trailer = append([]byte("/"), rest...)
	return d, d.objects()
}

// objects reads the catalog and the page with the seal.
func (d *document) objects() error {
	var ok bool
	if d.catalog, ok = d.object(catalogObject, "<</Type/Catalog"); !ok {
		return ErrFile
	}
	_, place, ok := bytes.Cut(d.catalog, []byte("/EXAM_Seal["))
	number, box, found := bytes.Cut(place, []byte(" 0 R "))
	box, _, closed := bytes.Cut(box, []byte("]"))
	d.place.page, _ = strconv.Atoi(string(number))
	d.place.box = box
	if !ok || !found || !closed {
		return ErrFile
	}
	if d.page, ok = d.object(d.place.page, "<</Type/Page/"); !ok || bytes.Contains(d.page, []byte("/Annots")) {
		return ErrFile
	}
	return nil
}

// object returns the dictionary of an object without its last brackets.
func (d *document) object(number int, start string) ([]byte, bool) {
	const entry = 20 // bytes in the table
	if number <= 0 || number >= d.size {
		return nil, false
	}
	at := d.table + len("xref\n0 ") + len(strconv.Itoa(d.size)) + 1 + entry*number
	if at+entry > len(d.data) {
		return nil, false
	}
	from, err := strconv.Atoi(string(d.data[at : at+10]))
	if err != nil || from < 0 || from > len(d.data) {
		return nil, false
	}
	body, ok := bytes.CutPrefix(d.data[from:], fmt.Appendf(nil, "%d 0 obj\n", number))
	body, _, found := bytes.Cut(body, []byte(">>\nendobj\n"))
	return body, ok && found && bytes.HasPrefix(body, []byte(start))
}

// cutLast splits around the last of a mark.
func cutLast(data []byte, mark string) (before, after []byte, ok bool) {
	i := bytes.LastIndex(data, []byte(mark))
	if i < 0 {
		return data, nil, false
	}
	return data[:i], data[i+len(mark):], true
}

// gap is the part of a file that the signature does not cover: itself.
type gap struct{ from, to int }

// rangeSize is the room for four numbers of ten digits.
const rangeSize = 43

// update appends the signature field with room for the signature. The numbers
// of new objects follow those of the file.
func (d *document) update(s *Signer, at time.Time) ([]byte, gap) {
	value, widget, look := d.size, d.size+1, d.size+2
	w := &writer{make([]byte, len(d.data), len(d.data)+2*s.room+3000), map[int]int{}}
	copy(w.data, d.data)
	w.object(d.place.page, "%s/Annots[%d 0 R]>>", d.page, widget)
	w.object(catalogObject, "%s/AcroForm<</Fields[%d 0 R]/SigFlags 3>>>>", d.catalog, widget)

	w.object(value, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/Name%s/Reason%s/Location%s/M(D:%sZ)/ByteRange[%*s]/Contents<%0*d>>>",
		textString(s.appearance.Name), textString(s.appearance.Reason), textString(s.appearance.Location),
		at.UTC().Format("20060102150405"), rangeSize, "", 2*s.room, 0)
	end := len(w.data) - len(">>\nendobj\n")
	g := gap{end - 2*s.room - 2, end}
	covered := g.from - rangeSize - len("]/Contents")

	w.object(widget, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132/Rect[%s]/P %d 0 R/V %d 0 R/AP<</N %d 0 R>>>>", d.place.box, d.place.page, value, look)
	w.object(look, "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<<>>/Length 0>>\nstream\n\nendstream")
	start := len(w.data)
	w.printf("xref\n")
	for _, n := range []int{catalogObject, d.place.page, value, widget, look} {
		w.printf("%d 1\n%010d 00000 n \n", n, w.offsets[n])
	}
	w.printf("trailer\n<</Size %d%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n", d.size+3, d.trailer, d.table, start)
	copy(w.data[covered:], fmt.Sprintf("%-*s", rangeSize, fmt.Sprintf("0 %d %d %d", g.from, g.to, len(w.data)-g.to)))
	return w.data, g
}

// writer appends to a file.
type writer struct {
	data    []byte
	offsets map[int]int
}

func (w *writer) printf(format string, args ...any) { w.data = fmt.Appendf(w.data, format, args...) }

func (w *writer) object(number int, format string, args ...any) {
	w.offsets[number] = len(w.data)
	w.printf("%d 0 obj\n", number)
	w.printf(format, args...)
	w.printf("\nendobj\n")
}
