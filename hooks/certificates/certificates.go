// Package certificates serves what an authority issues: it makes certificates
// out of results, hands them to their holders, and lets anybody check one.
// Each subject has a file of its own; this one shows their order.
package certificates

import (
	"sync"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/hooks/press"
	"examhall/modules/translog"
)

// Office is the issuing office of one ExamHall.
type Office struct {
	app    core.App
	portal *hooks.Portal

	printer *press.Press
	signing signing
	log     *translog.Key
	voids   voids

	running sync.WaitGroup // the runs that issue in bulk
	closing chan struct{}
	close   func()
}

// Register binds the routes and hooks of certificates. It runs after
// [hooks.Register], on the same application.
func Register(app core.App, portal *hooks.Portal, printer *press.Press) (*Office, error) {
	o := &Office{app: app, portal: portal, printer: printer, closing: make(chan struct{})}
	o.close = sync.OnceFunc(func() { close(o.closing) })
	o.bindKept(app)
	o.bindProjects(app)
	o.bindPhotos(app)
	o.bindDesk(app)
	o.bindRuns(app)
	o.bindSearch(app)
	o.bindMine(app)
	o.bindReissues(app)
	o.bindMessages()
	o.bindAnnotations(app)
	o.bindVerify(app)
	if err := o.bindLog(app); err != nil {
		return nil, err
	}
	return o, nil
}
