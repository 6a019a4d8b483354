package pdf

import (
	"slices"
	"strconv"
)

// table is rows below a head that every page repeats: {"kind": "rows", "rows":
// "materials", "columns": [{"title": "名称", "text": "{name}", "width": 60,
// "align": "left"}], "padding": 1.5, "rule": "#999999"} and a
// style. {row} is the number of the row. A row stays on one page if one can hold it.
type table struct {
	style
	rows    string
	columns []column
	padding float64
	rule    rgb
	titled  bool
}

type column struct {
	style
	title    string
	template template
	width    float64
}

func (r *reader) table(o *object, f *flow) flowing {
	t := &table{style: r.style(o), rows: o.text("rows"), padding: o.numberOr("padding", 1.5), rule: o.color("rule", "#999999")}
	rows, ok := r.lay.tables[t.rows]
	if !ok {
		o.fault(o.node, "there are no rows %q", t.rows)
	}
	total := 0.0
	for _, n := range r.list(o.need("columns")) {
		c := r.object(n)
		k := column{style: t.style, title: c.textOr("title", ""), template: c.rowTemplate(rows), width: c.positive("width", 1)}
		k.align = c.oneOf("align", t.align, "left", "center", "right")
		k.color = c.color("color", o.textOr("color", "#000000"))
		t.titled = t.titled || k.title != ""
		t.columns = append(t.columns, k)
		total += k.width
		if k.width <= 2*t.padding {
			c.fault(n, "the column is narrower than its padding")
		}
		c.done()
	}
	if total > f.width+0.01 {
		o.fault(o.node, "the columns are %g mm wide, the flow %g", total, f.width)
	}
	return t
}

// rowTemplate reads the text of a column: values of the row, and its number.
func (o *object) rowTemplate(rows tableRows) template {
	s := o.text("text")
	t, ok := parseTemplate(s)
	if !ok {
		o.fault(o.fields["text"], "%q: a brace has no partner", s)
	}
	for _, name := range t.names() {
		if name != "row" && !slices.Contains(rows.columns, name) {
			o.fault(o.fields["text"], "unknown value {%s} of a row", name)
		}
	}
	return t
}

func (t *table) flow(s *stream) error {
	rows := s.doc.Rows[t.rows]
	for i, row := range rows {
		v := make(values, len(row)+1)
		for name, text := range row {
			v[name] = plain(text)
		}
		v["row"] = strconv.Itoa(i + 1)
		cells := t.cells(s, func(c column) string { return c.template.fill(v) })
		if i == 0 {
			t.head(s, t.height(cells))
		}
		tail := 0.0
		if i == len(rows)-1 {
			tail = s.tail
		}
		t.row(s, cells, tail)
	}
	return nil
}

// cells wraps the texts of a row.
func (t *table) cells(s *stream, text func(c column) string) [][]line {
	cells := make([][]line, len(t.columns))
	for i, c := range t.columns {
		width := (c.width - 2*t.padding) / point * 1000 / t.size
		cells[i] = measure(s.press.fonts[c.face], text(c)).wrap(width, 0)
	}
	return cells
}

// pitch is the way from line to line.
func (t *table) pitch() float64 { return t.leading * t.size * point }

// height of a row.
func (t *table) height(cells [][]line) float64 {
	most := 1
	for _, c := range cells {
		most = max(most, len(c))
	}
	return float64(most)*t.pitch() + 2*t.padding
}

// head draws the titles, together with at least the row that follows.
func (t *table) head(s *stream, next float64) {
	if !t.titled {
		return
	}
	cells := t.cells(s, func(c column) string { return c.title })
	s.room(t.height(cells) + min(next, s.bottom-s.top))
	t.draw(s, cells, true)
}

// row draws a row, on the next page if this one is too short, and on several
// pages if no page is long enough.
func (t *table) row(s *stream, cells [][]line, tail float64) {
	if s.down+t.height(cells)+tail > s.bottom && !s.fresh {
		s.turnPage()
		t.head(s, 0)
	}
	for s.down+t.height(cells) > s.bottom {
		fits := max(int((s.bottom-s.down-2*t.padding)/t.pitch()), 1)
		rest := make([][]line, len(cells))
		for i, c := range cells {
			n := min(fits, len(c))
			cells[i], rest[i] = c[:n], c[n:]
		}
		t.draw(s, cells, false)
		if !slices.ContainsFunc(rest, func(c []line) bool { return len(c) > 0 }) {
			return
		}
		s.turnPage()
		t.head(s, 0)
		cells = rest
	}
	t.draw(s, cells, false)
}

// draw draws the cells of one row and its frame.
func (t *table) draw(s *stream, cells [][]line, title bool) {
	height := t.height(cells)
	x := s.flow.x
	for i, c := range t.columns {
		s.add(stroke{x: x, y: s.down, width: c.width, height: height, color: t.rule, weight: 0.15, frame: true})
		st := c.style
		if title {
			st.align = "center"
		}
		s.write(st, cells[i], st.size, x+t.padding, s.down+t.padding+st.ascent(), c.width-2*t.padding)
		x += c.width
	}
	s.advance(height)
}
