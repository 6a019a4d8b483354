package hooks_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
)

const queue = "/api/portal/desk/queue"

// waiting returns the ids of the cases that wait for somebody, in order.
func waiting(h *modulestest.Hall, as, query string) string {
	h.T.Helper()
	a := h.Send(as, http.MethodGet, queue+query, nil)
	if a.Code != http.StatusOK {
		h.T.Fatalf("%s: %d %s", as, a.Code, a.Body)
	}
	return words(lines(a, "items"), "id")
}

// TestQueueIsMine lists what waits for the reader: states from which they have a
// step, in businesses that are theirs. Who only watches sees all that waits for
// the authority.
func TestQueueIsMine(t *testing.T) {
	t.Parallel()
	h := open(t)
	ids := map[modules.State]string{}
	for _, state := range scorereview.Definition().Workflow.Names() {
		ids[state] = reach(h, state)
		h.Travel(h.Now().Add(time.Minute))
	}
	submitted, accepted, reporting := ids[modules.Submitted], ids[scorereview.Accepted], ids[scorereview.Reporting]
	all := strings.Join([]string{submitted, accepted, reporting}, " ")
	for as, want := range map[string]string{
		"reviewer": all, "reviewer2": all, "approver": reporting, "both": all, "auditor": all, "admin": all,
		"foreign": "", "operator": "", // have no business
	} {
		if got := waiting(h, as, ""); got != want {
			t.Errorf("%s: %q, want %q", as, got, want)
		}
		if got := waiting(h, as, "?service=refunds"); got != "" {
			t.Errorf("%s asks for a business that there is not: %q", as, got)
		}
		if got := waiting(h, as, "?status=completed"); got != "" {
			t.Errorf("%s asks for what is over: %q", as, got)
		}
	}
	for as, want := range map[string]int{"": 401, "li": 403} {
		if got := h.Send(as, http.MethodGet, queue, nil).Code; got != want {
			t.Errorf("%s: %d, want %d", as, got, want)
		}
	}
}

// TestQueueIsOldestFirst orders by when a case last changed hands: who was
// returned and came back stands at the end again, who edits stays.
func TestQueueIsOldestFirst(t *testing.T) {
	t.Parallel()
	h := open(t)
	var ids []string
	for range 3 {
		ids = append(ids, reach(h, modules.Submitted))
		h.Travel(h.Now().Add(time.Minute))
	}
	want := func(why string, order ...int) {
		t.Helper()
		var list []string
		for _, i := range order {
			list = append(list, ids[i])
		}
		if got := waiting(h, "reviewer", ""); got != strings.Join(list, " ") {
			t.Errorf("%s: %q, want %q", why, got, list)
		}
		h.Travel(h.Now().Add(time.Minute))
	}
	want("at first", 0, 1, 2)
	play(h, ids[1], "edit")
	want("after an edit", 0, 1, 2)
	play(h, ids[0], "return")
	want("while one waits for the candidate", 1, 2)
	play(h, ids[0], "resubmit")
	want("when it is back", 1, 2, 0)
	h.Send("reviewer", http.MethodPost, "/api/portal/desk/"+reviews+"/"+ids[1]+"/claim", nil)
	want("when one is claimed", 1, 2, 0)

	line := lines(h.Send("reviewer", http.MethodGet, queue, nil), "items")[0]
	for key, want := range map[string]any{
		"id": ids[1], "service": reviews, "status": "submitted", "owner_name": "李䶮", "claimed_by": modulestest.ID("reviewer"),
		"claimed_name": "REVIEWER", "overdue": false, "resubmits": 0.0, "rev": 2.0,
	} {
		if line[key] != want {
			t.Errorf("%s is %v, want %v", key, line[key], want)
		}
	}
}

// TestQueueIsFiltered narrows the queue by what the desk offers.
func TestQueueIsFiltered(t *testing.T) {
	t.Parallel()
	h := open(t)
	fresh := reach(h, modules.Submitted)
	again := reach(h, modules.Submitted)
	play(h, again, "return", "resubmit")
	accepted := reach(h, scorereview.Accepted)
	claim := func(as, id string) {
		t.Helper()
		if a := h.Send(as, http.MethodPost, "/api/portal/desk/"+reviews+"/"+id+"/claim", nil); a.Code != http.StatusOK {
			t.Fatal(a.Body)
		}
	}
	claim("reviewer", fresh)
	claim("reviewer2", accepted)
	due := "2026-11-24 15:59:59.000Z"
	if _, err := h.App.NonconcurrentDB().NewQuery("UPDATE applications SET due = '" + due + "' WHERE id = '" + accepted + "'").Execute(); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"?status=accepted":                          accepted,
		"?resubmitted=1":                            again,
		"?mine=1":                                   fresh,
		"?mine=1&status=accepted":                   "",
		"?service=" + reviews + "&resubmitted=1":    again,
		"?overdue=1":                                "",
		"?status=" + url.QueryEscape("' OR 1=1 --"): "",
		"?mine=" + modulestest.ID("reviewer2") + "&status=accepted": accepted, // "mine" is a switch, not a name
	} {
		if got := waiting(h, "reviewer", query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	for when, want := range map[string]string{"2026-11-24 15:59:59.900Z": "", "2026-11-24 16:00:00.000Z": accepted} {
		at, err := time.Parse("2006-01-02 15:04:05.000Z", when)
		if err != nil {
			t.Fatal(err)
		}
		h.Travel(at)
		a := h.Send("reviewer", http.MethodGet, queue+"?overdue=1", nil)
		if got := words(lines(a, "items"), "id"); got != want {
			t.Errorf("overdue at %s: %q, want %q", when, got, want)
		}
		for _, line := range lines(h.Send("reviewer", http.MethodGet, queue, nil), "items") {
			if line["overdue"] != (line["id"] == want) {
				t.Errorf("at %s: %v", when, line)
			}
		}
	}
	for _, query := range []string{"?after=x", "?after=" + url.QueryEscape("2026~")} {
		if a := h.Send("reviewer", http.MethodGet, queue+query, nil); a.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", query, a.Code)
		}
	}
}

// TestQueueIsPaged reads page after page while colleagues take cases away and
// candidates send new ones: none that stayed is left out or comes twice.
func TestQueueIsPaged(t *testing.T) {
	t.Parallel()
	h := open(t)
	var ids []string
	for i := range 7 {
		if i%3 == 0 {
			h.Travel(h.Now().Add(time.Minute))
		}
		ids = append(ids, reach(h, modules.Submitted))
	}
	h.Travel(h.Now().Add(time.Hour))
	var read []string
	next := ""
	for i := range 10 {
		a := h.Send("reviewer", http.MethodGet, queue+"?limit=2&after="+url.QueryEscape(next), nil)
		read = append(read, strings.Fields(words(lines(a, "items"), "id"))...)
		if i == 0 {
			for _, id := range read {
				play(h, id, "reject") // decided meanwhile
			}
			reach(h, modules.Submitted) // arrives meanwhile
		}
		if next = a.Text("next"); next == "" {
			break
		}
	}
	if len(read) != 8 {
		t.Errorf("read %d, want the 7 and the new one", len(read))
	}
	for _, id := range ids {
		if n := count(read, id); n != 1 {
			t.Errorf("%s came %d times", id, n)
		}
	}
}
