// Package certificates serves what an authority issues: it makes certificates
// out of results, hands them to their holders, and lets anybody check one.
// Each subject has a file of its own; this one shows their order.
package certificates

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
)

// Office is the issuing office of one ExamHall.
type Office struct {
	app    core.App
	portal *hooks.Portal
}

// Register binds the routes and hooks of certificates. It runs after
// [hooks.Register], on the same application.
func Register(app core.App, portal *hooks.Portal) (*Office, error) {
	return &Office{app: app, portal: portal}, nil
}
