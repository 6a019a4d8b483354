package hooks

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/router"

	"examhall/modules"
	"examhall/modules/bill"
	"examhall/modules/integrity"
	"examhall/modules/mailing"
	"examhall/modules/profile"
	"examhall/modules/qualification"
	"examhall/modules/refund"
	"examhall/modules/reissue"
	"examhall/modules/scorereview"
	"examhall/modules/sealed"
	"examhall/modules/violation"
	_ "examhall/pb_migrations"
)

// office is an authority with everybody who may knock at its API, and the
// router that answers them.
type office struct {
	*tests.TestApp
	portal *Portal
	router *router.Router[*core.RequestEvent]
	mux    http.Handler
	tokens map[string]string // by who
}

// openOffice starts the whole of ExamHall on a copy of one template, since
// making accounts costs a password hash each.
func openOffice(t *testing.T, change ...func(*Options)) *office {
	t.Helper()
	dir, err := officeTemplate()
	if err != nil {
		t.Fatal(err)
	}
	app := newApp(t, dir)
	options := officeOptions()
	for _, c := range change {
		c(options)
	}
	portal, err := Register(app, options)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{TestApp: app, portal: portal, tokens: map[string]string{"guest": ""}}
	o.serve(t)
	for who, r := range o.people(t) {
		if o.tokens[who], err = r.NewAuthToken(); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func officeOptions() *Options {
	return &Options{
		Modules: []modules.Module{
			qualification.New(), qualification.AppealDefinition(), refund.Definition(), scorereview.Definition(), bill.Definition(), integrity.New(), violation.New(), mailing.New(),
			reissue.New(), profile.Definition(),
		},
		Ring:   officeRing(),
		Public: os.DirFS("../pb_public"), Templates: os.DirFS("../templates"),
	}
}

// officeRing holds the keys of the template.
var officeRing = sync.OnceValue(func() *sealed.Ring { return sealed.NewRing([]byte("examhall tests")) }) // as in modulestest

func newApp(t *testing.T, dir string) *tests.TestApp {
	t.Helper()
	app, err := tests.NewTestApp(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Cleanup)
	return app
}

func (o *office) serve(t *testing.T) {
	t.Helper()
	var err error
	if o.router, err = apis.NewRouter(o.TestApp); err != nil {
		t.Fatal(err)
	}
	err = o.OnServe().Trigger(&core.ServeEvent{App: o.TestApp, Router: o.router}, func(e *core.ServeEvent) error {
		o.mux, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// people returns the accounts of the template by the name before the @.
func (o *office) people(t *testing.T) map[string]*core.Record {
	t.Helper()
	all := map[string]*core.Record{}
	for _, name := range []string{core.CollectionNameSuperusers, "candidates"} {
		list, err := o.FindAllRecords(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			who, _, _ := strings.Cut(r.Email(), "@")
			all[who] = r
		}
	}
	return all
}

// ask sends a request as somebody and returns the status and the body.
func (o *office) ask(t *testing.T, who, method, url, body string) (int, string) {
	t.Helper()
	token, ok := o.tokens[who]
	if !ok {
		t.Fatalf("nobody is called %q", who)
	}
	return o.send(token, method, url, body)
}

func (o *office) send(token, method, url, body string) (int, string) {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", token)
	w := httptest.NewRecorder()
	o.mux.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// code returns the error code of a field in an answer.
func code(body, field string) string {
	var answer struct {
		Data map[string]struct{ Code string }
	}
	_ = json.Unmarshal([]byte(body), &answer)
	return answer.Data[field].Code
}

// password opens every account of an office.
const password = "ExamHall-demo-1"

// officeTemplate makes, once, a data folder with an account of every kind.
var officeTemplate = sync.OnceValues(func() (string, error) {
	officeRing().Register()
	empty, err := os.MkdirTemp("", "examhall-office")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.Remove(empty) }()
	app, err := tests.NewTestApp(empty) // which makes a folder of its own
	if err != nil {
		return "", err
	}
	defer func() { _ = app.ClearBootstrap() }()
	app.Settings().Batch.Enabled = true
	app.Settings().Batch.MaxRequests = 10
	err = errors.Join(app.Save(app.Settings()), hire(app), enrol(app), examine(app))
	if err != nil {
		return "", err
	}
	_, err = Register(app, officeOptions())
	return app.DataDir(), errors.Join(err, apply(app))
})

// hire makes a login of every kind: an administrator, one for each role, one
// whose member of staff has left, and one that says nothing about itself.
func hire(app core.App) error {
	if err := login(app, "admin", "admin", ""); err != nil {
		return err
	}
	roles := map[string][]string{
		"operator": {"operator"}, "auditor": {"auditor"}, "finance": {"finance"}, "cert": {"cert"},
		"reviewer": {"score_reviews.reviewer", "refunds.reviewer", "bill_claims.reviewer"}, "approver": {"score_reviews.approver"}, "left": {"score_reviews.reviewer", "operator"},
	}
	for name, list := range roles {
		staff, err := account(app, "staff", name)
		if err != nil {
			return err
		}
		staff.Set("name", name)
		staff.Set("roles", list)
		staff.Set("active", name != "left")
		if err := errors.Join(app.Save(staff), login(app, name, "", staff.Id)); err != nil {
			return err
		}
	}
	return login(app, "nobody", "", "")
}

func login(app core.App, name, role, staff string) error {
	r, err := account(app, core.CollectionNameSuperusers, name)
	if err != nil {
		return err
	}
	r.Set("role", role)
	r.Set("staff", staff)
	return app.Save(r)
}

// enrol makes two candidates.
func enrol(app core.App) error {
	for _, name := range []string{"zhangsan", "lisi"} {
		r, err := account(app, "candidates", name)
		if err != nil {
			return err
		}
		r.Set("username", name)
		r.Set("name", name)
		r.Set("id_type", "resident")
		r.Set("id_number", "110101199003070000"+name)
		r.Set("mobile", "13800000000")
		if err := app.Save(r); err != nil {
			return err
		}
	}
	return nil
}

func account(app core.App, collection, name string) (*core.Record, error) {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.SetEmail(name + "@examhall.test")
	r.SetPassword(password)
	return r, nil
}
