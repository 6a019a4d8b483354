package hooks

import (
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// mostBytes is how large a request may be that carries no files: one megabyte.
// The largest honest one is the import of a schema.
const mostBytes = 1 << 20

// bindBounds refuses larger requests before they are read. PocketBase reads 32
// MB of JSON from anybody, at every login. Records and batches, which carry
// files, have limits of their own.
func bindBounds(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.Bind(apis.BodyLimit(mostBytes)) // replaces PocketBase's, which has the same id
		return e.Next()
	})
}
