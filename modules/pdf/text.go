package pdf

// text is a line, or some, at a place: {"kind": "text", "x", "y", "width",
// "text": "管理号 {number}", "lines": 2, "angle": 0} and a style. y is the
// baseline. A text that is too long for its width shrinks to its minimum, then
// wraps; two lines stand around the baseline of one.
type text struct {
	style
	x, y, width float64
	template    template
	lines       int
	angle       float64
	recurring   bool
}

func (r *reader) text(o *object, p *places) drawer {
	t := &text{style: r.style(o), width: o.positive("width", 1), lines: o.whole("lines", 1, 40), angle: o.numberOr("angle", 0)}
	t.x, t.y = o.place(p, t.width, 0)
	t.template = o.template("text", "page", "pages")
	t.recurring = t.template.recurring(r.lay)
	return t
}

func (t *text) draw(s *sheet) error {
	if !s.due(t.recurring) || t.template.empty(s.values) {
		return nil
	}
	return s.fitted(t.style, t.template.fill(s.values), t.x, t.y, t.width, t.lines, t.angle)
}

// fitted draws a text in its place. Where two lines are allowed, they have the
// middle of one; where more are, the first one stands on the baseline.
func (s *sheet) fitted(st style, text string, x, y, width float64, most int, angle float64) error {
	lines, size, err := s.fit(st, text, width, most)
	if err != nil {
		return err
	}
	if most == 2 && len(lines) == 2 {
		st.leading = min(st.leading, 1.25)
		y -= st.leading * size * point / 2
	}
	if angle != 0 {
		s.add(turn{angle, s.x + x + width/2, s.y + y})
		defer s.add(turnBack{})
	}
	s.write(st, lines, size, x, y, width)
	return nil
}
