package main

import (
	"encoding/json"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/hooks/certificates"
	"examhall/hooks/press"
	"examhall/modules"
	"examhall/modules/database"
	"examhall/modules/scorereview"
	"examhall/modules/sealed"
	_ "examhall/pb_migrations"
)

// serve runs a server on free ports until standard input ends.
func serve(kind, dir string) error {
	app, _, err := open(kind, dir)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	control, err := listenControl(app)
	if err != nil {
		return err
	}
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Listener, e.InstallerFunc = listener, nil
		if err := e.Next(); err != nil {
			return err
		}
		where := server{URL: "http://" + listener.Addr().String(), Control: "http://" + control.Addr().String()}
		return json.NewEncoder(os.Stdout).Encode(where)
	})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	return apis.Serve(app, apis.ServeConfig{HttpAddr: listener.Addr().String()})
}

// open returns the app of a server, with its hooks and its schema.
func open(kind, dir string) (core.App, *sealed.Ring, error) {
	if kind == "bare" {
		core.AppMigrations = core.MigrationsList{}
		app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
		return app, nil, app.Bootstrap()
	}
	hall, err := openHall(dir)
	return hall.app, hall.ring, err
}

// hall is an ExamHall that was opened.
type hall struct {
	app    core.App
	ring   *sealed.Ring
	portal *hooks.Portal
	office *certificates.Office
}

func openHall(dir string) (h hall, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return h, err
	}
	if h.ring, err = sealed.Load(filepath.Join(dir, hooks.KeyFile)); err != nil {
		return h, err
	}
	h.ring.Register()
	h.app = core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: database.Connect})
	h.portal, err = hooks.Register(h.app, &hooks.Options{Modules: []modules.Module{scorereview.Definition()}, Ring: h.ring, Templates: templates(), CaptchaOff: true})
	if err != nil {
		return h, err
	}
	if h.office, err = certificates.Register(h.app, h.portal, press.Register(h.app, h.portal, nil)); err != nil {
		return h, err
	}
	return h, h.app.Bootstrap()
}

// templates returns the pages, from the top folder or from this one.
func templates() fs.FS {
	if _, err := os.Stat("templates"); err == nil {
		return os.DirFS("templates")
	}
	return os.DirFS("../../templates")
}
