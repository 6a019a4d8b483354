package demo_test

import (
	"slices"
	"testing"

	"examhall/hooks/demo"
)

// TestCertificates wants a certificate for every kind of name and state, and as
// many in bulk as were asked for, however often.
func TestCertificates(t *testing.T) {
	dir := t.TempDir()
	plan := demo.Plan{Candidates: 5, Certificates: 300, Seed: 1, Now: today()}
	first := fill(t, dir, plan)
	app, p := open(t, dir)
	for _, a := range demo.Candidates() {
		if names := column(t, app, "SELECT name FROM certificates WHERE holder LIKE '"+a.Login+"0%'"); !slices.Contains(names, a.Name) {
			t.Errorf("%s has no certificate: %q", a.Login, names)
		}
	}
	if states := column(t, app, "SELECT DISTINCT status FROM certificates ORDER BY 1"); !slices.Equal(states, []string{"replaced", "revoked", "valid"}) {
		t.Error(states)
	}
	if places := column(t, app, "SELECT DISTINCT distribution FROM certificates ORDER BY 1"); !slices.Equal(places, []string{"", "collected", "making", "ready"}) {
		t.Error(places)
	}
	if again := fill(t, dir, plan); again != (demo.Report{}) {
		t.Errorf("second run: %+v", again)
	}
	plan.Certificates = 450
	if more := fill(t, dir, plan); more != (demo.Report{Certificates: 150}) || first.Certificates < 300 {
		t.Errorf("first %+v, larger %+v", first, more)
	}
	numbers := column(t, app, "SELECT number FROM certificates WHERE batch <> '' AND session LIKE 'sessionxf%' ORDER BY substr(number, -7)")
	if len(numbers) != 450 || numbers[0][len(numbers[0])-7:] != "0000001" || numbers[449][len(numbers[449])-7:] != "0000450" {
		t.Error(len(numbers), "numbers have gaps")
	}
	if _, err := p.VerifyAudit(app); err != nil {
		t.Error(err)
	}
}
