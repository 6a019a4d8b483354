package certificates_test

import (
	"fmt"
	"strings"
	"testing"

	"examhall/modules/certificate"
)

// TestSearchFinds plays actions 72 to 75 as a program: exams, search, detail.
func TestSearchFinds(t *testing.T) {
	t.Parallel()
	c := openCounter(t).generous()
	exams := c.get("203.0.113.1", "/api/portal/certificates/exams")
	if items := exams.items(); len(items) != 1 || items[0]["code"] != "YJ" || items[0]["year_from"] != 2026.0 || items[0]["year_to"] != 2026.0 {
		t.Error("exams:", exams.Body)
	}
	for _, in := range []m{
		{}, {"number": "202601014403010001"}, {"number": " p0000-0001 "}, {"number": "２０２６０１０１４４０３０１０００１"},
		{"name": " 张　三\u200b"}, {"id_number": "11010519491231002x"}, {"id_number": "１１０１０５１９４９１２３１００２Ｘ"}, {"id_number": "110105 19491231 002-X"},
	} {
		a := c.search(fmt.Sprint("203.0.113.", len(fmt.Sprint(in))), in)
		if items := a.items(); a.Code != 200 || len(items) != 1 || items[0]["title"] != "一级造价工程师" || items[0]["status"] != "valid" {
			t.Errorf("%v: %d %s", in, a.Code, a.Body)
		}
	}
	a := c.search("203.0.113.1", nil)
	detail := c.get("203.0.113.1", "/api/portal/certificates/"+a.items()[0]["token"].(string))
	for field, want := range map[string]any{
		"name": "张三", "id_number": "1****************X", "number": "2026************01", "print_no": "P*******1", "status": "valid",
		"issuer": "人力资源和社会保障部、住房和城乡建设部", "approve_date": "2026-10-25", "level": "一级", "specialty": "土木建筑工程", "reissued": false,
	} {
		if detail.JSON[field] != want {
			t.Errorf("%s is %v, want %v", field, detail.JSON[field], want)
		}
	}
	for _, secret := range []string{"c00000000000001", "11010519491231002X", "gender", "birth", "photo", "holder", "code"} {
		if strings.Contains(a.Body+detail.Body, secret) {
			t.Errorf("the answers tell %s", secret)
		}
	}
	a = c.search("203.0.113.1", m{"number": "P00000001"})
	detail = c.get("203.0.113.1", "/api/portal/certificates/"+a.items()[0]["token"].(string))
	if detail.JSON["print_no"] != "P00000001" || detail.JSON["number"] != "2026************01" {
		t.Error("only what was typed is whole:", detail.Body)
	}
}

// TestSearchNames finds every kind of name, as people type it.
func TestSearchNames(t *testing.T) {
	t.Parallel()
	c := openCounter(t).generous()
	names := []string{
		"欧阳娜娜", "王喆", "郭鋆", "李䶮", "陈𬭎", "严𬱖", "李𠅤", "阿卜杜拉·买买提", "古丽巴哈尔·阿不都热依木·买买提明·穆罕默德",
		strings.Repeat("𬭎", 50), "O'NEIL MARY-ANN", "文静",
	}
	for i, name := range names {
		c.issue(fmt.Sprintf("c000000000001%02d", i), "oneil", m{
			"name": name, "id_number": fmt.Sprintf("E%08d", i), "number": fmt.Sprintf("NAMES%08d", i), "print_no": "",
			"code": strings.Repeat("B", 15) + string("ABCDEFGHIJKLMNOP"[i]),
		})
	}
	typed := map[int][]string{
		7:  {"阿卜杜拉•买买提", "阿卜杜拉・买买提", "阿卜杜拉买买提", "阿卜杜拉.买买提", "阿卜杜拉 · 买买提"},
		10: {"o'neil mary-ann", "Ｏ’ＮＥＩＬ ＭＡＲＹ－ＡＮＮ"}, 11: {"⽂静"},
	}
	for i, name := range names {
		for j, as := range append(typed[i], name) {
			a := c.search(fmt.Sprintf("10.0.%d.%d", i, j), m{"name": as, "id_number": fmt.Sprintf("e%08d", i)})
			if len(a.items()) != 1 {
				t.Errorf("%s as %s: %d %s", name, as, a.Code, a.Body)
				continue
			}
			d := c.get(fmt.Sprintf("10.0.%d.%d", i, j), "/api/portal/certificates/"+a.items()[0]["token"].(string))
			if shown, _ := d.JSON["name"].(string); certificate.Key(shown) != certificate.Key(name) || shown == "" {
				t.Errorf("%s is shown as %q", name, shown)
			}
		}
	}
}

