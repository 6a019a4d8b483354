package rules_test

import (
	"net/http"
	"strings"
	"testing"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// TestFilesAreNamedByWhatTheyAre: a picture called x.js would be served as a
// script from our own address.
func TestFilesAreNamedByWhatTheyAre(t *testing.T) {
	t.Parallel()
	h := open(t)
	a := h.Create("li", collection, scorereviewtest.Form(m{"admission_ticket": modulestest.Scan("poly.js")}))
	if a.Code != http.StatusOK || !strings.HasSuffix(a.Text("admission_ticket"), ".jpg") {
		t.Error(a.Code, a.Body)
	}
}

// TestRuleReach: whoever writes a rule learns by its answers what it reads.
func TestRuleReach(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, read := range []string{
		`@collection._superusers.password ?~ "$2a$%"`, `owner.name != ""`, `results ~ "changed"`, `claimed_by != ""`,
		`registration.result = "passed"`, `session.score_reviews_via_session.number ?!= ""`,
	} {
		if a := h.Create("operator", "rules", rule(m{"rule": read})); a.Problem("rule") == "" {
			t.Errorf("%s: %d %s", read, a.Code, a.Body)
		}
	}
	if a := h.Create("operator", "rules", rule(m{"rule": `session.year > 2000`})); a.Code != http.StatusOK {
		t.Error("the exam may be read:", a.Body)
	}
}

// TestSettingsMeanSomething: a typing error must not close a service.
func TestSettingsMeanSomething(t *testing.T) {
	t.Parallel()
	h := open(t)
	const opens, closes = "2026-11-01 00:00:00.000Z", "2026-12-01 00:00:00.000Z"
	for _, c := range []struct {
		table, field string
		values       m
	}{
		{"windows", "service", m{"service": "nope", "opens": opens, "closes": closes}},
		{"windows", "closes", m{"service": collection, "opens": closes, "closes": opens}},
		{"material_templates", "slot", m{"service": collection, "slot": "owner", "need": "required"}},
		{"rules", "action", rule(m{"action": "withdraw"})},
		{"rules", "action", rule(m{"action": "expire"})},
	} {
		if a := h.Create("operator", c.table, c.values); a.Problem(c.field) == "" {
			t.Errorf("%s %v: %d %s", c.table, c.values, a.Code, a.Body)
		}
	}
}
