package modules

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/pocketbase/pocketbase/core"
)

// Field is a PocketBase field with what people read beside it.
//
// The embedded field is the contract: the collection must have a field of this
// name and type. Its limits (size, options, required) are first values only;
// the administrator may change them in the dashboard. A file field is a slot
// for one material 材料.
type Field struct {
	core.Field

	Label Text
	Hint  Text

	// Words are what people read for the values of a select, in its order.
	Words []Option

	// By is the role that fills the field in; the zero value is Candidate.
	// What staff fill in is a hidden column until [Field.ShownIn].
	By Role

	// Must says that an application needs it, though the column may be empty.
	// A row of material_templates may waive a material, or ask for one.
	Must bool

	// Once says that no two applications may have the same value.
	Once bool

	// Input names what draws the field where its type does not say: "region" is
	// a place of package region, in three lists that depend on each other; "money"
	// is an integer of fen that people read as yuan; [Pick] is one of
	// Definition.Choices.
	Input string

	// When limits the field to applications in which another one says so. Where
	// it does not, nobody is asked for the field and it is empty.
	When *When

	// Twice has the page ask for the value a second time, without pasting: what
	// was copied wrong once would be copied wrong again.
	Twice bool

	// Recheck is why a value is shown once more in large type before it is sent,
	// if it is: a wrong one would do harm that nobody notices in time.
	Recheck Text

	// ShownIn lists the states in which the candidate sees what staff filled in.
	ShownIn []State

	// Blank is the form that a slot wants signed by hand; nil is none.
	Blank *Blank
}

// Blank is a form that ExamHall prints with what was typed so far, for its
// candidate to sign by hand and upload again.
type Blank struct {
	Title   Text `json:"title"` // 成绩复核申请表
	Declare Text `json:"-"`     // what stands above the signature
}

// When names a column and the values with which something is asked for: the
// card of a refund that goes to a card. Of a column with several values one must
// be listed; "" is none. Without values the column is a yes-or-no, which must be
// ticked.
type When struct {
	Column string   `json:"column"`
	Values []string `json:"values,omitempty"`
}

// Asked reports whether an application asks for the field.
func (f Field) Asked(r *core.Record) bool {
	if f.When == nil {
		return true
	}
	if len(f.When.Values) == 0 {
		return r.GetBool(f.When.Column)
	}
	said := r.GetStringSlice(f.When.Column)
	return slices.ContainsFunc(f.When.Values, func(v string) bool { return slices.Contains(said, v) || v == "" && len(said) == 0 })
}

// Filler returns the role that fills the field in.
func (f Field) Filler() Role { return cmp.Or(f.By, Candidate) }

// MarshalJSON adds what people read to the JSON of the PocketBase field.
func (f Field) MarshalJSON() ([]byte, error) {
	raw, err := json.Marshal(f.Field)
	if err != nil {
		return nil, err
	}
	m := map[string]any{}
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, err
	}
	m["type"], m["label"], m["hint"] = f.Type(), f.Label, f.Hint
	m["by"], m["must"] = f.Filler(), f.Must || m["required"] == true
	if f.Input != "" {
		m["input"] = f.Input
	}
	if f.When != nil {
		m["when"] = f.When
	}
	if f.Twice {
		m["twice"] = true
	}
	if f.Recheck != (Text{}) {
		m["recheck"] = f.Recheck
	}
	if len(f.Words) > 0 {
		m["options"] = f.Words
	}
	if f.Blank != nil {
		m["blank"] = f.Blank
	}
	return json.Marshal(m)
}

// Scans returns the file types that a phone camera or an office scanner makes.
func Scans() []string { return []string{"image/jpeg", "image/png", "application/pdf"} }

// Scan returns a slot for a material: up to n files of at most 5 MB each, that
// only those see who may see the application.
func Scan(name string, n int) *core.FileField {
	return &core.FileField{Name: name, MaxSelect: n, MaxSize: 5 << 20, Protected: true, MimeTypes: Scans()}
}

// Ref returns the id of a base collection. PocketBase derives it from the
// name, so that a relation can be declared before the collection exists.
func Ref(collection string) string { return core.NewBaseCollection(collection).Id }

// AuthRef is like [Ref] for an auth collection.
func AuthRef(collection string) string { return core.NewAuthCollection(collection).Id }

// Field returns the declared field with the given name.
func (d Definition) Field(name string) (Field, bool) {
	i := slices.IndexFunc(d.Fields, func(f Field) bool { return f.GetName() == name })
	if i < 0 {
		return Field{}, false
	}
	return d.Fields[i], true
}

// Filler returns the role that fills in the named column. Fields that the
// operator added in the dashboard are the candidate's.
func (d Definition) Filler(name string) Role {
	if r, ok := d.FindRows(name); ok {
		return r.Filler()
	}
	if f, ok := d.Field(name); ok {
		return f.Filler()
	}
	if name == "reply" {
		return Reviewer
	}
	return Candidate
}

// ByStaff returns the columns that staff fill in, and for each the states in
// which the candidate sees it.
func (d Definition) ByStaff() map[string][]State {
	columns := map[string][]State{}
	for _, f := range d.Fields {
		if f.Filler() != Candidate {
			columns[f.GetName()] = f.ShownIn
		}
	}
	for _, r := range d.Rows {
		if r.Filler() != Candidate {
			columns[r.Name] = r.ShownIn
		}
	}
	return columns
}
