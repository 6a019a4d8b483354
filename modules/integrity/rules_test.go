package integrity_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/integrity"
	"examhall/modules/integrity/integritytest"
	"examhall/modules/modulestest"
)

const service = integrity.Collection

func open(t *testing.T) *modulestest.Hall { return modulestest.New(t, integrity.New()) }

// standing returns what li is told about the business as a whole.
func standing(h *modulestest.Hall) (code, note string) {
	h.T.Helper()
	a := h.Send("li", http.MethodGet, "/api/portal/services/"+service+"/standing", nil)
	if a.Code != http.StatusOK {
		h.T.Fatal(a.Code, a.Body)
	}
	if p, ok := a.JSON["problem"].(map[string]any); ok {
		code = p["code"].(string)
	}
	return code, a.JSON["note"].(map[string]any)["zh"].(string)
}

// TestWhomItConcerns: those with a record in force today, its first and its last
// day included; everybody else is told so in a sentence.
func TestWhomItConcerns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		record map[string]any // nil is none
		want   string
	}{
		{"no record", nil, "not_concerned"},
		{"in force", map[string]any{}, ""},
		{"for ever", map[string]any{"end": "", "kind": "especially_serious"}, ""},
		{"from today", map[string]any{"start": "2026-11-23"}, ""},
		{"until today", map[string]any{"end": "2026-11-23"}, ""},
		{"from tomorrow", map[string]any{"start": "2026-11-24"}, "not_concerned"},
		{"until yesterday", map[string]any{"end": "2026-11-22"}, "not_concerned"},
		{"removed", map[string]any{"status": "removed"}, "not_concerned"},
		{"somebody else's", map[string]any{"candidate": modulestest.ID("wang")}, "not_concerned"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			if c.record != nil {
				integritytest.Record(h, c.record)
			}
			code, note := standing(h)
			if code != c.want || (note != "") != (c.want == "") {
				t.Errorf("told %q %q, want %q", code, note, c.want)
			}
			a := h.Create("li", service, integritytest.Form(h, integritytest.Register(h, nil), nil))
			if a.Problem("registration") != c.want || (a.Code == http.StatusOK) != (c.want == "") {
				t.Errorf("%d %v, want %q", a.Code, a.Problems(), c.want)
			}
		})
	}
}

// TestWhichRegistration: one that is open, one's own and not paid.
func TestWhichRegistration(t *testing.T) {
	t.Parallel()
	h := open(t)
	integritytest.Record(h, nil)
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"waits", nil, ""},
		{"not marked by the import", map[string]any{"pre_review": ""}, ""},
		{"passed already", map[string]any{"pre_review": "passed"}, "review_settled"},
		{"paid", map[string]any{"status": "paid"}, "review_settled"},
		{"cancelled", map[string]any{"status": "cancelled"}, "validation_missing_rel_records"},
		{"somebody else's", map[string]any{"candidate": modulestest.ID("wang")}, "validation_missing_rel_records"},
	} {
		a := h.Create("li", service, integritytest.Form(h, integritytest.Register(h, c.change), nil))
		if a.Problem("registration") != c.want || (a.Code == http.StatusOK) != (c.want == "") {
			t.Errorf("%s: %d %v, want %q", c.name, a.Code, a.Problems(), c.want)
		}
	}
}

