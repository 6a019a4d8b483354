package glyph

import "encoding/binary"

// Flags of a point in a simple glyph of TrueType.
const (
	onCurve = 1 << iota
	shortX
	shortY
	repeated
	sameX // or, of a short x, positive
	sameY
)

// point of an outline; end closes a contour.
type point struct {
	x, y    int
	on, end bool
}

// complexity returns how many contours and points an outline has.
func complexity(outline []byte) (contours, points int) {
	if len(outline) < 12 {
		return 0, 0
	}
	contours = i16(outline, 0)
	if contours < 1 || len(outline) < 10+2*contours {
		return 0, 0
	}
	return contours, u16(outline, 10+2*(contours-1)) + 1
}

// encode writes a simple glyph without instructions.
func encode(points []point) []byte {
	if len(points) == 0 {
		return nil
	}
	left, bottom, right, top := bounds(points)
	contours := 0
	var ends, flags, xs, ys []byte
	before := point{}
	for i, p := range points {
		if p.end {
			contours++
			ends = binary.BigEndian.AppendUint16(ends, uint16(i))
		}
		var flag, f byte
		if p.on {
			flag = onCurve
		}
		xs, f = appendStep(xs, p.x-before.x, shortX, sameX)
		flag |= f
		ys, f = appendStep(ys, p.y-before.y, shortY, sameY)
		flags = append(flags, flag|f)
		before = p
	}
	out := words(contours, left, bottom, right, top)
	out = append(out, ends...)
	out = append(out, 0, 0) // no instructions
	out = append(out, runs(flags)...)
	out = append(out, xs...)
	return append(out, ys...)
}

func bounds(points []point) (left, bottom, right, top int) {
	left, bottom, right, top = points[0].x, points[0].y, points[0].x, points[0].y
	for _, p := range points {
		left, bottom, right, top = min(left, p.x), min(bottom, p.y), max(right, p.x), max(top, p.y)
	}
	return
}

// appendStep writes the way to the next point in one of two directions, and
// returns the flags that say how.
func appendStep(b []byte, d int, short, same byte) ([]byte, byte) {
	switch {
	case d == 0:
		return b, same
	case d > 0 && d < 256:
		return append(b, byte(d)), short | same
	case d < 0 && d > -256:
		return append(b, byte(-d)), short
	}
	return binary.BigEndian.AppendUint16(b, uint16(d)), 0
}

// runs shortens repeated flags.
func runs(flags []byte) []byte {
	var out []byte
	for i := 0; i < len(flags); {
		n := 1
		for i+n < len(flags) && flags[i+n] == flags[i] && n < 256 {
			n++
		}
		if n > 2 {
			out = append(out, flags[i]|repeated, byte(n-1))
		} else {
			out = append(out, flags[i:i+n]...)
		}
		i += n
	}
	return out
}
