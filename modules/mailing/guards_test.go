package mailing_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/mailing"
	"examhall/modules/mailing/mailingtest"
	"examhall/modules/modulestest"
)

const service = mailingtest.Collection

// TestWhatCanBeMailed: the paper of a valid certificate that lies at the
// authority, and nothing else.
func TestWhatCanBeMailed(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"ready", nil, ""},
		{"came back", map[string]any{"distribution": "returned_mail"}, ""},
		{"paper and electronic", map[string]any{"medium": "both"}, ""},
		{"being made", map[string]any{"distribution": "making"}, "cert_not_ready"},
		{"nowhere", map[string]any{"distribution": ""}, "cert_not_ready"},
		{"in another mailing", map[string]any{"distribution": "mailing"}, "mail_already"},
		{"on its way", map[string]any{"distribution": "shipped"}, "mail_already"},
		{"collected", map[string]any{"distribution": "collected"}, "cert_collected"},
		{"electronic", map[string]any{"medium": "electronic", "distribution": ""}, "cert_no_paper"},
		{"revoked", map[string]any{"status": "revoked"}, "cert_not_valid"},
		{"replaced", map[string]any{"status": "replaced"}, "cert_not_valid"},
		{"of somebody else", map[string]any{"holder": modulestest.ID("wang")}, "validation_missing_rel_records"},
		{"kept no longer", map[string]any{"approve_date": "2021-11-22"}, "window_closed"},
		{"kept to the day", map[string]any{"approve_date": "2021-11-23"}, ""},
		{"reissued lately", map[string]any{"approve_date": "2001-11-23", "reissue_date": "2026-10-01", "reissue_no": 1}, ""},
		{"of tomorrow", map[string]any{"approve_date": "2026-11-24"}, "window_not_open"},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := mailingtest.Certificate(h, c.change)
			form := mailingtest.Form(id, nil)
			if c.change["reissue_no"] != nil {
				form["method"] = "mail"
			}
			a := h.Create("li", service, form)
			if got := a.Problem("certificate"); got != c.want || (a.Code == http.StatusOK) != (c.want == "") {
				t.Errorf("%d %v, want %q", a.Code, a.Problems(), c.want)
			}
			if c.want == "" && mailingtest.Distribution(h, id) != "mailing" {
				t.Error("the certificate is not being mailed")
			}
		})
	}
}

// TestWhatIsFilledIn: every rule about the recipient and the address.
func TestWhatIsFilledIn(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	id := mailingtest.Certificate(h, nil)
	for _, c := range []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"nobody", map[string]any{"recipient": ""}, "recipient validation_required"},
		{"somebody else", map[string]any{"recipient": "王喆"}, "proxy proxy_required"},
		{"somebody else, unknown", map[string]any{"recipient": "王喆", "proxy": true}, "relation validation_required"},
		{"myself by proxy", map[string]any{"proxy": true, "relation": "friend"}, "recipient proxy_self"},
		{"no mobile", map[string]any{"mobile": ""}, "mobile validation_required"},
		{"a landline as mobile", map[string]any{"mobile": "0755-88881234"}, "mobile mobile_invalid"},
		{"letters as second number", map[string]any{"phone": "abcdefgh"}, "phone validation_match_invalid"},
		{"a province", map[string]any{"region": "440000"}, "region region_invalid"},
		{"a city with districts", map[string]any{"region": "440300"}, "region region_invalid"},
		{"no place", map[string]any{"region": "440399"}, "region region_invalid"},
		{"Hong Kong", map[string]any{"region": "810000"}, "region region_invalid"},
		{"a short address", map[string]any{"address": "一号𬭎楼"}, "address validation_min_text_constraint"},
		{"a long address", map[string]any{"address": strings.Repeat("路", 101)}, "address validation_max_text_constraint"},
		{"a locker", map[string]any{"address": "科技园路 1 号楼下丰巢柜"}, "address address_locker"},
		{"a short postcode", map[string]any{"postcode": "51805"}, "postcode validation_invalid_format"},
		{"a postcode as number", map[string]any{"postcode": 518057}, "postcode text_expected"},
		{"no commitment", map[string]any{"commitment": ""}, "commitment commitment_required"},
		{"what staff fill in", map[string]any{"waybill": mailingtest.Waybill()}, "waybill state_locked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := h.Create("li", service, mailingtest.Form(id, c.change)); strings.Join(a.Problems(), ", ") != c.want {
				t.Errorf("%d %v, want %s", a.Code, a.Problems(), c.want)
			}
		})
	}
	for _, good := range []map[string]any{
		{"region": "441900"}, {"region": "620200", "postcode": "010010"}, {"region": "429004", "postcode": nil},
		{"recipient": "王喆", "proxy": true, "relation": "spouse", "phone": "0755-8888 1234", "remark": "周末不在"},
		{"address": strings.Repeat("𬭎", 100)}, {"recipient": " 李 䶮 "},
	} {
		if a := h.Create("li", service, mailingtest.Form(mailingtest.Certificate(h, nil), good)); a.Code != http.StatusOK {
			t.Errorf("%v: %d %s", good, a.Code, a.Body)
		}
	}
}

