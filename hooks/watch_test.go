package hooks_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/modulestest"
)

// trail returns the events about a record as "kind actor action: fields".
func trail(h *modulestest.Hall, collection, record string) []string {
	h.T.Helper()
	rows := []struct {
		Kind   string `db:"actor_kind"`
		Actor  string
		Action string
		Fields string
	}{}
	err := h.App.DB().Select("actor_kind", "actor", "action", "fields").From("events").
		Where(dbx.HashExp{"service": collection, "record": record}).OrderBy("seq").All(&rows)
	if err != nil {
		h.T.Fatal(err)
	}
	list := []string{}
	for _, r := range rows {
		list = append(list, fmt.Sprintf("%s %s %s: %s", r.Kind, r.Actor, r.Action, r.Fields))
	}
	return list
}

// TestWatch says that the audit trail has who changed what decides cases, by
// the names of the columns and without their values: who may do what, exams,
// windows, rules. Nobody changes them past it, in a batch neither.
func TestWatch(t *testing.T) {
	t.Parallel()
	h := open(t)
	staff, login, boss := modulestest.ID("reviewer"), modulestest.ID("deskreviewer"), modulestest.ID("deskadmin")
	window := m{"service": reviews, "session": modulestest.Session, "opens": "2026-11-20 00:00:00.000Z", "closes": "2026-12-31 00:00:00.000Z"}
	row := h.Create("operator", "windows", window).ID()
	rule := h.Create("admin", "rules", m{"service": reviews, "action": "submit", "field": "employer", "rule": "employer != 'SECRET'", "message": "SECRET"}).ID()
	operator := "staff " + modulestest.ID("operator")
	for _, c := range []struct {
		as, collection, id string
		change             m
		want               string
	}{
		{"admin", "staff", staff, m{"roles": []string{"operator", "score_reviews.reviewer"}}, "admin " + boss + " update: roles"},
		{"admin", "staff", staff, m{"active": false}, "admin " + boss + " update: active"},
		{"admin", "_superusers", login, m{"password": "SECRET-pass-1", "passwordConfirm": "SECRET-pass-1"}, "admin " + boss + " update: password"},
		{"operator", "windows", row, m{"closes": "2027-01-31 00:00:00.000Z"}, operator + " update: closes"},
		{"operator", "exam_sessions", modulestest.Session, m{"score_published": "2026-11-19 00:00:00.000Z"}, operator + " update: score_published"},
		{"admin", "candidates", modulestest.ID("li"), m{"name": "SECRET"}, "admin " + boss + " update: name"},
		{"admin", "rules", rule, m{"active": true}, "admin " + boss + " update: active"},
	} {
		if a := h.Update(c.as, c.collection, c.id, c.change); a.Code != http.StatusOK {
			t.Fatalf("%s %v: %d %s", c.collection, c.change, a.Code, a.Body)
		}
		list := trail(h, c.collection, c.id)
		if len(list) == 0 || list[len(list)-1] != c.want {
			t.Errorf("%s %v: %v, want %q", c.collection, c.change, list, c.want)
		}
	}
	h.Batch("admin", modulestest.Change{Collection: "staff", ID: staff, Values: m{"name": "SECRET"}})
	if list := trail(h, "staff", staff); len(list) != 3 || list[2] != "admin "+boss+" update: name" {
		t.Error("in a batch:", list)
	}
	if a := h.Send("operator", http.MethodDelete, "/api/collections/windows/records/"+row, nil); a.Code != http.StatusNoContent {
		t.Fatal(a.Body)
	}
	if list := trail(h, "windows", row); len(list) != 3 || !strings.HasPrefix(list[0], operator+" create: ") || list[2] != operator+" delete: " {
		t.Error("from its beginning to its end:", list)
	}
	var all string
	if err := h.App.DB().NewQuery("SELECT group_concat(fields || actor || via || content) FROM events").Row(&all); err != nil || strings.Contains(all, "SECRET") {
		t.Error("the trail holds values:", all, err)
	}
	if n, err := h.Portal.VerifyAudit(h.App); err != nil || n == 0 {
		t.Error(n, err)
	}
}

// TestWatchRefused leaves no trace of what was not done.
func TestWatchRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct {
		as, collection, id string
		change             m
	}{
		{"reviewer", "staff", modulestest.ID("reviewer"), m{"roles": []string{"operator"}}},
		{"admin", "staff", modulestest.ID("reviewer"), m{"name": ""}},
		{"admin", "_superusers", modulestest.ID("deskadmin"), m{"role": ""}},
		{"li", "exam_sessions", modulestest.Session, m{"title": "x"}},
	} {
		if a := h.Update(c.as, c.collection, c.id, c.change); a.Code < 400 {
			t.Errorf("%s %s: %d %s", c.as, c.collection, a.Code, a.Body)
		}
		if list := trail(h, c.collection, c.id); len(list) > 0 {
			t.Errorf("%s %s: %v", c.as, c.collection, list)
		}
	}
}

// TestWatchSchema says that the audit trail has it when an administrator opens
// what was closed, or turns a setting: the names of what changed, no secrets.
func TestWatchSchema(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Send("admin", http.MethodPatch, "/api/collections/candidates", m{"listRule": "id != 'SECRET'"}) // refused
	h.Send("admin", http.MethodPatch, "/api/collections/candidates", m{"fileToken": m{"duration": 60}})
	h.Send("admin", http.MethodPatch, "/api/collections/events", m{"listRule": ""}) // refused
	made := h.Send("admin", http.MethodPost, "/api/collections", m{"name": "extra", "type": "base", "fields": []m{{"type": "text", "name": "x"}}})
	h.Send("admin", http.MethodDelete, "/api/collections/extra", nil)
	h.Send("admin", http.MethodDelete, "/api/collections/events", nil) // refused
	h.Send("admin", http.MethodPatch, "/api/settings", m{"smtp": m{"enabled": true, "host": "mail.example", "port": 25, "password": "SECRET"}})
	h.Send("admin", http.MethodPatch, "/api/settings", m{"meta": m{"appURL": "no address"}}) // refused
	h.Send("admin", http.MethodPut, "/api/collections/import", m{"collections": []m{{"name": "other", "type": "base", "fields": []m{}}}})
	admin := "admin " + modulestest.ID("deskadmin")
	for _, c := range []struct {
		service, record string
		want            []string
	}{
		{"_collections", modules.AuthRef("candidates"), []string{admin + " update: fileToken"}},
		{"_collections", modules.Ref("events"), []string{}},
		{"_collections", made.ID(), []string{admin + " create: fields,id,name", admin + " delete: "}},
		{"_collections", "import", []string{admin + " import: "}},
		{"_settings", "settings", []string{admin + " update: smtp"}},
	} {
		if got := trail(h, c.service, c.record); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s %s: %q, want %q", c.service, c.record, got, c.want)
		}
	}
	if n, err := h.Portal.VerifyAudit(h.App); err != nil || n != 5 {
		t.Error(n, err)
	}
}
