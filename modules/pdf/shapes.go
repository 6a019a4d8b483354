package pdf

// stroke is a straight line or a frame.
type stroke struct {
	x, y, width, height float64
	color               rgb
	weight              float64 // millimetres
	frame               bool
	fill                bool
}

// rule reads {"kind": "line", "x", "y", "width", "height"}: one of the two
// lengths is 0 on lines that are not slanted.
func (r *reader) rule(o *object, p *places) drawer {
	s := stroke{width: o.numberOr("width", 0), height: o.numberOr("height", 0), color: o.color("color", "#000000"), weight: o.positive("weight", 0.2)}
	s.x, s.y = o.place(p, s.width, s.height)
	return s
}

// frame reads {"kind": "frame", "x", "y", "width", "height"}: its outline, or all
// of it with "fill".
func (r *reader) frame(o *object, p *places) drawer {
	s := stroke{width: o.positive("width", 0), height: o.positive("height", 0), color: o.color("color", "#000000"), weight: o.positive("weight", 0.2)}
	s.x, s.y = o.place(p, s.width, s.height)
	s.frame, s.fill = true, o.flag("fill")
	return s
}

func (k stroke) draw(s *sheet) error {
	if s.due(true) {
		k.x, k.y = s.x+k.x, s.y+k.y
		s.add(k)
	}
	return nil
}

func (k stroke) compose(c *canvas) {
	c.pdf.SetLineWidth(k.weight)
	switch {
	case k.fill:
		c.pdf.SetFillColor(int(k.color.r), int(k.color.g), int(k.color.b))
		c.pdf.Rect(k.x, k.y, k.width, k.height, "F")
	case k.frame:
		c.ink(k.color)
		c.pdf.Rect(k.x, k.y, k.width, k.height, "D")
	default:
		c.ink(k.color)
		c.pdf.Line(k.x, k.y, k.x+k.width, k.y+k.height)
	}
}
