package profile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/profile/profiletest"
)

// golden lists, by hand, who may lead a change from where to where. What is not
// here is denied to everybody.
var golden = []struct{ from, to, who string }{
	{"", "submitted", "li wang"},

	{"submitted", "submitted", "li"}, // 修改
	{"submitted", "withdrawn", "li"},
	{"submitted", "under_review", "reviewer reviewer2 both"},
	{"submitted", "returned", "reviewer reviewer2 both"},
	{"submitted", "approved", "reviewer reviewer2 both"},
	{"submitted", "rejected", "reviewer reviewer2 both"},

	{"under_review", "returned", "reviewer reviewer2 both"},
	{"under_review", "approved", "reviewer reviewer2 both"},
	{"under_review", "rejected", "reviewer reviewer2 both"},

	{"returned", "submitted", "li"}, // 修改
	{"returned", "withdrawn", "li"},
	{"returned", "expired", "system"},
}

// refusals says how each is denied. Who may not see a change is told that there
// is none.
var refusals = map[string]string{
	"": "404", "wang": "404", "operator": "404", "auditor": "404", "approver": "404", "foreign": "404",
	"li": "400 status transition_denied", "reviewer": "400 status transition_denied", "reviewer2": "400 status transition_denied",
	"both": "400 status transition_denied", "admin": "400 status transition_denied", "system": "400 status transition_denied",
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	got := modulestest.RuleBook(t, profiletest.Book())
	for move, a := range got {
		if have, want := verdict(a), expected(move); have != want {
			t.Errorf("%s: %s, want %s", move, have, want)
		}
	}
	people := len(modulestest.Everybody())
	if states := 7; len(got) != (states+1)*states*people {
		t.Errorf("%d cells, want %d states and nothing × %d states × %d people", len(got), states, states, people)
	}
}

// expected reads the golden table.
func expected(m modulestest.Move) string {
	for _, row := range golden {
		if row.from == string(m.From) && row.to == string(m.To) && slices.Contains(strings.Fields(row.who), m.As) {
			return "200"
		}
	}
	switch {
	case m.From == modules.None && slices.Contains([]string{"li", "wang", "admin", "system"}, m.As):
		return "400 status transition_denied"
	case m.From == modules.None:
		return "400"
	}
	return refusals[m.As]
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
