package hooks

import (
	"strings"
	"testing"
)

// TestKeptRows says that not even the administrator writes what ExamHall writes
// itself, alone or in a batch, and that the audit trail stays whole.
func TestKeptRows(t *testing.T) {
	w := openWhole(t)
	head := `{"id":"20261123000000x","seq":1,"hash":"forged","signature":"forged","at":"2026-11-23"}`
	for _, c := range []struct{ method, url, body string }{
		{"POST", "event_heads/records", head},
		{"PATCH", "event_heads/records/" + liveHead, `{"seq":99}`},
		{"PATCH", "applications/records/" + w.open, `{"status":"completed"}`},
		{"DELETE", "applications/records/" + w.open, ""},
		{"DELETE", "replaced_files/records/" + w.old, ""},
		{"POST", "score_history/records", `{"subject":"subject00000001"}`},
	} {
		url := "/api/collections/" + c.url
		if status, body := w.ask(t, "admin", c.method, url, c.body); status != 403 || code(body, "id") != "rows_kept" {
			t.Errorf("%s %s: %d %s", c.method, c.url, status, body)
		}
		inner := `{"method":"` + c.method + `","url":"` + url + `"`
		if c.body != "" {
			inner += `,"body":` + c.body
		}
		if status, body := w.ask(t, "admin", "POST", "/api/batch", `{"requests":[`+inner+`}]}`); status != 400 || !strings.Contains(body, "rows_kept") {
			t.Errorf("%s %s in a batch: %d %s", c.method, c.url, status, body)
		}
	}
	if n, err := w.portal.VerifyAudit(w); err != nil || n == 0 {
		t.Error(n, err)
	}
}

// TestNothingIsWiped says that no button of the dashboard takes traces away at
// once: collections are not emptied, nor dropped, renamed or imported over.
func TestNothingIsWiped(t *testing.T) {
	w := openWhole(t)
	for _, name := range w.portal.needed() {
		url := "/api/collections/" + name
		if status, body := w.ask(t, "admin", "DELETE", url+"/truncate", ""); status != 403 {
			t.Errorf("%s is emptied: %d %s", name, status, body)
		}
		if status, body := w.ask(t, "admin", "DELETE", url, ""); status != 400 || code(body, "name") != "schema_needed" {
			t.Errorf("%s is dropped: %d %s", name, status, body)
		}
		if status, body := w.ask(t, "admin", "PATCH", url, `{"name":"gone"}`); status != 400 || code(body, "name") != "schema_needed" {
			t.Errorf("%s is renamed: %d %s", name, status, body)
		}
	}
	for _, name := range w.portal.kept() {
		for _, change := range []string{`{"listRule":""}`, `{"fields":[]}`, `{"createRule":""}`} {
			if status, body := w.ask(t, "admin", "PATCH", "/api/collections/"+name, change); status != 400 {
				t.Errorf("%s becomes %s: %d %s", name, change, status, body)
			}
		}
	}
	status, body := w.ask(t, "admin", "PUT", "/api/collections/import", `{"deleteMissing":true,"collections":[{"name":"other","type":"base","fields":[]}]}`)
	if status != 400 {
		t.Errorf("an import that leaves nothing else: %d %s", status, body)
	}
	if status, body := w.ask(t, "admin", "DELETE", "/api/logs", ""); status != 403 || code(body, "query") != "console_closed" {
		t.Errorf("the request log: %d %s", status, body)
	}
	if n, err := w.portal.VerifyAudit(w); err != nil || n == 0 {
		t.Error(n, err)
	}
}

// TestSchemaGrows says that the administrator still adds a column to a business
// and to a fact.
func TestSchemaGrows(t *testing.T) {
	w := openWhole(t)
	for _, name := range []string{"score_reviews", "exam_sessions", "notices"} {
		c, err := w.FindCollectionByNameOrId(name)
		if err != nil {
			t.Fatal(err)
		}
		fields, err := c.Fields.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		more := strings.TrimSuffix(string(fields), "]") + `,{"type":"text","name":"extra"}]`
		if status, body := w.ask(t, "admin", "PATCH", "/api/collections/"+name, `{"fields":`+more+`}`); status != 200 {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}
