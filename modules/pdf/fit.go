package pdf

import "math"

// How texts that are too long are made smaller, in points.
const (
	sizeStep = 0.5
	smallest = 6.0 // readable on paper
)

// style is how a text looks.
type style struct {
	face     string
	size     float64 // points
	minimum  float64 // before it goes on a second line
	leading  float64 // from line to line, in sizes
	color    rgb
	align    string
	tracking float64 // between characters, in points
}

// style reads the font of an element.
func (r *reader) style(o *object) style {
	st := style{face: o.face(), size: o.positive("size", 12), leading: o.positive("leading", 1.5), color: o.color("color", "#000000")}
	st.minimum = o.positive("minimum", st.size)
	st.align = o.oneOf("align", "left", "center", "right", "justify")
	st.tracking = o.numberOr("tracking", 0)
	r.lay.faces = append(r.lay.faces, st.face)
	if st.minimum > st.size {
		o.fault(o.node, `"minimum" must not be more than "size"`)
	}
	return st
}

// fit returns the lines of a text and their size: in one line as large as
// possible but not below the minimum, otherwise in several.
func (s *sheet) fit(st style, text string, width float64, most int) ([]line, float64, error) {
	m := measure(s.press.fonts[st.face], text)
	points := width / point
	tracking := st.tracking * float64(max(len(m.runes)-1, 0))
	for size := st.size; size >= st.minimum; size -= sizeStep {
		if float64(m.width())*size/1000+tracking <= points {
			return []line{m.line(0, len(m.runes), true)}, size, nil
		}
	}
	if most > 1 {
		for size := st.size; size >= smallest; size -= sizeStep {
			if lines := m.wrap(points*1000/size, 0); len(lines) <= most {
				return lines, size, nil
			}
		}
	}
	return nil, 0, TooLong{Text: text}
}

// write draws lines, the first one on the line y, and returns the way down to
// the next one.
func (s *sheet) write(st style, lines []line, size, x, y, width float64) float64 {
	down := st.leading * size * point
	for i, l := range lines {
		s.add(st.run(l, size, s.x+x, s.y+y+float64(i)*down, width))
	}
	return down
}

// run sets one line between the margins.
func (st style) run(l line, size, x, y, width float64) *run {
	r := &run{x: x, y: y, size: size, face: st.face, color: st.color, text: l.text, tracking: st.tracking}
	count := float64(len([]rune(l.text)))
	spare := width - (float64(l.width)*size/1000+st.tracking*(count-1))*point
	switch {
	case st.align == "center":
		r.x += spare / 2
	case st.align == "right":
		r.x += spare
	case st.align == "justify" && !l.last && count > 1:
		r.tracking += math.Min(spare/point/(count-1), size/8)
	}
	return r
}