// TestOneAtATime: a certificate is in one open mailing, and free again after it.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	book := mailingtest.Book()
	for _, c := range []struct {
		ends  []string // the moves that free the certificate
		where string
	}{
		{[]string{"withdraw"}, "ready"},
		{[]string{"refuse"}, "ready"},
		{[]string{"accept", "ship", "bounce"}, "returned_mail"},
	} {
		cert := mailingtest.Certificate(h, nil)
		first := h.Create("li", service, mailingtest.Form(cert, nil))
		if a := h.Create("li", service, mailingtest.Form(cert, nil)); a.Problem("certificate") != "mail_already" {
			t.Errorf("a second one: %d %v", a.Code, a.Problems())
		}
		for _, action := range c.ends {
			book.Play(h, first.ID(), action)
		}
		if got := mailingtest.Distribution(h, cert); got != c.where {
			t.Errorf("after %v it is %s, want %s", c.ends, got, c.where)
		}
		if a := h.Create("li", service, mailingtest.Form(cert, nil)); a.Code != http.StatusOK {
			t.Errorf("after %v: %d %s", c.ends, a.Code, a.Body)
		}
	}
	cert := mailingtest.Certificate(h, nil)
	id := h.Create("li", service, mailingtest.Form(cert, nil)).ID()
	for _, action := range []string{"accept", "ship", "deliver"} {
		book.Play(h, id, action)
	}
	if a := h.Create("li", service, mailingtest.Form(cert, nil)); a.Problem("certificate") != "cert_collected" {
		t.Errorf("after it was received: %d %v", a.Code, a.Problems())
	}
}

// TestLockedForEver: once accepted, the holder changes nothing any more.
func TestLockedForEver(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	book := mailingtest.Book()
	id := book.Reach(h, mailing.Accepted)
	for _, body := range []map[string]any{
		{"status": "accepted", "address": "另一条路 2 号 302"}, {"status": "cancelled"}, {"status": "submitted"},
	} {
		body["rev"] = h.Row(service, id).Rev
		if a := h.Update("li", service, id, body); a.Problem("status") != "mail_locked" {
			t.Errorf("%v: %d %v", body, a.Code, a.Problems())
		}
	}
	// An edit that was begun before the authority accepted loses.
	other := book.Reach(h, modules.Submitted)
	rev := h.Row(service, other).Rev
	book.Play(h, other, "accept")
	if a := h.Update("li", service, other, map[string]any{"rev": rev, "status": "submitted", "remark": "x"}); a.Code != http.StatusConflict {
		t.Errorf("the slower one: %d %s", a.Code, a.Body)
	}
}

