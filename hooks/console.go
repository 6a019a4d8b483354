package hooks

import (
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindConsole closes PocketBase's SQL console to everybody, unless the server
// was started with it. SQL goes past every hook: it reads what is masked and
// writes what was decided. The trial run of a view takes any SELECT as well.
func bindConsole(app core.App, open *bool) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.Bind(&hook.Handler[*core.RequestEvent]{
			Id:       "examhallConsole",
			Priority: -1, // after the login, before the handler
			Func: func(e *core.RequestEvent) error {
				if *open || !strings.HasSuffix(e.Request.Pattern, " /api/sql") &&
					!strings.HasSuffix(e.Request.Pattern, " /api/collections/meta/dry-run-view") {
					return e.Next()
				}
				return e.ForbiddenError("The SQL console is closed!", validation.Errors{
					"query": validation.NewError("console_closed", "The SQL console is closed!"),
				})
			},
		})
		return e.Next()
	})
}
