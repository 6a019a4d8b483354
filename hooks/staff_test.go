package hooks

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"
)

// TestMenu holds what the dashboard shows whom.
func TestMenu(t *testing.T) {
	o := openOffice(t)
	common := []string{"canned_replies", "exam_projects", "exam_sessions", "holidays"}
	for who, more := range map[string][]string{
		"finance": {"bill_claims", "refunds"}, "cert": {"annotations", "certificate_batches", "certificate_holds", "certificates", "mailings", "reissues"},
		"operator": {"limits", "material_templates", "notices", "rules", "violations", "windows"},
	} {
		_, body := o.ask(t, who, "GET", "/api/collections?perPage=500", "")
		var answer struct {
			Items []struct {
				Name   string
				Fields []struct{ Hidden bool }
			}
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, c := range answer.Items {
			names = append(names, c.Name)
			if slices.ContainsFunc(c.Fields, func(f struct{ Hidden bool }) bool { return f.Hidden }) {
				t.Errorf("%s sees hidden columns of %s", who, c.Name)
			}
		}
		slices.Sort(names)
		want := slices.Sorted(slices.Values(slices.Concat(common, more)))
		if !slices.Equal(names, want) {
			t.Errorf("%s finds %v, want %v", who, names, want)
		}
	}
}

func TestSettingsOfStaff(t *testing.T) {
	o := openOffice(t)
	_, body := o.ask(t, "reviewer", "GET", "/api/settings", "")
	for _, secret := range []string{"smtp", "s3", "backups", "trustedProxy", "superuserIPs"} {
		if strings.Contains(body, secret) {
			t.Errorf("staff read the settings %q", secret)
		}
	}
	if !strings.Contains(body, `"hideControls":true`) || !strings.Contains(body, `"role":"staff"`) {
		t.Errorf("the dashboard is not told who works with it: %s", body)
	}
}

// TestSpelling asks for open routes in other spellings. None may stay a
// superuser's request on the way to another handler.
func TestSpelling(t *testing.T) {
	o := openOffice(t)
	for _, c := range []struct{ method, url string }{
		{"GET", "/api/collections/"},
		{"GET", "/api/collections%2Fmeta%2Fscaffolds"},
		{"GET", "/api/collections/meta%2Fscaffolds"},
		{"GET", "/api/collections/meta/scaffolds/"},
		{"GET", "/api//settings"},
		{"GET", "/api/settings/"},
		{"GET", "/api/settings/../logs"},
		{"GET", "/api/collections/../settings/../logs"},
		{"HEAD", "/api/settings"},
		{"HEAD", "/api/collections"},
		{"PATCH", "/api/settings"},
		{"POST", "/api/collections/" + core.CollectionNameSuperusers + "/auth-refresh/"},
		{"POST", "/api/collections/" + superusersID(t, o) + "/auth-refresh"},
		{"POST", "/api/collections/_superusers%2Fauth-refresh"},
	} {
		if status, body := o.ask(t, "reviewer", c.method, c.url, "{}"); status < 300 {
			t.Errorf("%s %s: %d %s", c.method, c.url, status, body)
		}
	}
}

func superusersID(t *testing.T, o *office) string {
	t.Helper()
	c, err := o.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	return c.Id
}

// TestLogin says who gets into the dashboard.
func TestLogin(t *testing.T) {
	o := openOffice(t)
	for who, want := range map[string]int{"admin": 200, "reviewer": 200, "operator": 200, "left": 403, "nobody": 403} {
		status, body := o.logIn(t, who, "")
		if status != want {
			t.Errorf("%s: %d %s", who, status, body)
		}
		if want == 403 && code(body, "identity") != "account_inactive" {
			t.Errorf("%s is not told why: %s", who, body)
		}
	}
}

func (o *office) logIn(t *testing.T, who, query string) (int, string) {
	t.Helper()
	return o.ask(t, "guest", "POST", "/api/collections/_superusers/auth-with-password"+query,
		`{"identity":"`+who+`@examhall.test","password":"`+password+`"}`)
}

// TestLoginExpandsNothing guards a back door: the answer of a login expands
// relations with the rights of the superuser.
func TestLoginExpandsNothing(t *testing.T) {
	o := openOffice(t)
	const query = "?expand=staff,staff._superusers_via_staff"
	if _, body := o.logIn(t, "reviewer", query); strings.Contains(body, `"expand"`) {
		t.Errorf("the login of staff follows relations: %s", body)
	}
	status, body := o.ask(t, "reviewer", "POST", "/api/collections/_superusers/auth-refresh"+query, "")
	if status != 200 || strings.Contains(body, `"expand"`) {
		t.Errorf("the refresh of staff: %d %s", status, body)
	}
}

// TestTokenOfStaffRecord tries to leave the dashboard's login behind: a token
// of the staff record would outlive it.
func TestTokenOfStaffRecord(t *testing.T) {
	o := openOffice(t)
	staff, err := o.FindAuthRecordByEmail("staff", "reviewer@examhall.test")
	if err != nil {
		t.Fatal(err)
	}
	token, err := staff.NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := o.send(token, "GET", "/api/collections/staff/records/"+staff.Id, ""); status != 404 {
		t.Errorf("a token of the record reads: %d", status)
	}
	if status, body := o.ask(t, "reviewer", "POST", "/api/collections/staff/auth-refresh", ""); status != 403 {
		t.Errorf("staff get such a token: %d %s", status, body)
	}
}

// TestFileTokens says whose file tokens open backups.
func TestFileTokens(t *testing.T) {
	o := openOffice(t)
	people := o.people(t)
	for who, want := range map[string]bool{"admin": true, "reviewer": false, "left": false, "nobody": false} {
		token, err := people[who].NewFileToken()
		if err != nil {
			t.Fatal(err)
		}
		status, _ := o.ask(t, "guest", "GET", "/api/backups/none.zip?token="+url.QueryEscape(token), "")
		if got := status != 403; got != want {
			t.Errorf("%s: %d", who, status)
		}
	}
	_, body := o.ask(t, "reviewer", "POST", "/api/files/token", "")
	var answer struct{ Token string }
	if err := json.Unmarshal([]byte(body), &answer); err != nil || answer.Token == "" {
		t.Fatalf("staff get no file token: %s", body)
	}
	if status, _ := o.ask(t, "guest", "GET", "/api/backups/none.zip?token="+answer.Token, ""); status != 403 {
		t.Errorf("the file token of staff opens backups: %d", status)
	}
}

// TestMaterial says whose file tokens open the materials of an application.
func TestMaterial(t *testing.T) {
	o := openOffice(t)
	address := strings.NewReplacer(o.ids(t)...).Replace("/api/files/score_reviews/{case}/{material}?token=")
	for who, want := range map[string]int{
		"zhangsan": 200, "reviewer": 200, "approver": 200, "auditor": 200, "admin": 200,
		"lisi": 404, "operator": 404, "finance": 404, "cert": 404,
	} {
		_, body := o.ask(t, who, "POST", "/api/files/token", "")
		var answer struct{ Token string }
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatal(err)
		}
		if status, _ := o.ask(t, "guest", "GET", address+answer.Token, ""); status != want {
			t.Errorf("%s: %d, want %d", who, status, want)
		}
	}

	left, err := o.FindAuthRecordByEmail("staff", "left@examhall.test")
	if err != nil {
		t.Fatal(err)
	}
	token, err := left.NewFileToken()
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := o.ask(t, "guest", "GET", address+token, ""); status != 403 {
		t.Errorf("who has left: %d", status)
	}
}

