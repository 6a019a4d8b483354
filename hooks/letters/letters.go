// Package letters makes the papers of applications: the receipt 受理回执 that
// proves a filing, the decision 决定书 that ends one, and the form that a
// candidate signs by hand before there is one. Each has a file of its own, and a
// layout of the same name in templates/pdf.
package letters

import (
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/hooks/press"
	"examhall/modules"
)

// The layouts.
const (
	receiptLayout  = "receipt"
	decisionLayout = "decision"
	blankLayout    = "application_form"
)

// Office writes the papers of one ExamHall.
type Office struct {
	portal *hooks.Portal
	press  *press.Press
}

// Register binds the routes of papers. It runs after [hooks.Register], on the
// same application.
func Register(app core.App, portal *hooks.Portal, p *press.Press) *Office {
	o := &Office{portal, p}
	portal.Freeze("papers", "record = NEW.record AND kind = NEW.kind AND rev = NEW.rev")
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		for _, name := range portal.Set().Names() {
			// Each business by its name: a place-holder would meet the routes of certificates.
			o.serve(e, "/api/portal/applications/"+name+"/{id}", named(name, portal.OwnCase))
			o.serve(e, "/api/portal/desk/"+name+"/{id}", named(name, portal.DeskCase))
		}
		e.Router.POST("/api/portal/services/{service}/form", o.answerBlank).Bind(apis.RequireAuth("candidates"))
		return e.Next()
	})
	return o
}

// serve binds the papers of a case below its address.
func (o *Office) serve(e *core.ServeEvent, address string, find finder) {
	e.Router.GET(address+"/receipt", o.answer(find, o.receipt))
	e.Router.GET(address+"/letter", o.answer(find, o.letter))
}

// named gives the request the place-holder of its business.
func named(service string, find finder) finder {
	return func(e *core.RequestEvent) (modules.Definition, *core.Record, error) {
		e.Request.SetPathValue("service", service)
		return find(e)
	}
}
