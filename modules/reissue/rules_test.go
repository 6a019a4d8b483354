package reissue_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/mailing"
	"examhall/modules/mailing/mailingtest"
	"examhall/modules/modulestest"
	"examhall/modules/reissue"
	"examhall/modules/reissue/reissuetest"
)

const service = reissuetest.Collection

// TestWhatIsReissued: a valid certificate on paper that cannot simply be
// collected, and nothing else.
func TestWhatIsReissued(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New())
	reissuetest.Certificate(h, nil) // which puts the exam into the catalogue
	electronic := h.Add("exam_projects", "", map[string]any{"code": "EJ", "name": "二级建造师", "e_cert": true, "in_catalogue": true}).Id
	gone := h.Add("exam_projects", "", map[string]any{"code": "ZCWY", "name": "职称外语"}).Id
	for _, c := range []struct {
		name   string
		change map[string]any
		reason string
		want   string
	}{
		{"collected, lost", nil, "lost", ""},
		{"collected, damaged", nil, "damaged", ""},
		{"collected, wrong", nil, "correction", ""},
		{"collected, never collected", nil, "uncollected", "reason reissue_reason"},
		{"nobody came in five years", map[string]any{"distribution": "ready", "approve_date": "2021-11-22"}, "uncollected", ""},
		{"nobody came, lost", map[string]any{"distribution": "ready", "approve_date": "2021-11-22"}, "lost", "reason reissue_reason"},
		{"the last day of the five years", map[string]any{"distribution": "ready", "approve_date": "2021-11-23"}, "uncollected", "certificate collect_first"},
		{"came back", map[string]any{"distribution": "returned_mail"}, "uncollected", "certificate collect_first"},
		{"being made", map[string]any{"distribution": "making"}, "correction", "certificate cert_not_ready"},
		{"on its way", map[string]any{"distribution": "shipped"}, "uncollected", "certificate mail_already"},
		{"an exam with electronic certificates", map[string]any{"project": electronic}, "lost", "certificate ecert_no_reissue"},
		{"paper and electronic", map[string]any{"medium": "both"}, "lost", "certificate ecert_no_reissue"},
		{"an exam that has left the catalogue", map[string]any{"project": gone}, "lost", "certificate no_reissue_catalogue"},
		{"revoked", map[string]any{"status": "revoked"}, "lost", "certificate cert_not_valid"},
		{"replaced", map[string]any{"status": "replaced"}, "lost", "certificate cert_not_valid"},
		{"of somebody else", map[string]any{"holder": modulestest.ID("wang")}, "lost", "certificate validation_missing_rel_records"},
	} {
		t.Run(c.name, func(t *testing.T) {
			form := reissuetest.Form(reissuetest.Certificate(h, c.change), because(c.reason))
			a := h.Create("li", service, form)
			if got := strings.Join(a.Problems(), ", "); got != c.want {
				t.Errorf("%d %s, want %q", a.Code, got, c.want)
			}
		})
	}
}

// because returns what a form says and shows for a reason.
func because(reason string) map[string]any {
	change := map[string]any{"reason": reason}
	if reason != "lost" {
		change["statement"] = nil
	}
	switch reason {
	case "damaged":
		change["damaged_photo"] = modulestest.Scan("damaged.jpg")
	case "correction":
		change["evidence"] = modulestest.Scan("police.jpg")
	}
	if reason == "correction" || reason == "uncollected" {
		change["happened_on"] = nil
	}
	return change
}

