package rules_test

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/tests"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/dummy"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// inquiry is what the dummy business asks for.
func inquiry() m {
	return m{"status": "submitted", "question": "准考证什么时候可以下载打印？"}
}

// TestOneActive says that a business with a limit takes one active application
// for each combination, and says which one there is; when two come at the same
// moment as well.
func TestOneActive(t *testing.T) {
	t.Parallel()
	d := dummy.Definition()
	d.Unique = modules.Unique{Fields: []string{"owner"}, Frees: []modules.State{modules.Withdrawn, modules.Rejected}}
	h := modulestest.New(t, d)
	h.Listen()
	const denied = "400 owner duplicate_active"
	submit := func() modulestest.Answer { return h.Create("li", d.Name, inquiry()) }
	batch := func() modulestest.Answer {
		return h.Batch("li", modulestest.Change{Collection: d.Name, Values: inquiry()})[0]
	}
	for round := range rounds / 2 {
		deeds := []func() modulestest.Answer{submit, submit, batch}
		if round%2 == 1 {
			slices.Reverse(deeds)
		}
		first := ""
		for _, a := range modulestest.Together(deeds...) {
			switch {
			case a.Code == http.StatusOK && first == "":
				first = a.ID()
			case a.Verdict() != denied:
				t.Fatalf("round %d: %s %s", round, a.Verdict(), a.Body)
			}
		}
		if got := submit().Verdict(); first == "" || got != denied {
			t.Fatalf("round %d: %q, then %s", round, first, got)
		}
		if a := h.Update("li", d.Name, first, m{"status": "withdrawn", "rev": 1}); a.Verdict() != "200" {
			t.Fatal(a.Body)
		}
	}
	verify(t, h)
}

// TestIDsAreOurs says that nobody chooses the id of an application: ids of all
// businesses meet in one table.
func TestIDsAreOurs(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, scorereview.Definition(), dummy.Definition())
	mine := h.Create("li", "inquiries", inquiry())
	for _, id := range []string{mine.ID(), "chosen000000000", "x", "../../etc/passwd"} {
		values := inquiry()
		values["id"] = id
		for way, a := range map[string]modulestest.Answer{
			"create": h.Create("wang", "inquiries", values),
			"batch":  h.Batch("wang", modulestest.Change{Collection: "inquiries", Values: values})[0],
		} {
			if a.Verdict() != "200" || a.ID() == id {
				t.Errorf("%s with the id %q: %s", way, id, a.Body)
			}
		}
		review := scorereviewtest.Form(m{"registration": modulestest.Registration, "id": id, "items": scorereviewtest.About(h.Subject(modulestest.Registration))})
		if a := h.Create("li", collection, review); a.Verdict() != "200" || a.ID() == id {
			t.Errorf("a review with the id %q: %s", id, a.Body)
		}
	}
	upsert := m{"requests": []m{{"method": "PUT", "url": "/api/collections/inquiries/records", "body": m{"id": mine.ID(), "status": "withdrawn", "rev": 1}}}}
	if a := h.Send("wang", http.MethodPost, "/api/batch", upsert); a.Code != http.StatusBadRequest {
		t.Error("somebody else's id in an upsert:", a.Body)
	}
	if got := h.Row("inquiries", mine.ID()); got.Status != "submitted" {
		t.Error("it is", got)
	}
}

// TestAuditWhileTheHallWorks says that the trail can be verified by another
// process while people go on.
func TestAuditWhileTheHallWorks(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Listen()
	other := modulestest.Open(t, h.App.DataDir(), scorereview.Definition())
	defer other.Close()
	stop := make(chan struct{})
	var people sync.WaitGroup
	for range 2 {
		people.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					reach(h, scorereview.Completed)
				}
			}
		})
	}
	for range 40 {
		if n, err := other.Portal.VerifyAudit(other.App); err != nil {
			t.Errorf("%d events: %v", n, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	close(stop)
	people.Wait()
}

// TestOddQueries says that no query, however odd, is a fault of ours.
func TestOddQueries(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	odd := []string{"", "'", "%", "-1", "0", "99999999999999999999", "x", "~", "2026-99-99", "2026-11-23", "\x00", "\xff", "null", `{"a":1}`}
	for path, keys := range map[string][]string{
		"/api/portal/applications":                                {"service", "status", "session", "waits_for", "from", "to", "after", "limit"},
		"/api/portal/notifications":                               {"after", "limit"},
		"/api/portal/services/" + collection + "/offers":          {"owner", "application"},
		"/api/portal/desk/queue":                                  {"service", "status", "overdue", "resubmitted", "mine", "after", "limit"},
		"/api/portal/desk/" + collection + "/" + id:               {"x"},
		"/api/portal/applications/" + collection + "/" + id + "x": {"x"},
		"/api/portal/applications/nothing/" + id:                  {"x"},
	} {
		for _, key := range keys {
			for _, value := range odd {
				for _, as := range []string{"li", "reviewer", "admin", ""} {
					query := url.Values{key: {value}}
					if a := h.Send(as, http.MethodGet, path+"?"+query.Encode(), nil); a.Code >= 500 || a.Code == 0 {
						t.Errorf("%s: %s?%s: %d", as, path, query.Encode(), a.Code)
					}
				}
			}
		}
	}
	for _, body := range []string{``, `{}`, `[]`, `{"ids":"x"}`, `{"ids":[1]}`, `{"all":"x"}`, `{"ids":["` + id + `"]}`, `null`} {
		if a := h.Send("li", http.MethodPost, "/api/portal/notifications/read", body); a.Code >= 500 {
			t.Errorf("read %s: %d", body, a.Code)
		}
	}
}

// TestMessagesAreOnesOwn says that nobody reads, or marks as read, the messages
// of others.
func TestMessagesAreOnesOwn(t *testing.T) {
	t.Parallel()
	h := open(t)
	reach(h, modules.Returned)
	unread := func(as string) string {
		return h.Send(as, http.MethodGet, "/api/portal/notifications", nil).Text("unread")
	}
	list := h.Send("li", http.MethodGet, "/api/portal/notifications", nil)
	var ids []any
	for _, item := range items(list) {
		ids = append(ids, item.(m)["id"])
	}
	if len(ids) != 2 || unread("li") != "2" || unread("wang") != "0" {
		t.Fatal(list.Body)
	}
	h.Send("wang", http.MethodPost, "/api/portal/notifications/read", m{"ids": ids})
	h.Send("wang", http.MethodPost, "/api/portal/notifications/read", m{"all": true})
	if unread("li") != "2" {
		t.Error("wang has read the messages of li")
	}
	for _, as := range []string{"", "reviewer", "admin"} {
		if a := h.Send(as, http.MethodPost, "/api/portal/notifications/read", m{"all": true}); a.Code < 400 {
			t.Errorf("%s: %d", as, a.Code)
		}
	}
	h.Send("li", http.MethodPost, "/api/portal/notifications/read", m{"ids": ids[:1]})
	if unread("li") != "1" {
		t.Error("unread:", unread("li"))
	}
}

// TestTooManyLive says that a full node tells a page to poll.
func TestTooManyLive(t *testing.T) {
	t.Parallel()
	h := modulestest.NewWith(t, func(_ *tests.TestApp, o *hooks.Options) { o.LiveClients = 2 }, scorereview.Definition())
	h.Listen()
	h.Watch("li")
	h.Watch("wang")
	if a := h.Send("li", http.MethodGet, "/api/realtime", nil); a.Code != http.StatusServiceUnavailable {
		t.Error("a third page:", a.Code, a.Body)
	}
}
