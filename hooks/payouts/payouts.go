// Package payouts exchanges files with the bank that pays refunds: finance takes
// the payments that were sent out as a sheet, and brings the results back. The
// workflow of refunds decides about every line; a result counts once, however
// often it is brought.
package payouts

import (
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
)

// service is the business whose money it is.
const service = "refunds"

// desk is where finance sits.
type desk struct{ portal *hooks.Portal }

// Register binds the routes. An installation without refunds has none.
func Register(app core.App, portal *hooks.Portal) {
	if _, ok := portal.Set().Find(service); !ok {
		return
	}
	d := desk{portal}
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/portal/desk/refunds/payout")
		g.Bind(apis.RequireAuth("staff"))
		g.BindFunc(func(e *core.RequestEvent) error {
			if !modules.ActorOf(e.Auth, service).Has(modules.Finance) {
				return e.ForbiddenError("", nil)
			}
			return e.Next()
		})
		g.GET("", d.take)
		g.POST("", d.bring)
		return e.Next()
	})
}
