package certificate_test

import (
	"testing"

	"examhall/modules/certificate"
)

func TestDefaultRule(t *testing.T) {
	rule, err := certificate.ParseRule("")
	if err != nil {
		t.Fatal(err)
	}
	codes := certificate.Codes{Year: 2026, Exam: "1", Org: "4401", Specialty: "07"}
	if n := rule.Number(codes, 42); n != "202600144010700042" {
		t.Error(n)
	}
	if k := rule.Key(codes); k != "202600144010000000" {
		t.Error(k)
	}
}

func TestRules(t *testing.T) {
	for text, good := range map[string]bool{
		"{yyyy}{seq 4}": true, "A{yy}{exam 3}{seq 6}": true, "2026{seq 9}": true,
		"{seq 5}": false, "{yyyy}{exam 3}": false, "{seq 5}{seq 5}": false, "{yyyy}-{seq 5}": false, "{yyyy}{seq 0}": false,
		"{yyyy}{seq}": false, "{YYYY}{seq 5}": false, "abc{seq 5}": false, "{exam 9}{org 9}{specialty 9}{seq 9}": false,
	} {
		if _, err := certificate.ParseRule(text); (err == nil) != good {
			t.Errorf("%s: %v", text, err)
		}
	}
}
