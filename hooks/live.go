package hooks

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"

	"examhall/modules"
)

// defaultLiveClients is how many realtime connections a node takes: each costs
// about 55 kB, and a little of every write.
const defaultLiveClients = 2000

// silence is how long a connection may be open without a login behind it. Without
// it, a few lines of script could hold all the connections of a node.
const silence = 30 * time.Second

// dropUnknown ends a connection that nobody has logged in on.
func dropUnknown(client subscriptions.Client) {
	if auth, _ := client.Get(apis.RealtimeClientAuthKey).(*core.Record); auth == nil {
		client.Discard()
	}
}

// mostTopics is how many records one page listens to: each is
// looked at with every write.
const mostTopics = 100

// bindLive lets people listen to single records of applications only. A
// subscription to a whole collection would cost every writer a check per
// listener, so candidates get none. Staff may: they are few.
func bindLive(app core.App, p *Portal) {
	limit := cmp.Or(p.options.LiveClients, defaultLiveClients)
	app.OnRealtimeConnectRequest().BindFunc(func(e *core.RealtimeConnectRequestEvent) error {
		if e.App.SubscriptionsBroker().TotalClients() >= limit {
			return full(e.RequestEvent)
		}
		e.Client = newListener(e.Client)
		defer time.AfterFunc(silence, func() { dropUnknown(e.Client) }).Stop()
		return e.Next()
	})
	app.OnRealtimeSubscribeRequest().BindFunc(func(e *core.RealtimeSubscribeRequestEvent) error {
		if e.Auth != nil && e.Auth.IsSuperuser() {
			return e.Next()
		}
		if len(e.Subscriptions) > mostTopics {
			return e.BadRequestError(fmt.Sprintf("Listen to up to %d records.", mostTopics), nil)
		}
		staff := e.Auth != nil && e.Auth.Collection().Name == "staff"
		for _, topic := range e.Subscriptions {
			if !p.mayListen(topic, e.Auth != nil, staff) {
				return e.ForbiddenError("You may listen to your own applications only.", nil)
			}
		}
		return e.Next()
	})
}

// full tells a page to poll: it asks again as often as such a page does.
func full(e *core.RequestEvent) error {
	h := e.Response.Header()
	h.Del("Content-Type") // PocketBase has announced a stream of events
	h.Set("Retry-After", "30")
	return apis.NewApiError(http.StatusServiceUnavailable, "Too many pages are live. Ask every half minute.", map[string]error{
		"live": modules.NewProblem("too_many_live", "Too many pages are live. Ask every half minute.", nil),
	})
}

// mayListen reports whether a topic may be subscribed to at all. Whether its
// messages are delivered is decided by the view rule of each record.
func (p *Portal) mayListen(topic string, known, staff bool) bool {
	name, _, _ := strings.Cut(topic, "?")
	collection, id, ok := strings.Cut(name, "/")
	return ok && known && id != "" && slices.Contains(p.set.Names(), collection) && (staff || id != "*")
}
