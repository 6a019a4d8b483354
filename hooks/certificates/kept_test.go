package certificates_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/certificate"
	"examhall/modules/modulestest"
)

// decided is a decision with everything that it needs.
func decided() map[string]any {
	return map[string]any{"reason": "提供虚假材料", "document": "某人考〔2026〕1号", "file": modulestest.PDF("decision.pdf", "")}
}

// TestDeskMatrix says who may ask for what. Who is not named is denied.
func TestDeskMatrix(t *testing.T) {
	h := open(t)
	id := give(h, "li")
	pass(h, 1, "张三", "建筑工程")
	const none = desk + "/none"
	for _, row := range []struct {
		method, url string
		body        any
		cert, reads int // what the role cert, and what auditors and the administrator are answered
	}{
		{"GET", desk, nil, 200, 200},
		{"GET", desk + "/holds", nil, 200, 200},
		{"GET", desk + "/search?q=202600144010100001", nil, 200, 200},
		{"GET", desk + "/registrations?q=none", nil, 200, 200},
		{"GET", desk + "/batches?session=" + session, nil, 200, 200},
		{"GET", desk + "/layouts/professional", nil, 200, 200},
		{"GET", desk + "/layouts/none", nil, 404, 404},
		{"GET", desk + "/" + id, nil, 200, 200},
		{"GET", none, nil, 404, 404},
		{"GET", desk + "/" + id + "/void-file", nil, 404, 404}, // it is valid: TestDecision
		{"GET", desk + "/" + id + "/none", nil, 404, 404},
		{"GET", desk + "/batches/none", nil, 404, 404},
		{"POST", desk, `{}`, 400, 403},
		{"POST", desk + "/batches", `{}`, 400, 403},
		{"POST", desk + "/batches/none/pause", nil, 404, 403},
		{"POST", desk + "/batches/none/resume", nil, 404, 403},
		{"POST", desk + "/batches/none/print-numbers", `{}`, 400, 403},
		{"POST", desk + "/distribution", `{}`, 400, 403},
		{"POST", desk + "/registrations/none/photo", `{}`, 404, 403},
		{"POST", none + "/print-numbers", `{}`, 404, 403},
		{"POST", none + "/revoke", `{}`, 404, 403},
		{"POST", none + "/cancel", `{}`, 404, 403},
	} {
		for _, who := range append([]string{""}, modulestest.Names()...) {
			want := 403
			switch who {
			case "foreign":
				want = row.cert
			case "auditor", "admin":
				want = row.reads
			case "":
				want = 401
			}
			if a := h.Send(who, row.method, row.url, row.body); a.Code != want {
				t.Errorf("%s %s as %q: %d, want %d", row.method, row.url, who, a.Code, want)
			}
		}
	}
}

