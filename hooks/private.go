package hooks

import (
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindPrivate keeps the answers of the API out of caches: most are about one
// person, and candidates sit at shared computers. PocketBase says nothing about
// its JSON, and lets browsers keep files, which are identity cards here, for 30
// days. A handler that knows better sets the header itself.
func bindPrivate(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.Bind(&hook.Handler[*core.RequestEvent]{
			Id:       "examhallPrivate",
			Priority: apis.DefaultActivityLoggerMiddlewarePriority, // before anything may refuse
			Func: func(e *core.RequestEvent) error {
				if strings.HasPrefix(e.Request.URL.Path, "/api/") {
					e.Response.Header().Set("Cache-Control", "no-store")
				}
				return e.Next()
			},
		})
		return e.Next()
	})
}
