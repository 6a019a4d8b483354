package sealed

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"

	"github.com/pocketbase/pocketbase/core"
)

// Value is what a record holds in a sealed field. Printed, logged, marshalled
// or bound to a query it is its mask; the zero Value is an empty text.
//
// Two values are compared with [Value.Equal], never with ==: the mask and the
// text at rest are no part of what a value says.
type Value struct {
	content  *content
	audience Audience
}

// content never changes once it is made, because copies of a record share it.
type content struct {
	kind string
	// plain is a function because fmt walks into unexported fields of other
	// structs without asking them, and for some verbs through pointers too: it
	// prints the address of a function, whatever the verb.
	plain  func() string
	atRest string // as it was read from the database; empty for a new text
	column string // where atRest was read, and the only place where it opens
	number bool   // came as a number, not as text
	state  state
}

type state int

const (
	readable   state = iota
	unreadable       // at rest, but no key of the ring opens it
	notText          // a list or an object was set
)

// newValue returns the value of a text that somebody set.
func newValue(kind, plain string) Value {
	plain = Normalise(kind, plain)
	if plain == "" {
		return Value{}
	}
	return Value{content: &content{kind: kind, plain: behind(plain)}}
}

// behind puts a text behind a function.
func behind(plain string) func() string { return func() string { return plain } }

// Plain returns the clear text: the only door to it. A value that cannot be
// read has none.
func (v Value) Plain() string {
	if !v.Readable() || v.content == nil {
		return ""
	}
	return v.content.plain()
}

// Plain returns the clear text of a sealed field of r, for guards and effects.
// It is empty if field is not sealed.
func Plain(r *core.Record, field string) string {
	v, _ := r.GetRaw(field).(Value)
	return v.Plain()
}

// Equal says whether other, a Value or a string, is the same clear text. What
// cannot be read equals nothing but itself.
func (v Value) Equal(other any) bool {
	switch o := other.(type) {
	case Value:
		if v.content == o.content {
			return true
		}
		return v.Readable() && o.Readable() && v.Plain() == o.Plain()
	case string:
		return v.Readable() && v.Plain() == o
	default:
		return false
	}
}

// Readable is false for a value at rest whose key the ring does not have. Such
// a value shows as empty and its record cannot be saved.
func (v Value) Readable() bool { return v.in(readable) }

// Numeric says that the value was set as a number. An identity number or a card
// number in a JSON number has lost digits; a multipart form is harmless, since
// PocketBase turns only those texts into numbers that read back the same.
func (v Value) Numeric() bool { return v.content != nil && v.content.number }

// IsZero says whether the value is an empty text.
func (v Value) IsZero() bool { return v.content == nil }

func (v Value) in(s state) bool {
	if v.content == nil {
		return s == readable
	}
	return v.content.state == s
}

// String returns the mask: that of [Public], or of the audience that [Show]
// set.
func (v Value) String() string {
	if v.Plain() == "" {
		return ""
	}
	return Masked(v.content.kind, v.audience, v.Plain())
}

// GoString returns the mask in quotes.
func (v Value) GoString() string { return fmt.Sprintf("%q", v.String()) }

// Format implements [fmt.Formatter]: every verb prints the mask.
func (v Value) Format(s fmt.State, verb rune) {
	if verb == 'q' || s.Flag('#') {
		io.WriteString(s, v.GoString())
		return
	}
	io.WriteString(s, v.String())
}

// MarshalJSON returns the mask as a JSON string.
func (v Value) MarshalJSON() ([]byte, error) { return json.Marshal(v.String()) }

// LogValue implements [slog.LogValuer] with the mask.
func (v Value) LogValue() slog.Value { return slog.StringValue(v.String()) }

// Value implements [driver.Valuer] with the mask: that is what a rule or a
// query gets to see. A record is saved through [Field.DriverValue] instead.
func (v Value) Value() (driver.Value, error) { return v.String(), nil }
