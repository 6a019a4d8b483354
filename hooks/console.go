package hooks

import (
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindConsole closes PocketBase's SQL console to everybody, unless the server
// was started with it. SQL goes past every hook: it reads what is masked and
// writes what was decided. The trial run of a view takes any SELECT as well.
// With it are closed the two buttons that wipe traces: a collection emptied at
// once, and the request log (GB/T 22239 wants it kept for six months); and
// backups from elsewhere, which could hold any register.
func bindConsole(app core.App, open *bool) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.Bind(&hook.Handler[*core.RequestEvent]{
			Id:       "examhallConsole",
			Priority: -1, // after the login, before the handler
			Func: func(e *core.RequestEvent) error {
				if *open || !slices.Contains(consoleRoutes(), e.Request.Pattern) {
					return e.Next()
				}
				return e.ForbiddenError("This is closed: the server runs without --sql-console.", validation.Errors{
					"query": validation.NewError("console_closed", "This is closed: the server runs without --sql-console."),
				})
			},
		})
		return e.Next()
	})
}

// consoleRoutes lists the routes that are closed.
func consoleRoutes() []string {
	return []string{
		"POST /api/sql", "POST /api/collections/meta/dry-run-view",
		"DELETE /api/collections/{collection}/truncate", "DELETE /api/logs",
		"POST /api/backups/upload",
	}
}
