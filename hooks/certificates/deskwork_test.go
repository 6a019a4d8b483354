package certificates_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules/modulestest"
)

// TestDecision shows the text of a decision to those who may see certificates,
// and keeps it out of caches.
func TestDecision(t *testing.T) {
	h := open(t)
	id := give(h, "li")
	url := desk + "/" + id
	h.Send("foreign", http.MethodPost, url+"/revoke", decided())
	if a := h.Send("foreign", http.MethodGet, url, nil); a.Text("void_file") != "true" {
		t.Error(a.Code, a.Body)
	}
	for _, who := range append([]string{""}, modulestest.Names()...) {
		a := askAs(h, who, url+"/void-file")
		switch who {
		case "foreign", "auditor", "admin":
			for name, want := range map[string]string{
				"Content-Type": "application/pdf", "Content-Disposition": `attachment; filename="decision.pdf"`, "Cache-Control": "private, no-store",
				"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
			} {
				if got := a.Header.Get(name); got != want {
					t.Errorf("%s: %s: %q, want %q", who, name, got, want)
				}
			}
			if a.Code != http.StatusOK || !strings.HasPrefix(a.Body, "%PDF-") {
				t.Errorf("%s: %d", who, a.Code)
			}
		default:
			if a.Code != http.StatusUnauthorized && a.Code != http.StatusForbidden || strings.Contains(a.Body, "%PDF-") {
				t.Errorf("%q: %d", who, a.Code)
			}
		}
	}
	if a := askAs(h, "auditor", url+"/void-file?inline"); !strings.HasPrefix(a.Header.Get("Content-Disposition"), "inline;") {
		t.Error(a.Header)
	}
}

// TestStacks lists what the runs of a session have on paper, and what waits.
func TestStacks(t *testing.T) {
	h := open(t)
	for i := range 3 {
		pass(h, i+1, "张三", "建筑工程")
	}
	b := bulk(h)
	h.Send("foreign", http.MethodPost, desk+"/batches/"+b.Id+"/print-numbers", map[string]any{"first": "GD000009", "count": 2})
	h.Send("foreign", http.MethodPost, desk+"/distribution", map[string]any{"ids": []string{certificates(h)[0].Id}, "to": "ready"})
	a := h.Send("foreign", http.MethodGet, desk+"/batches?session="+session, nil)
	for _, want := range []string{`"id":"` + b.Id + `"`, `"first_print_no":"GD000009"`, `"last_print_no":"GD000010"`, `"sheets":3`, `"unnumbered":1`, `"making":2`, `"ready":1`} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("no %s in %s", want, a.Body)
		}
	}
	if a := h.Send("foreign", http.MethodGet, desk+"/batches?session=none", nil); !strings.Contains(a.Body, `"items":[]`) {
		t.Error(a.Body)
	}
}

// TestFindRegistration finds whom a photo is for by ticket and by the number of
// the identity, and by nothing less.
func TestFindRegistration(t *testing.T) {
	h := open(t)
	id := pass(h, 1, "张三", "建筑工程")
	if _, err := h.App.NonconcurrentDB().Update("registrations", dbx.Params{"ticket_no": "44010112345"}, dbx.HashExp{"id": id}).Execute(); err != nil {
		t.Fatal(err)
	}
	find := func(q string) string { return h.Send("foreign", http.MethodGet, desk+"/registrations?q="+q, nil).Body }
	for _, q := range []string{"44010112345", idNumber(1)} {
		if got := find(q); !strings.Contains(got, `"id":"`+id+`"`) || !strings.Contains(got, `"photo":false,"issued":false`) {
			t.Errorf("%s: %s", q, got)
		}
	}
	for _, q := range []string{"", "44010112", idNumber(2), "______", "%25%25%25%25%25%25"} {
		if got := find(q); !strings.Contains(got, `"items":[]`) {
			t.Errorf("%s: %s", q, got)
		}
	}
	h.Send("foreign", http.MethodPost, desk+"/registrations/"+id+"/photo", map[string]any{"photo": modulestest.Scan("a.jpg")})
	bulk(h)
	if got := find("44010112345"); !strings.Contains(got, `"photo":true,"issued":true`) {
		t.Error(got)
	}
}
