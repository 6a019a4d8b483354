package certificates

import (
	"slices"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindDesk serves the page 证书 of the dashboard. Only those with the role cert
// change anything there; auditors and the administrator look.
func (o *Office) bindDesk(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/portal/desk/certificates")
		g.Bind(apis.RequireAuth("staff", core.CollectionNameSuperusers))
		g.GET("", reading(o.overview))
		g.GET("/holds", reading(o.holds))
		g.GET("/search", reading(o.find))
		g.GET("/layouts/{layout}", reading(o.preview))
		g.GET("/registrations", reading(o.registrations))
		g.GET("/batches", reading(o.stacks))
		g.GET("/{id}", reading(o.showOne))
		g.GET("/{id}/{paper}", reading(o.paperOf))
		g.GET("/batches/{batch}", reading(o.showBatch))
		g.POST("/batches", writing(o.startBatch))
		g.POST("/batches/{batch}/pause", writing(o.pauseBatch))
		g.POST("/batches/{batch}/resume", writing(o.resumeBatch))
		g.POST("/batches/{batch}/print-numbers", writing(o.registerSheets))
		g.POST("", writing(o.issueOne))
		g.POST("/distribution", writing(o.distribute))
		g.POST("/registrations/{registration}/photo", writing(o.addPhoto))
		g.POST("/{id}/revoke", writing(o.revoke))
		g.POST("/{id}/cancel", writing(o.cancel))
		g.POST("/{id}/print-numbers", writing(o.registerSheet))
		return e.Next()
	})
}

type handler = func(e *core.RequestEvent) error

// reading lets those in who may see certificates.
func reading(next handler) handler {
	return func(e *core.RequestEvent) error {
		if !reads(e.Auth) {
			return e.ForbiddenError("", nil)
		}
		return next(e)
	}
}

// writing lets those in who issue certificates.
func writing(next handler) handler {
	return func(e *core.RequestEvent) error {
		if !modules.ActorOf(e.Auth, "certificates").Has(modules.Cert) {
			return e.ForbiddenError("", nil)
		}
		return next(e)
	}
}

// reads reports whether somebody at the desk may see certificates.
func reads(auth *core.Record) bool {
	actor := modules.ActorOf(auth, "certificates")
	return actor.Has(modules.Cert) || actor.Has(modules.Auditor) || actor.Kind == modules.KindAdmin
}

// actorOf returns who sent a request.
func actorOf(e *core.RequestEvent) modules.Actor { return modules.ActorOf(e.Auth, "certificates") }

func contains(list []string, s string) bool { return slices.Contains(list, s) }
