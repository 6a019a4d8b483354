package hooks_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/tests"

	"examhall/hooks"
	"examhall/modules/modulestest"
)

const script = `
portal.define({
	name: "fee_waivers", prefix: "JMSQ", icon: "ri-coupon-line",
	title: {zh: "考务费减免", en: "Fee waiver"},
	fields: [{type: "text", name: "reason", required: true, max: 200, label: {zh: "理由", en: "Reason"}}],
})
onRecordUpdate((e) => {
	if (e.record.get("reason").length < 3) {
		throw new BadRequestError("short", {reason: new ValidationError("too_short", "Say more.")})
	}
	e.next()
}, "fee_waivers")
`

// TestScript: a script adds a whole business, which meets the same workflow.
func TestScript(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "waiver.pb.js"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	h := modulestest.NewWith(t, func(app *tests.TestApp, o *hooks.Options) {
		list, err := hooks.Scripts(app, dir)
		if err != nil {
			t.Fatal(err)
		}
		o.Modules = list
	})
	catalog := h.Send("", http.MethodGet, "/api/portal/services", nil)
	if !strings.Contains(catalog.Body, `"name":"fee_waivers"`) || !strings.Contains(catalog.Body, `"action":"submit"`) {
		t.Fatal("catalog:", catalog.Body)
	}
	a := h.Create("li", "fee_waivers", map[string]any{"status": "submitted", "reason": "家庭困难"})
	if a.Code != http.StatusOK || a.Text("number") != "JMSQ20261123000001" {
		t.Fatal("submit:", a.Code, a.Body)
	}
	for _, s := range []struct {
		name, as, field, code string
		values                map[string]any
	}{
		{"the guard of the script", "li", "reason", "too_short", map[string]any{"status": "submitted", "reason": "穷", "rev": 1}},
		{"the workflow", "li", "status", "transition_denied", map[string]any{"status": "approved", "rev": 1}},
	} {
		if got := h.Update(s.as, "fee_waivers", a.ID(), s.values); got.Problem(s.field) != s.code {
			t.Errorf("%s: %d %s", s.name, got.Code, got.Body)
		}
	}
}
