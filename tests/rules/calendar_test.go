package rules_test

import (
	"testing"

	"examhall/modules/calendar"
)

// TestOfficialDays: a fresh database knows the days that the State Council has
// announced, so that no deadline is counted Monday to Friday by accident.
func TestOfficialDays(t *testing.T) {
	h := open(t)
	records, err := h.App.FindAllRecords("holidays")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	for _, r := range records {
		have[r.GetString("date")] = r.GetString("kind")
	}
	days := calendar.Holidays()
	if len(have) != len(days) {
		t.Errorf("%d days, want %d", len(have), len(days))
	}
	for _, d := range days {
		if have[d.Date] != string(d.Kind) {
			t.Errorf("%s is %q, want %q", d.Date, have[d.Date], d.Kind)
		}
	}
}
