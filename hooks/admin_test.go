package hooks

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// TestFirstAdmin walks through PocketBase's installer as its page does.
func TestFirstAdmin(t *testing.T) {
	o := openOffice(t)
	if _, err := o.DB().NewQuery("DELETE FROM _superusers").Execute(); err != nil {
		t.Fatal(err)
	}
	installer, err := account(o, core.CollectionNameSuperusers, "x")
	if err != nil {
		t.Fatal(err)
	}
	installer.SetEmail(core.DefaultInstallerEmail)
	if err := o.Save(installer); err != nil {
		t.Fatal(err)
	}
	if role := installer.GetString("role"); role != "" {
		t.Fatalf("the installer itself is %q", role)
	}
	token, err := installer.NewStaticAuthToken(0)
	if err != nil {
		t.Fatal(err)
	}
	if status, body := o.send(token, "POST", "/api/collections/_superusers/auth-refresh", ""); status != 200 {
		t.Fatalf("the installer cannot start: %d %s", status, body)
	}
	status, body := o.send(token, "POST", "/api/collections/_superusers/records", newLogin("boss", ""))
	if status != 200 || !strings.Contains(body, `"role":"admin"`) {
		t.Fatalf("first account: %d %s", status, body)
	}
	if status, body := o.send(token, "GET", "/api/settings", ""); status < 400 {
		t.Errorf("the installer goes on after its work: %d %s", status, body)
	}
	status, body = o.logIn(t, "boss", "")
	var answer struct{ Token string }
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != 200 {
		t.Fatalf("first login: %d %s", status, body)
	}
	if status, _ := o.send(answer.Token, "GET", "/api/logs", ""); status != 200 {
		t.Errorf("the first account is no administrator: %d", status)
	}
}

// newLogin returns the body that makes a superuser.
func newLogin(name, more string) string {
	return `{"email":"` + name + `@examhall.test","password":"` + password + `","passwordConfirm":"` + password + `"` + more + `}`
}

// TestInstallerAlone says that the installer is nobody where an administrator is.
func TestInstallerAlone(t *testing.T) {
	o := openOffice(t)
	installer, err := account(o, core.CollectionNameSuperusers, "x")
	if err != nil {
		t.Fatal(err)
	}
	installer.SetEmail(core.DefaultInstallerEmail)
	installer.Set("role", "admin")
	if err := o.Save(installer); err != nil {
		t.Fatal(err)
	}
	token, err := installer.NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	if status, body := o.send(token, "GET", "/api/logs", ""); status != 401 {
		t.Errorf("%d %s", status, body)
	}
}

// TestCommandLine saves rows as the superuser commands do, which no request asks for.
func TestCommandLine(t *testing.T) {
	dir, err := officeTemplate()
	if err != nil {
		t.Fatal(err)
	}
	app := newApp(t, dir)
	bindAdmin(app) // and nobody serves
	if err := login(app, "second", "", ""); err != nil {
		t.Fatal(err)
	}
	upserted, err := app.FindAuthRecordByEmail(core.CollectionNameSuperusers, "nobody@examhall.test")
	if err != nil {
		t.Fatal(err)
	}
	upserted.SetPassword("another-password-1")
	if err := app.Save(upserted); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string]string{"second": "admin", "nobody": "admin", "reviewer": ""} {
		r, err := app.FindAuthRecordByEmail(core.CollectionNameSuperusers, who+"@examhall.test")
		if err != nil {
			t.Fatal(err)
		}
		if got := r.GetString("role"); got != want {
			t.Errorf("%s is %q, want %q", who, got, want)
		}
	}
}

// TestCommandBeforeFirstStart makes an administrator before the schema has
// roles: PocketBase migrates only when it serves.
func TestCommandBeforeFirstStart(t *testing.T) {
	dir, err := officeTemplate()
	if err != nil {
		t.Fatal(err)
	}
	app := newApp(t, dir)
	if _, err := app.DB().NewQuery("DELETE FROM _superusers").Execute(); err != nil {
		t.Fatal(err)
	}
	c, err := app.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	fields := slices.Clone(c.Fields)
	c.Fields.RemoveByName("role")
	c.Fields.RemoveByName("staff")
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}
	bindAdmin(app)
	if err := login(app, "boss", "", ""); err != nil {
		t.Fatal("the command:", err)
	}
	c.Fields = fields // the migration
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}
	if err := app.OnServe().Trigger(&core.ServeEvent{App: app}); err != nil {
		t.Fatal(err)
	}
	boss, err := app.FindAuthRecordByEmail(core.CollectionNameSuperusers, "boss@examhall.test")
	if err != nil {
		t.Fatal(err)
	}
	if role := boss.GetString("role"); role != "admin" {
		t.Errorf("after the first start they are %q", role)
	}
}

