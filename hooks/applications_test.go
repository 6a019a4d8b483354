package hooks_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

const myApplications = "/api/portal/applications"

// submit makes an application of somebody and returns its id.
func submit(h *modulestest.Hall, as, registration string) string {
	h.T.Helper()
	form := scorereviewtest.Form(m{"registration": registration, "items": scorereviewtest.About(h.Subject(registration))})
	a := h.Create(as, reviews, form)
	if a.Verdict() != "200" {
		h.T.Fatal(a.Body)
	}
	return a.ID()
}

// TestApplicationsAreMyOwn lists what one candidate has applied for, last change
// first, and nothing of others.
func TestApplicationsAreMyOwn(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := submit(h, "li", modulestest.Registration)
	h.Travel(modulestest.Start().Add(time.Minute))
	wangs := submit(h, "wang", modulestest.WangRegistration)
	second := submit(h, "li", modulestest.Registration)
	h.Travel(modulestest.Start().Add(2 * time.Minute))
	play(h, first, "accept")

	for as, want := range map[string]string{"li": first + " " + second, "wang": wangs} {
		a := h.Send(as, http.MethodGet, myApplications, nil)
		if got := words(lines(a, "items"), "id"); got != want {
			t.Errorf("%s finds %q, want %q", as, got, want)
		}
	}
	for as, want := range map[string]int{"": 401, "reviewer": 403, "auditor": 403, "admin": 403} {
		if a := h.Send(as, http.MethodGet, myApplications+"?owner="+modulestest.ID("li"), nil); a.Code != want {
			t.Errorf("%s: %d, want %d", as, a.Code, want)
		}
	}
	if a := h.Send("wang", http.MethodGet, myApplications+"?owner="+modulestest.ID("li"), nil); words(lines(a, "items"), "id") != wangs {
		t.Error("wang asks for those of li:", a.Body)
	}
	line := lines(h.Send("li", http.MethodGet, myApplications, nil), "items")[0]
	for key, want := range map[string]any{
		"service": reviews, "number": "CJFH20261123000001", "status": "accepted", "session": modulestest.Session, "waits_for": "authority",
		"submitted": "2026-11-23 02:00:00.000Z", "updated": "2026-11-23 02:02:00.000Z", "rev": 2.0, "resubmits": 0.0,
	} {
		if line[key] != want {
			t.Errorf("%s is %v, want %v", key, line[key], want)
		}
	}
	if line["session_title"].(m)["zh"] != "2026年度一级造价工程师" {
		t.Error(line["session_title"])
	}
}

// TestApplicationsAreFiltered narrows the list by what the page offers. What
// matches nothing is an empty list, and no filter reaches past the owner.
func TestApplicationsAreFiltered(t *testing.T) {
	t.Parallel()
	h := open(t)
	fresh := submit(h, "li", modulestest.Registration)
	returned := submit(h, "li", modulestest.Registration)
	play(h, returned, "return")
	submit(h, "wang", modulestest.WangRegistration)
	for query, want := range map[string]string{
		"status=submitted":                        fresh,
		"status=returned":                         returned,
		"status=none":                             "",
		"waits_for=candidate":                     returned,
		"waits_for=authority":                     fresh,
		"service=" + reviews + "&status=returned": returned,
		"service=refunds":                         "",
		"session=" + modulestest.Session + "&status=returned": returned,
		"session=" + modulestest.Unpublished:                  "",
		"status=" + url.QueryEscape("x' OR '1'='1"):           "",
		"service=" + url.QueryEscape("x') OR 1=1 --"):         "",
		"status=submitted&status=returned":                    fresh, // the first counts
	} {
		a := h.Send("li", http.MethodGet, myApplications+"?"+query, nil)
		if got := words(lines(a, "items"), "id"); a.Code != 200 || got != want {
			t.Errorf("%s: %d %q, want %q", query, a.Code, got, want)
		}
	}
}

