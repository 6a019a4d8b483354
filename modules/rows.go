package modules

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
)

// Rows declares a JSON column that holds several rows of one application: the
// subjects of a score review, the work history of a qualification review. One
// renderer draws them all, and errors come under flat keys: "items.0.reason".
type Rows struct {
	Name  string
	Label Text
	Hint  Text
	By    Role // the zero value is Candidate
	Min   int
	Max   int

	// Choice names the column whose value is picked from Definition.Choices,
	// each value once. Empty means free rows.
	Choice string

	// Total is what the sum of the amounts of the chosen values is called; the
	// zero value shows none.
	Total Text

	Fields  []RowField
	Once    Once
	ShownIn []State // where the candidate sees rows that staff filled in
}

// Once lets each chosen value be in one active application only. The rows are
// mirrored into a table of their own, whose unique index decides races.
type Once struct {
	Table string  // "score_review_subjects", empty for no limit
	Frees []State // where an application no longer counts
	Code  string  // of the problem: "once_only"
	Text  string
}

// RowType is what a column of a row holds.
type RowType string

// The types of columns in a row.
const (
	RowText   RowType = "text"
	RowSelect RowType = "select"
	RowWhole  RowType = "number" // an integer
	RowMonth  RowType = "month"  // "2026-11"
	RowBool   RowType = "bool"
	RowChoice RowType = "choice" // one of Definition.Choices
)

// RowField is one column of a row. Min and Max are code points of a text, or
// the limits of a number.
type RowField struct {
	Name    string   `json:"name"`
	Type    RowType  `json:"type"`
	Label   Text     `json:"label"`
	Hint    Text     `json:"hint"`
	Must    bool     `json:"must"`
	Min     int      `json:"min"`
	Max     int      `json:"max"`
	Options []Option `json:"options"`
	Tenths  bool     `json:"tenths"` // a number that people read with one decimal
}

// Option is one value of a select and its words.
type Option struct {
	Value string `json:"value"`
	Label Text   `json:"label"`
}

// Filler returns the role that fills the rows in.
func (r Rows) Filler() Role { return cmp.Or(r.By, Candidate) }

// FindRows returns the declared rows with the given name.
func (d Definition) FindRows(name string) (Rows, bool) {
	i := slices.IndexFunc(d.Rows, func(r Rows) bool { return r.Name == name })
	if i < 0 {
		return Rows{}, false
	}
	return d.Rows[i], true
}

// RowsOf reads the rows of an application into a slice of structs.
func RowsOf[T any](r *core.Record, name string) ([]T, error) {
	var list []T
	if err := r.UnmarshalJSONField(name, &list); err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.Collection().Name, name, err)
	}
	return list, nil
}

// Chosen returns the chosen value of each row.
func (r Rows) Chosen(record *core.Record) ([]string, error) {
	rows, err := r.decode(record)
	values := make([]string, len(rows))
	for i, row := range rows {
		values[i], _ = row[r.Choice].(string)
	}
	return values, err
}

// At returns the key of problems with a column of the i-th row: "items.0.reason".
func (r Rows) At(i int, column string) string { return fmt.Sprintf("%s.%d.%s", r.Name, i, column) }

// Check returns the problems of rows as they came from a client.
func (r Rows) Check(record *core.Record) validation.Errors {
	rows, err := r.decode(record)
	if err != nil {
		return validation.Errors{r.Name: validation.NewError("row_invalid", "The rows are not readable.")}
	}
	problems := validation.Errors{}
	switch {
	case len(rows) == 0 && r.Min > 0:
		problems[r.Name] = validation.NewError("row_missing", "Choose or add at least {{.min}}.").SetParams(map[string]any{"min": r.Min})
	case len(rows) < r.Min || len(rows) > r.Max:
		problems[r.Name] = validation.NewError("row_count", "There must be {{.min}} to {{.max}}.").SetParams(map[string]any{"min": r.Min, "max": r.Max})
	}
	seen := map[string]bool{}
	for i, row := range rows {
		maps.Copy(problems, r.checkRow(i, row))
		if value, ok := row[r.Choice].(string); ok && r.Choice != "" {
			if seen[value] {
				problems[r.At(i, r.Choice)] = validation.NewError("row_twice", "This is chosen twice.")
			}
			seen[value] = true
		}
	}
	return problems
}

