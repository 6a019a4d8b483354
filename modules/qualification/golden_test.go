package qualification_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/qualification/qualificationtest"
)

// move is a row of a golden table: who may lead an application from where to
// where. What is not listed is denied to everybody.
type move struct{ from, to, who string }

const reviewers = "reviewer reviewer2 both"

// reviews is written by hand. An approver takes decisions back; 申诉成立 leads a
// review from rejected to approved, and nobody does so by hand.
var reviews = []move{
	{"", "submitted", "li"},

	{"submitted", "submitted", "li"}, // 修改
	{"submitted", "withdrawn", "li"},
	{"submitted", "under_review", reviewers},
	{"submitted", "returned", reviewers},
	{"submitted", "approved", reviewers},
	{"submitted", "rejected", reviewers},

	{"returned", "submitted", "li"}, // 修改
	{"returned", "withdrawn", "li"},
	{"returned", "expired", "system"},

	{"under_review", "returned", reviewers},
	{"under_review", "approved", reviewers},
	{"under_review", "rejected", reviewers},

	{"approved", "under_review", "approver both"}, // 撤销审核
	{"rejected", "under_review", "approver both"},
}

// appeals is written by hand. The candidate cannot change or withdraw one, and
// "reviewer", who refused the review, decides none.
var appeals = []move{
	{"", "submitted", "li"},

	{"submitted", "returned", "reviewer2 both"},
	{"submitted", "accepted", "reviewer2 both"},
	{"submitted", "rejected", "reviewer2 both"},

	{"returned", "submitted", "li"},
	{"returned", "expired", "system"},
}

func TestWhoMayReview(t *testing.T) {
	t.Parallel()
	compare(t, modulestest.RuleBook(t, qualificationtest.Reviews()), reviews, 7, "approver", "registration")
}

func TestWhoMayDecideAnAppeal(t *testing.T) {
	t.Parallel()
	compare(t, modulestest.RuleBook(t, qualificationtest.Appeals()), appeals, 5, "", "review")
}

// compare holds what happened against a golden table. second names who has
// another role in the business; about is the column that says what it is about.
func compare(t *testing.T, got map[modulestest.Move]modulestest.Answer, golden []move, states int, second, about string) {
	t.Helper()
	for m, a := range got {
		if have, want := verdict(a), expected(m, golden, second, about); have != want {
			t.Errorf("%s: %s, want %s", m, have, want)
		}
	}
	if people := len(modulestest.Everybody()); len(got) != (states+1)*states*people {
		t.Errorf("%d cells, want %d states and nothing × %d states × %d people", len(got), states, states, people)
	}
}

// expected reads a golden table. Who may not see an application is told that
// there is none.
func expected(m modulestest.Move, golden []move, second, about string) string {
	for _, row := range golden {
		if row.from == string(m.From) && row.to == string(m.To) && slices.Contains(strings.Fields(row.who), m.As) {
			return "200"
		}
	}
	owner := m.As == "li" || m.As == "wang"
	switch {
	case m.From == modules.None && m.To == modules.Submitted && m.As == "wang":
		return "400 " + about + " validation_missing_rel_records"
	case m.From == modules.None && (owner || m.As == "admin" || m.As == "system"):
		return "400 status transition_denied"
	case m.From == modules.None:
		return "400"
	case second == "" && m.As == "reviewer" && m.From == modules.Submitted && slices.Contains([]modules.State{"returned", "accepted", "rejected"}, m.To):
		return "400 status same_reviewer"
	case slices.Contains([]string{"li", "admin", "system", "both", "reviewer", "reviewer2"}, m.As), second != "" && m.As == second:
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