// TestWhatIsFilledIn: each reason asks for its own proof.
func TestWhatIsFilledIn(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New())
	id := reissuetest.Certificate(h, nil)
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"no statement of the loss", map[string]any{"statement": nil}, "statement material_missing"},
		{"no picture", map[string]any{"reason": "damaged", "statement": nil}, "damaged_photo material_missing"},
		{"no proof of what is right", map[string]any{"reason": "correction", "statement": nil}, "evidence material_missing"},
		{"no day", map[string]any{"happened_on": nil}, "happened_on validation_required"},
		{"tomorrow", map[string]any{"happened_on": "2026-11-24"}, "happened_on validation_date_out_of_range"},
		{"no such day", map[string]any{"happened_on": "2026-02-30"}, "happened_on validation_date_invalid"},
		{"a short explanation", map[string]any{"explanation": "丢了"}, "explanation validation_min_text_constraint"},
		{"no photo", map[string]any{"photo": nil}, "photo material_missing"},
		{"no commitment", map[string]any{"commitment": ""}, "commitment commitment_required"},
		{"what staff fill in", map[string]any{"print_no": reissuetest.Sheet()}, "print_no state_locked"},
		{"what the system fills in", map[string]any{"replacement": id}, "replacement state_locked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := h.Create("li", service, reissuetest.Form(id, c.change)); strings.Join(a.Problems(), ", ") != c.want {
				t.Errorf("%d %v, want %s", a.Code, a.Problems(), c.want)
			}
		})
	}
}

// TestReplaces: the old certificate is valid until the new one is made; then the
// new one has its number, a sheet of its own and the mark, and the old one is
// void, in one transaction.
func TestReplaces(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New())
	book := reissuetest.Book()
	id := book.Reach(h, reissue.Making)
	old := h.Find("certificates", h.Find(service, id).GetString("certificate"))
	if old.GetString("status") != "valid" {
		t.Error("the old one is", old.GetString("status"), "while the new one is made")
	}
	a := finish(h, id, "SL00099001")
	if a.Code != http.StatusOK {
		t.Fatal(a.Code, a.Body)
	}
	was, is := h.Find("certificates", old.Id), h.Find("certificates", h.Find(service, id).GetString("replacement"))
	if was.GetString("status") != "replaced" || was.GetString("replaced_by") != is.Id || was.GetDateTime("voided").IsZero() {
		t.Error("the old one:", was.PublicExport())
	}
	for column, want := range map[string]string{
		"number": was.GetString("number"), "approve_date": "2026-11-01", "reissue_date": "2026-11-23", "print_no": "SL00099001", "status": "valid",
		"distribution": "ready", "replaces": was.Id, "holder": modulestest.ID("li"), "name": "李䶮",
	} {
		if got := is.GetString(column); got != want {
			t.Errorf("%s of the new one is %q, want %q", column, got, want)
		}
	}
	if is.GetInt("reissue_no") != 1 || is.GetString("photo") == "" {
		t.Error("the new one:", is.PublicExport())
	}
	for kind, certificate := range map[string]string{"reissued": is.Id, "replaced": was.Id} {
		e, err := h.App.FindFirstRecordByData("certificate_events", "certificate", certificate)
		if err != nil || e.GetString("kind") != kind || e.GetInt("leaf") == 0 || e.GetString("via") != h.Find(service, id).GetString("number") {
			t.Errorf("no leaf says %s: %v %v", kind, e, err)
		}
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

func finish(h *modulestest.Hall, id, sheet string) modulestest.Answer {
	h.T.Helper()
	return h.Update("foreign", service, id, map[string]any{"rev": h.Row(service, id).Rev, "status": "ready", "print_no": sheet})
}

// TestCorrected: a certificate that was wrong is made again as the profile says.
func TestCorrected(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New())
	book := reissuetest.Book()
	id := h.Create("li", service, reissuetest.Form(reissuetest.Certificate(h, map[string]any{"name": "李龙天"}), because("correction"))).ID()
	for _, action := range []string{"approve", "report", "make", "finish"} {
		book.Play(h, id, action)
	}
	if got := h.Find("certificates", h.Find(service, id).GetString("replacement")).GetString("name"); got != "李䶮" {
		t.Error("the new one says", got)
	}
}

// TestOneSheetEach: no two certificates are printed on one sheet, and a refused
// number leaves the old certificate valid.
func TestOneSheetEach(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New())
	book := reissuetest.Book()
	id := book.Reach(h, reissue.Making)
	taken := h.Find("certificates", reissuetest.Certificate(h, nil)).GetString("print_no")
	for sheet, want := range map[string]string{taken: "print_no_taken", "": "validation_required", "123": "validation_invalid_format"} {
		if a := finish(h, id, sheet); a.Problem("print_no") != want {
			t.Errorf("%q: %d %v, want %s", sheet, a.Code, a.Problems(), want)
		}
	}
	if old := h.Find("certificates", h.Find(service, id).GetString("certificate")); old.GetString("status") != "valid" {
		t.Error("the old one is", old.GetString("status"))
	}
}

