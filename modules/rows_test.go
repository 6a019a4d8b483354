package modules_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// work is a work history: free rows with every type of column.
func work() modules.Rows {
	return modules.Rows{
		Name: "work", Min: 1, Max: 3,
		Fields: []modules.RowField{
			{Name: "from", Type: modules.RowMonth, Must: true},
			{Name: "employer", Type: modules.RowText, Must: true, Min: 2, Max: 5},
			{Name: "kind", Type: modules.RowSelect, Options: []modules.Option{{Value: "full"}, {Value: "part"}}},
			{Name: "hours", Type: modules.RowWhole, Min: 1, Max: 60},
			{Name: "now", Type: modules.RowBool},
		},
	}
}

// TestRows: what a client sends, and every problem that it gets back.
func TestRows(t *testing.T) {
	const whole = `{"from":"2020-09","employer":"某某公司","kind":"full","hours":40,"now":true}`
	for _, c := range []struct{ name, sent, want string }{
		{"a whole row", `[` + whole + `]`, ""},
		{"only what it must", `[{"from":"2020-09","employer":"某某公司"}]`, ""},
		{"nothing", ``, "work row_missing"},
		{"no rows", `[]`, "work row_missing"},
		{"too many", `[` + whole + `,` + whole + `,` + whole + `,` + whole + `]`, "work row_count"},
		{"no list", `{"from":"2020-09"}`, "work row_invalid"},
		{"a column that is not there", `[{"from":"2020-09","employer":"某某公司","salary":"1"}]`, "work.0 row_invalid"},
		{"a month that is none", `[{"from":"2020-13","employer":"某某公司"}]`, "work.0.from validation_match_invalid"},
		{"a code as a number", `[{"from":202009,"employer":"某某公司"}]`, "work.0.from text_expected"},
		{"short by code points", `[{"from":"2020-09","employer":"𬭎"}]`, "work.0.employer validation_length_out_of_range"},
		{"long by code points", `[{"from":"2020-09","employer":"𬭎𬭎𬭎𬭎𬭎𬭎"}]`, "work.0.employer validation_length_out_of_range"},
		{"just right by code points", `[{"from":"2020-09","employer":"𬭎𬭎𬭎𬭎𬭎"}]`, ""},
		{"control characters", `[{"from":"2020-09","employer":"ab\u0000"}]`, "work.0.employer text_invalid"},
		{"blanks", `[{"from":"2020-09","employer":"    "}]`, "work.0.employer validation_length_out_of_range"},
		{"an option that is not there", `[{"from":"2020-09","employer":"公司","kind":"none"}]`, "work.0.kind validation_invalid_value"},
		{"half an hour", `[{"from":"2020-09","employer":"公司","hours":0.5}]`, "work.0.hours row_invalid"},
		{"a number as text", `[{"from":"2020-09","employer":"公司","hours":"40"}]`, "work.0.hours row_invalid"},
		{"too many hours", `[{"from":"2020-09","employer":"公司","hours":61}]`, "work.0.hours row_range"},
		{"no yes or no", `[{"from":"2020-09","employer":"公司","now":"true"}]`, "work.0.now row_invalid"},
		{"all problems at once", `[{"employer":"公司"},{"from":"x","employer":""}]`,
			"work.0.from validation_required, work.1.employer validation_required, work.1.from validation_match_invalid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := codes(work().Check(holding(c.sent))); got != c.want {
				t.Errorf("Check = %s, want %s", got, c.want)
			}
		})
	}
}

func TestEachChoiceOnce(t *testing.T) {
	rows := modules.Rows{Name: "work", Max: 5, Choice: "subject", Fields: []modules.RowField{{Name: "subject", Type: modules.RowChoice, Must: true}}}
	if got := codes(rows.Check(holding(`[{"subject":"a"},{"subject":"b"},{"subject":"a"}]`))); got != "work.2.subject row_twice" {
		t.Error(got)
	}
}

// holding returns a record with the given JSON in its column.
func holding(sent string) *core.Record {
	c := core.NewBaseCollection("cases")
	c.Fields.Add(&core.JSONField{Name: "work"})
	r := core.NewRecord(c)
	r.Set("work", sent)
	return r
}

// codes writes problems as "field code", in order.
func codes(problems validation.Errors) string {
	var list []string
	for _, field := range slices.Sorted(maps.Keys(problems)) {
		list = append(list, field+" "+problems[field].(validation.Error).Code())
	}
	return strings.Join(list, ", ")
}
