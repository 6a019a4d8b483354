package hooks_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// TestLogHoldsNoSecrets says that the request log names addresses without what
// opens files or tells about people: tokens, filters and names in queries, of
// requests that succeed, that fail, and that cannot be read.
func TestLogHoldsNoSecrets(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.App.Settings().Logs.MaxDays = 1 // PocketBase keeps none in tests
	id := reach(h, modules.Submitted)
	statement := h.Find(reviews, id).GetString("statement")
	token := h.FileToken("li")
	filter := "filter=" + url.QueryEscape("owner.name = 'SECRETNAME'")
	for _, c := range []struct{ as, url string }{
		{"", "/api/files/" + reviews + "/" + id + "/" + statement + "?token=" + token},
		{"", "/api/files/" + reviews + "/" + id + "/" + statement + "?token=" + token + "SECRET"},
		{"", "/api/portal/desk/" + reviews + "/" + id + "/replaced/none?token=" + h.FileToken("reviewer")},
		{"reviewer", "/api/collections/" + reviews + "/records?perPage=1&" + filter},
		{"reviewer", "/api/collections/" + reviews + "/records?filter=" + url.QueryEscape("nothing.such = 'SECRETNAME'")},
		{"reviewer", "/api/collections/" + reviews + "/records?filter=" + url.QueryEscape("((( 'SECRETNAME'")},
		{"li", "/api/portal/applications?from=SECRETNAME"},
		{"li", "/api/portal/applications?after=SECRETNAME"},
		{"reviewer", "/api/portal/desk/queue?after=SECRETNAME&limit=7"},
		{"", "/none?name=SECRETNAME"},
		{"", "/?lang=en&name=SECRETNAME"},
		{"reviewer", "/api/logs?token=SECRETTOKEN"},
	} {
		visit(h, c.as, c.url, "Referer", "https://hall.example/page?token=SECRETTOKEN&name=SECRETNAME#SECRETNAME")
	}
	logs := logged(t, h.App)
	for _, secret := range []string{token, token[:60], "SECRET", "filter="} {
		if strings.Contains(logs, secret) {
			i := strings.Index(logs, secret)
			t.Errorf("the log holds %.60q: …%s…", secret, logs[max(0, i-300):min(len(logs), i+200)])
		}
	}
	for _, harmless := range []string{"/records?perPage=1", "limit=7", "https://hall.example/page", "/api/files/" + reviews + "/" + id} {
		if !strings.Contains(logs, harmless) {
			t.Errorf("the log lacks %q", harmless)
		}
	}
}

// logged returns all rows of the request log, once they are written.
func logged(t *testing.T, app core.App) string {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var rows []string
		err := app.AuxDB().NewQuery("SELECT message || ' ' || data FROM _logs").Column(&rows)
		if all := strings.Join(rows, "\n"); err == nil && strings.Contains(all, "/api/logs") {
			return all
		}
	}
	t.Fatal("nothing was logged")
	return ""
}
