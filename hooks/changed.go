package hooks

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/sealed"
)

// managed lists the columns that ExamHall keeps itself. Clients send them back
// with the record; whatever they say is ignored.
func managed() []string {
	return []string{
		"number", "waits_for", "due", "submitted", "decided", "decided_by", "claimed_by", "remaining", "resubmits", "snapshot",
	}
}

// restoreManaged puts the managed columns back to what was loaded.
func restoreManaged(r, before *core.Record) {
	for _, name := range managed() {
		r.SetRaw(name, before.GetRaw(name))
	}
}

// changedFields returns the names of the columns in which two states of a
// record differ, but for dates that PocketBase sets and the blind indexes of sealed
// values, which nobody else can set either.
func changedFields(before, after *core.Record) []string {
	var names []string
	for _, f := range after.Collection().Fields {
		name := f.GetName()
		if name == core.FieldNameId || f.Type() == core.FieldTypeAutodate || isIndex(after.Collection(), name) || same(before.GetRaw(name), after.GetRaw(name)) {
			continue
		}
		names = append(names, name)
	}
	return names
}

// isIndex reports whether a column is the blind index of a sealed one.
func isIndex(c *core.Collection, name string) bool {
	of, ok := strings.CutSuffix(name, "_idx")
	return ok && contains(sealed.Names(c), of)
}

// same compares two values of a column. Sealed values compare by what they
// hide, since they look alike; an upload is never what was there before.
func same(before, after any) bool {
	switch b := before.(type) {
	case sealed.Value:
		return b.Equal(after)
	case string:
		if a, ok := after.(string); ok {
			return a == b
		}
	}
	a, err1 := json.Marshal(before)
	b, err2 := json.Marshal(after)
	return err1 == nil && err2 == nil && bytes.Equal(a, b)
}

// noRows reports whether a query found nothing.
func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

func contains(list []string, s string) bool { return slices.Contains(list, s) }
