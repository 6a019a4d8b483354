package hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/region"
)

// bindRegions serves the codes and names of provinces, cities and districts to
// forms. They are the same for everybody and change once in years.
func bindRegions(app core.App) {
	raw := region.JSON()
	tag := tagOf(raw)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.GET("/api/portal/regions", func(e *core.RequestEvent) error {
			h := e.Response.Header()
			h.Set("ETag", tag)
			h.Set("Cache-Control", "public, max-age=86400")
			if has(e.Request.Header, tag) {
				return e.NoContent(http.StatusNotModified)
			}
			return e.Blob(http.StatusOK, "application/json", raw)
		}).Bind(apis.Gzip())
		return e.Next()
	})
}
