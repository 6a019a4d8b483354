package hooks

import (
	"slices"
	"strings"
	"testing"
)

// TestKeptRows says that not even the administrator writes what ExamHall writes
// itself, alone or in a batch, and that the audit trail stays whole.
func TestKeptRows(t *testing.T) {
	o := openOffice(t)
	cases := o.cases(t)
	head := `{"id":"20261123000000x","seq":1,"hash":"forged","signature":"forged","at":"2026-11-23"}`
	for _, c := range []struct{ method, url, body string }{
		{"POST", "event_heads/records", head},
		{"PATCH", "event_heads/records/" + liveHead, `{"seq":99}`},
		{"PATCH", "applications/records/" + cases.open.Id, `{"status":"completed"}`},
		{"DELETE", "applications/records/" + cases.open.Id, ""},
		{"DELETE", "replaced_files/records/" + cases.old.Id, ""},
		{"POST", "score_history/records", `{"subject":"` + firstSubject + `"}`},
	} {
		url := "/api/collections/" + c.url
		if status, body := o.ask(t, "admin", c.method, url, c.body); status != 403 || code(body, "id") != "rows_kept" {
			t.Errorf("%s %s: %d %s", c.method, c.url, status, body)
		}
		inner := `{"method":"` + c.method + `","url":"` + url + `"`
		if c.body != "" {
			inner += `,"body":` + c.body
		}
		if status, body := o.ask(t, "admin", "POST", "/api/batch", `{"requests":[`+inner+`}]}`); status != 400 || !strings.Contains(body, "rows_kept") {
			t.Errorf("%s %s in a batch: %d %s", c.method, c.url, status, body)
		}
	}
	if n, err := o.portal.VerifyAudit(o); err != nil || n == 0 {
		t.Error(n, err)
	}
}

// TestNothingIsWiped says that no button of the dashboard takes traces away at
// once: collections are not emptied, nor dropped, renamed or imported over.
func TestNothingIsWiped(t *testing.T) {
	o := openOffice(t)
	for _, name := range slices.Concat(inner(), facts(), o.portal.set.Names()) {
		url := "/api/collections/" + name
		if status, body := o.ask(t, "admin", "DELETE", url+"/truncate", ""); status != 403 {
			t.Errorf("%s is emptied: %d %s", name, status, body)
		}
		if status, body := o.ask(t, "admin", "DELETE", url, ""); status != 400 || code(body, "name") != "schema_needed" {
			t.Errorf("%s is dropped: %d %s", name, status, body)
		}
		if status, body := o.ask(t, "admin", "PATCH", url, `{"name":"gone"}`); status != 400 || code(body, "name") != "schema_needed" {
			t.Errorf("%s is renamed: %d %s", name, status, body)
		}
	}
	status, body := o.ask(t, "admin", "PUT", "/api/collections/import", `{"deleteMissing":true,"collections":[{"name":"other","type":"base","fields":[]}]}`)
	if status != 400 {
		t.Errorf("an import that leaves nothing else: %d %s", status, body)
	}
	if status, body := o.ask(t, "admin", "DELETE", "/api/logs", ""); status != 403 || code(body, "query") != "console_closed" {
		t.Errorf("the request log: %d %s", status, body)
	}
	if n, err := o.portal.VerifyAudit(o); err != nil || n == 0 {
		t.Error(n, err)
	}
}
