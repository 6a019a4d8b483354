package demo

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// passwordHash is [Password] under bcrypt with PocketBase's own cost. All
// accounts share it: hashing a hundred thousand passwords takes two hours.
const passwordHash = "$2a$10$utFLJTNdZvDuGPgTvfxNSeIjFFhhvRPVu4IZI.dxqakVpEgMB3l2a"

// Account is a login of the demo, as it is printed.
type Account struct{ Login, Name, What string }

// Staff returns those who enter by the dashboard.
func Staff() []Account {
	return []Account{
		{"admin@examhall.test", "系统管理员", "administrator, decides nothing"},
		{"operator@examhall.test", "运营员", "exams, windows, notices, rules"},
		{"reviewer@examhall.test", "审核员甲", "reviews"},
		{"reviewer2@examhall.test", "审核员乙", "reviews"},
		{"approver@examhall.test", "复核负责人", "confirms results"},
		{"finance@examhall.test", "财务员", "refunds and bills"},
		{"cert@examhall.test", "证书管理员", "certificates"},
		{"auditor@examhall.test", "审计员", "reads, changes nothing"},
	}
}

// user returns the part of the login in front of the @.
func (a Account) user() string {
	user, _, _ := strings.Cut(a.Login, "@")
	return user
}

// addStaff makes the staff and their dashboard logins. PocketBase gives no id
// twice, so the login has another one than the person.
func (f *filler) addStaff(tx core.App) error {
	for _, a := range Staff() {
		login := map[string]any{"email": a.Login, "verified": true, "role": "admin"}
		if a.user() != "admin" {
			roles, err := roles(tx, a.user())
			if err != nil {
				return err
			}
			err = account(tx, "staff", key(a.user()), map[string]any{
				"email": a.Login, "verified": true, "name": a.Name, "roles": roles, "active": true,
			})
			if err != nil {
				return err
			}
			login["role"], login["staff"] = "", key(a.user())
		}
		if err := account(tx, core.CollectionNameSuperusers, key("desk", a.user()), login); err != nil {
			return err
		}
	}
	f.report.Accounts += len(Staff())
	return nil
}

// roles returns what a member of staff may do: reviewers and approvers act in
// every business that the installation has.
func roles(app core.App, user string) ([]string, error) {
	c, err := app.FindCachedCollectionByNameOrId("staff")
	if err != nil {
		return nil, err
	}
	field, ok := c.Fields.GetByName("roles").(*core.SelectField)
	if !ok {
		return nil, fmt.Errorf("staff.roles is no select field")
	}
	user = strings.TrimSuffix(user, "2")
	return slices.DeleteFunc(slices.Clone(field.Values), func(role string) bool {
		return role != user && !strings.HasSuffix(role, "."+user)
	}), nil
}

// account saves somebody who can log in.
func account(tx core.App, collection, id string, values map[string]any) error {
	c, err := tx.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return err
	}
	r := core.NewRecord(c)
	r.Load(values)
	r.Id = id
	r.SetRaw(core.FieldNamePassword, &core.PasswordFieldValue{Hash: passwordHash})
	r.RefreshTokenKey()
	if err := tx.SaveNoValidate(r); err != nil {
		return fmt.Errorf("%s %s: %w", collection, id, err)
	}
	return nil
}
