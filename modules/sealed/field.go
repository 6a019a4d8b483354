package sealed

import (
	"database/sql/driver"
	"strconv"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cast"
)

// Type is the name of the field type in a collection.
const Type = "sealed"

var (
	_ core.Field             = (*Field)(nil)
	_ core.SetterFinder      = (*Field)(nil)
	_ core.GetterFinder      = (*Field)(nil)
	_ core.DriverValuer      = (*Field)(nil)
	_ core.RecordInterceptor = (*Field)(nil)
)

// Field is a text that is encrypted at rest. Its record value is a [Value].
//
// If the collection has a field of the same name and "_idx", that field gets
// the blind index of the value with every save: uniqueness and look-ups by
// exact value belong there, as the text at rest is different each time.
type Field struct {
	Name   string `form:"name" json:"name"`
	Id     string `form:"id" json:"id"` //nolint:revive // named like in PocketBase's own fields
	System bool   `form:"system" json:"system"`

	// Hidden hides the field from API answers, and from rules and filters.
	Hidden bool `form:"hidden" json:"hidden"`

	Presentable bool   `form:"presentable" json:"presentable"`
	Help        string `form:"help" json:"help"`

	// Kind is one of [Kinds].
	Kind string `form:"kind" json:"kind"`

	// Max is the most code points allowed; zero means 5000.
	Max int `form:"max" json:"max"`

	// Required refuses the empty text.
	Required bool `form:"required" json:"required"`

	ring *Ring
}

// Register makes the type known to PocketBase with the keys of r. It must run
// before the app loads its collections, and once in a process.
func (r *Ring) Register() {
	core.Fields[Type] = func() core.Field { return &Field{ring: r} }
}

// keys returns the ring of the field. A field that a program made as a literal
// takes the registered one.
func (f *Field) keys() *Ring {
	if f.ring == nil {
		return core.Fields[Type]().(*Field).ring
	}
	return f.ring
}

// Names returns the names of the sealed fields of c. A filter, sort or rule
// that names one of them compares ciphertext and should be refused.
func Names(c *core.Collection) []string {
	var names []string
	for _, f := range fieldsOf(c) {
		names = append(names, f.Name)
	}
	return names
}

// fieldsOf returns the sealed fields of c.
func fieldsOf(c *core.Collection) []*Field {
	var list []*Field
	for _, field := range c.Fields {
		if f, ok := field.(*Field); ok {
			list = append(list, f)
		}
	}
	return list
}

// Type implements [core.Field].
func (f *Field) Type() string { return Type }

// GetId implements [core.Field].
func (f *Field) GetId() string { return f.Id }

// SetId implements [core.Field].
func (f *Field) SetId(id string) { f.Id = id }

// GetName implements [core.Field].
func (f *Field) GetName() string { return f.Name }

// SetName implements [core.Field].
func (f *Field) SetName(name string) { f.Name = name }

// GetSystem implements [core.Field].
func (f *Field) GetSystem() bool { return f.System }

// SetSystem implements [core.Field].
func (f *Field) SetSystem(system bool) { f.System = system }

// GetHidden implements [core.Field].
func (f *Field) GetHidden() bool { return f.Hidden }

// SetHidden implements [core.Field].
func (f *Field) SetHidden(hidden bool) { f.Hidden = hidden }

// ColumnType implements [core.Field].
func (f *Field) ColumnType(core.App) string { return "TEXT DEFAULT '' NOT NULL" }

// PrepareValue implements [core.Field]. PocketBase calls it for what it reads
// from the database, and with nil for a new record: it is the only place that
// opens anything. What does not open is loaded as an unreadable value, so that
// one row never breaks a whole list.
func (f *Field) PrepareValue(r *core.Record, raw any) (any, error) {
	atRest := cast.ToString(raw)
	if atRest == "" {
		return Value{}, nil
	}
	c := &content{kind: f.Kind, atRest: atRest, column: f.context(r)}
	plain, err := f.keys().Open(c.column, atRest)
	if err != nil {
		c.state = unreadable
	}
	c.plain = behind(plain)
	return Value{content: c}, nil
}

// FindSetter implements [core.SetterFinder]. A text that is set is taken as it
// stands: ciphertext that a client posts is not opened, it is a wrong value.
func (f *Field) FindSetter(key string) core.SetterFunc {
	if key != f.Name {
		return nil
	}
	return func(r *core.Record, raw any) {
		is, was := f.parse(raw), f.value(r)
		if is.Readable() && is.Equal(was) {
			is = was // keep the text at rest, so that nothing counts as changed
		}
		r.SetRaw(f.Name, is)
	}
}

// FindGetter implements [core.GetterFinder]: Get answers with a Value even if
// something else was put into the record behind the setter's back.
func (f *Field) FindGetter(key string) core.GetterFunc {
	if key != f.Name {
		return nil
	}
	return func(r *core.Record) any { return f.value(r) }
}

// value returns the value of the field in r.
func (f *Field) value(r *core.Record) Value {
	raw := r.GetRaw(f.Name)
	if v, ok := raw.(Value); ok {
		return v
	}
	return f.parse(raw)
}

// parse returns what was set as a value of the field.
func (f *Field) parse(raw any) Value {
	switch t := raw.(type) {
	case nil:
		return Value{}
	case string:
		return newValue(f.Kind, t)
	case Value:
		if !t.in(readable) {
			return t
		}
		v := newValue(f.Kind, t.Plain())
		v.markNumber(t.Numeric())
		return v
	case float64: // PocketBase makes numbers of digits in a multipart form
		v := newValue(f.Kind, strconv.FormatFloat(t, 'f', -1, 64))
		v.markNumber(true)
		return v
	}
	text, err := cast.ToStringE(raw)
	if err != nil {
		return Value{content: &content{kind: f.Kind, state: notText}}
	}
	return newValue(f.Kind, text)
}

// markNumber is for values that nobody else holds yet.
func (v Value) markNumber(number bool) {
	if v.content != nil {
		v.content.number = number
	}
}

// DriverValue implements [core.DriverValuer]: it seals. A text that did not
// change stays as it is at rest if it was sealed with the current key, or if it
// cannot be read.
func (f *Field) DriverValue(r *core.Record) (driver.Value, error) {
	v, column := f.value(r), f.context(r)
	if c := v.content; c != nil && c.column == column && (c.state == unreadable || f.keys().currentlySealed(c.atRest)) {
		return c.atRest, nil
	}
	return f.keys().Seal(column, v.Plain()), nil
}

// context is what the text at rest is bound to.
func (f *Field) context(r *core.Record) string { return r.Collection().Name + "." + f.Name }