// TestNothingChanges writes past the hooks, and past the triggers' eyes.
func TestNothingChanges(t *testing.T) {
	h := open(t)
	id := give(h, "li")
	for _, sql := range []string{
		"UPDATE certificates SET name = '王五'", "UPDATE certificates SET approve_date = '2020-01-01'", "UPDATE certificates SET id_number_idx = 'x'",
		"UPDATE certificates SET id_number = substr(id_number, 1, 10)", "UPDATE certificates SET code = 'AAAAAAAAAAAAAAAA'", "UPDATE certificates SET holder = 'wangcandidate00'",
		"UPDATE certificates SET distribution = 'collected'", "UPDATE certificates SET log_index = 7", "DELETE FROM certificates",
		"REPLACE INTO certificates SELECT * FROM certificates", "DELETE FROM certificate_events", "UPDATE certificate_events SET kind = 'revoked'",
		"DELETE FROM number_sequences", "UPDATE number_sequences SET last = 0",
	} {
		if _, err := h.App.NonconcurrentDB().NewQuery(sql).Execute(); err == nil || !strings.Contains(err.Error(), "examhall:") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for column, value := range map[string]any{"name": "王五", "number": "20260001", "id_number": "440305200002290010", "title": "x", "holder": modulestest.ID("wang"), "status": "none", "distribution": "collected"} {
		r := h.Find("certificates", id)
		r.Set(column, value)
		if err := h.App.Save(r); err == nil {
			t.Errorf("%s can be changed", column)
		}
	}
	if err := h.App.Delete(h.Find("certificates", id)); err == nil {
		t.Error("a certificate can be deleted")
	}
	if a := h.Update("admin", "certificates", id, map[string]any{"name": "王五"}); a.Code != http.StatusForbidden {
		t.Error(a.Code, a.Body)
	}
}

// TestVoid revokes one certificate and cancels another: all problems at once,
// and nothing leads back.
func TestVoid(t *testing.T) {
	h := open(t)
	id := give(h, "li")
	url := desk + "/" + id
	if a := h.Send("foreign", http.MethodPost, url+"/revoke", map[string]any{"reason": "x"}); a.Verdict() != "400 document validation_required, file material_missing, reason validation_length_out_of_range" {
		t.Error(a.Verdict())
	}
	wrong := decided()
	wrong["file"] = modulestest.File{Name: "decision.pdf", Data: []byte("<html><script>")}
	if a := h.Send("foreign", http.MethodPost, url+"/revoke", wrong); a.Problem("file") != "material_type" {
		t.Error(a.Verdict())
	}
	a := h.Send("foreign", http.MethodPost, url+"/revoke", decided())
	if a.Code != http.StatusOK || a.Text("status") != "revoked" || a.Text("void_reason") != "提供虚假材料" {
		t.Fatal(a.Code, a.Body)
	}
	r := h.Find("certificates", id)
	if r.GetString("void_file") == "" || r.GetDateTime("voided").IsZero() || r.GetInt("rev") != 2 {
		t.Error(r.PublicExport())
	}
	for _, again := range []string{"/revoke", "/cancel"} {
		if a := h.Send("foreign", http.MethodPost, url+again, decided()); a.Problem("status") != "certificate_void" {
			t.Error(a.Verdict())
		}
	}
	if a := h.Send("li", http.MethodGet, "/api/portal/certificates/"+id+"/pdf", nil); a.Problem("status") != "certificate_void" {
		t.Error(a.Code, a.Body)
	}
	if _, err := h.App.NonconcurrentDB().NewQuery("UPDATE certificates SET status = 'valid'").Execute(); err == nil {
		t.Error("a revoked certificate is valid again")
	}
	var leaves int
	if err := h.App.DB().NewQuery("SELECT COUNT(*) FROM certificate_events WHERE kind = 'revoked' AND leaf = 2 AND salt <> ''").Row(&leaves); err != nil || leaves != 1 {
		t.Error("the log does not know", leaves, err)
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
	pass(h, 5, "张三", "建筑工程")
	bulk(h)
	other := certificates(h)[1].Id
	if a := h.Send("foreign", http.MethodPost, desk+"/"+other+"/cancel", map[string]any{"reason": "持证人死亡", "document": "〔2026〕2号"}); a.Text("status") != "cancelled" {
		t.Error(a.Code, a.Body)
	}
}

// TestSheets registers print numbers, for a stack and singly.
func TestSheets(t *testing.T) {
	h := open(t)
	for i := range 5 {
		pass(h, i+1, "张三", "建筑工程")
	}
	b := bulk(h)
	stack := desk + "/batches/" + b.Id + "/print-numbers"
	for first, want := range map[string]string{"": "print_no_invalid", "AB12": "print_no_invalid", "ABCDE123456": "print_no_invalid", "999997": "print_no_invalid"} {
		if a := h.Send("foreign", http.MethodPost, stack, map[string]any{"first": first}); a.Problem("first") != want {
			t.Errorf("%q: %s", first, a.Verdict())
		}
	}
	if a := h.Send("foreign", http.MethodPost, stack, map[string]any{"first": "gd 000009", "count": 3}); a.Text("last") != "GD000011" {
		t.Error(a.Code, a.Body)
	}
	if a := h.Send("foreign", http.MethodPost, stack, map[string]any{"first": "GD000010"}); a.Problem("first") != "print_no_taken" {
		t.Error(a.Verdict())
	}
	list := certificates(h)
	if list[2].GetString("print_no") != "GD000011" || list[3].GetString("print_no") != "" {
		t.Error("the stack went to others")
	}
	one := desk + "/" + list[4].Id + "/print-numbers"
	if a := h.Send("foreign", http.MethodPost, one, map[string]any{"print_no": "GD000099"}); a.Text("print_no") != "GD000099" {
		t.Error(a.Code, a.Body)
	}
	if a := h.Send("foreign", http.MethodPost, one, map[string]any{"print_no": "GD000100"}); a.Problem("print_no") != "certificate_fixed" {
		t.Error(a.Verdict())
	}
	if a := h.Send("foreign", http.MethodPost, stack, map[string]any{"first": "GD000200"}); a.Text("count") != "1" {
		t.Error(a.Code, a.Body)
	}
	if a := h.Send("foreign", http.MethodPost, stack, map[string]any{"first": "GD000300"}); a.Problem("batch") != "nobody_to_number" {
		t.Error(a.Verdict())
	}
}

// TestDistribution hands paper out along its legal ways.
func TestDistribution(t *testing.T) {
	h := open(t)
	for i := range 3 {
		pass(h, i+1, "张三", "建筑工程")
	}
	b := bulk(h)
	list := certificates(h)
	hand := func(body map[string]any) modulestest.Answer {
		return h.Send("foreign", http.MethodPost, desk+"/distribution", body)
	}
	if a := hand(map[string]any{"to": "shipped"}); a.Verdict() != "400 ids row_count, to validation_in_invalid" {
		t.Error(a.Verdict())
	}
	if a := hand(map[string]any{"ids": []string{list[0].Id, "none"}, "to": "collected"}); a.Verdict() != "400 ids.0 transition_denied, ids.1 validation_missing_rel_records" {
		t.Error(a.Verdict())
	}
	if a := hand(map[string]any{"batch": b.Id, "to": "ready"}); a.Text("moved") != "3" {
		t.Error(a.Code, a.Body)
	}
	if a := hand(map[string]any{"ids": []string{list[0].Id}, "to": "collected"}); a.Text("moved") != "1" {
		t.Error(a.Code, a.Body)
	}
	if a := hand(map[string]any{"ids": []string{list[0].Id}, "to": "ready"}); a.Problem("ids.0") != "transition_denied" {
		t.Error(a.Verdict())
	}
	if got := h.Find("certificates", list[0].Id).GetString("distribution"); got != certificate.Collected {
		t.Error(got)
	}
	var events int
	if err := h.App.DB().Select("COUNT(*)").From("certificate_events").Where(dbx.HashExp{"kind": "distributed"}).Row(&events); err != nil || events != 4 {
		t.Error(events, err)
	}
}

// TestPhoto takes a photo before the issue, prints it, and keeps it afterwards.
func TestPhoto(t *testing.T) {
	h := open(t)
	id := pass(h, 1, "张三", "建筑工程")
	url := desk + "/registrations/" + id + "/photo"
	if a := h.Send("foreign", http.MethodPost, url, map[string]any{"photo": modulestest.PDF("photo.jpg", "")}); a.Problem("photo") != "photo_type" {
		t.Error(a.Verdict())
	}
	if a := h.Send("foreign", http.MethodPost, url, map[string]any{"photo": modulestest.Scan("张三.jpg")}); a.Code != http.StatusOK {
		t.Fatal(a.Code, a.Body)
	}
	bulk(h)
	c := certificates(h)[0]
	if file, err := h.Office.Render(h.App, c, nil); c.GetString("photo") == "" || err != nil || !strings.Contains(string(file), "/DCTDecode") {
		t.Error("the photo is not printed", err)
	}
	if a := h.Send("foreign", http.MethodPost, url, map[string]any{"photo": modulestest.Scan("other.jpg")}); a.Problem("photo") != "certificate_fixed" {
		t.Error(a.Verdict())
	}
}

// TestReissue makes a new certificate in the place of another.
func TestReissue(t *testing.T) {
	h := open(t)
	old := h.Find("certificates", give(h, "li"))
	fresh, err := h.Office.Reissue(h.App, old, modules.Portal())
	if err != nil {
		t.Fatal(err)
	}
	was := h.Find("certificates", old.Id)
	if was.GetString("status") != "replaced" || was.GetString("replaced_by") != fresh.Id || fresh.GetString("number") != was.GetString("number") || fresh.GetInt("reissue_no") != 1 {
		t.Error(was.PublicExport(), fresh.PublicExport())
	}
	if a, b := certificate.PrintedOf(was), certificate.PrintedOf(fresh); a.Name != b.Name || a.IDNumber != b.IDNumber || a.Code == b.Code {
		t.Error("the new one says something else")
	}
	if _, err := h.Office.Reissue(h.App, was, modules.Portal()); err == nil {
		t.Error("a replaced certificate is reissued")
	}
}
