package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"sync"
)

// How hard streams are compressed: what is made once, once a batch, and once a
// document.
const (
	best = zlib.BestCompression
	good = 6
	fast = zlib.BestSpeed
)

// deflaters keep compressors for the next document: a new one costs more than
// the work it does.
type deflaters struct{ pools [best + 1]sync.Pool }

func newDeflaters() *deflaters { return &deflaters{} }

// deflate appends compressed data.
func (d *deflaters) deflate(to, data []byte, level int) []byte {
	b := bytes.NewBuffer(to)
	z, ok := d.pools[level].Get().(*zlib.Writer)
	if !ok {
		z, _ = zlib.NewWriterLevel(b, level) // fails at unknown levels only
	}
	z.Reset(b)
	z.Write(data) // a buffer takes everything
	z.Close()
	d.pools[level].Put(z)
	return b.Bytes()
}

// stream returns the object of a stream with some keys of its dictionary.
func (p *Press) stream(keys string, data []byte, level int) []byte {
	packed := p.deflaters.deflate(make([]byte, 0, len(data)/2+64), data, level)
	o := make([]byte, 0, len(packed)+len(keys)+80)
	o = fmt.Appendf(o, "<<%s/Filter/FlateDecode/Length %d>>\nstream\n", keys, len(packed))
	o = append(o, packed...)
	return append(o, "\nendstream"...)
}
