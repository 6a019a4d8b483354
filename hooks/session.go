package hooks

import (
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindSession answers 401 where somebody writes an application with a token that
// is no longer good. PocketBase takes them for a guest and says that the record
// does not exist, so that a page could not tell an ended session from a fault.
func bindSession(app core.App, p *Portal) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.Bind(&hook.Handler[*core.RequestEvent]{
			Id:       "examhallSession",
			Priority: apis.DefaultSuperuserIPsWhitelistMiddlewarePriority + 4, // right after staff are demoted
			Func: func(e *core.RequestEvent) error {
				sent := e.Request.Header.Get("Authorization") != ""
				if sent && e.Auth == nil && p.isBusiness(e.Request.URL.Path) {
					return e.UnauthorizedError("The session is over. Log in again.", nil)
				}
				return e.Next()
			},
		})
		return e.Next()
	})
}

// isBusiness reports whether a path is that of the records of a business.
func (p *Portal) isBusiness(path string) bool {
	rest, ok := strings.CutPrefix(path, "/api/collections/")
	collection, _, _ := strings.Cut(rest, "/")
	return ok && slices.Contains(p.set.Names(), collection)
}
