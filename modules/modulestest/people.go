package modulestest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// Names returns everybody that a test can act as, beside "" for a guest.
func Names() []string {
	return []string{"li", "wang", "reviewer", "reviewer2", "approver", "both", "foreign", "auditor", "operator", "admin"}
}

// roles returns what the staff of the fixture may do. "foreign" reviews another
// business; "both" reviews and approves.
func roles(name string) []string {
	switch name {
	case "reviewer", "reviewer2":
		return []string{"score_reviews.reviewer"}
	case "approver":
		return []string{"score_reviews.approver"}
	case "both":
		return []string{"score_reviews.reviewer", "score_reviews.approver"}
	case "foreign":
		return []string{"finance", "cert"}
	case "auditor", "operator":
		return []string{name}
	}
	return nil
}

// ID returns the id of a person of the fixture. The dashboard login of staff is
// another account, since PocketBase gives no id twice.
func ID(name string) string { return (name + "000000000000000")[:15] }

// people makes the candidates, the staff and their dashboard logins.
func people(app core.App) error {
	for i, name := range []string{"li", "wang"} {
		err := account(app, "candidates", ID(name), map[string]any{
			"username": name + "_candidate", "name": map[string]string{"li": "李䶮", "wang": "王喆"}[name], "id_type": "resident",
			"id_number": sealedNumber(i), "mobile": fmt.Sprintf("1380000000%d", i), "verified": true,
		})
		if err != nil {
			return err
		}
	}
	for _, name := range Names()[2:] {
		login := map[string]any{"email": name + "@examhall.test"}
		if name == "admin" {
			login["role"] = "admin"
		} else {
			err := account(app, "staff", ID(name), map[string]any{
				"email": name + "@examhall.test", "name": strings.ToUpper(name), "roles": roles(name), "active": true,
			})
			if err != nil {
				return err
			}
			login["staff"] = ID(name)
		}
		if err := account(app, core.CollectionNameSuperusers, ID("desk"+name), login); err != nil {
			return err
		}
	}
	return nil
}

func sealedNumber(i int) string { return []string{"11010519491231002X", "440305200002290010"}[i] }

// account saves an auth record with a cheap password hash.
func account(app core.App, collection, id string, values map[string]any) error {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return err
	}
	r := core.NewRecord(c)
	r.Load(values)
	r.Id = id
	r.SetRaw(core.FieldNamePassword, &core.PasswordFieldValue{Hash: cheapHash})
	r.RefreshTokenKey()
	return app.SaveNoValidate(r)
}

// Password is what everybody of the fixture logs in with.
const Password = "ExamHall-test-1"

// appoint gives the staff of the fixture their roles in another business.
func (h *Hall) appoint(d modules.Definition) {
	h.T.Helper()
	c, err := h.App.FindCachedCollectionByNameOrId("staff")
	if err != nil {
		h.T.Fatal(err)
	}
	offered := c.Fields.GetByName("roles").(*core.SelectField).Values
	for name, role := range map[string][]modules.Role{
		"reviewer": {modules.Reviewer}, "reviewer2": {modules.Reviewer}, "approver": {modules.Approver},
		"both": {modules.Reviewer, modules.Approver},
	} {
		r, err := h.App.FindRecordById("staff", ID(name))
		if err != nil {
			h.T.Fatal(err)
		}
		list := r.GetStringSlice("roles")
		for _, x := range role {
			if name := d.RoleName(x); slices.Contains(offered, name) && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
		if len(list) == len(r.GetStringSlice("roles")) {
			continue
		}
		r.Set("roles", list)
		if err := h.App.Save(r); err != nil {
			h.T.Fatal(err)
		}
	}
}

// Token returns a token of a person, as a login gives it: staff have one of
// their dashboard login.
func (h *Hall) Token(name string) string {
	h.T.Helper()
	if name == "" {
		return ""
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if token, ok := h.tokens[name]; ok {
		return token
	}
	collection, id := core.CollectionNameSuperusers, ID("desk"+name)
	if name == "li" || name == "wang" {
		collection, id = "candidates", ID(name)
	}
	r, err := h.App.FindRecordById(collection, id)
	if err != nil {
		h.T.Fatal(err)
	}
	token, err := r.NewAuthToken()
	if err != nil {
		h.T.Fatal(err)
	}
	h.tokens[name] = token
	return token
}

// cheapHash is [Password] under bcrypt at the lowest cost.
const cheapHash = "$2a$04$BBIu90cOnL/ZTWnhYAGeCOfb254arEkYkm1WPwjB2ifo.7YNnHEkq"

// FileToken returns what a person opens protected files with, or nothing for
// somebody who gets none.
func (h *Hall) FileToken(name string) string {
	h.T.Helper()
	return h.Send(name, http.MethodPost, "/api/files/token", nil).Text("token")
}
