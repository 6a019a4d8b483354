package pdf

import (
	"fmt"
	"slices"
)

// A4, in millimetres.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
)

// layout is a file of templates/pdf.
type layout struct {
	press *Press
	file  string // "professional.json"
	name  string // "professional"
	title string

	values   map[string]value
	names    []string // of values, sorted
	tables   map[string]tableRows
	faces    []string // of fonts that it uses
	marks    []Mark   // that it shows
	wantsQR  bool
	elements []*element
	flow     *flow     // nil on a page where everything has its place
	drawn    []picture // images and guilloches

	plates *plates
}

// value is something that the program fills in.
type value struct {
	sample    string
	optional  bool
	recurring bool // the same on many documents: drawn once, on the plate
}

// tableRows are rows that the program fills in.
type tableRows struct {
	columns []string
	sample  []map[string]string
}

// layout reads a whole file.
func (r *reader) layout(n *node, p *places, o Options) {
	f := r.object(n)
	r.lay.title = f.text("title")
	r.readColors(f.get("colors"))
	r.readValues(f.get("values"), o)
	r.readTables(f.get("rows"))
	for _, n := range r.list(f.need("elements")) {
		if e := r.element(n, p); e != nil {
			r.lay.elements = append(r.lay.elements, e)
		}
	}
	if n := f.get("flow"); n != nil {
		r.lay.flow = r.flow(n, p)
	}
	f.done()
	slices.Sort(r.lay.faces)
	r.lay.faces = slices.Compact(r.lay.faces)
	slices.Sort(r.lay.marks)
	r.lay.marks = slices.Compact(r.lay.marks)
}

// readColors reads {"ink": "#1b1b1b", …}.
func (r *reader) readColors(n *node) {
	if n == nil {
		return
	}
	o := r.object(n)
	for _, name := range o.keys {
		r.colors[name] = o.color(name, "")
	}
}

// readValues reads {"name": {"sample": "张三"}, …}.
func (r *reader) readValues(n *node, opts Options) {
	r.lay.values = map[string]value{}
	if n == nil {
		return
	}
	known, limited := opts.Known[r.lay.name]
	o := r.object(n)
	for _, name := range o.keys {
		v := r.object(o.get(name))
		if limited && !slices.Contains(known, name) {
			r.fault(v.node, "unknown value %q", name)
		}
		r.lay.values[name] = value{v.text("sample"), v.flag("optional"), v.flag("recurring")}
		v.done()
	}
	r.lay.names = slices.Sorted(slices.Values(o.keys))
}

// readTables reads {"materials": {"columns": ["name", …], "sample": [{…}, …]}, …}.
func (r *reader) readTables(n *node) {
	r.lay.tables = map[string]tableRows{}
	if n == nil {
		return
	}
	o := r.object(n)
	for _, name := range o.keys {
		t, rows := r.object(o.get(name)), tableRows{}
		for _, c := range r.list(t.need("columns")) {
			column, _ := c.value.(string)
			rows.columns = append(rows.columns, column)
		}
		for _, n := range r.list(t.need("sample")) {
			row, filled := r.object(n), map[string]string{}
			for _, c := range rows.columns {
				filled[c] = row.textOr(c, "")
			}
			row.done()
			rows.sample = append(rows.sample, filled)
		}
		t.done()
		r.lay.tables[name] = rows
	}
}

// try draws the sample without marks and with all of them, so that fixed texts
// that do not fit or cannot be drawn are known when the server starts.
func (l *layout) try() error {
	for _, marks := range [][]Mark{nil, l.marks} {
		d := l.sample(marks)
		v, err := l.fill(d)
		if err == nil {
			_, err = l.compose(v, d)
		}
		if err != nil {
			return fmt.Errorf("%s: the sample, or a fixed text: %w", l.file, err)
		}
	}
	return nil
}
