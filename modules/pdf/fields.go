package pdf

// fields are labelled values one below the other: {"kind": "fields", "x", "y",
// "pitch", "label": 30, "width": 90, "items": [{"label": "姓名", "text":
// "{name}"}]} and a style. An optional value that is empty leaves no gap. With a
// "rule" each value stands on a line of that colour.
type fields struct {
	style
	labels            style
	x, y, pitch       float64
	label, width, gap float64
	lines             int
	ruled             bool
	rule              rgb
	items             []field
}

// field is one label with its value.
type field struct {
	label     string
	template  template
	recurring bool
}

func (r *reader) labelled(o *object, p *places) drawer {
	f := &fields{style: r.style(o), pitch: o.positive("pitch", 10), label: o.positive("label", 30), width: o.positive("width", 1)}
	f.lines, f.gap = o.whole("lines", 2, 2), o.numberOr("gap", 2)
	f.labels = f.style
	f.labels.align = "left"
	f.labels.color = o.color("label_color", o.textOr("color", "#000000"))
	f.labels.size = o.positive("label_size", f.size)
	f.labels.minimum = f.labels.size
	if f.ruled = o.has("rule"); f.ruled {
		f.rule = o.color("rule", "")
	}
	for _, n := range r.list(o.need("items")) {
		item := r.object(n)
		t := item.template("text")
		f.items = append(f.items, field{item.text("label"), t, t.recurring(r.lay)})
		item.done()
	}
	f.x, f.y = o.place(p, f.label+f.gap+f.width, f.pitch*float64(len(f.items)-1))
	return f
}

func (f *fields) draw(s *sheet) error {
	y := f.y
	left := f.x + f.label + f.gap
	for _, item := range f.items {
		if item.template.empty(s.values) {
			continue
		}
		if s.due(true) {
			if err := s.fitted(f.labels, item.label, f.x, y, f.label, 1, 0); err != nil {
				return err
			}
			if f.ruled {
				s.add(stroke{x: s.x + left, y: s.y + y + f.size*point*0.45, width: f.width, color: f.rule, weight: 0.1})
			}
		}
		if s.due(item.recurring) {
			if err := s.fitted(f.style, item.template.fill(s.values), left, y, f.width, f.lines, 0); err != nil {
				return err
			}
		}
		y += f.pitch
	}
	return nil
}