// TestStaffPassword says that a forgotten password of staff goes to the
// administrator, and that an administrator may reset their own.
func TestStaffPassword(t *testing.T) {
	o := openOffice(t)
	people := o.people(t)
	for who, want := range map[string]int{"reviewer": 403, "left": 403, "nobody": 403, "admin": 204} {
		token, err := people[who].NewPasswordResetToken()
		if err != nil {
			t.Fatal(err)
		}
		body := `{"token":"` + token + `","password":"another-password-1","passwordConfirm":"another-password-1"}`
		if status, answer := o.ask(t, "guest", "POST", "/api/collections/_superusers/confirm-password-reset", body); status != want {
			t.Errorf("%s: %d %s", who, status, answer)
		}
	}
}

// TestConnectionsEnd says that live connections do not outlast the right to them.
func TestConnectionsEnd(t *testing.T) {
	for name, change := range map[string]func(o *office, login, staff *core.Record) error{
		"left": func(o *office, _, staff *core.Record) error {
			staff.Set("active", false)
			return o.Save(staff)
		},
		"new password": func(o *office, login, _ *core.Record) error {
			login.SetPassword("another-password-1")
			return o.Save(login)
		},
		"login deleted": func(o *office, login, _ *core.Record) error { return o.Delete(login) },
	} {
		t.Run(name, func(t *testing.T) {
			o := openOffice(t)
			staff, err := o.FindAuthRecordByEmail("staff", "reviewer@examhall.test")
			if err != nil {
				t.Fatal(err)
			}
			client := subscriptions.NewDefaultClient()
			client.Set(apis.RealtimeClientAuthKey, staff.Fresh())
			o.SubscriptionsBroker().Register(client)
			if err := change(o, o.people(t)["reviewer"], staff); err != nil {
				t.Fatal(err)
			}
			if client.Get(apis.RealtimeClientAuthKey) != nil {
				t.Error("the connection still knows who opened it")
			}
		})
	}
}

func TestConsole(t *testing.T) {
	for name, open := range map[string]bool{"closed": false, "open": true} {
		t.Run(name, func(t *testing.T) {
			o := openOffice(t, func(o *Options) { o.SQLConsole = open })
			for _, url := range []string{"/api/sql", "/api/collections/meta/dry-run-view"} {
				for _, who := range []string{"guest", "reviewer", "admin"} {
					status, body := o.ask(t, who, "POST", url, `{"query":"select 1 as id"}`)
					if allowed := status == 200; allowed != (open && who == "admin") {
						t.Errorf("%s as %s: %d %s", url, who, status, body)
					}
				}
			}
		})
	}
}
