package rules_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
)

// TestSchemaStaysWhole says what the administrator may do to the collections in
// the dashboard: add, narrow and explain, but take nothing away that a business
// needs and open nothing that is closed.
func TestSchemaStaysWhole(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	const mirror = "score_review_subjects"
	const needed = "fields schema_needed"
	for _, c := range []struct {
		what, collection string
		change           func(c m)
		want             string
	}{
		{"dropping the status", collection, drop("status"), needed},
		{"dropping a field of the form", collection, drop("phone"), needed},
		{"dropping the rows", collection, drop("items"), needed},
		{"dropping a material", collection, drop("statement"), needed},
		{"dropping the snapshot", collection, drop("snapshot"), needed},
		{"renaming the status", collection, field("status", "name", "state"), needed},
		{"dropping a state", collection, field("status", "values", []string{"submitted", "accepted"}), needed},
		{"two states at once", collection, field("status", "maxSelect", 2), needed},
		{"unhiding the results", collection, field("results", "hidden", false), needed},
		{"unhiding who decided", collection, field("decided_by", "hidden", false), needed},
		{"unhiding the snapshot", collection, field("snapshot", "hidden", false), needed},
		{"opening the materials", collection, field("statement", "protected", false), needed},
		{"another kind of sealed field", collection, field("phone", "kind", "name"), "fields.6.kind sealed_kind"},
		{"renaming the business", collection, set("name", "reviews"), "name schema_needed"},
		{"without the index of submissions", collection, set("indexes", []string{}), "indexes schema_needed"},
		{"a rule that names a sealed field", collection, set("listRule", `phone = "138"`), "listRule rule_sealed"},
		{"a list for everybody", collection, set("listRule", ""), "listRule rule_opened"},
		{"a list for all candidates", collection, set("listRule", `@request.auth.collectionName = "candidates"`), "listRule rule_opened"},
		{"a view that is wider", collection, widen("viewRule", ` || status = "completed"`), "viewRule rule_opened"},
		{"a view that is wider behind a narrower one", collection, widen("viewRule", ` && status = "completed" || status = "submitted"`), "viewRule rule_opened"},
		{"creation by everybody", collection, set("createRule", ""), "createRule rule_opened"},
		{"updates by everybody", collection, set("updateRule", `status = "submitted"`), "updateRule rule_opened"},
		{"deletions", collection, set("deleteRule", `owner = @request.auth.id`), "deleteRule rule_opened"},

		{"the subjects without their index", mirror, set("indexes", []string{}), "indexes schema_needed"},
		{"the subjects without their application", mirror, drop("application"), needed},
		{"the subjects under another name", mirror, set("name", "subjects"), "name schema_needed"},
		{"the subjects for everybody", mirror, set("listRule", ""), "listRule rule_opened"},

		{"the trail without its hashes", "events", drop("hash"), needed},
		{"the trail under another name", "events", set("name", "log"), "name schema_needed"},
		{"the trail for everybody", "events", set("listRule", ""), "listRule rule_opened"},
		{"the versions for everybody", "versions", set("viewRule", ""), "viewRule rule_opened"},
		{"candidates without their index", "candidates", drop("id_number_idx"), needed},
		{"a rule that names an ID number", "candidates", set("listRule", `id_number = "1"`), "listRule rule_sealed"},
		{"results before they are published", "registrations", field("result", "hidden", false), needed},

		{"a role that staff need", "staff", field("roles", "values", []string{"operator"}), needed},

		{"a longer employer", collection, field("employer", "max", 200), ""},
		{"a help text", collection, field("employer", "help", "全称"), ""},
		{"a smaller material", collection, field("statement", "maxSize", 1<<20), ""},
		{"two tickets", collection, field("admission_ticket", "maxSelect", 2), ""},
		{"one ticket again", collection, field("admission_ticket", "maxSelect", 1), ""},
		{"a narrower list", collection, widen("listRule", ` && created > "2020-01-01"`), ""},
		{"no list at all", collection, set("listRule", nil), ""},
		{"another field", collection, add(m{"name": "remark", "type": "text", "max": 50}), ""},
		{"and without it again", collection, drop("remark"), ""},
		{"another sealed field", collection, add(m{"name": "card", "type": "sealed", "kind": "bank_card", "max": 30}), ""},
		{"another field of a fact", "exam_sessions", add(m{"name": "remark", "type": "text"}), ""},
		{"without the list of notices", "notices", set("listRule", nil), ""},
	} {
		before := h.Send("admin", http.MethodGet, "/api/collections/"+c.collection, nil)
		body := m{}
		if err := json.Unmarshal([]byte(before.Body), &body); err != nil {
			t.Fatal(err, before.Body)
		}
		c.change(body)
		a := h.Send("admin", http.MethodPatch, "/api/collections/"+c.collection, body)
		if c.want == "" {
			if a.Verdict() != "200" {
				t.Errorf("%s: %s", c.what, a.Body)
			}
			continue
		}
		if got := flat(a); got != "400 "+c.want {
			t.Errorf("%s: %s, want 400 %s (%.300s)", c.what, got, c.want, a.Body)
		}
		if after := h.Send("admin", http.MethodGet, "/api/collections/"+c.collection, nil); after.Body != before.Body {
			t.Errorf("%s left a trace", c.what)
		}
	}
	for _, name := range []string{collection, mirror, "events", "versions", "event_heads", "applications", "candidates", "staff", "registration_subjects", "outbox", "notices", "rules"} {
		if a := h.Send("admin", http.MethodDelete, "/api/collections/"+name, nil); a.Verdict() != "400 name schema_needed" {
			t.Errorf("deleting %s: %s", name, a.Body)
		}
		if a := h.Send("admin", http.MethodDelete, "/api/collections/"+name+"/truncate", nil); a.Code < 400 && h.Count(name) == 0 && slices.Contains([]string{collection, "events", "versions"}, name) {
			t.Errorf("truncating %s: %d", name, a.Code)
		}
	}
	if a := h.Send("admin", http.MethodPut, "/api/collections/import", m{"deleteMissing": true, "collections": []m{{"name": "other", "type": "base"}}}); a.Code != 400 {
		t.Error("an import that deletes everything else:", a.Code, a.Body)
	}
	if err := h.Portal.Prepare(h.App); err != nil {
		t.Error("the next start:", err)
	}
	must(h, "li", id, "submitted", nil)
	if _, err := h.App.NonconcurrentDB().NewQuery("DELETE FROM score_reviews").Execute(); err == nil {
		t.Error("the triggers are gone")
	}
}