// TestApplicationsByDay counts days as people in Beijing do: both ends belong to
// the range, wherever the server is.
func TestApplicationsByDay(t *testing.T) {
	t.Parallel()
	h := open(t)
	var ids []string
	for _, when := range []string{"2026-11-24 23:59:59", "2026-11-25 00:00:00", "2026-11-25 23:59:59", "2026-11-26 00:00:00"} {
		at, err := time.ParseInLocation(time.DateTime, when, calendar.Zone)
		if err != nil {
			t.Fatal(err)
		}
		h.Travel(at)
		ids = append(ids, submit(h, "li", modulestest.Registration))
	}
	slices.Reverse(ids) // last change first
	for query, want := range map[string][]string{
		"":                              ids,
		"from=2026-11-25&to=2026-11-25": ids[1:3],
		"from=2026-11-25":               ids[:3],
		"to=2026-11-24":                 ids[3:],
		"to=2026-11-25":                 ids[1:],
		"from=2026-11-26":               ids[:1],
		"from=2026-11-26&to=2026-11-25": nil,
		"from=0001-01-01&to=9999-12-31": ids,
	} {
		a := h.Send("li", http.MethodGet, myApplications+"?"+query, nil)
		if got := words(lines(a, "items"), "id"); got != strings.Join(want, " ") {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
	for _, query := range []string{"from=25.11.2026", "to=2026-11-31", "from=2026-11-25T00:00:00Z", "to=x", "after=x", "after=~"} {
		if a := h.Send("li", http.MethodGet, myApplications+"?"+query, nil); a.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", query, a.Code)
		}
	}
}

// TestApplicationsArePaged reads page after page while applications change
// meanwhile: no line comes twice, and none that stayed as it was is left out.
func TestApplicationsArePaged(t *testing.T) {
	t.Parallel()
	h := open(t)
	var ids []string
	for i := range 7 {
		if i%2 == 0 {
			h.Travel(modulestest.Start().Add(time.Duration(i) * time.Minute)) // two of a kind at the same moment
		}
		ids = append(ids, submit(h, "li", modulestest.Registration))
	}
	h.Travel(modulestest.Start().Add(time.Hour))
	var read []string
	next := ""
	for pages := 0; pages < 10; pages++ {
		a := h.Send("li", http.MethodGet, myApplications+"?limit=2&after="+url.QueryEscape(next), nil)
		read = append(read, strings.Fields(words(lines(a, "items"), "id"))...)
		if pages == 0 {
			play(h, read[0], "accept") // read already
			play(h, ids[0], "accept")  // was on the last page, is now the first
			submit(h, "li", modulestest.Registration)
		}
		if next = a.Text("next"); next == "" {
			break
		}
	}
	if want := 6; len(read) != want {
		t.Errorf("read %d lines, want %d: %v", len(read), want, read)
	}
	for i, id := range ids[1:] {
		if n := count(read, id); n != 1 {
			t.Errorf("application %d came %d times", i+1, n)
		}
	}
	for limit, want := range map[string]int{"1": 1, "3": 3, "0": 8, "-1": 8, "x": 8, "1000000": 8, "": 8} {
		a := h.Send("li", http.MethodGet, myApplications+"?limit="+limit, nil)
		if got := len(lines(a, "items")); got != want || (a.Text("next") == "") != (want == 8) {
			t.Errorf("limit %q: %d lines, next %q", limit, got, a.Text("next"))
		}
	}
}

func count(list []string, s string) int {
	n := 0
	for _, x := range list {
		if x == s {
			n++
		}
	}
	return n
}

// TestApplicationsAskedAgain answers 304 to a page that polls, until something
// in the list has changed.
func TestApplicationsAskedAgain(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	tag := visit(h, "li", myApplications).Header().Get("ETag")
	for _, known := range []string{tag, "W/" + tag, `"x", W/` + tag + `, "y"`} {
		if a := visit(h, "li", myApplications, "If-None-Match", known); a.Code != http.StatusNotModified || a.Body.Len() > 0 || a.Header().Get("ETag") != tag {
			t.Errorf("%s: %d %q", known, a.Code, a.Body)
		}
	}
	for _, other := range []string{`"x"`, strings.Trim(tag, `"`), ""} {
		if a := visit(h, "li", myApplications, "If-None-Match", other); a.Code != http.StatusOK {
			t.Errorf("%q: %d", other, a.Code)
		}
	}
	if a := visit(h, "wang", myApplications, "If-None-Match", tag); a.Code != http.StatusOK {
		t.Error("the tag of one candidate is true for another:", a.Code)
	}
	play(h, id, "accept")
	if a := visit(h, "li", myApplications, "If-None-Match", tag); a.Code != http.StatusOK || a.Header().Get("ETag") == tag {
		t.Error("a change is not told:", a.Code)
	}
}

// TestActionsOfTheList offers what the owner may still do. When the time to
// correct an application is over it offers nothing; its last second belongs to
// the candidate.
func TestActionsOfTheList(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	actions := func() string {
		t.Helper()
		return fmt.Sprint(lines(h.Send("li", http.MethodGet, myApplications, nil), "items")[0]["actions"])
	}
	if got := actions(); got != "[edit withdraw]" {
		t.Error("submitted:", got)
	}
	play(h, id, "return")
	due := h.Find(reviews, id).GetDateTime("due").Time()
	for after, want := range map[time.Duration]string{
		-time.Second:           "[resubmit withdraw]",
		0:                      "[resubmit withdraw]",
		999 * time.Millisecond: "[resubmit withdraw]",
		time.Second:            "[]",
		24 * time.Hour:         "[]",
	} {
		h.Travel(due.Add(after))
		if got := actions(); got != want {
			t.Errorf("%s after %s: %s, want %s", after, due, got, want)
		}
	}
	h.Travel(modulestest.Start())
	play(h, id, "withdraw")
	if got := actions(); got != "[]" {
		t.Error("withdrawn:", got)
	}
}
