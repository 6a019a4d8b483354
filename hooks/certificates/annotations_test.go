package certificates_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"examhall/modules/mailing"
	"examhall/modules/mailing/mailingtest"
	"examhall/modules/modulestest"
)

// wish asks for a copy.
func wish(h *modulestest.Hall, as, id string, change m) modulestest.Answer {
	h.T.Helper()
	body := m{"purpose": "投标报名", "recipient": "某某建设集团有限公司", "days": 30}
	for k, v := range change {
		body[k] = v
	}
	return h.Send(as, http.MethodPost, "/api/portal/certificates/"+id+"/annotations", body)
}

// TestAnnotate: at most three live copies of a valid certificate, each ready at
// once, each a leaf of the log.
func TestAnnotate(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	id := mailingtest.Certificate(h, nil)
	for _, c := range []struct {
		change m
		want   string
	}{
		{m{"purpose": "用"}, "purpose validation_length_out_of_range"},
		{m{"purpose": strings.Repeat("𬭎", 51)}, "purpose validation_length_out_of_range"},
		{m{"purpose": "投标\u202e报名"}, "purpose text_invalid"},
		{m{"recipient": strings.Repeat("某", 101)}, "recipient validation_max_text_constraint"},
		{m{"days": 31}, "days validation_in_invalid"},
		{m{"days": 0}, "days validation_in_invalid"},
	} {
		if a := wish(h, "li", id, c.change); a.Code != http.StatusBadRequest || strings.Join(a.Problems(), ", ") != c.want {
			t.Errorf("%v: %d %v, want %s", c.change, a.Code, a.Problems(), c.want)
		}
	}
	for _, who := range []string{"", "wang", "foreign", "admin"} {
		if a := wish(h, who, id, nil); a.Code < 401 || a.Code > 404 {
			t.Errorf("%q: %d %s", who, a.Code, a.Body)
		}
	}
	first := wish(h, "li", id, m{"days": 7, "recipient": ""})
	if first.Code != http.StatusOK || first.Text("state") != "live" || first.Text("expires") != "2026-11-30 15:59:59.000Z" {
		t.Fatalf("%d %s", first.Code, first.Body)
	}
	second := wish(h, "li", id, m{"days": 180})
	wish(h, "li", id, m{"days": 90})
	if a := wish(h, "li", id, nil); a.Problem("status") != "annotation_limit" {
		t.Errorf("a fourth one: %d %s", a.Code, a.Body)
	}
	if a := withdraw(h, "wang", second.ID()); a.Code != http.StatusNotFound {
		t.Errorf("somebody else: %d", a.Code)
	}
	if a := withdraw(h, "li", second.ID()); a.Code != http.StatusOK || a.Text("state") != "withdrawn" {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	if a := withdraw(h, "li", second.ID()); a.Problem("status") != "annotation_over" {
		t.Errorf("twice: %d %s", a.Code, a.Body)
	}
	if a := wish(h, "li", id, nil); a.Code != http.StatusOK {
		t.Errorf("in place of one that was withdrawn: %d %s", a.Code, a.Body)
	}
	h.Travel(time.Date(2026, 11, 30, 15, 59, 59, 5e8, time.UTC))
	if a := wish(h, "li", id, nil); a.Problem("status") != "annotation_limit" {
		t.Errorf("in the last second: %d %s", a.Code, a.Body)
	}
	h.Travel(time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC))
	if a := wish(h, "li", id, nil); a.Code != http.StatusOK {
		t.Errorf("after one has expired: %d %s", a.Code, a.Body)
	}
	var leaves, events int
	err := h.App.DB().Select("COUNT(*)", "COUNT(DISTINCT leaf)").From("certificate_events").
		Where(dbx.NewExp("certificate = {:id} AND leaf > 0 AND salt != ''", dbx.Params{"id": id})).Row(&events, &leaves)
	if err != nil || events != 6 || leaves != 6 {
		t.Errorf("%d events with %d leaves: %v", events, leaves, err)
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
	revoked := mailingtest.Certificate(h, m{"status": "revoked"})
	if a := wish(h, "li", revoked, nil); a.Problem("status") != "annotation_void" {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

func withdraw(h *modulestest.Hall, as, id string) modulestest.Answer {
	h.T.Helper()
	return h.Send(as, http.MethodPost, "/api/portal/annotations/"+id+"/withdraw", nil)
}

// TestMine: a holder sees their own certificates, with what can be done and why
// not, and nobody's else.
func TestMine(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	id := mailingtest.Certificate(h, nil)
	mailingtest.Certificate(h, m{"medium": "electronic", "distribution": "", "approve_date": "2020-01-01"})
	wangs := mailingtest.Certificate(h, m{"holder": modulestest.ID("wang")})
	mailed := h.Create("li", mailingtest.Collection, mailingtest.Form(id, nil))
	list := h.Send("li", http.MethodGet, "/api/portal/certificates/mine", nil)
	items, _ := list.JSON["items"].([]any)
	if list.Code != http.StatusOK || len(items) != 2 || strings.Contains(list.Body, wangs) {
		t.Fatalf("%d %s", list.Code, list.Body)
	}
	for i, want := range []string{"mail_already", "cert_no_paper"} {
		service := items[i].(m)["services"].(m)["mailings"].(m)
		if got := service["problem"].(m)["code"]; got != want {
			t.Errorf("%d: %v, want %s", i, got, want)
		}
	}
	if n := strings.Count(list.Body, mailed.ID()); n != 1 {
		t.Errorf("the mailing stands in the list %d times", n)
	}
	one := h.Send("li", http.MethodGet, "/api/portal/certificates/mine/"+id, nil)
	if one.Code != http.StatusOK || one.Text("id_number") != "110*************2X" || strings.Contains(one.Body, "11010519491231002X") {
		t.Errorf("%d %s", one.Code, one.Body)
	}
	for who, path := range map[string]string{"li": wangs, "wang": id} {
		if a := h.Send(who, http.MethodGet, "/api/portal/certificates/mine/"+path, nil); a.Code != http.StatusNotFound {
			t.Errorf("%s reads another one's: %d", who, a.Code)
		}
	}
	for _, who := range []string{"", "foreign", "auditor", "admin"} {
		if a := h.Send(who, http.MethodGet, "/api/portal/certificates/mine", nil); a.Code != http.StatusUnauthorized && a.Code != http.StatusForbidden {
			t.Errorf("%q: %d", who, a.Code)
		}
	}
}

// TestCopyFile: the holder downloads a live copy as often as they like, and each
// time is kept; nobody else does, and nothing that is over.
func TestCopyFile(t *testing.T) {
	h := open(t)
	id := give(h, "li")
	made := wish(h, "li", id, m{"recipient": ""})
	if made.Code != http.StatusOK {
		t.Fatal(made.Code, made.Body)
	}
	url := "/api/portal/annotations/" + made.ID() + "/pdf"
	first := h.Send("li", http.MethodGet, url, nil)
	if first.Code != http.StatusOK || !strings.HasPrefix(first.Body, "%PDF-") {
		t.Fatal(first.Code, first.Body[:min(len(first.Body), 300)])
	}
	if plain := h.Send("li", http.MethodGet, "/api/portal/certificates/"+id+"/pdf", nil); plain.Body == first.Body {
		t.Error("the copy is the certificate itself")
	}
	if a := h.Send("", http.MethodGet, url+"?token="+h.FileToken("li"), nil); a.Body != first.Body {
		t.Error("the file token opens nothing", a.Code)
	}
	for _, who := range []string{"", "wang", "foreign", "auditor", "admin"} {
		if a := h.Send(who, http.MethodGet, url, nil); a.Code != http.StatusNotFound {
			t.Errorf("%s: %d", who, a.Code)
		}
	}
	var kept int
	err := h.App.DB().Select("COUNT(*)").From("certificate_events").
		Where(dbx.HashExp{"kind": "downloaded", "annotation": made.ID(), "actor": modulestest.ID("li")}).Row(&kept)
	if err != nil || kept != 2 || h.Find("annotations", made.ID()).GetInt("downloads") != 2 {
		t.Errorf("%d downloads are kept: %v", kept, err)
	}
	withdraw(h, "li", made.ID())
	if a := h.Send("li", http.MethodGet, url, nil); a.Problem("status") != "annotation_over" {
		t.Errorf("after it was withdrawn: %d %s", a.Code, a.Body[:min(len(a.Body), 300)])
	}
	h.Travel(h.Now().AddDate(0, 0, 8))
	late := wish(h, "li", id, m{"days": 7})
	h.Travel(h.Now().AddDate(0, 0, 8))
	if a := h.Send("li", http.MethodGet, "/api/portal/annotations/"+late.ID()+"/pdf", nil); a.Problem("status") != "annotation_over" {
		t.Errorf("after its time: %d", a.Code)
	}
}

// TestHistoryOfPaper: the history says where the paper went, to its holder.
func TestHistoryOfPaper(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	id := mailingtest.Certificate(h, nil)
	if a := h.Create("li", mailingtest.Collection, mailingtest.Form(id, nil)); a.Code != http.StatusOK {
		t.Fatal(a.Code, a.Body)
	}
	a := h.Send("li", http.MethodGet, "/api/portal/certificates/mine/"+id, nil)
	last := a.JSON["history"].([]any)[0].(m)
	if last["kind"] != "distributed" || last["to"] != "mailing" || last["who"] != "candidate" {
		t.Error(last)
	}
}
