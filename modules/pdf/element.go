package pdf

import (
	"io/fs"
	"slices"
)

// drawer is something that has its place on a page.
type drawer interface {
	draw(s *sheet) error
}

// element is a drawer with its conditions.
type element struct {
	drawer
	line   int
	when   string // a mark or a value: drawn only with it
	unless string // drawn only without it
	pages  string // first, last, every, later
	over   bool   // above the texts, as a seal is
}

// places is what elements need to know of where they stand.
type places struct {
	files fs.FS
	known map[string]picture // by file
	block *block             // nil on the page itself
}

// height of the room for elements.
func (p *places) height() float64 {
	if p.block != nil {
		return p.block.height
	}
	return pageHeight
}

// width of the room for elements.
func (p *places) width() float64 {
	if p.block != nil {
		return p.block.width
	}
	return pageWidth
}

// element reads {"kind": "text", …}.
func (r *reader) element(n *node, p *places) *element {
	o := r.object(n)
	e := &element{line: n.line, when: r.condition(o, "when"), unless: r.condition(o, "unless"), over: o.flag("over")}
	e.pages = o.oneOf("pages", "first", "last", "every", "later")
	kinds := map[string]func(*object, *places) drawer{
		"text": r.text, "fields": r.labelled, "line": r.rule, "frame": r.frame, "image": r.image,
		"photo": r.photo, "qr": r.code, "braid": r.braid, "rosette": r.rosette, "waves": r.waves,
	}
	kind := o.text("kind")
	read, ok := kinds[kind]
	if !ok {
		r.fault(n, "unknown kind %q", kind)
		return nil
	}
	e.drawer = read(o, p)
	o.done()
	return e
}

// condition reads the name of a mark or of a value.
func (r *reader) condition(o *object, key string) string {
	name := o.textOr(key, "")
	_, isValue := r.lay.values[name]
	switch {
	case slices.Contains(knownMarks(), name):
		r.lay.marks = append(r.lay.marks, name)
	case name != "" && !isValue:
		r.fault(o.fields[key], "%q is neither a mark nor a value", name)
	}
	return name
}

// place reads where an element stands and wants all of it on the page.
func (o *object) place(p *places, width, height float64) (x, y float64) {
	x, y = o.number("x"), o.number("y")
	if x < 0 || y < 0 || x+width > p.width() || y+height > p.height() {
		o.fault(o.node, "it leaves the page: from %g, %g to %g, %g mm of %g × %g", x, y, x+width, y+height, p.width(), p.height())
	}
	return x, y
}

// holds reports whether the conditions of an element are met.
func (e *element) holds(s *sheet) bool {
	return (e.when == "" || s.has(e.when)) && (e.unless == "" || !s.has(e.unless))
}

// on reports whether an element stands on a page.
func (e *element) on(r role) bool {
	switch e.pages {
	case "every":
		return true
	case "last":
		return r&lastPage != 0
	case "later":
		return r&firstPage == 0
	}
	return r&firstPage != 0
}

// role of a page in its document.
type role int

const (
	firstPage role = 1 << iota
	lastPage
	roles // how many there are
)

// roleOf returns the role of page i of n.
func roleOf(i, n int) role {
	var r role
	if i == 0 {
		r |= firstPage
	}
	if i == n-1 {
		r |= lastPage
	}
	return r
}