// TestRoleOfSuperuser says what an administrator may make of a login.
func TestRoleOfSuperuser(t *testing.T) {
	o := openOffice(t)
	people := o.people(t)
	staff := people["reviewer"].GetString("staff")
	const records = "/api/collections/_superusers/records"
	for _, c := range []struct {
		name, method, url, body string
		status                  int
		code                    string
	}{
		{"without a word", "POST", records, newLogin("a", ""), 400, "validation_required"},
		{"as admin", "POST", records, newLogin("b", `,"role":"admin"`), 200, ""},
		{"as staff", "POST", records, newLogin("c", `,"staff":"`+staff+`"`), 200, ""},
		{"as both", "POST", records, newLogin("d", `,"role":"admin","staff":"`+staff+`"`), 400, "role_or_staff"},
		{"in another word", "POST", records, newLogin("e", `,"role":"boss"`), 400, "validation_invalid_value"},
		{"staff lose theirs", "PATCH", records + "/" + people["reviewer"].Id, `{"staff":""}`, 400, "validation_required"},
		{"staff become admin too", "PATCH", records + "/" + people["reviewer"].Id, `{"role":"admin"}`, 400, "role_or_staff"},
		{"staff become admin", "PATCH", records + "/" + people["approver"].Id, `{"role":"admin","staff":""}`, 200, ""},
		{"nobody stays nobody", "PATCH", records + "/" + people["nobody"].Id, `{"email":"f@examhall.test"}`, 400, "validation_required"},
	} {
		status, body := o.ask(t, "admin", c.method, c.url, c.body)
		if status != c.status || code(body, "role") != c.code {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
	}
}

// TestStaffDeleted says that a login never becomes an administrator's because
// its member of staff is deleted: PocketBase empties the relation without a
// request and without validation.
func TestStaffDeleted(t *testing.T) {
	o := openOffice(t)
	id := o.people(t)["reviewer"].GetString("staff")
	status, body := o.ask(t, "admin", "DELETE", "/api/collections/staff/records/"+id, "")
	if status != 400 {
		t.Errorf("%d %s", status, body)
	}
	if r := o.people(t)["reviewer"]; r.GetString("role") != "" || r.GetString("staff") != id {
		t.Errorf("the login is now role %q, staff %q", r.GetString("role"), r.GetString("staff"))
	}
}

// TestLastAdmin tries to be left without an administrator.
func TestLastAdmin(t *testing.T) {
	o := openOffice(t)
	people := o.people(t)
	one := "/api/collections/_superusers/records/" + people["admin"].Id
	staff := people["reviewer"].GetString("staff")
	for _, c := range []struct{ name, method, url, body string }{
		{"delete", "DELETE", one, ""},
		{"take the role", "PATCH", one, `{"role":""}`},
		{"make staff", "PATCH", one, `{"role":"","staff":"` + staff + `"}`},
		{"take the address of the installer", "PATCH", one, `{"email":"` + core.DefaultInstallerEmail + `"}`},
	} {
		status, body := o.ask(t, "admin", c.method, c.url, c.body)
		if status != 400 || code(body, "role") != "last_admin" {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
	}

	if err := login(o, "second", "admin", ""); err != nil {
		t.Fatal(err)
	}
	two := "/api/collections/_superusers/records/" + o.people(t)["second"].Id
	status, body := o.ask(t, "admin", "POST", "/api/batch", `{"requests":[
		{"method":"PATCH","url":"`+one+`","body":{"role":"","staff":"`+staff+`"}},
		{"method":"DELETE","url":"`+two+`"}]}`)
	if status != 400 || !strings.Contains(body, "last_admin") {
		t.Errorf("both at once: %d %s", status, body)
	}
	if status, body := o.ask(t, "admin", "DELETE", two, ""); status != 204 {
		t.Errorf("one of two: %d %s", status, body)
	}
	if _, err := o.DB().NewQuery("DELETE FROM _superusers WHERE email LIKE 'nobody%'").Execute(); err != nil {
		t.Fatal(err)
	}
	if status, _ := o.ask(t, "admin", "DELETE", "/api/collections/_superusers/truncate", ""); status < 400 {
		t.Errorf("truncate: %d", status)
	}
}

// TestRoleFields says that the schema keeps what says who a superuser is.
func TestRoleFields(t *testing.T) {
	o := openOffice(t)
	c, err := o.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	c.Fields.RemoveByName("role")
	if err := o.Save(c); err == nil {
		t.Error("the role went away")
	}
}
