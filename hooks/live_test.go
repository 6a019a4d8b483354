package hooks_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/tools/subscriptions"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// TestWhoMayListen says what may be subscribed to at all. Candidates listen to
// single applications, staff to the collections of businesses, guests to
// nothing; one bad topic refuses them all.
func TestWhoMayListen(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	id := reach(h, modules.Submitted)
	own, all := reviews+"/"+id, reviews+"/*"
	for _, c := range []struct {
		as     string
		topics []string
		code   int
	}{
		{"li", []string{own}, 204},
		{"li", []string{}, 204}, // listens to nothing any more
		{"li", []string{all}, 403},
		{"li", []string{reviews}, 403},
		{"li", []string{reviews + "/"}, 403},
		{"li", []string{reviews + "/*?options=%7B%22query%22%3A%7B%7D%7D"}, 403},
		{"li", []string{own, all}, 403},
		{"li", []string{own, "notifications/*"}, 403},
		{"li", []string{"candidates/" + modulestest.ID("li")}, 403},
		{"li", []string{"*"}, 403},
		{"li", []string{"@oauth2"}, 403},
		{"li", []string{"events/*", own}, 403},
		{"reviewer", []string{all}, 204},
		{"reviewer", []string{all, own}, 204},
		{"reviewer", []string{"staff/*"}, 403},
		{"reviewer", []string{"events/*"}, 403},
		{"admin", []string{"events/*"}, 204},
		{"", []string{own}, 403},
		{"", []string{all}, 403},
		{"", []string{"@oauth2"}, 403},
	} {
		if got := h.Watch(c.as).Subscribe(c.topics...); got.Code != c.code {
			t.Errorf("%s listens to %v: %d, want %d", c.as, c.topics, got.Code, c.code)
		}
	}
}

// TestWhatIsHeard delivers a change of an application to its owner and to staff
// of its business, and to nobody else who listens.
func TestWhatIsHeard(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	id := reach(h, modules.Submitted)
	pages := map[string]*modulestest.Live{}
	for _, as := range []string{"li", "wang", "reviewer", "foreign", "operator"} {
		pages[as] = h.Watch(as)
		if a := pages[as].Subscribe(reviews + "/" + id); a.Code != http.StatusNoContent {
			t.Fatal(as, a.Body)
		}
	}
	play(h, id, "accept")
	for as, page := range pages {
		heard := ""
		if as == "li" || as == "reviewer" {
			heard = page.Next()
		}
		if want := as == "li" || as == "reviewer"; strings.Contains(heard, `"status":"accepted"`) != want {
			t.Errorf("%s hears %q", as, heard)
		}
		if more := page.Quiet(); more != "" {
			t.Errorf("%s hears more: %s", as, more)
		}
	}
	h.Create("wang", reviews, scorereviewtest.Form(m{"registration": modulestest.WangRegistration, "items": scorereviewtest.About(modulestest.WangsOwn)}))
	for as, page := range pages {
		if more := page.Quiet(); more != "" {
			t.Errorf("%s hears of another application: %s", as, more)
		}
	}
}

// TestListeningIsBounded keeps one page from costing every writer a look at a
// thousand topics.
func TestListeningIsBounded(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	for n, want := range map[int]int{100: 204, 101: 400} {
		var topics []string
		for i := range n {
			topics = append(topics, fmt.Sprintf("%s/%015d", reviews, i))
		}
		if a := h.Watch("li").Subscribe(topics...); a.Code != want {
			t.Errorf("%d topics: %d, want %d", n, a.Code, want)
		}
	}
}

// TestTooManyLive tells a page beyond the limit of the node to poll, with a code
// and as JSON, and takes the next one when a place is free.
func TestTooManyLive(t *testing.T) {
	t.Parallel()
	h := open(t, func(o *hooks.Options) { o.LiveClients = 2 })
	var clients []subscriptions.Client
	for range 2 {
		c := subscriptions.NewDefaultClient()
		h.App.SubscriptionsBroker().Register(c)
		clients = append(clients, c)
	}
	connect := func() *httptest.ResponseRecorder {
		ctx, stop := context.WithCancel(context.Background())
		stop() // who is let in does not stay
		w := httptest.NewRecorder()
		h.Mux.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/realtime", http.NoBody))
		return w
	}
	full := connect()
	if full.Code != http.StatusServiceUnavailable || !strings.Contains(full.Body.String(), `"code":"too_many_live"`) {
		t.Error("one too many:", full.Code, full.Body)
	}
	if kind := full.Header().Get("Content-Type"); kind != "application/json" {
		t.Error("one too many is told as", kind)
	}
	h.App.SubscriptionsBroker().Unregister(clients[0].Id())
	if w := connect(); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "PB_CONNECT") {
		t.Error("a place is free:", w.Code, w.Body)
	}
}
