package violation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/violation/violationtest"
)

const reviewers = "reviewer reviewer2 both"

// golden lists, by hand, who may lead an appeal from where to where. What is not
// here is denied to everybody: nobody withdraws one, and nobody decides alone.
// The rule book has "reviewer" accept and propose, so that "approver" and "both"
// are others.
var golden = []struct{ from, to, who string }{
	{"", "submitted", "li"},

	{"submitted", "submitted", "li"}, // 修改
	{"submitted", "accepted", reviewers},
	{"submitted", "returned", reviewers},
	{"submitted", "not_accepted", reviewers},

	{"returned", "submitted", "li"}, // 修改
	{"returned", "accepted", "system"},

	{"accepted", "returned", reviewers},
	{"accepted", "not_accepted", reviewers},
	{"accepted", "reviewing", reviewers},

	{"reviewing", "accepted", "approver both"},
	{"reviewing", "upheld", "approver both"},
	{"reviewing", "changed", "approver both"},
	{"reviewing", "revoked", "approver both"},
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	got := modulestest.RuleBook(t, violationtest.Book())
	for move, a := range got {
		if have, want := verdict(a), expected(move); have != want {
			t.Errorf("%s: %s, want %s", move, have, want)
		}
	}
	people := len(modulestest.Everybody())
	if states := 8; len(got) != (states+1)*states*people {
		t.Errorf("%d cells, want %d states and nothing × %d states × %d people", len(got), states, states, people)
	}
}

// expected reads the golden table. Who may not see an appeal is told that there is
// none.
func expected(m modulestest.Move) string {
	for _, row := range golden {
		if row.from == string(m.From) && row.to == string(m.To) && slices.Contains(strings.Fields(row.who), m.As) {
			return "200"
		}
	}
	switch {
	case m.From == modules.None && m.To == modules.Submitted && m.As == "wang":
		return "400 violation validation_missing_rel_records"
	case m.From == modules.None && slices.Contains([]string{"li", "wang", "admin", "system"}, m.As):
		return "400 status transition_denied"
	case m.From == modules.None:
		return "400"
	case slices.Contains([]string{"li", "admin", "system", "both", "reviewer", "reviewer2", "approver"}, m.As):
		return "400 status transition_denied"
	}
	return "404"
}

// verdict is the status and, if there is one, the problem with the status or
// else the first one.
func verdict(a modulestest.Answer) string {
	text := fmt.Sprint(a.Code)
	if code := a.Problem("status"); code != "" {
		return text + " status " + code
	}
	for _, p := range a.Problems() {
		return text + " " + p
	}
	return text
}
