package modules

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Verify reports everything that the definitions need and the database lacks,
// so that a forgotten migration stops the start and not a candidate.
func (s *Set) Verify(app core.App) error {
	var errs []error
	for _, d := range s.list {
		have, err := app.FindCollectionByNameOrId(d.Name)
		if err != nil {
			errs = append(errs, fmt.Errorf("collection %q is missing: %w", d.Name, err))
			continue
		}
		errs = append(errs, d.Fits(have), d.verifyRoles(app), d.verifyRows(app))
	}
	return errors.Join(errs...)
}

// Fits reports every column that the definition needs and the collection lacks
// or has with another type, and every state that it cannot hold.
func (d Definition) Fits(have *core.Collection) error {
	var errs []error
	for _, want := range d.Collection().Fields {
		got := have.Fields.GetByName(want.GetName())
		if got == nil || got.Type() != want.Type() {
			errs = append(errs, fmt.Errorf("collection %q needs a %s field %q", d.Name, want.Type(), want.GetName()))
			continue
		}
		if want.GetHidden() && !got.GetHidden() {
			errs = append(errs, fmt.Errorf("collection %q must hide the field %q", d.Name, want.GetName()))
		}
	}
	if status, ok := have.Fields.GetByName("status").(*core.SelectField); ok {
		for _, state := range d.Workflow.Names() {
			if !slices.Contains(status.Values, string(state)) {
				errs = append(errs, fmt.Errorf("collection %q lacks the status %q", d.Name, state))
			}
		}
	}
	return errors.Join(errs...)
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
