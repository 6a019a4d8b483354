package pdf

import (
	"slices"
	"strings"
)

// template is a text with values in it: "编号：{number}".
type template struct {
	parts []part
}

// part is fixed text, or the name of a value.
type part struct{ text, value string }

// values are what is printed, by name.
type values map[string]string

// parseTemplate splits a text at its braces.
func parseTemplate(text string) (template, bool) {
	var t template
	for text != "" {
		fixed, rest, braced := strings.Cut(text, "{")
		if strings.Contains(fixed, "}") {
			return t, false
		}
		if fixed != "" {
			t.parts = append(t.parts, part{text: fixed})
		}
		if !braced {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" {
			return t, false
		}
		t.parts = append(t.parts, part{value: name})
		text = after
	}
	return t, true
}

// template reads a text with values that the layout declares, or that the place
// offers beside.
func (o *object) template(key string, beside ...string) template {
	s := o.text(key)
	t, ok := parseTemplate(s)
	if !ok {
		o.fault(o.fields[key], "%q: a brace has no partner", key)
	}
	for _, name := range t.names() {
		if _, ok := o.lay.values[name]; !ok && !slices.Contains(beside, name) {
			o.fault(o.fields[key], "unknown value {%s}", name)
		}
	}
	return t
}

// names returns the values of a template.
func (t template) names() []string {
	var list []string
	for _, p := range t.parts {
		if p.value != "" {
			list = append(list, p.value)
		}
	}
	return list
}

// fill puts values in.
func (t template) fill(v values) string {
	if len(t.parts) == 1 {
		return t.parts[0].text + v[t.parts[0].value]
	}
	var b strings.Builder
	for _, p := range t.parts {
		b.WriteString(p.text)
		b.WriteString(v[p.value])
	}
	return b.String()
}

// empty reports that there are values and that all of them are empty: then the
// fixed text around them says nothing and is left out.
func (t template) empty(v values) bool {
	names := t.names()
	return len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return v[n] != "" })
}

// recurring reports that the text is the same on every document of a batch.
func (t template) recurring(l *layout) bool {
	return !slices.ContainsFunc(t.names(), func(n string) bool { return !l.values[n].recurring })
}