// TestSearchOldCards finds a certificate with 15 digits by 18, and the reverse.
func TestSearchOldCards(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.issue("c00000000000002", "old", nil)
	for i, in := range []m{
		{"name": "李䶮", "id_number": "320311770706001"}, {"name": "李䶮", "id_number": certificate.Twin("320311770706001")},
		{"name": "张三", "id_number": "110105491231002"},
	} {
		if a := c.search(fmt.Sprint("203.0.113.", i), in); len(a.items()) != 1 {
			t.Errorf("%v: %s", in, a.Body)
		}
	}
	wrong := "320311197707060019" // whatever the right check digit is, one of these is wrong
	if certificate.Twin("320311770706001") == wrong {
		wrong = "320311197707060018"
	}
	if a := c.search("203.0.113.9", m{"name": "李䶮", "id_number": wrong}); a.Code != 404 {
		t.Error("a wrong check digit:", a.Body)
	}
}

// TestSearchStates tells of every state. A sheet that was replaced is void, and
// who asks by its number learns nothing else.
func TestSearchStates(t *testing.T) {
	t.Parallel()
	c := openCounter(t).generous()
	c.issue("c00000000000002", "ali", m{"status": certificate.Replaced, "number": "SAME0001"})
	c.issue("c00000000000003", "ali", m{"number": "SAME0001", "reissue_no": 1, "reissue_date": "2026-11-01"})
	c.issue("c00000000000004", "oneil", m{"status": certificate.Revoked, "voided": "2026-10-01 16:30:00.000Z", "void_reason": "考试作弊"})
	c.issue("c00000000000005", "old", m{"status": certificate.Cancelled})
	ali := m{"name": "阿卜杜拉•买买提", "id_number": "440305200002290010"}
	with := func(number string) m { return m{"name": ali["name"], "id_number": ali["id_number"], "number": number} }
	for _, x := range []struct {
		in   m
		want string
	}{
		{ali, "valid replaced"}, {with("same0001"), "valid replaced"}, {with("P00000003"), "valid"}, {with("P00000002"), "replaced"},
		{m{"name": "O'neil Mary-Ann", "id_number": "e12345678"}, "revoked"}, {m{"name": "李䶮", "id_number": "320311770706001"}, "cancelled"},
	} {
		a := c.search("203.0.113.5", x.in)
		var states []string
		for _, item := range a.items() {
			states = append(states, item["status"].(string))
		}
		if got := strings.Join(states, " "); got != x.want {
			t.Errorf("%v: %q, want %q", x.in, got, x.want)
		}
	}
	if a := c.search("203.0.113.6", with("P00000002")); strings.TrimSpace(a.Body) != `{"items":[{"status":"replaced"}]}` {
		t.Error("by the number of the old sheet:", a.Body)
	}
	a := c.search("203.0.113.6", m{"name": "O'NEIL MARY-ANN", "id_number": "E12345678"})
	d := c.get("203.0.113.6", "/api/portal/certificates/"+a.items()[0]["token"].(string))
	if d.JSON["voided"] != "2026-10-02" || strings.Contains(d.Body, "作弊") {
		t.Error("a revoked one:", d.Body)
	}
	a = c.search("203.0.113.6", with("P00000003"))
	if d := c.get("203.0.113.6", "/api/portal/certificates/"+a.items()[0]["token"].(string)); d.JSON["reissued"] != true || d.JSON["reissue_date"] != "2026-11-01" {
		t.Error("a reissue:", d.Body)
	}
}

// misses lists every kind of search that finds nothing.
func misses() map[string]m {
	return map[string]m{
		"nobody":        {"name": "张三", "id_number": "440305200002290010"},
		"wrong name":    {"name": "李四"},
		"wrong number":  {"number": "202699999999990001"},
		"unknown exam":  {"exam": "NONE"},
		"closed exam":   {"exam": "GB"},
		"malformed":     {"id_number": "12345"},
		"wrong check":   {"id_number": "110105194912310021"},
		"wildcards":     {"name": "%", "id_number": "1101051949123100__"},
		"quotes":        {"name": "' OR 1=1 --", "id_number": "' OR 1=1 --"},
		"long":          {"name": strings.Repeat("张", 3400)},
		"long id":       {"id_number": strings.Repeat("1", 10_000)},
		"NUL":           {"name": "张\x00三四"},
		"only dots":     {"name": "···"},
		"no number":     {"number": "---------"},
		"half the name": {"name": "张"},
	}
}

