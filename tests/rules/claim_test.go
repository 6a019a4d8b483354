package rules_test

import (
	"net/http"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
)

// TestClaim says who may keep a case for themselves, and who may put it back.
func TestClaim(t *testing.T) {
	t.Parallel()
	h := open(t)
	desk := func(as, id, deed string) string {
		return h.Send(as, http.MethodPost, "/api/portal/desk/"+collection+"/"+id+"/"+deed, nil).Verdict()
	}
	const nothing = "400 claimed_by transition_denied"
	for _, c := range []struct {
		in                        modules.State
		reviewer, approver, other string // claims; other is the auditor, who reads everything and decides nothing
	}{
		{modules.Submitted, "200", nothing, nothing},
		{scorereview.Accepted, "200", nothing, nothing},
		{scorereview.Reporting, "200", "200", nothing},
		{scorereview.Completed, nothing, nothing, nothing},
		{modules.Returned, nothing, nothing, nothing},
		{modules.Withdrawn, nothing, nothing, nothing},
	} {
		id := reach(h, c.in)
		for as, want := range map[string]string{
			"auditor": c.other, "reviewer": c.reviewer, "approver": c.approver, "admin": nothing,
			"foreign": "404", "operator": "404", "li": "403", "wang": "403", "": "401",
		} {
			if got := desk(as, id, "claim"); got != want {
				t.Errorf("%s claims a case in %s: %s, want %s", as, c.in, got, want)
			}
			desk("reviewer", id, "release")
			desk("approver", id, "release")
		}
	}

	id := reach(h, modules.Submitted)
	for _, step := range []struct{ as, deed, want string }{
		{"reviewer", "claim", "200"},
		{"reviewer", "claim", "200"}, // it stays theirs
		{"reviewer2", "claim", "409 claimed_by claimed_by_other"},
		{"reviewer2", "release", "409 claimed_by claimed_by_other"},
		{"auditor", "release", nothing},
		{"operator", "release", "200"}, // for when somebody is ill
		{"operator", "claim", "404"},
		{"reviewer2", "claim", "200"},
		{"reviewer2", "release", "200"},
		{"reviewer2", "release", "200"},
	} {
		if got := desk(step.as, id, step.deed); got != step.want {
			t.Errorf("%s %ss: %s, want %s", step.as, step.deed, got, step.want)
		}
	}
	verify(t, h)
}

// TestClaimEndsWithTheMove says that a claim keeps others from deciding, not
// the candidate from anything, and ends when the case moves on.
func TestClaimEndsWithTheMove(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	claim := func(as string) {
		t.Helper()
		if a := h.Send(as, http.MethodPost, "/api/portal/desk/"+collection+"/"+id+"/claim", nil); a.Verdict() != "200" {
			t.Fatal(a.Body)
		}
	}
	holder := func(want string) {
		t.Helper()
		if got := h.Find(collection, id).GetString("claimed_by"); got != want {
			t.Errorf("claimed by %q, want %q", got, want)
		}
	}
	claim("reviewer")
	for _, c := range []struct{ as, to string }{{"reviewer2", "accepted"}, {"both", "returned"}, {"both", "rejected"}} {
		if got := move(h, c.as, id, c.to, m{"reply": "请补充材料"}).Problem("claimed_by"); got != "claimed_by_other" {
			t.Errorf("%s moves to %s: %q", c.as, c.to, got)
		}
	}
	must(h, "li", id, "submitted", m{"employer": "甲公司"})
	holder(modulestest.ID("reviewer"))
	must(h, "reviewer", id, "accepted", nil)
	holder("")
	claim("reviewer2")
	must(h, "reviewer2", id, "returned", m{"reply": "请补充材料"})
	holder("")
	must(h, "li", id, "withdrawn", nil)
	verify(t, h)
}
