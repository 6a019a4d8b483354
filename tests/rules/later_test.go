package rules_test

import (
	"net/http"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
)

// TestClaimSurvivesAnEdit: a claim takes no rev, so that an edit which was
// loaded before it must not write the old holder back.
func TestClaimSurvivesAnEdit(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	r := h.Find(collection, id)
	if a := h.Send("reviewer", http.MethodPost, "/api/portal/desk/"+collection+"/"+id+"/claim", nil); a.Code != http.StatusOK {
		t.Fatal(a.Body)
	}
	modules.Sign(r, modules.Actor{Kind: modules.KindCandidate, ID: modulestest.ID("li"), Roles: []modules.Role{modules.Candidate}})
	r.Set("employer", "乙公司")
	if err := h.App.Save(r); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{collection, "applications"} {
		if got := h.Find(table, id).GetString("claimed_by"); got != modulestest.ID("reviewer") {
			t.Errorf("%s: held by %q", table, got)
		}
	}
}

// TestGuessTellsNothing: staff who send a guess of a sealed value learn nothing,
// right or wrong.
func TestGuessTellsNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	right := move(h, "reviewer", id, "returned", m{"phone": "13800000000"})
	wrong := move(h, "reviewer", id, "returned", m{"phone": "13911112222"})
	if right.Body != wrong.Body || right.Code == http.StatusOK {
		t.Errorf("right: %s\nwrong: %s", right.Body, wrong.Body)
	}
	if a := move(h, "reviewer", id, "returned", m{"phone": "138****0000", "reply": "请补正"}); a.Verdict() != "200" {
		t.Error("the own mask:", a.Body)
	}
}

// TestLaterColumnStopsNoCase: what the administrator asks for from now on stops
// no application that was made before.
func TestLaterColumnStopsNoCase(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	address := "/api/collections/" + collection
	schema := h.Send("admin", http.MethodGet, address, nil)
	add(m{"name": "department", "type": "text", "required": true})(schema.JSON)
	if a := h.Send("admin", http.MethodPatch, address, schema.JSON); a.Verdict() != "200" {
		t.Fatal(a.Body)
	}
	if a := move(h, "reviewer", id, "accepted", nil); a.Verdict() != "200" {
		t.Error("accept:", a.Body)
	}
	if a := h.Create("li", collection, m{"status": "submitted"}); a.Problem("department") != "validation_required" {
		t.Error("a new one:", a.Body)
	}
}

// TestNothingIsOpened: the dashboard opens neither the accounts nor a material.
func TestNothingIsOpened(t *testing.T) {
	t.Parallel()
	h := open(t)
	if a := h.Send("admin", http.MethodPatch, "/api/collections/candidates", m{"listRule": ""}); a.Code == http.StatusOK {
		t.Error("anybody lists candidates")
	}
	address := "/api/collections/" + collection
	schema := h.Send("admin", http.MethodGet, address, nil)
	add(m{"name": "more", "type": "file", "maxSelect": 1})(schema.JSON)
	if a := h.Send("admin", http.MethodPatch, address, schema.JSON); a.Code == http.StatusOK {
		t.Error("anybody downloads a material")
	}
}
