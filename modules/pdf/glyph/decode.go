package glyph

// cursor reads a simple glyph from its start to its end.
type cursor struct {
	data []byte
	at   int
}

func (c *cursor) byte() int {
	c.at++
	return int(c.data[c.at-1])
}

func (c *cursor) word() int {
	c.at += 2
	return i16(c.data, c.at-2)
}

// decode returns the points of a simple glyph. It panics if the glyph is
// damaged; ReadFont turns that into an error.
func decode(data []byte, contours int) []point {
	if contours == 0 {
		return nil
	}
	c := &cursor{data: data, at: 10}
	n := u16(data, 10+2*(contours-1)) + 1
	points := make([]point, n)
	for range contours {
		points[u16(data, c.at)].end = true
		c.at += 2
	}
	c.at += 2 + u16(data, c.at) // instructions
	flags := c.flags(n)
	x, y := 0, 0
	for i, f := range flags {
		points[i].on = f&onCurve != 0
		x += c.step(f, shortX, sameX)
		points[i].x = x
	}
	for i, f := range flags {
		y += c.step(f, shortY, sameY)
		points[i].y = y
	}
	return points
}

func (c *cursor) flags(n int) []byte {
	flags := make([]byte, 0, n)
	for len(flags) < n {
		f := byte(c.byte())
		times := 1
		if f&repeated != 0 {
			times += c.byte()
		}
		for range min(times, n-len(flags)) {
			flags = append(flags, f)
		}
	}
	return flags
}

// step returns the way to the next point in one of two directions.
func (c *cursor) step(flag, short, same byte) int {
	switch {
	case flag&short != 0 && flag&same != 0:
		return c.byte()
	case flag&short != 0:
		return -c.byte()
	case flag&same != 0:
		return 0
	}
	return c.word()
}
