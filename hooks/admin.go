package hooks

import (
	"slices"
	"sync/atomic"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindAdmin keeps the administrators: a superuser says what it is, an admin or
// the login of a member of staff, and there is always an admin left. Since a
// row that says nothing is nobody, whoever installs ExamHall would otherwise
// lock themselves out.
func bindAdmin(app core.App) {
	serving := new(atomic.Bool)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := crown(e.App); err != nil {
			return err
		}
		serving.Store(true)
		return e.Next()
	})

	save := &hook.Handler[*core.RecordEvent]{
		Id:       "examhallAdmin",
		Priority: -90,
		Func: func(e *core.RecordEvent) error {
			if !saysRole(e.Record.Collection()) {
				return e.Next() // a command before the first start, which makes the columns
			}
			return checkThenSave(e, func() error {
				if err := keepAdmin(e.App, e.Record, standsAsAdmin(e.Record)); err != nil {
					return err
				}
				return settleRole(e.App, e.Record, serving.Load())
			})
		},
	}
	app.OnRecordCreateExecute(core.CollectionNameSuperusers).Bind(save)
	app.OnRecordUpdateExecute(core.CollectionNameSuperusers).Bind(save)
	app.OnRecordDelete(core.CollectionNameSuperusers).BindFunc(func(e *core.RecordEvent) error {
		if !saysRole(e.Record.Collection()) {
			return e.Next()
		}
		return checkThenSave(e, func() error { return keepAdmin(e.App, e.Record, false) })
	})
	app.OnCollectionUpdate(core.CollectionNameSuperusers).BindFunc(func(e *core.CollectionEvent) error {
		old, err := e.App.FindCollectionByNameOrId(e.Collection.Id)
		if err != nil {
			return err
		}
		if saysRole(old) && !saysRole(e.Collection) { // migrations pass here before the fields exist
			return validation.Errors{"fields": validation.NewError("role_fields",
				"The fields role and staff say who a superuser is and must stay as they are!")}
		}
		return e.Next()
	})
}

// crown makes administrators of the superusers who were made before there were
// roles, such as by a command before the first start. It only does so where
// there is no administrator at all.
func crown(app core.App) error {
	n, err := countAdmins(app, "")
	if err != nil || n > 0 {
		return err
	}
	list, err := app.FindAllRecords(core.CollectionNameSuperusers,
		dbx.HashExp{"role": "", "staff": ""}, dbx.Not(dbx.HashExp{"email": core.DefaultInstallerEmail}))
	for _, r := range list {
		r.Set("role", "admin")
		if err := app.Save(r); err != nil {
			return err
		}
	}
	return err
}

// checkThenSave runs the check and then the rest of the event in one
// transaction, so that two requests at once cannot each remove one of the last
// two administrators.
func checkThenSave(e *core.RecordEvent, check func() error) error {
	app := e.App
	defer func() { e.App = app }()
	return app.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if err := check(); err != nil {
			return err
		}
		return e.Next()
	})
}

// settleRole decides what a superuser is.
//
// A row made without a word is an admin where nobody else could have meant it:
// on the command line (superuser create, superuser upsert), and by PocketBase's
// installer, which runs while there is no admin. While the server runs, rows
// are also saved on behalf of people who must not become admins, by a password
// reset or by the deletion of a staff record, so there it is refused.
func settleRole(app core.App, r *core.Record, serving bool) error {
	role, staff := r.GetString("role"), r.GetString("staff")
	if r.Email() == core.DefaultInstallerEmail {
		r.Set("role", "")
		r.Set("staff", "")
		return nil
	}
	if role != "" && staff != "" {
		return roleError("role_or_staff", "A superuser is either an administrator or the login of a member of staff!")
	}
	if role != "" || staff != "" {
		return nil
	}
	stored, err := storedRole(app, r.Id)
	if err != nil {
		return err
	}
	admins, err := countAdmins(app, r.Id)
	if err != nil {
		return err
	}
	first := r.IsNew() && admins == 0
	silent := !serving && stored.Role == "" && stored.Staff == "" // and does not lose it with this save
	if !first && !silent {
		return roleError("validation_required", "Say whether this is an administrator or the login of a member of staff!")
	}
	r.Set("role", "admin")
	return nil
}

// keepAdmin refuses to lose the last administrator. stays says whether the row
// is one after the change.
func keepAdmin(app core.App, r *core.Record, stays bool) error {
	if stays {
		return nil
	}
	stored, err := storedRole(app, r.Id)
	if err != nil || !stored.admin() {
		return err
	}
	n, err := countAdmins(app, r.Id)
	if err != nil || n > 0 {
		return err
	}
	return roleError("last_admin", "This is the last administrator!")
}

// standsAsAdmin reports whether the record, as it is about to be saved, is an
// administrator.
func standsAsAdmin(r *core.Record) bool {
	return superuserRole{Role: r.GetString("role"), Email: r.Email()}.admin()
}

// superuserRole is what a stored row says about itself.
type superuserRole struct {
	Role  string `db:"role"`
	Staff string `db:"staff"`
	Email string `db:"email"`
}

func (s superuserRole) admin() bool {
	return s.Role == "admin" && s.Email != core.DefaultInstallerEmail
}

// storedRole reads the row anew, since a record remembers what it was when it
// was loaded and not what the transaction made of it. No row is the zero value.
func storedRole(app core.App, id string) (superuserRole, error) {
	var list []superuserRole
	err := app.DB().Select("role", "staff", "email").From(core.CollectionNameSuperusers).
		Where(dbx.HashExp{"id": id}).All(&list)
	if err != nil || len(list) == 0 {
		return superuserRole{}, err
	}
	return list[0], nil
}

// countAdmins returns the number of administrators besides the given row.
func countAdmins(app core.App, except string) (int64, error) {
	return app.CountRecords(core.CollectionNameSuperusers,
		dbx.HashExp{"role": "admin"},
		dbx.Not(dbx.HashExp{"email": core.DefaultInstallerEmail}),
		dbx.Not(dbx.HashExp{"id": except}),
	)
}

// saysRole reports whether a superuser can say in this schema what it is.
func saysRole(c *core.Collection) bool {
	role, ok := c.Fields.GetByName("role").(*core.SelectField)
	_, points := c.Fields.GetByName("staff").(*core.RelationField)
	return ok && points && role.MaxSelect <= 1 && slices.Equal(role.Values, []string{"admin"})
}

func roleError(code, message string) error {
	return validation.Errors{"role": validation.NewError(code, message)}
}
