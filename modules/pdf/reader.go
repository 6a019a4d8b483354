package pdf

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// reader turns a layout file into a layout and collects every fault, with the
// line in which it stands.
type reader struct {
	press  *Press
	lay    *layout
	colors map[string]rgb
	faults []error
}

// fault notes what is wrong with a node.
func (r *reader) fault(n *node, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s:%d: %s", r.lay.file, n.line, fmt.Sprintf(format, args...)))
}

// err joins what was noted.
func (r *reader) err() error { return errors.Join(r.faults...) }

// object is a JSON object on its way into a struct: each key is asked for once,
// and those that nobody asked for are unknown.
type object struct {
	*node
	*reader
	asked []string
}

// object accepts a node that is an object.
func (r *reader) object(n *node) *object {
	if n.fields == nil {
		r.fault(n, "an object {…} is wanted here")
		n = &node{line: n.line, fields: map[string]*node{}}
	}
	return &object{node: n, reader: r}
}

// list accepts a node that is a list.
func (r *reader) list(n *node) []*node {
	if n == nil {
		return nil
	}
	list, ok := n.value.([]*node)
	if !ok {
		r.fault(n, "a list […] is wanted here")
	}
	return list
}

// has reports whether a key is there, and counts as asking for it.
func (o *object) has(key string) bool { return o.get(key) != nil }

func (o *object) get(key string) *node {
	o.asked = append(o.asked, key)
	return o.fields[key]
}

// need is get for a key that must be there.
func (o *object) need(key string) *node {
	n := o.get(key)
	if n == nil {
		o.fault(o.node, "%q is missing", key)
		n = &node{line: o.line}
	}
	return n
}

// text returns a string.
func (o *object) text(key string) string {
	n := o.need(key)
	s, ok := n.value.(string)
	if !ok && o.fields[key] != nil {
		o.fault(n, "%q must be a text", key)
	}
	return s
}

// textOr returns a string, or a default where the key is not there.
func (o *object) textOr(key, otherwise string) string {
	if !o.has(key) {
		return otherwise
	}
	return o.text(key)
}

// oneOf returns one of several words; the first is the default.
func (o *object) oneOf(key string, words ...string) string {
	s := o.textOr(key, words[0])
	if !slices.Contains(words, s) {
		o.fault(o.fields[key], "%q must be one of %s", key, strings.Join(words, ", "))
	}
	return s
}

// number returns a number that must be there.
func (o *object) number(key string) float64 {
	n := o.need(key)
	v, ok := n.value.(float64)
	if !ok && o.fields[key] != nil {
		o.fault(n, "%q must be a number", key)
	}
	return v
}

// numberOr returns a number, or a default where the key is not there.
func (o *object) numberOr(key string, otherwise float64) float64 {
	if !o.has(key) {
		return otherwise
	}
	return o.number(key)
}

// positive is numberOr for lengths.
func (o *object) positive(key string, otherwise float64) float64 {
	v := o.numberOr(key, otherwise)
	if v <= 0 {
		o.fault(o.node, "%q must be more than 0", key)
	}
	return v
}

// whole is positive for counts.
func (o *object) whole(key string, otherwise, most int) int {
	v := o.positive(key, float64(otherwise))
	if v != float64(int(v)) || int(v) > most {
		o.fault(o.node, "%q must be a whole number up to %d", key, most)
		return otherwise
	}
	return int(v)
}

// flag returns true or false; false is the default.
func (o *object) flag(key string) bool {
	if !o.has(key) {
		return false
	}
	v, ok := o.fields[key].value.(bool)
	if !ok {
		o.fault(o.fields[key], "%q must be true or false", key)
	}
	return v
}

// face returns the name of a font that exists.
func (o *object) face() string {
	name := o.textOr("font", "song")
	if _, ok := o.press.fonts[name]; !ok {
		o.fault(o.node, "there is no font %q", name)
	}
	return name
}

// color returns a colour: #rrggbb, or a name of the layout's own.
func (o *object) color(key, otherwise string) rgb {
	s := o.textOr(key, otherwise)
	if c, ok := o.colors[s]; ok {
		return c
	}
	c, ok := parseColor(s)
	if !ok {
		o.fault(o.node, "%q: there is no colour %q", key, s)
	}
	return c
}

// done refuses the keys that nobody asked for.
func (o *object) done() {
	for _, key := range o.keys {
		if !slices.Contains(o.asked, key) {
			o.fault(o.fields[key], "unknown key %q", key)
		}
	}
}

// rgb is a colour: red, green and blue.
type rgb struct{ r, g, b uint8 }

func parseColor(s string) (rgb, bool) {
	v, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 || s[0] != '#' {
		return rgb{}, false
	}
	return rgb{uint8(v >> 16), uint8(v >> 8), uint8(v)}, true
}
