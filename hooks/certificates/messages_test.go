package certificates_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/modulestest"
)

// TestMessages tells holders that their certificate was issued and that its
// paper is ready, once each, and nobody else.
func TestMessages(t *testing.T) {
	h := open(t)
	id := give(h, "li")
	pass(h, 1, "张三", "建筑工程")
	b := bulk(h)
	if got := told(h, b.Id); got != "issued" {
		t.Error(got)
	}
	h.Send("foreign", http.MethodPost, desk+"/distribution", map[string]any{"batch": b.Id, "to": "ready"})
	if got := told(h, b.Id); got != "issued ready" {
		t.Error(got)
	}
	h.Send("foreign", http.MethodPost, desk+"/distribution", map[string]any{"batch": b.Id, "to": "collected"})
	h.Send("foreign", http.MethodPost, desk+"/distribution", map[string]any{"ids": []string{id}, "to": "ready"})
	a := h.Send("li", http.MethodGet, "/api/portal/notifications", nil)
	items, _ := a.JSON["items"].([]any)
	if len(items) != 2 || a.Text("unread") != "2" {
		t.Fatal(a.Body)
	}
	line := items[0].(map[string]any)
	for key, want := range map[string]any{
		"service": "certificates", "record": id, "action": "ready", "status": "valid", "link": "/my/certificates/" + id,
		"number": h.Find("certificates", id).GetString("number"), "title": map[string]any{"zh": "证书", "en": "Certificate"},
	} {
		if fmt.Sprint(line[key]) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", key, line[key], want)
		}
	}
	for _, word := range []string{"您的证书已制发", "has been issued", "已可领取", "is ready"} {
		if !strings.Contains(a.Body, word) {
			t.Errorf("no %s in %s", word, a.Body)
		}
	}
	if a := h.Send("wang", http.MethodGet, "/api/portal/notifications", nil); a.Text("unread") != "0" {
		t.Error(a.Body)
	}
	h.Send("li", http.MethodPost, "/api/portal/notifications/read", map[string]any{"all": true})
	if a := h.Send("li", http.MethodGet, "/api/portal/notifications", nil); a.Text("unread") != "0" {
		t.Error(a.Body)
	}
}

// told returns the actions that the holders of a run were told about.
func told(h *modulestest.Hall, batch string) string {
	h.T.Helper()
	var actions []string
	err := h.App.DB().Select("n.action").From("notifications n").InnerJoin("certificates c", dbx.NewExp("c.id = n.record AND c.holder = n.owner")).
		Where(dbx.HashExp{"c.batch": batch}).OrderBy("n.rowid").Column(&actions)
	if err != nil {
		h.T.Fatal(err)
	}
	return strings.Join(actions, " ")
}

// TestMessagesOfReissue leaves it to the business to say that there is a new
// certificate in the place of another: nobody reads it twice.
func TestMessagesOfReissue(t *testing.T) {
	h := open(t)
	old := h.Find("certificates", give(h, "li"))
	if _, err := h.Office.Reissue(h.App, old, modules.Portal()); err != nil {
		t.Fatal(err)
	}
	a := h.Send("li", http.MethodGet, "/api/portal/notifications", nil)
	if strings.Count(a.Body, `"action":"issued"`) != 1 {
		t.Error(a.Body)
	}
}
