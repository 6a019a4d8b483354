package glyph

import "errors"

// Flags of a part of a composite glyph.
const (
	wideArguments = 0x01
	offsets       = 0x02
	oneScale      = 0x08
	more          = 0x20
	twoScales     = 0x40
	matrix        = 0x80
)

// deepest is how far composites may nest.
const deepest = 8

// outline returns the points of a glyph in units of the font.
func (f *Font) outline(id, depth int) ([]point, error) {
	data := f.data(id)
	if len(data) == 0 {
		return nil, nil
	}
	if contours := i16(data, 0); contours >= 0 {
		return decode(data, contours), nil
	}
	if depth == deepest {
		return nil, errors.New("composites nest too deep")
	}
	var all []point
	c := &cursor{data: data, at: 10}
	for {
		flags, part := c.word(), c.word()&0xffff
		if flags&offsets == 0 {
			return nil, errors.New("parts are joined at points")
		}
		move := c.placement(flags)
		points, err := f.outline(part, depth+1)
		if err != nil {
			return nil, err
		}
		for _, p := range points {
			all = append(all, move(p))
		}
		if flags&more == 0 {
			return all, nil
		}
	}
}

// data returns a glyph as it stands in the file.
func (f *Font) data(id int) []byte {
	at := f.tables["loca"]
	if f.long {
		return f.tables["glyf"][u32(at, 4*id):u32(at, 4*id+4)]
	}
	return f.tables["glyf"][2*u16(at, 2*id) : 2*u16(at, 2*id+2)]
}

// placement reads where a part of a composite goes.
func (c *cursor) placement(flags int) func(point) point {
	var dx, dy int
	if flags&wideArguments != 0 {
		dx, dy = c.word(), c.word()
	} else {
		dx, dy = int(int8(c.byte())), int(int8(c.byte()))
	}
	xx, xy, yx, yy := 1.0, 0.0, 0.0, 1.0
	switch {
	case flags&oneScale != 0:
		xx = c.fraction()
		yy = xx
	case flags&twoScales != 0:
		xx, yy = c.fraction(), c.fraction()
	case flags&matrix != 0:
		xx, xy, yx, yy = c.fraction(), c.fraction(), c.fraction(), c.fraction()
	}
	return func(p point) point {
		x, y := float64(p.x), float64(p.y)
		p.x, p.y = rounded(xx*x+yx*y)+dx, rounded(xy*x+yy*y)+dy
		return p
	}
}

// fraction reads a number of two bits and fourteen after the point.
func (c *cursor) fraction() float64 { return float64(c.word()) / 16384 }