// TestRevokedMeanwhile: what was revoked is not made again.
func TestRevokedMeanwhile(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New())
	id := reissuetest.Book().Reach(h, reissue.Making)
	c := h.Find("certificates", h.Find(service, id).GetString("certificate"))
	c.Set("status", "revoked")
	if err := h.App.Save(c); err != nil {
		t.Fatal(err)
	}
	if a := finish(h, id, reissuetest.Sheet()); a.Problem("status") != "cert_not_valid" {
		t.Errorf("%d %v", a.Code, a.Problems())
	}
}

// TestAgain: a certificate has one open reissue, and its successor can be
// reissued once more.
func TestAgain(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New())
	book := reissuetest.Book()
	certificate := reissuetest.Certificate(h, nil)
	id := h.Create("li", service, reissuetest.Form(certificate, nil)).ID()
	if a := h.Create("li", service, reissuetest.Form(certificate, nil)); a.Problem("certificate") != "duplicate_active" {
		t.Errorf("a second one: %d %v", a.Code, a.Problems())
	}
	for _, action := range []string{"approve", "report", "make", "finish", "collect"} {
		book.Play(h, id, action)
	}
	second := h.Find("certificates", h.Find(service, id).GetString("replacement"))
	if got := second.GetString("distribution"); got != "collected" {
		t.Error("the paper is", got)
	}
	id = h.Create("li", service, reissuetest.Form(second.Id, nil)).ID()
	for _, action := range []string{"approve", "report", "make", "finish"} {
		book.Play(h, id, action)
	}
	if third := h.Find("certificates", h.Find(service, id).GetString("replacement")); third.GetInt("reissue_no") != 2 {
		t.Error("it is number", third.GetInt("reissue_no"))
	}
}

// TestMailingOfTheOldOne stops when the new one is made, and the new one is
// mailed: when it is received, the reissue is done.
func TestMailingOfTheOldOne(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New(), mailing.New())
	reissues, mailings := reissuetest.Book(), mailingtest.Book()
	h.Add("windows", "", map[string]any{"service": "mailings", "opens": h.Now(), "closes": h.Now().AddDate(1, 0, 0)})
	certificate := reissuetest.Certificate(h, map[string]any{"distribution": "ready", "approve_date": "2021-11-01"})
	parcel := h.Create("li", "mailings", mailingtest.Form(certificate, nil))
	if parcel.Code != http.StatusOK {
		t.Fatal(parcel.Body)
	}
	mailings.Play(h, parcel.ID(), "withdraw")
	id := h.Create("li", service, reissuetest.Form(certificate, because("uncollected"))).ID()
	parcel = h.Create("li", "mailings", mailingtest.Form(certificate, nil))
	for _, action := range []string{"approve", "report", "make", "finish"} {
		reissues.Play(h, id, action)
	}
	if got := h.Row("mailings", parcel.ID()).Status; got != "stopped" {
		t.Error("the parcel of the old one is", got)
	}
	fresh := h.Find(service, id).GetString("replacement")
	parcel = h.Create("li", "mailings", mailingtest.Form(fresh, map[string]any{"method": "mail"}))
	if parcel.Code != http.StatusOK {
		t.Fatal(parcel.Body)
	}
	for _, action := range []string{"accept", "ship", "deliver"} {
		mailings.Play(h, parcel.ID(), action)
	}
	if got := h.Row(service, id).Status; got != "delivered" {
		t.Error("the reissue is", got)
	}
}

