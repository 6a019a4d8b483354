package pdf

// paragraph is text that wraps and goes on on the next page: {"kind":
// "paragraph", "text", "indent": 2, "before": 0, "after": 0, "keep": 0} and a
// style. The indent is in characters; a line break in a value begins a
// paragraph. A title keeps so many millimetres of what follows on its page.
type paragraph struct {
	style
	template              template
	indent, before, after float64
	keep                  float64
}

func (r *reader) paragraph(o *object) flowing {
	p := &paragraph{style: r.style(o), template: o.template("text")}
	p.indent, p.before, p.after = o.numberOr("indent", 0), o.numberOr("before", 0), o.numberOr("after", 0)
	p.keep = o.numberOr("keep", 0)
	return p
}

func (p *paragraph) flow(s *stream) error {
	if p.template.empty(s.values) {
		return nil
	}
	if !s.fresh {
		s.down += p.before
	}
	lines := measure(s.press.fonts[p.face], p.template.fill(s.values)).wrap(s.width/point*1000/p.size, p.indent*1000)
	height := p.leading * p.size * point
	first := true
	for i, l := range lines {
		if i == 0 && len(lines) > 1 && !l.last {
			s.room(2 * height) // no single line of a paragraph at the foot
		}
		tail := 0.0
		if i == len(lines)-1 {
			tail = max(s.tail, p.keep)
		}
		s.room(height + tail)
		x, width := s.flow.x, s.width
		if first {
			x, width = x+p.indent*p.size*point, width-p.indent*p.size*point
		}
		s.add(p.run(l, p.size, x, s.down+p.ascent(), width))
		s.advance(height)
		first = l.last
	}
	s.down += p.after
	return nil
}

// ascent is how far the baseline is below the top of a line.
func (st style) ascent() float64 { return (st.leading/2 + 0.36) * st.size * point }
