package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"sync"
)

// effort is how hard a stream is compressed.
type effort int

// What is made once, once a batch, and once a document.
const (
	none effort = zlib.NoCompression // as it is
	best effort = zlib.BestCompression
	good effort = 6
	fast effort = zlib.BestSpeed
)

// from returns no effort for short data of one document.
func (e effort) from(size int, data []byte) effort {
	if e == fast && len(data) < size {
		return none
	}
	return e
}

// deflaters keep compressors for the next document: a new one costs more than
// the work it does.
type deflaters struct{ pools [best + 1]sync.Pool }

func newDeflaters() *deflaters { return &deflaters{} }

// deflate appends compressed data.
func (d *deflaters) deflate(to, data []byte, level effort) []byte {
	b := bytes.NewBuffer(to)
	z, ok := d.pools[level].Get().(*zlib.Writer)
	if !ok {
		z, _ = zlib.NewWriterLevel(b, int(level)) // fails at unknown levels only
	}
	z.Reset(b)
	z.Write(data) // a buffer takes everything
	z.Close()
	d.pools[level].Put(z)
	return b.Bytes()
}

// stream returns the object of a stream with some keys of its dictionary.
func (p *Press) stream(keys string, data []byte, level effort) []byte {
	packed := p.deflaters.deflate(make([]byte, 0, len(data)/2+64), data, level)
	o := make([]byte, 0, len(packed)+len(keys)+80)
	o = fmt.Appendf(o, "<<%s/Filter/FlateDecode/Length %d>>\nstream\n", keys, len(packed))
	o = append(o, packed...)
	return append(o, "\nendstream"...)
}
