package scorereview_test

import (
	"fmt"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// golden lists, by hand, who may lead a score review from where to where. What
// is not here is denied to everybody. It says what the authority decided, and
// knows nothing of the definition.
var golden = []struct{ from, to, who string }{
	{"", "submitted", "li"},

	{"submitted", "submitted", "li"},                     // 修改
	{"submitted", "withdrawn", "li"},                     // 撤回
	{"submitted", "accepted", "reviewer reviewer2 both"}, // 受理
	{"submitted", "returned", "reviewer reviewer2 both"}, // 退回补正
	{"submitted", "rejected", "reviewer reviewer2 both"}, // 不予受理

	{"returned", "submitted", "li"}, // 提交
	{"returned", "withdrawn", "li"}, // 撤回
	{"returned", "expired", "system"},

	{"accepted", "returned", "reviewer reviewer2 both"},
	{"accepted", "rejected", "reviewer reviewer2 both"},
	{"accepted", "reporting", "reviewer reviewer2 both"}, // 上报复核

	{"reporting", "reporting", "reviewer reviewer2 both"}, // 登记结果
	{"reporting", "accepted", "approver both"},            // 退回核实
	{"reporting", "completed", "approver both"},           // 办结
}

// refusals says how each is denied. Who may not see a case is told that there
// is none; who may see it reads why.
var refusals = map[string]string{
	"":         "404",
	"wang":     "404",
	"foreign":  "404",
	"auditor":  "404",
	"operator": "404",
	"li":       "400 status transition_denied",
	"reviewer": "400 status transition_denied", "reviewer2": "400 status transition_denied",
	"approver": "400 status transition_denied", "both": "400 status transition_denied",
	"admin":  "400 status transition_denied", // runs the system, decides no case
	"system": "400 status transition_denied",
}

// refusalsToStart says how each is denied an application of its own making, in
// a state that none starts in or with a registration of somebody else.
var refusalsToStart = map[string]string{
	"": "400", "foreign": "400", "auditor": "400", "operator": "400", "reviewer": "400", "reviewer2": "400", "approver": "400", "both": "400",
	"li":     "400 status transition_denied",
	"wang":   "400 status transition_denied",
	"admin":  "400 status transition_denied",
	"system": "400 status transition_denied",
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	got := modulestest.RuleBook(t, scorereviewtest.Book())
	for move, a := range got {
		want := expected(move)
		if have := verdict(a); have != want {
			t.Errorf("%s: %s, want %s", move, have, want)
		}
	}
	people := len(modulestest.Everybody())
	if states := 8; len(got) != (states+1)*states*people {
		t.Errorf("%d cells, want %d states and nothing × %d states × %d people", len(got), states, states, people)
	}
}

// expected reads the golden table.
func expected(m modulestest.Move) string {
	for _, row := range golden {
		if row.from == string(m.From) && row.to == string(m.To) && contains(strings.Fields(row.who), m.As) {
			return "200"
		}
	}
	switch {
	case m.From == modules.None && m.To == modules.Submitted && m.As == "wang":
		return "400 registration validation_missing_rel_records"
	case m.From == modules.None:
		return refusalsToStart[m.As]
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

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