// TestWaybill: the numbers of China Post, and one certificate in each parcel.
func TestWaybill(t *testing.T) {
	t.Parallel()
	for n, want := range map[string]bool{
		"1234567890123": true, "EA123456785CN": true, "ea 123456785-cn": true, "ＥＡ１２３４５６７８５ＣＮ": true,
		"EA123456784CN": false, "EA123456785US": false, "123456789012": false, "12345678901234": false, "": false, "SF1234567890123": false,
	} {
		if got := mailing.ValidWaybill(mailing.Waybill(n)); got != want {
			t.Errorf("%q: %v, want %v", n, got, want)
		}
	}
	h := modulestest.New(t, mailing.New())
	book := mailingtest.Book()
	one, other := book.Reach(h, mailing.Accepted), book.Reach(h, mailing.Accepted)
	send := func(id string, values map[string]any) modulestest.Answer {
		body := map[string]any{"rev": h.Row(service, id).Rev, "status": "shipped"}
		for k, v := range values {
			body[k] = v
		}
		return h.Update("foreign", service, id, body)
	}
	for _, c := range []struct {
		values map[string]any
		want   string
	}{
		{nil, "[carrier validation_required waybill validation_required]"},
		{map[string]any{"carrier": "ems", "waybill": "EA123456784CN"}, "[waybill waybill_invalid]"},
		{map[string]any{"carrier": "pigeon", "waybill": "EA123456785CN"}, "[carrier validation_invalid_value]"},
	} {
		if a := send(one, c.values); fmt.Sprint(a.Problems()) != c.want {
			t.Errorf("%v: %d %v, want %s", c.values, a.Code, a.Problems(), c.want)
		}
	}
	if a := send(one, map[string]any{"carrier": "ems", "waybill": "ea 1234 5678 5 cn"}); a.Code != http.StatusOK || a.Text("waybill") != "EA123456785CN" {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	if a := send(other, map[string]any{"carrier": "ems", "waybill": "EA123456785CN"}); a.Problem("waybill") != "waybill_used" {
		t.Errorf("the number of another parcel: %d %v", a.Code, a.Problems())
	}
	if a := h.Update("foreign", service, one, map[string]any{"rev": h.Row(service, one).Rev, "status": "delivered", "delivered_on": "2026-11-24"}); a.Problem("delivered_on") != "validation_date_out_of_range" {
		t.Errorf("received tomorrow: %d %v", a.Code, a.Problems())
	}
}

// TestStopsWithItsCertificate: what is no longer valid is not sent.
func TestStopsWithItsCertificate(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	book := mailingtest.Book()
	for state, want := range map[modules.State]string{
		modules.Submitted: "stopped", mailing.Accepted: "stopped", mailing.Shipped: "shipped", mailing.Cancelled: "cancelled",
	} {
		id := book.Reach(h, state)
		c := h.Find("certificates", h.Find(service, id).GetString("certificate"))
		c.Set("status", "revoked")
		if err := h.App.Save(c); err != nil {
			t.Fatal(err)
		}
		if got := h.Row(service, id).Status; got != want {
			t.Errorf("%s: %s, want %s", state, got, want)
		}
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

// TestWhoReadsTheAddress: the holder and those who send it; nobody else.
func TestWhoReadsTheAddress(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	id := mailingtest.Book().Reach(h, modules.Submitted)
	for who, reads := range map[string]bool{"li": true, "foreign": true, "auditor": false, "admin": false} {
		a := h.Send(who, http.MethodGet, "/api/collections/mailings/records/"+id, nil)
		for _, secret := range []string{"科技园路", "13800138000"} {
			if got := strings.Contains(a.Body, secret); a.Code != http.StatusOK || got != reads {
				t.Errorf("%s reads %s: %v, want %v (%d)", who, secret, got, reads, a.Code)
			}
		}
	}
	for _, who := range []string{"", "wang", "reviewer", "operator"} {
		if a := h.Send(who, http.MethodGet, "/api/collections/mailings/records/"+id, nil); a.Code != http.StatusNotFound {
			t.Errorf("%q: %d", who, a.Code)
		}
	}
}

// TestWindow: the session says when certificates are mailed, and a row of the
// operator overrules it.
func TestWindow(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	session := h.Find("exam_sessions", modulestest.Session)
	session.Set("mailing_opens", h.Now().Add(-time.Hour))
	session.Set("mailing_closes", h.Now().Add(-time.Second))
	if err := h.App.Save(session); err != nil {
		t.Fatal(err)
	}
	cert := mailingtest.Certificate(h, nil)
	if a := h.Create("li", service, mailingtest.Form(cert, nil)); a.Problem("certificate") != "window_closed" {
		t.Errorf("%d %v", a.Code, a.Problems())
	}
	h.Add("windows", "", map[string]any{"service": service, "session": modulestest.Session, "opens": h.Now(), "closes": h.Now()})
	if a := h.Create("li", service, mailingtest.Form(cert, nil)); a.Code != http.StatusOK {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

// TestOffers tells of each certificate whether it can be mailed.
func TestOffers(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	ready, busy := mailingtest.Certificate(h, nil), mailingtest.Certificate(h, map[string]any{"distribution": "making"})
	mailingtest.Certificate(h, map[string]any{"holder": modulestest.ID("wang")})
	a := h.Send("li", http.MethodGet, "/api/portal/services/mailings/offers", nil)
	if n := strings.Count(a.Body, `"about":"`); n != 2 {
		t.Errorf("%d offers: %s", n, a.Body)
	}
	list := strings.Split(a.Body, `"about":"`)
	i := slices.IndexFunc(list, func(s string) bool { return strings.HasPrefix(s, ready) })
	j := slices.IndexFunc(list, func(s string) bool { return strings.HasPrefix(s, busy) })
	if i < 0 || j < 0 || !strings.Contains(list[i], `"problem":null`) || !strings.Contains(list[j], `"code":"cert_not_ready"`) {
		t.Error(a.Body)
	}
}

// TestManyAtOnce: of requests for the same certificate that arrive together one
// is taken, and the others are told why not.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, mailing.New())
	cert := mailingtest.Certificate(h, nil)
	answers := make([]modulestest.Answer, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i] = h.Create("li", service, mailingtest.Form(cert, nil)) })
	}
	all.Wait()
	taken := 0
	for _, a := range answers {
		if a.Code == http.StatusOK {
			taken++
		} else if a.Problem("certificate") != "mail_already" {
			t.Errorf("%d %s", a.Code, a.Body)
		}
	}
	if taken != 1 || h.Count(service) != 1 {
		t.Errorf("%d taken, %d rows", taken, h.Count(service))
	}
}