// TestMissesAreAlike wants one answer to all of them, whatever was wrong.
func TestMissesAreAlike(t *testing.T) {
	t.Parallel()
	c := openCounter(t).generous()
	want := ""
	i := 0
	for kind, in := range misses() {
		if kind == "no number" { // is no number at all, hence found
			continue
		}
		i++
		a := c.search(fmt.Sprint("198.51.100.", i), in)
		got := fmt.Sprint(a.Code, a.header, a.Body)
		if want == "" {
			want = got
		}
		if a.Code != 404 || a.Problem("search") != "cert_not_found" || got != want {
			t.Errorf("%s: %s, not %s", kind, got, want)
		}
	}
}

// TestMissPagesAreAlike is the same for the pages, but for what was typed.
func TestMissPagesAreAlike(t *testing.T) {
	t.Parallel()
	c := openCounter(t).generous()
	want := ""
	i := 0
	for kind, in := range misses() {
		if kind == "no number" {
			continue
		}
		i++
		all := m{"exam": "YJ", "name": "张三", "id_number": "11010519491231002X", "number": ""}
		for k, v := range in {
			all[k] = v
		}
		a := c.form(fmt.Sprint("198.51.100.", i), all["exam"].(string), "name", all["name"].(string), "id_number", all["id_number"].(string), "number", all["number"].(string), "do", "search")
		body := blank(a.Body)
		if want == "" {
			want = body
		}
		if a.Code != 200 || body != want || !strings.Contains(body, "未查询到符合条件的证书信息，请核对后重试") || !strings.Contains(body, "三种原因") {
			t.Errorf("%s: %d %s", kind, a.Code, body)
		}
	}
	if strings.Contains(want, "造价") {
		t.Error("the page of a miss names the exam, which not every miss has")
	}
}

// TestSearchAsksForAllItNeeds refuses an empty field, and says nothing about
// what stands in the others.
func TestSearchAsksForAllItNeeds(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	for i, in := range []m{{"name": ""}, {"name": " \u3000"}, {"id_number": ""}, {"name": "", "id_number": "", "exam": "NONE"}} {
		if a := c.search(fmt.Sprint("198.51.100.", i), in); a.Code != 400 || a.Problem("name")+a.Problem("id_number") == "" {
			t.Error(in, a.Body)
		}
	}
	for i, body := range []string{"", "{", `{"id_number":11010519491231002}`, `{"name":["x"]}`, `"x"`, "\xff"} {
		a := c.from(fmt.Sprint("198.51.100.1", i), "POST", "/api/portal/certificates/search", "application/json", body)
		if a.Code != 400 || strings.Contains(a.Body, "1101") {
			t.Errorf("%q: %d %s", body, a.Code, a.Body)
		}
	}
	if a := c.from("198.51.100.99", "POST", "/api/portal/certificates/search", "application/json", `{"name":"`+strings.Repeat("x", 70_000)+`"}`); a.Code != 400 && a.Code != 413 {
		t.Error("a large body:", a.Code)
	}
}

// TestSearchHeaders keeps the answers out of caches and search engines.
func TestSearchHeaders(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	for what, a := range map[string]reply{
		"hit": c.search("198.51.100.1", nil), "miss": c.search("198.51.100.1", m{"name": "x"}), "exams": c.get("198.51.100.1", "/api/portal/certificates/exams"),
		"list": c.get("198.51.100.1", "/certificates"), "form": c.get("198.51.100.1", "/certificates/YJ"), "none": c.get("198.51.100.1", "/certificates/NONE"),
		"page": c.form("198.51.100.1", "YJ", "name", "张三", "id_number", "11010519491231002X"), "over": c.get("198.51.100.1", "/certificates/YJ/none"),
	} {
		if h := a.header; h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(h.Get("X-Robots-Tag"), "noindex") {
			t.Error(what, a.Code, h)
		}
	}
	if a := c.get("198.51.100.1", "/certificates/GB"); a.Code != 404 || a.Body != strings.ReplaceAll(c.get("198.51.100.1", "/certificates/NO").Body, "/NO", "/GB") {
		t.Error("an exam that is not searched looks different from one that does not exist")
	}
}
