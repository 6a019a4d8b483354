package mailing_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/mailing/mailingtest"
	"examhall/modules/modulestest"
)

// golden lists, by hand, who may lead a mailing from where to where. What is not
// here is denied to everybody. "foreign" is the one who issues certificates.
var golden = []struct{ from, to, who string }{
	{"", "submitted", "li"},

	{"submitted", "submitted", "li"}, // 修改
	{"submitted", "cancelled", "li"}, // 撤销
	{"submitted", "accepted", "foreign"},
	{"submitted", "refused", "foreign"},
	{"submitted", "stopped", "system"},

	{"accepted", "shipped", "foreign"},
	{"accepted", "stopped", "system"},

	{"accepted", "collected", "foreign"}, // at the counter

	{"shipped", "shipped", "foreign"}, // 更正邮件号
	{"shipped", "delivered", "foreign"},
	{"shipped", "bounced", "foreign"},
}

// refusals says how each is denied. Who may not see a mailing is told that there
// is none; the holder of one that was accepted reads that it is fixed.
var refusals = map[string]string{
	"": "404", "wang": "404", "reviewer": "404", "reviewer2": "404", "approver": "404", "both": "404", "operator": "404", "auditor": "404",
	"li": "400 status transition_denied", "foreign": "400 status transition_denied",
	"admin": "400 status transition_denied", "system": "400 status transition_denied",
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	got := modulestest.RuleBook(t, mailingtest.Book())
	for move, a := range got {
		if have, want := verdict(a), expected(move); have != want {
			t.Errorf("%s: %s, want %s", move, have, want)
		}
	}
	people := len(modulestest.Everybody())
	if states := 9; len(got) != (states+1)*states*people {
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
	case m.From == modules.None && m.To == modules.Submitted && m.As == "wang":
		return "400 certificate validation_missing_rel_records"
	case m.From == modules.None && slices.Contains([]string{"li", "wang", "admin", "system"}, m.As):
		return "400 status transition_denied"
	case m.From == modules.None:
		return "400"
	case m.As == "li" && slices.Contains([]modules.State{"accepted", "shipped", "delivered", "bounced", "collected"}, m.From):
		return "400 status mail_locked"
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