// TestAtTheCounter: who comes for a new certificate gives no address and gets a
// code; handed over there, it is collected. Of other certificates nothing is asked.
func TestAtTheCounter(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New(), mailing.New())
	mailings := mailingtest.Book()
	id := reissuetest.Book().Reach(h, reissue.Ready)
	fresh := h.Find(service, id).GetString("replacement")
	form := func(change map[string]any) map[string]any {
		all := map[string]any{"region": nil, "address": nil, "postcode": nil}
		maps.Copy(all, change)
		return mailingtest.Form(fresh, all)
	}
	for _, c := range []struct {
		values map[string]any
		want   string
	}{
		{mailingtest.Form(fresh, nil), "method validation_required"},
		{mailingtest.Form(mailingtest.Certificate(h, nil), map[string]any{"method": "counter"}), "method validation_invalid_value"},
		{form(map[string]any{"method": "mail"}), "address validation_required, region validation_required"},
	} {
		if a := h.Create("li", "mailings", c.values); strings.Join(a.Problems(), ", ") != c.want {
			t.Errorf("%d %v, want %s", a.Code, a.Problems(), c.want)
		}
	}
	a := h.Create("li", "mailings", form(map[string]any{"method": "counter"}))
	if a.Code != http.StatusOK || len(a.Text("pickup_code")) != 6 {
		t.Fatal(a.Code, a.Body)
	}
	mailings.Play(h, a.ID(), "accept")
	if b := h.Update("foreign", "mailings", a.ID(), map[string]any{
		"rev": h.Row("mailings", a.ID()).Rev, "status": "shipped", "carrier": "ems", "waybill": mailingtest.Waybill(),
	}); b.Problem("status") != "pickup_other" {
		t.Errorf("sent: %d %v", b.Code, b.Problems())
	}
	mailings.Play(h, a.ID(), "hand_over")
	if got := h.Row(service, id).Status; got != "collected" {
		t.Error("the reissue is", got)
	}
}

// TestLeadsOn: the row of a reissue offers to have its certificate mailed.
func TestLeadsOn(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New(), mailing.New())
	id := reissuetest.Book().Reach(h, reissue.Ready)
	fresh := h.Find(service, id).GetString("replacement")
	list := func() string {
		return h.Send("li", http.MethodGet, "/api/portal/applications?service=reissues", nil).Body
	}
	if body := list(); !strings.Contains(body, `"service":"mailings"`) || !strings.Contains(body, `"about":"`+fresh+`"`) || !strings.Contains(body, `"problem":null`) {
		t.Error(body)
	}
	h.Create("li", "mailings", mailingtest.Form(fresh, map[string]any{"method": "mail"}))
	if body := list(); !strings.Contains(body, `"applications":[{`) || !strings.Contains(body, "mail_already") {
		t.Error(body)
	}
}

// TestTwice: of those who say at the same moment that a certificate is made, one
// makes it.
func TestTwice(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New())
	id := reissuetest.Book().Reach(h, reissue.Making)
	h.Listen()
	rev := h.Row(service, id).Rev
	made := 0
	for _, a := range modulestest.Together(
		func() modulestest.Answer {
			return h.Update("foreign", service, id, map[string]any{"rev": rev, "status": "ready", "print_no": "SL00099101"})
		},
		func() modulestest.Answer {
			return h.Update("foreign", service, id, map[string]any{"rev": rev, "status": "ready", "print_no": "SL00099102"})
		},
	) {
		switch a.Code {
		case http.StatusOK:
			made++
		case http.StatusConflict, http.StatusBadRequest:
		default:
			t.Error(a.Code, a.Body)
		}
	}
	if n, err := h.App.CountRecords("certificates"); made != 1 || n != 2 || err != nil {
		t.Errorf("%d were made, there are %d certificates, %v", made, n, err)
	}
}

// TestReopen: until it is passed on, an approval can be taken back.
func TestReopen(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, reissue.New())
	book := reissuetest.Book()
	id := book.Reach(h, modules.Approved)
	book.Play(h, id, "reopen")
	h.Travel(h.Now().Add(time.Hour))
	book.Play(h, id, "approve")
	book.Play(h, id, "report")
	if a := h.Update("approver", service, id, map[string]any{"rev": h.Row(service, id).Rev, "status": "under_review", "reply": "重新审核"}); a.Problem("status") != "transition_denied" {
		t.Errorf("%d %v", a.Code, a.Problems())
	}
}
