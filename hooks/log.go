package hooks

import (
	"net/url"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindLog keeps secrets and personal data out of the request log. PocketBase
// writes the address of a request, and of the page it came from, when it is
// over; by then only what says nothing about anybody is left of their queries.
func bindLog(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.Bind(&hook.Handler[*core.RequestEvent]{
			Id:       "examhallLog",
			Priority: apis.DefaultActivityLoggerMiddlewarePriority + 1, // right inside the logger
			Func: func(e *core.RequestEvent) error {
				err := e.Next()
				e.Request.URL.RawQuery = harmless(e.Request.URL.Query()).Encode()
				if strings.HasPrefix(strings.ToLower(e.Request.URL.Path), "/v/") {
					e.Request.URL.Path = "/v/-" // a token names somebody, whatever the method
				}
				from, _, _ := strings.Cut(e.Request.Referer(), "?")
				e.Request.Header.Set("Referer", from)
				return err
			},
		})
		return e.Next()
	})
}

// harmless returns the query parameters that may be logged. A token opens a
// file, a filter may hold a name: what is not listed is left out.
func harmless(query url.Values) url.Values {
	listed := []string{"limit", "page", "perPage", "skipTotal", "lang", "service", "status", "overdue", "resubmitted", "mine"}
	kept := url.Values{}
	for name, values := range query {
		if slices.Contains(listed, name) {
			kept[name] = values
		}
	}
	return kept
}