// TestTimeToRegister: both ends of the registration belong to it, and a row of
// windows replaces it.
func TestTimeToRegister(t *testing.T) {
	t.Parallel()
	h := open(t)
	integritytest.Record(h, nil)
	at := func(day, hour, minute, second int) time.Time {
		return time.Date(2026, 11, day, hour, minute, second, 0, calendar.Zone)
	}
	id := integritytest.Register(h, nil)
	try := func(when time.Time) string {
		h.Travel(when)
		return h.Create("li", service, integritytest.Form(h, id, map[string]any{"pledge": nil})).Problem("registration")
	}
	for when, want := range map[time.Time]string{
		at(20, 8, 59, 59): "window_not_open", at(20, 9, 0, 0): "", at(30, 17, 0, 0): "", at(30, 17, 0, 1): "window_closed",
	} {
		if got := try(when); got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	h.Add("windows", "", map[string]any{"service": service, "opens": at(1, 0, 0, 0), "closes": at(30, 18, 0, 0)})
	if got := try(at(30, 18, 0, 0)); got != "" {
		t.Errorf("extended: %q", got)
	}
}

// TestWhatIsNeeded: every proof, and nothing in place of one.
func TestWhatIsNeeded(t *testing.T) {
	t.Parallel()
	h := open(t)
	integritytest.Record(h, nil)
	id := integritytest.Register(h, nil)
	for _, c := range []struct {
		change map[string]any
		want   string
	}{
		{map[string]any{"chsi_report": nil}, "chsi_report material_missing"},
		{map[string]any{"degree_certificate": nil}, "degree_certificate material_missing"},
		{map[string]any{"social_insurance": nil, "work_proof": nil}, "social_insurance material_missing, work_proof material_missing"},
		{map[string]any{"pledge": nil, "commitment": nil}, "commitment commitment_required, pledge material_missing"},
		{map[string]any{"statement": "太短了"}, "statement validation_min_text_constraint"},
		{map[string]any{"subjects": nil}, "subjects row_missing"},
		{map[string]any{"subjects": []map[string]any{{"subject": modulestest.Law}}}, "subjects.0.subject validation_invalid_value"},
		{map[string]any{"record_no": "我没有记录"}, "record_no state_locked"},
	} {
		a := h.Create("li", service, integritytest.Form(h, id, c.change))
		if got := strings.Join(a.Problems(), ", "); got != c.want {
			t.Errorf("%d %s, want %s", a.Code, got, c.want)
		}
	}
	plain := integritytest.Form(h, id, map[string]any{"education": "secondary", "degree": "none", "chsi_report": nil, "degree_certificate": nil})
	if a := h.Create("li", service, plain); a.Code != http.StatusOK || a.Text("record_until") != "2029-06-03" || a.Text("record_kind") != "serious" {
		t.Errorf("a secondary school: %d %s", a.Code, a.Body)
	}
}

// TestWhatItDoes: every unpaid registration of the session may be paid or not; the
// record itself stays as it is.
func TestWhatItDoes(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := integritytest.Book()
	for state, want := range map[modules.State]string{
		modules.Submitted: "required", modules.Approved: "passed", modules.Rejected: "failed", modules.Withdrawn: "required", modules.Expired: "required",
	} {
		r := h.Find(service, b.Reach(h, state))
		if got := h.Find("registrations", r.GetString("registration")).GetString("pre_review"); got != want {
			t.Errorf("%s: %s, want %s", state, got, want)
		}
		record, err := h.App.FindFirstRecordByData("integrity_records", "decision_no", r.GetString("record_no"))
		if err != nil || record.GetString("status") != "active" || record.GetString("end") != "2029-06-03" {
			t.Errorf("%s: the record has changed: %v", state, err)
		}
	}
	id := b.Reach(h, modules.Approved)
	b.Play(h, id, "reopen")
	registration := h.Find("registrations", h.Find(service, id).GetString("registration"))
	if got := registration.GetString("pre_review"); got != "required" {
		t.Errorf("reopened: %s", got)
	}
	b.Play(h, id, "approve")
	registration = h.Find("registrations", registration.Id)
	registration.Set("status", "paid")
	if err := h.App.Save(registration); err != nil {
		t.Fatal(err)
	}
	a := h.Update("approver", service, id, map[string]any{"status": "under_review", "rev": h.Row(service, id).Rev, "reply": "误判，重新审核"})
	if a.Problem("status") != "reopen_paid" {
		t.Errorf("reopened after the payment: %d %v", a.Code, a.Problems())
	}
}

// TestOncePerSession: one application for a session that counts, also for a second
// registration in it; two tabs make one.
func TestOncePerSession(t *testing.T) {
	t.Parallel()
	h := open(t)
	integritytest.Record(h, nil)
	first := integritytest.Register(h, nil)
	second := h.Add("registrations", "", map[string]any{
		"candidate": modulestest.ID("li"), "session": h.Find("registrations", first).GetString("session"), "specialty": "安装", "status": "registered",
	}).Id
	var all sync.WaitGroup
	codes := make([]int, 4)
	for i := range codes {
		form := integritytest.Form(h, []string{first, second}[i%2], nil)
		all.Go(func() { codes[i] = h.Create("li", service, form).Code })
	}
	all.Wait()
	done := 0
	for _, code := range codes {
		if code == http.StatusOK {
			done++
		}
	}
	if done != 1 {
		t.Fatalf("%v: %d succeeded, want exactly one", codes, done)
	}
	if a := h.Create("li", service, integritytest.Form(h, second, nil)); a.Problem("session") != "duplicate_active" {
		t.Errorf("%d %v", a.Code, a.Problems())
	}
	r, err := h.App.FindFirstRecordByData(service, "owner", modulestest.ID("li"))
	if err != nil {
		t.Fatal(err)
	}
	h.Update("li", service, r.Id, map[string]any{"status": "withdrawn", "rev": 1})
	if a := h.Create("li", service, integritytest.Form(h, second, nil)); a.Code != http.StatusOK {
		t.Errorf("after a withdrawal: %d %s", a.Code, a.Body)
	}
}

// TestExactlyOne: of two reviewers at the same moment one decides, and a candidate
// who withdraws meanwhile is either in time or too late.
func TestExactlyOne(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := integritytest.Book()
	for range 3 {
		id := b.Reach(h, modules.Submitted)
		var all sync.WaitGroup
		codes := make([]int, 3)
		for i, move := range []struct{ who, to string }{{"reviewer", "approved"}, {"reviewer2", "rejected"}, {"li", "withdrawn"}} {
			all.Go(func() {
				codes[i] = h.Update(move.who, service, id, map[string]any{"status": move.to, "rev": 1, "reply": "经核实，情况属实"}).Code
			})
		}
		all.Wait()
		done := 0
		for _, code := range codes {
			if code == http.StatusOK {
				done++
			}
		}
		if done != 1 {
			t.Errorf("%v: %d succeeded, want exactly one", codes, done)
		}
		r := h.Find(service, id)
		want := map[string]string{"approved": "passed", "rejected": "failed", "withdrawn": "required"}[r.GetString("status")]
		if got := h.Find("registrations", r.GetString("registration")).GetString("pre_review"); got != want {
			t.Errorf("%s: the registration is %s", r.GetString("status"), got)
		}
	}
}