// decode reads the column as a list of objects. Numbers stay as they were
// written, so that a code that came as a number is noticed.
func (r Rows) decode(record *core.Record) ([]map[string]any, error) {
	raw := []byte(strings.TrimSpace(record.GetString(r.Name)))
	if s := string(raw); s == "" || s == "null" || s == `""` {
		return nil, nil
	}
	if len(raw) > 1<<18 {
		return nil, fmt.Errorf("%d bytes", len(raw))
	}
	var rows []map[string]any
	in := json.NewDecoder(bytes.NewReader(raw))
	in.UseNumber()
	return rows, in.Decode(&rows)
}

func (r Rows) checkRow(i int, row map[string]any) validation.Errors {
	problems := validation.Errors{}
	for _, name := range slices.Sorted(maps.Keys(row)) {
		if !slices.ContainsFunc(r.Fields, func(f RowField) bool { return f.Name == name }) {
			problems[fmt.Sprintf("%s.%d", r.Name, i)] = validation.NewError("row_invalid", "There is no such column.")
		}
	}
	for _, f := range r.Fields {
		if err := f.check(row[f.Name]); err != nil {
			problems[r.At(i, f.Name)] = err
		}
	}
	return problems
}

// check returns the problem of one value, or nil.
func (f RowField) check(value any) error {
	if value == nil || value == "" {
		if f.Must {
			return validation.NewError("validation_required", "Cannot be blank.")
		}
		return nil
	}
	switch f.Type {
	case RowWhole:
		return f.checkWhole(value)
	case RowBool:
		if _, ok := value.(bool); !ok {
			return validation.NewError("row_invalid", "This must be yes or no.")
		}
		return nil
	}
	text, ok := value.(string)
	if !ok {
		return validation.NewError("text_expected", "Send this as text, not as a number.")
	}
	return f.checkText(text)
}

func (f RowField) checkWhole(value any) error {
	number, ok := value.(json.Number)
	n, err := number.Int64()
	if !ok || err != nil {
		return validation.NewError("row_invalid", "This must be a whole number.")
	}
	if int(n) < f.Min || int(n) > f.Max {
		return validation.NewError("row_range", "This must be {{.min}} to {{.max}}.").SetParams(map[string]any{"min": f.Min, "max": f.Max})
	}
	return nil
}

func (f RowField) checkText(text string) error {
	switch f.Type {
	case RowSelect:
		if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == text }) {
			return validation.NewError("validation_invalid_value", "Choose one of the list.")
		}
	case RowMonth:
		if !regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`).MatchString(text) {
			return validation.NewError("validation_match_invalid", "Write it as 2026-11.")
		}
	case RowText:
		n := utf8.RuneCountInString(strings.TrimSpace(text))
		if n < f.Min || n > f.Max {
			return validation.NewError("validation_length_out_of_range", "Write {{.min}} to {{.max}} characters.").SetParams(map[string]any{"min": f.Min, "max": f.Max})
		}
		if strings.ContainsFunc(text, Forbidden) {
			return validation.NewError("text_invalid", "This contains characters that cannot be stored.")
		}
	}
	return nil
}

// Forbidden reports whether a character has no place in what people write:
// control characters but line breaks and tabs, the replacement character, and
// those that turn the direction of writing, with which a name can pretend to be
// another.
func Forbidden(c rune) bool {
	switch {
	case c == '\n' || c == '\r' || c == '\t':
		return false
	case c < ' ', c == 0x7f, c == utf8.RuneError:
		return true
	}
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
}
