package check_test

import (
	"testing"

	"examhall/modules/check"
)

// TestUSCC: codes of GB 32100-2015, and what people type instead.
func TestUSCC(t *testing.T) {
	for code, want := range map[string]bool{
		"91350100M000100Y43": true, "12440300K317280003": true, "９１３５０１００m000100y43": true, " 91350100 M000-100Y43 ": true,
		"91350100M000100Y4Z": false, "91350100M000100Y44": false, "91350100M000100Y4": false, "91350100M000100Y433": false,
		"9135O100M000100Y43": false, "": false, "统一社会信用代码": false, "913501000000000000": false,
	} {
		if got := check.ValidUSCC(check.USCC(code)); got != want {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
	}
}

// TestCard: cards of 17, 18 and 19 digits are cards as well.
func TestCard(t *testing.T) {
	for number, want := range map[string]bool{
		"6222024000000000006": true, "6217000000000000012": true, "622588000000000001": true, "6222 0240 0000 0000 006": true,
		"４１１１１１１１１１１１１１１１": true, "4111111111111112": false, "6222024000000000007": false,
		"62220240": false, "62220240000000000066": false, "": false, "6222024000000000O06": false, "*******0006": false,
	} {
		if got := check.ValidCard(check.Card(number)); got != want {
			t.Errorf("%q: %v, want %v", number, got, want)
		}
	}
}
