// Package demo fills a database with an examination authority that does not
// exist: exams whose windows are open today, candidates with every kind of
// name, and applications in every state.
//
// Whatever has a workflow is played through it, by the people and on the days
// that it tells of, so that demo data is exactly what the product itself would
// have written. Only candidates, registrations and marks, of which there may be
// very many, are inserted in bulk.
package demo

import (
	"errors"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/hooks/certificates"
	"examhall/hooks/press"
	"examhall/modules/database"
)

// Password is what every account of the demo logs in with.
const Password = "ExamHall-demo-1"

// Plan says how much demo data there is to be.
type Plan struct {
	Candidates   int       // generated ones, beside those with names of their own
	Certificates int       // issued in bulk, beside those of the named ones
	Seed         uint64    // the same seed makes the same people
	Now          time.Time // the day that the demo is about; a second run keeps that of the first
}

// Report says what one run has added.
type Report struct {
	Accounts     int // named candidates and staff; zero if they were there already
	Candidates   int // generated ones
	Applications int
	Certificates int
}

// Fill brings the data folder to what the plan says, and adds nothing that is
// there already. It opens the folder itself, with a clock that moves through
// the past. It refuses a database that holds anything but demo data.
func Fill(dir string, o hooks.Options, plan Plan) (report Report, err error) {
	clock := &clock{at: plan.Now}
	o.Now = clock.now
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: database.Connect})
	portal, err := hooks.Register(app, &o)
	if err != nil {
		return report, err
	}
	office, err := certificates.Register(app, portal, press.Register(app, portal, nil))
	if err != nil {
		return report, err
	}
	clock.date(app)
	if err := errors.Join(app.Bootstrap(), app.RunAllMigrations()); err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, app.ClearBootstrap()) }()
	if err := portal.Prepare(app); err != nil {
		return report, err
	}
	f := &filler{app: app, portal: portal, office: office, ring: o.Ring, clock: clock, plan: plan}
	if err := f.fill(); err != nil {
		return f.report, err
	}
	// SQLite chooses its plans by statistics, which know none of these rows yet.
	_, err = app.NonconcurrentDB().NewQuery("PRAGMA optimize=0x10002").Execute()
	return f.report, err
}
