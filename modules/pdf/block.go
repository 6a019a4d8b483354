package pdf

// block is a group of elements that stays on one page: {"kind": "block",
// "height": 40, "elements": […]}, such as the signature at the end of a letter.
// Their places count from its corner.
type block struct {
	width, height float64
	elements      []*element
}

func (r *reader) block(o *object, f *flow, p *places) flowing {
	b := &block{width: f.width, height: o.positive("height", 10)}
	inside := &places{files: p.files, known: p.known, block: b}
	for _, n := range r.list(o.need("elements")) {
		if e := r.element(n, inside); e != nil {
			b.elements = append(b.elements, e)
		}
	}
	if b.height > f.bottom-f.top {
		o.fault(o.node, "the block is higher than a page")
	}
	return b
}

func (b *block) flow(s *stream) error {
	s.room(b.height)
	s.block, s.sheet.x, s.sheet.y = true, s.flow.x, s.down
	defer func() { s.block, s.sheet.x, s.sheet.y = false, 0, 0 }()
	for _, over := range []bool{false, true} {
		for _, e := range b.elements {
			if e.over != over || !e.holds(s.sheet) {
				continue
			}
			if err := s.sheet.draw(e); err != nil {
				return err
			}
		}
	}
	s.advance(b.height)
	return nil
}