// flat is the verdict with nested problems under dotted keys.
func flat(a modulestest.Answer) string {
	data, _ := a.JSON["data"].(m)
	var list []string
	var walk func(prefix string, v m)
	walk = func(prefix string, v m) {
		if code, ok := v["code"].(string); ok {
			list = append(list, strings.TrimPrefix(prefix, ".")+" "+code)
			return
		}
		for key, inner := range v {
			if sub, ok := inner.(m); ok {
				walk(prefix+"."+key, sub)
			}
		}
	}
	walk("", data)
	slices.Sort(list)
	return "400 " + strings.Join(list, ", ")
}

func set(key string, value any) func(m) { return func(c m) { c[key] = value } }

func widen(rule, tail string) func(m) {
	return func(c m) { c[rule] = "(" + c[rule].(string) + ")" + tail }
}

func add(f m) func(m) {
	return func(c m) { c["fields"] = append(c["fields"].([]any), f) }
}

func drop(name string) func(m) {
	return func(c m) {
		c["fields"] = slices.DeleteFunc(c["fields"].([]any), func(f any) bool { return f.(m)["name"] == name })
	}
}

func field(name, key string, value any) func(m) {
	return func(c m) {
		for _, f := range c["fields"].([]any) {
			if f.(m)["name"] == name {
				f.(m)[key] = value
			}
		}
	}
}
