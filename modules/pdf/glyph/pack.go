// Package glyph keeps the outlines of characters for certificates, and makes
// small fonts of them.
//
// A Pack is a file of outlines for one style (see the command makepack). A Face
// is a style with its fallbacks. A Page is a font of at most 223 characters,
// each of one byte, made for one document: composers and viewers of PDF meet
// nothing larger than a classic 8-bit TrueType font, whatever plane of Unicode
// a name comes from.
package glyph

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
	"sort"
	"sync/atomic"
)

// Em is the size of the square in which outlines are drawn: all lengths of
// this package are in thousandths of the font size.
const Em = 1000

// A pack is a file of big-endian numbers:
//
//	"GPK1"
//	ascent, descent      int16
//	bounding box         4 × int16: left, bottom, right, top
//	glyphs of one chunk  uint16
//	glyphs, chunks       2 × uint32
//	glyphs ×             code point uint32, length uint16, advance uint16, left side int16
//	chunks ×             offset uint32, length uint32 (inflated)
//	chunks, deflated     outlines one after the other
//
// The index is sorted by code point. An outline is a simple glyph of TrueType
// without instructions; none at all is a blank.
const (
	magic      = "GPK1"
	headerSize = 26
	recordSize = 10
	chunkSize  = 8
)

// ErrPack is what Open says about a file that is no glyph pack.
var ErrPack = errors.New("not a glyph pack, or a damaged one")

// Pack is a set of outlines in one style. It may be used by several goroutines.
type Pack struct {
	metrics Metrics
	glyphs  int
	per     int    // glyphs of a chunk
	index   []byte // a record for each glyph
	table   []byte // a record for each chunk
	packed  []byte
	chunks  []atomic.Pointer[[]byte] // inflated when first needed, then kept
}

// Metrics are the lengths that a PDF tells of a whole font.
type Metrics struct {
	Ascent, Descent          int
	Left, Bottom, Right, Top int // the box that holds every glyph
}

// Glyph is the outline of one character.
type Glyph struct {
	Outline []byte // a simple glyph of TrueType; empty for blanks
	Advance int
	Left    int // left side bearing
}

// Open reads the index of a pack. The data must not change afterwards.
func Open(data []byte) (*Pack, error) {
	if len(data) < headerSize || string(data[:4]) != magic {
		return nil, ErrPack
	}
	p := &Pack{glyphs: u32(data, 18), per: u16(data, 16)}
	p.metrics = Metrics{i16(data, 4), i16(data, 6), i16(data, 8), i16(data, 10), i16(data, 12), i16(data, 14)}
	chunks := u32(data, 22)
	table := headerSize + p.glyphs*recordSize
	packed := table + chunks*chunkSize
	if p.per == 0 || packed > len(data) || chunks*p.per < p.glyphs {
		return nil, ErrPack
	}
	p.index, p.table, p.packed = data[headerSize:table], data[table:packed], data[packed:]
	p.chunks = make([]atomic.Pointer[[]byte], chunks)
	return p, nil
}

// Has reports whether the pack can draw a character.
func (p *Pack) Has(r rune) bool {
	_, ok := p.find(r)
	return ok
}

// advance returns the width of a character.
func (p *Pack) advance(r rune) (int, bool) {
	i, ok := p.find(r)
	if !ok {
		return 0, false
	}
	return u16(p.index, i*recordSize+6), true
}

// Glyph returns the outline of a character.
func (p *Pack) Glyph(r rune) (Glyph, bool) {
	i, ok := p.find(r)
	if !ok {
		return Glyph{}, false
	}
	from := p.size(i/p.per*p.per, i)
	record := p.index[i*recordSize:]
	to := from + u16(record, 4)
	chunk := p.chunk(i / p.per)
	if to > len(chunk) {
		return Glyph{}, false
	}
	return Glyph{Outline: chunk[from:to:to], Advance: u16(record, 6), Left: i16(record, 8)}, true
}

// size returns how long the outlines of some glyphs are together.
func (p *Pack) size(first, end int) int {
	n := 0
	for k := first; k < end; k++ {
		n += u16(p.index, k*recordSize+4)
	}
	return n
}

func (p *Pack) find(r rune) (int, bool) {
	i := sort.Search(p.glyphs, func(i int) bool { return rune(u32(p.index, i*recordSize)) >= r })
	return i, i < p.glyphs && rune(u32(p.index, i*recordSize)) == r
}

// chunk returns inflated outlines, or nil if the file is damaged. Two goroutines
// may inflate the same chunk once each: that is cheaper than a lock.
func (p *Pack) chunk(c int) []byte {
	if known := p.chunks[c].Load(); known != nil {
		return *known
	}
	from, size := u32(p.table, chunkSize*c), u32(p.table, chunkSize*c+4)
	if from > len(p.packed) || size != p.size(c*p.per, min(c*p.per+p.per, p.glyphs)) {
		return nil
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(p.packed[from:])), data); err != nil {
		return nil
	}
	p.chunks[c].Store(&data)
	return data
}

func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
func i16(b []byte, at int) int { return int(int16(binary.BigEndian.Uint16(b[at:]))) }
func u32(b []byte, at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
