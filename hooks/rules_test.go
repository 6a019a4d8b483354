package hooks_test

import (
	"net/http"
	"strings"
	"testing"

	"examhall/modules/scorereview/scorereviewtest"
)

// TestRuleSpeaksPlainly says that what an operator writes is told as it is, even
// where it looks like a template: a brace too many must not be a fault of ours.
func TestRuleSpeaksPlainly(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, message := range []string{"请填写工作单位", "{{", "{{.text}}", "{{.rule}} {{nothing}}", "100% {n} \\ \"'<b>"} {
		r := h.Create("operator", "rules", m{
			"service": reviews, "action": "submit", "field": "employer", "rule": "employer != ''", "message": message, "active": true,
		})
		if r.Code != http.StatusOK {
			t.Fatal(r.Body)
		}
		a := h.Create("li", reviews, scorereviewtest.Fresh(h))
		if a.Problem("employer") != "rule_denied" {
			t.Fatalf("%s: %d %s", message, a.Code, a.Body)
		}
		problem := a.JSON["data"].(m)["employer"].(m)
		if !strings.HasPrefix(problem["message"].(string), message) || problem["params"].(m)["text"] != message {
			t.Errorf("%q is told as %v", message, problem)
		}
		h.Send("operator", http.MethodDelete, "/api/collections/rules/records/"+r.ID(), nil)
	}
}
