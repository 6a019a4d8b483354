package rules_test

import (
	"net/http"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// rule returns a row of "rules" that is in force.
func rule(change m) m {
	row := m{"service": collection, "action": "submit", "rule": `employer != "甲公司"`, "field": "employer", "message": "甲公司请到窗口办理", "active": true}
	for k, v := range change {
		row[k] = v
	}
	return row
}

// TestOperatorRules says which rules the operator may write. A rule that could
// not work is refused when it is saved, not when a candidate runs into it.
func TestOperatorRules(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct {
		what   string
		change m
		want   string
	}{
		{"a rule", nil, "200"},
		{"a rule about another record", m{"rule": `registration.status = "paid" && session.year >= 2026`}, "200"},
		{"a rule that is not in force", m{"active": false}, "200"},
		{"no rule", m{"rule": ""}, "400 rule rule_invalid"},
		{"half a rule", m{"rule": `employer != "甲`}, "400 rule rule_invalid"},
		{"a field that does not exist", m{"rule": `colour = "red"`}, "400 rule rule_invalid"},
		{"a sealed field", m{"rule": `phone ~ "138"`}, "400 rule rule_sealed"},
		{"the name of a sealed field as text", m{"rule": `employer != "phone"`}, "200"},
		{"a sealed field in a function", m{"rule": `strftime("%Y", phone) = "2026"`}, "400 rule rule_sealed"},
		{"a sealed field of the owner", m{"rule": `owner.id_number ~ "44"`}, "400 rule rule_sealed"},
		{"the asker, whom rules do not know", m{"rule": `@request.auth.id != ""`}, "400 rule rule_invalid"},
		{"another service", m{"service": "candidates"}, "400 service validation_invalid_value"},
		{"an action that does not exist", m{"action": "approve"}, "400 action validation_invalid_value"},
		{"a field for the message that does not exist", m{"field": "colour"}, "400 field validation_invalid_value"},
		{"no message", m{"message": ""}, "400 message validation_required"},
	} {
		a := h.Create("operator", "rules", rule(c.change))
		if got := a.Verdict(); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
		if a.Code == http.StatusOK && c.change["rule"] == nil {
			if got := h.Update("operator", "rules", a.ID(), m{"rule": `phone = "1"`}).Verdict(); got != "400 rule rule_sealed" {
				t.Errorf("%s, changed: %s", c.what, got)
			}
		}
	}
	for _, as := range append(modulestest.Names(), "") {
		allowed := as == "operator" || as == "admin"
		if a := h.Create(as, "rules", rule(nil)); (a.Code == http.StatusOK) != allowed {
			t.Errorf("%s writes a rule: %d", as, a.Code)
		}
	}
}

// TestRulesForbid says that a rule forbids its action, for everybody and in
// every way, says why beside its field, and allows nothing.
func TestRulesForbid(t *testing.T) {
	t.Parallel()
	h := open(t)
	accepted, submitted, returned := reach(h, "accepted"), reach(h, modules.Submitted), reach(h, modules.Returned)
	h.Add("rules", "", rule(nil))
	h.Add("rules", "", rule(m{"action": "edit"}))
	h.Add("rules", "", rule(m{"action": "accept", "rule": `resubmits > 0`, "field": "status", "message": "未补正的先退回"}))
	off := h.Add("rules", "", rule(m{"action": "return", "rule": `1 = 2`, "active": false}))
	h.Add("rules", "", rule(m{"action": "resubmit", "rule": `1 = 1`}))

	values := scorereviewtest.Fresh(h)
	values["employer"] = "甲公司"
	a := h.Create("li", collection, values)
	if a.Verdict() != "400 employer rule_denied" || !strings.Contains(a.Body, "甲公司请到窗口办理") {
		t.Error("submit:", a.Body)
	}
	if got := h.Batch("li", modulestest.Change{Collection: collection, Values: values})[0].Verdict(); got != "400 employer rule_denied" {
		t.Error("submit in a batch:", got)
	}
	for _, c := range []struct {
		as, id, to string
		values     m
		want       string
	}{
		{"li", submitted, "submitted", m{"employer": "甲公司"}, "400 employer rule_denied"},
		{"li", submitted, "submitted", m{"employer": "乙公司"}, "200"},
		{"reviewer", submitted, "accepted", nil, "400 status rule_denied"}, // a superuser's token does not help
		{"both", submitted, "accepted", nil, "400 status rule_denied"},
		{"li", returned, "submitted", m{"employer": "甲公司"}, "200"}, // the rule is about submit and edit
		{"reviewer", returned, "accepted", nil, "200"},
		{"li", submitted, "withdrawn", nil, "200"},
		{"li", accepted, "submitted", nil, "400 status transition_denied"}, // a rule that is true allows nothing
	} {
		if got := move(h, c.as, c.id, c.to, c.values).Verdict(); got != c.want {
			t.Errorf("%s moves to %s: %s, want %s", c.as, c.to, got, c.want)
		}
	}
	off.Set("active", true)
	if err := h.App.Save(off); err != nil {
		t.Fatal(err)
	}
	last := reach(h, modules.Submitted)
	if got := move(h, "reviewer", last, "returned", m{"reply": "请补正"}).Verdict(); got != "400 employer rule_denied" {
		t.Error("a rule that was just switched on:", got)
	}
	verify(t, h)
}

// TestRuleKeepsItsColumns says that a column which a rule reads cannot be taken
// away while the rule is there.
func TestRuleKeepsItsColumns(t *testing.T) {
	t.Parallel()
	h := open(t)
	address := "/api/collections/" + collection
	schema := h.Send("admin", http.MethodGet, address, nil)
	add(m{"name": "remark", "type": "text"})(schema.JSON)
	if a := h.Send("admin", http.MethodPatch, address, schema.JSON); a.Verdict() != "200" {
		t.Fatal(a.Body)
	}
	row := h.Add("rules", "", rule(m{"rule": `remark = ""`}))
	id := reach(h, modules.Submitted)
	schema = h.Send("admin", http.MethodGet, address, nil)
	drop("remark")(schema.JSON)
	if a := h.Send("admin", http.MethodPatch, address, schema.JSON); a.Verdict() != "400 fields rule_needs" {
		t.Error("dropping a column that a rule reads:", a.Body)
	}
	must(h, "reviewer", id, "accepted", nil)
	if a := h.Send("operator", http.MethodDelete, "/api/collections/rules/records/"+row.Id, nil); a.Code != http.StatusNoContent {
		t.Fatal(a.Body)
	}
	if a := h.Send("admin", http.MethodPatch, address, schema.JSON); a.Verdict() != "200" {
		t.Error("without the rule:", a.Body)
	}
}
