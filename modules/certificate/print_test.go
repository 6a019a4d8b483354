package certificate_test

import (
	"slices"
	"testing"
	"time"

	"examhall/modules/certificate"
)

func TestPrintNumbers(t *testing.T) {
	for first, want := range map[string][]string{
		"GD000009":     {"GD000009", "GD000010", "GD000011"},
		"gd 000-009":   {"GD000009", "GD000010", "GD000011"},
		"000000":       {"000000", "000001", "000002"},
		"999999999997": {"999999999997", "999999999998", "999999999999"},
		"999998":       nil, // the digits end
		"GD12345":      nil,
		"ABCDE123456":  nil,
		"123456GD":     nil,
		"":             nil,
	} {
		if got, err := certificate.PrintNumbers(first, 3); !slices.Equal(got, want) || (err != nil) != (want == nil) {
			t.Errorf("%q: %q, %v", first, got, err)
		}
	}
}

// TestIDs wants ids that count up, whatever is made in the same millisecond.
func TestIDs(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	list := certificate.NewIDs(now, 5000)
	list = append(list, certificate.NewIDs(now.Add(time.Minute), 5000)...)
	if !slices.IsSorted(list) || len(slices.Compact(list)) != 10_000 || len(list[0]) != 15 {
		t.Error("ids do not count up")
	}
	if codes := certificate.NewCodes(2); codes[0] == codes[1] || len(codes[0]) != 16 {
		t.Error(codes)
	}
}

// TestWays holds the legal ways of the paper and of the state.
func TestWays(t *testing.T) {
	for _, way := range [][2]string{{"making", "ready"}, {"ready", "collected"}, {"shipped", "ready"}, {"ready", "ready"}, {"", ""}} {
		if !certificate.MayMove(way[0], way[1]) {
			t.Error(way, "is refused")
		}
	}
	for _, way := range [][2]string{{"making", "collected"}, {"collected", "ready"}, {"", "ready"}, {"ready", "making"}, {"making", "shipped"}} {
		if certificate.MayMove(way[0], way[1]) {
			t.Error(way, "is allowed")
		}
	}
	for _, to := range []string{"replaced", "revoked", "cancelled"} {
		if !certificate.MayPass("valid", to) || certificate.MayPass(to, "valid") || certificate.MayPass(to, "none") {
			t.Error(to)
		}
	}
}

func TestValues(t *testing.T) {
	p := certificate.Printed{Gender: certificate.Female, BirthDate: "1994-07-01", ApproveDate: "2019-05-26"}
	v := p.Values()
	if v["gender"] != "女" || v["birth_month"] != "1994年07月" || v["approve_date"] != "2019年05月26日" || v["reissue_date"] != "" {
		t.Error(v)
	}
	if got := (certificate.Printed{}).Values()["birth_month"]; got != "" {
		t.Error(got)
	}
}
