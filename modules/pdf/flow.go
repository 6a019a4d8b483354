package pdf

import "strconv"

// flow is what runs over as many pages as it needs: {"x", "y", "width", "top",
// "bottom", "parts": […]}. It begins at y on the first page and at top on later
// ones, and ends at bottom.
type flow struct {
	x, y, width, top, bottom float64
	parts                    []*section
}

// flowing is drawn from where a flow has come.
type flowing interface {
	flow(s *stream) error
}

// section is a part of a flow with its conditions.
type section struct {
	flowing
	line         int
	when, unless string
}

// stream is a flow on its way over the pages.
type stream struct {
	*sheet
	*flow
	down  float64 // how far it has come
	fresh bool    // nothing stands on this page yet
	tail  float64 // of the block that follows: the last line of a text stays with it
}

func (r *reader) flow(n *node, p *places) *flow {
	o := r.object(n)
	f := &flow{width: o.positive("width", 1), bottom: o.positive("bottom", pageHeight-25)}
	f.x, f.y = o.place(p, f.width, 0)
	f.top = o.positive("top", f.y)
	if f.bottom <= f.y || f.bottom <= f.top || f.bottom > pageHeight {
		o.fault(n, `"bottom" must be below "y" and "top", and on the page`)
	}
	for _, n := range r.list(o.need("parts")) {
		if s := r.section(n, f, p); s != nil {
			f.parts = append(f.parts, s)
		}
	}
	o.done()
	return f
}

func (r *reader) section(n *node, f *flow, p *places) *section {
	o := r.object(n)
	s := &section{line: n.line, when: r.condition(o, "when"), unless: r.condition(o, "unless")}
	switch kind := o.text("kind"); kind {
	case "paragraph":
		s.flowing = r.paragraph(o)
	case "rows":
		s.flowing = r.table(o, f)
	case "block":
		s.flowing = r.block(o, f, p)
	case "gap":
		s.flowing = gap(o.positive("height", 5))
	default:
		r.fault(n, "unknown kind %q of a flow", kind)
		return nil
	}
	o.done()
	return s
}

// draw runs through all parts.
func (f *flow) draw(s *sheet) error {
	st := &stream{sheet: s, flow: f, down: f.y, fresh: true}
	for i, k := range f.parts {
		if !k.holds(s) {
			continue
		}
		st.tail = st.after(f.parts[i+1:])
		if err := k.flow(st); err != nil {
			if long, ok := err.(TooLong); ok && long.Place == "" {
				long.Place = s.file + ":" + strconv.Itoa(k.line)
				return long
			}
			return err
		}
	}
	return nil
}

// holds reports whether the conditions of a part are met.
func (k *section) holds(s *sheet) bool {
	return (k.when == "" || s.has(k.when)) && (k.unless == "" || !s.has(k.unless))
}

// after returns the height of what must not stand alone on a page: a signature
// belongs to the text that it signs.
func (s *stream) after(parts []*section) float64 {
	height := 0.0
	for _, k := range parts {
		if !k.holds(s.sheet) {
			continue
		}
		switch part := k.flowing.(type) {
		case gap:
			height += float64(part)
		case *block:
			return height + part.height
		case *paragraph:
			if !part.template.empty(s.values) {
				return 0
			}
		default:
			return 0
		}
	}
	return 0
}

// room makes sure that something of a height fits, on the next page if need be.
func (s *stream) room(height float64) {
	if s.down+height > s.bottom && !s.fresh {
		s.turnPage()
	}
}

func (s *stream) turnPage() {
	s.page++
	s.down, s.fresh = s.top, true
}

// advance moves on below what was drawn.
func (s *stream) advance(height float64) {
	s.down += height
	s.fresh = false
}

// gap is empty space: {"kind": "gap", "height": 5}. It does not begin a page.
type gap float64

func (g gap) flow(s *stream) error {
	if !s.fresh {
		s.down += float64(g)
	}
	return nil
}
