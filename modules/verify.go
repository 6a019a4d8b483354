package modules

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/dbutils"
)

// Verify reports everything that the definitions need and the database lacks,
// so that a forgotten migration stops the start and not a candidate.
func (s *Set) Verify(app core.App) error {
	var errs []error
	for _, d := range s.list {
		found := true
		for _, want := range d.Collections() {
			have, err := app.FindCollectionByNameOrId(want.Name)
			if err != nil {
				errs, found = append(errs, fmt.Errorf("collection %q is missing: %w", want.Name, err)), false
				continue
			}
			errs = append(errs, Fits(want, have, Envelope), Indexed(want, have))
		}
		if found {
			errs = append(errs, d.verifyRoles(app), d.verifyRows(app))
		}
	}
	return errors.Join(errs...)
}

// Fits reports every column that the declared collection has and the other one
// lacks, or has in a way that would break or open it. fixed says of which
// selects the code knows the values; those of others are the administrator's.
func Fits(want, have *core.Collection, fixed func(field string) bool) error {
	var errs []error
	for _, f := range want.Fields {
		if why := fits(f, have.Fields.GetByName(f.GetName()), fixed(f.GetName())); why != "" {
			errs = append(errs, fmt.Errorf("collection %q needs a %s field %q%s", want.Name, f.Type(), f.GetName(), why))
		}
	}
	return errors.Join(errs...)
}

// fits returns what is wrong with a field, as the end of a sentence. Limits and
// words are the administrator's; what a field is and who sees it are not.
func fits(want, have core.Field, fixed bool) string {
	if have == nil || have.Type() != want.Type() {
		return ", and has none"
	}
	if want.GetHidden() && !have.GetHidden() {
		return " that is hidden"
	}
	switch w := want.(type) {
	case *core.SelectField:
		h := have.(*core.SelectField)
		for _, value := range w.Values {
			if fixed && !slices.Contains(h.Values, value) {
				return fmt.Sprintf(" with the value %q", value)
			}
		}
		if w.IsMultiple() != h.IsMultiple() {
			return " for as many values as before"
		}
	case *core.RelationField:
		if w.IsMultiple() != have.(*core.RelationField).IsMultiple() {
			return " for as many records as before"
		}
	case *core.FileField:
		if w.Protected && !have.(*core.FileField).Protected {
			return " that is protected"
		}
	}
	return ""
}

// Indexed reports every unique index that the declared collection has and the
// other one lacks: they decide when two requests race. Other indexes are for
// speed only.
func Indexed(want, have *core.Collection) error {
	var errs []error
	for _, raw := range want.Indexes {
		w := dbutils.ParseIndex(raw)
		if w.Unique && !slices.ContainsFunc(have.Indexes, func(other string) bool { return sameIndex(w, dbutils.ParseIndex(other)) }) {
			errs = append(errs, fmt.Errorf("collection %q needs the unique index %s", want.Name, raw))
		}
	}
	return errors.Join(errs...)
}

func sameIndex(a, b dbutils.Index) bool {
	return a.Unique == b.Unique && a.Where == b.Where && slices.Equal(a.Columns, b.Columns)
}

// verifyRoles wants every role of the business to be one that staff may have.
func (d Definition) verifyRoles(app core.App) error {
	staff, err := app.FindCollectionByNameOrId("staff")
	if err != nil {
		return err
	}
	roles, ok := staff.Fields.GetByName("roles").(*core.SelectField)
	if !ok {
		return fmt.Errorf(`collection "staff" needs a select field "roles"`)
	}
	var errs []error
	for _, name := range d.staffRoles() {
		if !slices.Contains(roles.Values, name) {
			errs = append(errs, fmt.Errorf("staff.roles lacks the value %q", name))
		}
	}
	return errors.Join(errs...)
}

// verifyRows refuses a workflow that has forgotten a state in which
// applications stand: nobody could move them again.
func (d Definition) verifyRows(app core.App) error {
	standing, err := d.standing(app)
	errs := []error{err}
	for _, state := range standing {
		if _, ok := d.Workflow.States[state]; ok {
			continue
		}
		var n int
		err := app.DB().Select("COUNT(*)").From(d.Name).Where(dbx.HashExp{"status": string(state)}).Row(&n)
		errs = append(errs, err,
			fmt.Errorf("%d rows of %q stand in the state %q, which the workflow does not have", n, d.Name, state))
	}
	return errors.Join(errs...)
}

// standing returns the states in which applications stand. It steps from one
// to the next in the index on status: to count a million rows at each start
// would take longer than the rest of it.
func (d Definition) standing(app core.App) ([]State, error) {
	var list []State
	for next := dbx.NewExp("status >= ''"); ; {
		var state sql.NullString
		err := app.DB().Select("MIN(status)").From(d.Name).Where(next).Row(&state)
		if err != nil || !state.Valid {
			return list, err
		}
		list = append(list, State(state.String))
		next = dbx.NewExp("status > {:last}", dbx.Params{"last": state.String})
	}
}
