package sealed

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
)

const defaultMax = 5000

// ValidateValue implements [core.Field].
func (f *Field) ValidateValue(_ context.Context, _ core.App, r *core.Record) error {
	if err := f.refuseLoss(r); err != nil {
		return err
	}
	return f.check(f.value(r).Plain())
}

// check validates a normalised text.
func (f *Field) check(plain string) error {
	if plain == "" {
		if f.Required {
			return validation.ErrRequired
		}
		return nil
	}
	max := f.Max
	if max == 0 {
		max = defaultMax
	}
	if utf8.RuneCountInString(plain) > max {
		return validation.NewError("validation_max_text_constraint", "Must be no more than {{.max}} character(s).").
			SetParams(map[string]any{"max": max})
	}
	if !printable(f.Kind, plain) {
		return validation.NewError("validation_invalid_format", "Invalid value format.")
	}
	if !wellFormed(f.Kind, plain) {
		return validation.NewError("validation_match_invalid", "Must be in a valid format.")
	}
	return nil
}

// printable refuses broken UTF-8 and control characters. A secret is written by
// the server itself and may have lines.
func printable(kind, s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if kind == KindSecret && strings.ContainsRune("\n\r\t", r) {
			continue
		}
		if unicode.IsControl(r) || kind != KindSecret && r == utf8.RuneError {
			return false
		}
	}
	return true
}

// wellFormed checks the form of the kind. No kind of personal data has stars:
// a text with stars is a mask that came back, and must not replace the data.
func wellFormed(kind, s string) bool {
	switch kind {
	case KindMobile:
		return len(s) == 11 && s[0] == '1' && s[1] >= '3' && only(s, digits)
	case KindContact:
		return len(s) >= 7 && len(s) <= 15 && only(s, digits)
	case KindIDNumber:
		return len(s) <= 30 && only(s, digits+capitals)
	case KindBankCard:
		return len(s) >= 12 && len(s) <= 19 && only(s, digits)
	case KindSecret:
		return s != nothing
	default:
		return !strings.Contains(s, "*")
	}
}

const (
	digits   = "0123456789"
	capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// only says whether every character of s is one of chars.
func only(s, chars string) bool { return strings.Trim(s, chars) == "" }

// ValidateSettings implements [core.Field]. The name of a stored field, the
// name of its collection and its kind are fixed: the text at rest is bound to
// the names and the blind index to the kind.
func (f *Field) ValidateSettings(_ context.Context, app core.App, c *core.Collection) error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Id, validation.By(core.DefaultFieldIdValidationRule)),
		validation.Field(&f.Name, validation.By(core.DefaultFieldNameValidationRule), validation.By(f.keepsName(app, c))),
		validation.Field(&f.Help, validation.By(core.DefaultFieldHelpValidationRule)),
		validation.Field(&f.Kind, validation.Required, validation.By(f.keepsKind(app, c)), validation.By(f.hidesIndex(c))),
		validation.Field(&f.Max, validation.Min(0), validation.Max(1<<53-1)),
	)
}

// refuseLoss refuses what would lose data: a list or an object where a text
// belongs, and any write over a text at rest that cannot be read. That one may
// be readable again once the right key file is back.
func (f *Field) refuseLoss(r *core.Record) error {
	v := f.value(r)
	if v.in(notText) {
		return validation.NewError("text_expected", "Must be a text.")
	}
	if v.in(unreadable) || !r.IsNew() && !f.value(r.Original()).Readable() {
		return validation.NewError("sealed_unreadable", "The stored value cannot be read with the present keys.")
	}
	return nil
}

// keepsName refuses to rename a field or a collection with stored values.
func (f *Field) keepsName(app core.App, c *core.Collection) validation.RuleFunc {
	return func(any) error {
		stored, before := f.stored(app, c)
		if before == nil || stored.Name == c.Name && before.Name == f.Name {
			return nil
		}
		return validation.NewError("sealed_rename", "A sealed field and its collection keep their names.")
	}
}

// keepsKind refuses an unknown kind, and another kind than before.
func (f *Field) keepsKind(app core.App, c *core.Collection) validation.RuleFunc {
	return func(any) error {
		if _, before := f.stored(app, c); before != nil && before.Kind != f.Kind {
			return validation.NewError("sealed_kind", "A sealed field keeps its kind.")
		}
		for _, kind := range Kinds() {
			if kind == f.Kind {
				return nil
			}
		}
		return validation.NewError("validation_in_invalid", "Must be a valid value.")
	}
}

// hidesIndex refuses an index column that readers see or that is no text: who
// may create records could try values until an index shows up again.
func (f *Field) hidesIndex(c *core.Collection) validation.RuleFunc {
	return func(any) error {
		index := c.Fields.GetByName(f.Name + indexSuffix)
		if index == nil || index.GetHidden() && index.Type() == core.FieldTypeText {
			return nil
		}
		return validation.NewError("sealed_index", "The index of a sealed field must be a hidden text field.")
	}
}

// stored returns the collection and this field as they are in the database, or
// nil. A view stores nothing.
func (f *Field) stored(app core.App, c *core.Collection) (*core.Collection, *Field) {
	if c.IsNew() || c.IsView() {
		return nil, nil
	}
	before, err := app.FindCollectionByNameOrId(c.Id)
	if err != nil {
		return nil, nil
	}
	field, _ := before.Fields.GetById(f.Id).(*Field)
	return before, field
}
