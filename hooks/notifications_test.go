package hooks_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/modulestest"
)

const messages = "/api/portal/notifications"

// TestNotifications tell each candidate what happened to their own
// applications, newest first, in both languages, and nothing personal.
func TestNotifications(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	h.Travel(modulestest.Start().Add(time.Hour))
	play(h, id, "return")
	wangs := submit(h, "wang", modulestest.WangRegistration)

	a := h.Send("li", http.MethodGet, messages, nil)
	if got := words(lines(a, "items"), "action"); got != "return submit" || a.Text("unread") != "2" || a.Text("next") != "" {
		t.Error(got, a.Body)
	}
	line := lines(a, "items")[0]
	for key, want := range map[string]any{
		"service": reviews, "record": id, "number": "CJFH20261123000001", "status": "returned", "read": "",
		"at": "2026-11-23 03:00:00.000Z", "due": "2026-11-30 15:59:59.000Z",
		"text":  m{"zh": "您的申请需要补正，请按意见修改后重新提交。", "en": "Your application needs correction. Please change it as the reply says and submit it again."},
		"title": m{"zh": "成绩复核", "en": "Score review"},
	} {
		if fmt.Sprint(line[key]) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", key, line[key], want)
		}
	}
	for _, secret := range []string{"李䶮", "138", modulestest.ID("reviewer"), "REVIEWER", "准考证照片"} {
		if strings.Contains(a.Body, secret) {
			t.Errorf("a message holds %q", secret)
		}
	}
	if got := words(lines(h.Send("wang", http.MethodGet, messages, nil), "items"), "record"); got != wangs {
		t.Errorf("wang reads of %q, want %q", got, wangs)
	}
	for as, want := range map[string]int{"": 401, "reviewer": 403, "admin": 403} {
		if got := h.Send(as, http.MethodGet, messages, nil).Code; got != want {
			t.Errorf("%s: %d, want %d", as, got, want)
		}
	}
}

// TestNotificationsAreRead notes which messages the candidate has read. Those of
// others stay unread, whatever ids are sent.
func TestNotificationsAreRead(t *testing.T) {
	t.Parallel()
	h := open(t)
	play(h, reach(h, modules.Submitted), "accept", "return")
	submit(h, "wang", modulestest.WangRegistration)
	ids := func(as string) []string {
		return strings.Fields(words(lines(h.Send(as, http.MethodGet, messages, nil), "items"), "id"))
	}
	unread := func(as string) string { return h.Send(as, http.MethodGet, messages, nil).Text("unread") }
	read := func(as string, body any) int {
		return h.Send(as, http.MethodPost, messages+"/read", body).Code
	}
	li, wang := ids("li"), ids("wang")

	for _, step := range []struct {
		as       string
		body     any
		code     int
		li, wang string // unread after it
	}{
		{"wang", m{"ids": li}, 204, "3", "1"},
		{"li", m{"ids": append([]string{li[0], "none", "' OR 1=1 --"}, wang...)}, 204, "2", "1"},
		{"li", m{"ids": []string{li[0]}}, 204, "2", "1"}, // again
		{"li", m{"ids": []string{}}, 204, "2", "1"},
		{"li", m{}, 204, "2", "1"},
		{"li", m{"ids": make([]string, 101)}, 400, "2", "1"},
		{"li", `{"ids":"` + li[1] + `"}`, 400, "2", "1"},
		{"li", `{"all":`, 400, "2", "1"},
		{"li", `{"all":true,"more":"` + strings.Repeat("x", 1<<20) + `"}`, 413, "2", "1"},
		{"", m{"all": true}, 401, "2", "1"},
		{"reviewer", m{"all": true}, 403, "2", "1"},
		{"li", m{"all": true}, 204, "0", "1"},
		{"wang", m{"all": true}, 204, "0", "0"},
	} {
		if got := read(step.as, step.body); got != step.code {
			t.Errorf("%s reads %.60v: %d, want %d", step.as, step.body, got, step.code)
		}
		if unread("li") != step.li || unread("wang") != step.wang {
			t.Errorf("after %s read %.60v: %s and %s unread, want %s and %s", step.as, step.body, unread("li"), unread("wang"), step.li, step.wang)
		}
	}
	for _, line := range lines(h.Send("li", http.MethodGet, messages, nil), "items") {
		if line["read"] != "2026-11-23 02:00:00.000Z" {
			t.Errorf("read at %v", line["read"])
		}
	}
}

// TestNotificationsArePaged reads page after page while new messages arrive.
func TestNotificationsArePaged(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	play(h, id, "return", "resubmit", "return", "resubmit", "return") // all at the same moment
	var read []string
	next := ""
	for range 10 {
		a := h.Send("li", http.MethodGet, messages+"?limit=2&after="+url.QueryEscape(next), nil)
		read = append(read, strings.Fields(words(lines(a, "items"), "id"))...)
		if len(read) == 2 {
			h.Travel(modulestest.Start().Add(time.Minute))
			play(h, id, "resubmit")
		}
		if next = a.Text("next"); next == "" {
			break
		}
	}
	if len(read) != 6 {
		t.Errorf("read %d messages, want 6", len(read))
	}
	for _, one := range read {
		if count(read, one) != 1 {
			t.Errorf("%s came %d times", one, count(read, one))
		}
	}
	if a := h.Send("li", http.MethodGet, messages+"?after=x", nil); a.Code != http.StatusBadRequest {
		t.Errorf("no cursor: %d", a.Code)
	}
	tag := visit(h, "li", messages).Header().Get("ETag")
	if a := visit(h, "li", messages, "If-None-Match", tag); a.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", a.Code)
	}
}
