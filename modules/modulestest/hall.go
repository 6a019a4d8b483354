// Package modulestest helps to test a business the way people use it: through
// the REST API of a whole ExamHall, with a database of its own and a clock that
// the test moves.
package modulestest

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"examhall/hooks"
	"examhall/hooks/certificates"
	"examhall/hooks/letters"
	"examhall/hooks/payouts"
	"examhall/hooks/press"
	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/database"
	"examhall/modules/pdf"
	"examhall/modules/sealed"
	_ "examhall/pb_migrations"
)

// Hall is an ExamHall of one test.
type Hall struct {
	T      testing.TB
	App    *tests.TestApp
	Portal *hooks.Portal
	Office *certificates.Office
	Mux    http.Handler

	url string // of the server, after [Hall.Listen]

	mu     sync.Mutex
	clock  time.Time
	tokens map[string]string
}

// Start is what the clock says when a test begins: a Monday morning, three days
// after the scores of the fixture were published.
func Start() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, calendar.Zone) }

// New returns an ExamHall with the given businesses, the people of [Names] and
// the exam of [Registration].
func New(t testing.TB, list ...modules.Module) *Hall { return NewWith(t, nil, list...) }

// NewWith is like [New] and lets the test change the options, and bind hooks of
// its own, before the portal is registered.
func NewWith(t testing.TB, change func(*tests.TestApp, *hooks.Options), list ...modules.Module) *Hall {
	t.Helper()
	dir := t.TempDir()
	Copy(t, dir)
	app, err := tests.NewTestAppWithConfig(core.BaseAppConfig{DataDir: dir, DBConnect: database.Connect})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Cleanup)
	return start(t, app, change, list...)
}

// Open returns the ExamHall that lies in a folder, as a start finds it. The
// folder and what is in it stay; [Hall.Close] lets another process have it.
func Open(t testing.TB, dir string, list ...modules.Module) *Hall {
	t.Helper()
	ring()
	app := &tests.TestApp{BaseApp: core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: database.Connect}), TestMailer: &tests.TestMailer{}}
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	return start(t, app, nil, list...)
}

// Close gives the files of the hall back.
func (h *Hall) Close() {
	h.T.Helper()
	if err := h.App.ClearBootstrap(); err != nil {
		h.T.Fatal(err)
	}
}

// start registers the portal with an app and serves it.
func start(t testing.TB, app *tests.TestApp, change func(*tests.TestApp, *hooks.Options), list ...modules.Module) *Hall {
	t.Helper()
	h := &Hall{T: t, App: app, clock: Start(), tokens: map[string]string{}}
	o := &hooks.Options{Modules: list, Ring: ring(), Now: h.Now, CaptchaOff: true}
	if change != nil {
		change(app, o)
	}
	h.makeMissing(o.Modules)
	h.Portal = hooks.MustRegister(app, o)
	printer := press.Register(app, h.Portal, layouts)
	office, err := certificates.Register(app, h.Portal, printer)
	if err != nil {
		t.Fatal(err)
	}
	h.Office = office
	letters.Register(app, h.Portal, printer)
	payouts.Register(app, h.Portal)
	h.serve()
	return h
}

// serve builds the router as a running server has it.
func (h *Hall) serve() {
	h.T.Helper()
	router, err := apis.NewRouter(h.App)
	if err != nil {
		h.T.Fatal(err)
	}
	err = h.App.OnServe().Trigger(&core.ServeEvent{App: h.App, Router: router}, func(e *core.ServeEvent) error {
		h.Mux, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
}

// makeMissing makes the collections and roles of businesses that have no
// migration, such as the dummy.
func (h *Hall) makeMissing(list []modules.Module) {
	h.T.Helper()
	for _, m := range list {
		d := m.Define()
		if _, err := h.App.FindCollectionByNameOrId(d.Name); err == nil {
			h.appoint(d)
			continue
		}
		staff, err := h.App.FindCollectionByNameOrId("staff")
		if err != nil {
			h.T.Fatal(err)
		}
		roles := staff.Fields.GetByName("roles").(*core.SelectField)
		for _, role := range []modules.Role{modules.Reviewer, modules.Approver} {
			if name := d.RoleName(role); !slices.Contains(roles.Values, name) {
				roles.Values = append(roles.Values, name)
			}
		}
		roles.MaxSelect = len(roles.Values)
		if err := errors.Join(h.App.Save(staff), h.App.Save(d.Collection())); err != nil {
			h.T.Fatal(err)
		}
		h.appoint(d)
	}
}

// Now returns what the clock says.
func (h *Hall) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.clock
}

// Travel sets the clock.
func (h *Hall) Travel(to time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clock = to
}

// ring returns the keys of all tests, and makes the sealed type known once.
var ring = sync.OnceValue(func() *sealed.Ring {
	r := sealed.NewRing([]byte("examhall tests"))
	r.Register()
	return r
})

// layouts opens the layouts of the source once: fonts are large.
var layouts = sync.OnceValues(func() (*pdf.Press, error) {
	return press.Layouts(os.DirFS(filepath.Join(root(), "templates")))
})

// root returns the top folder of the source. Tests run in the folder of their
// package.
func root() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// template fills one database that every test then copies. It keeps the files in
// memory, since nothing tells when the last test is over.
var template = sync.OnceValue(func() fs.FS {
	ring()
	dir, err := os.MkdirTemp("", "examhall-test")
	if err != nil {
		panic(err)
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: filepath.Join(dir, "data")})
	err = errors.Join(app.Bootstrap(), app.RunAllMigrations())
	if err == nil {
		err = fill(app)
	}
	if err != nil {
		panic(err)
	}
	if err := app.ClearBootstrap(); err != nil {
		panic(err)
	}
	files := fstest.MapFS{}
	err = fs.WalkDir(os.DirFS(app.DataDir()), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(app.DataDir(), path))
		files[path] = &fstest.MapFile{Data: data, Mode: 0o600}
		return err
	})
	if err = errors.Join(err, os.RemoveAll(dir)); err != nil {
		panic(err)
	}
	return files
})

// Copy puts the database that every test starts with into a folder.
func Copy(t testing.TB, dir string) {
	t.Helper()
	if err := os.CopyFS(dir, template()); err != nil {
		t.Fatal(err)
	}
}
