package certificates_test

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"golang.org/x/mod/sumdb/tlog"

	"examhall/hooks"
	"examhall/modules/credential"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/sealed"
	"examhall/modules/translog"
)

// openPages returns an ExamHall that draws pages, with the certificates of three
// people.
func openPages(t testing.TB) *modulestest.Hall {
	t.Helper()
	h := modulestest.NewWith(t, func(app *tests.TestApp, o *hooks.Options) {
		o.Templates, o.Public = os.DirFS("../../templates"), os.DirFS("../../pb_public")
		app.Settings().Meta.AppURL = "https://zhengshu.example.cn"
	}, scorereview.Definition())
	exam(h)
	pass(h, 1, "陈𬭎", "机电工程")
	pass(h, 2, "阿卜杜拉•买买提", "建筑工程")
	pass(h, 3, "张 三", "建筑工程")
	bulk(h)
	return h
}

// answer is what the server said, with its headers.
type answer struct {
	Code   int
	Body   string
	Header http.Header
}

// ask answers a GET request of a guest.
func ask(h *modulestest.Hall, path string) answer { return askAs(h, "", path) }

func askAs(h *modulestest.Hall, who, path string) answer {
	h.T.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = "192.0.2.1:1234"
	if token := h.Token(who); token != "" {
		r.Header.Set("Authorization", token)
	}
	w := httptest.NewRecorder()
	h.Mux.ServeHTTP(w, r)
	return answer{w.Code, w.Body.String(), w.Header()}
}

// tokenOf returns the token in the QR code of a certificate.
func tokenOf(h *modulestest.Hall, c *core.Record) string {
	h.T.Helper()
	url, err := h.Office.Token(h.App, c)
	if err != nil {
		h.T.Fatal(err)
	}
	_, token, ok := strings.Cut(url, "HTTPS://ZHENGSHU.EXAMPLE.CN/V/")
	if !ok {
		h.T.Fatal(url)
	}
	return token
}

// sql runs what a thief of the database would.
func sql(h *modulestest.Hall, query string) {
	h.T.Helper()
	if _, err := h.App.NonconcurrentDB().NewQuery(query).Execute(); err != nil {
		h.T.Fatal(err)
	}
}

// unguarded drops the triggers, as somebody with the file of the database can.
func unguarded(h *modulestest.Hall) {
	h.T.Helper()
	var names []string
	if err := h.App.DB().NewQuery("SELECT name FROM sqlite_master WHERE type = 'trigger'").Column(&names); err != nil {
		h.T.Fatal(err)
	}
	for _, name := range names {
		sql(h, "DROP TRIGGER `"+name+"`")
	}
}

func says(t *testing.T, a answer, status int, words ...string) {
	t.Helper()
	if a.Code != status {
		t.Errorf("status %d, want %d", a.Code, status)
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("the page does not say %q", w)
		}
	}
}

func TestThePageShowsWhatWasSigned(t *testing.T) {
	h := openPages(t)
	c := certificates(h)[2]
	token := tokenOf(h, c)
	for _, path := range []string{"/v/", "/V/"} {
		a := ask(h, path+token)
		says(t, a, 200, "此证书有效", "签名内容", `陈<span class="rare" title="U&#43;2CB4E">𬭎</span>`, "中华人民共和国一级建造师", "机电工程", c.GetString("number"),
			"2026年9月13日", "示例省人力资源和社会保障厅", "4****************", "有效", "离线核验")
		if strings.Contains(a.Body, sealed.Plain(c, "id_number")) || strings.Contains(a.Body, "<script") {
			t.Error("the page says too much")
		}
		if a.Header.Get("Cache-Control") != "no-store" || !strings.Contains(a.Header.Get("X-Robots-Tag"), "noindex") || a.Header.Get("Content-Security-Policy") == "" {
			t.Error(a.Header)
		}
	}
	says(t, ask(h, "/v/"+strings.ToLower(token)+"?lang=en"), 200, "This certificate is valid", "13 September 2026", "Qualification")
}

func TestThePageSaysWhatHoldsToday(t *testing.T) {
	for status, words := range map[string]string{"replaced": "已补发，本证书作废", "revoked": "已撤销", "cancelled": "已注销"} {
		t.Run(status, func(t *testing.T) {
			h := openPages(t)
			c := certificates(h)[0]
			token := tokenOf(h, c)
			c.Set("status", status)
			c.Set("voided", h.Now())
			if err := h.App.Save(c); err != nil {
				t.Fatal(err)
			}
			says(t, ask(h, "/v/"+token), 200, "verdict--failed", "<h1>"+words, "阿卜杜拉·买买提", "2026年11月23日")
		})
	}
}

// annotate adds an annotated copy.
func annotate(h *modulestest.Hall, c *core.Record, values dbx.Params) *core.Record {
	h.T.Helper()
	row := dbx.Params{
		"id": "annotation00001", "certificate": c.Id, "holder": c.GetString("holder"), "code": "ABCDEFGHIJKLMNOP", "purpose": "2026年公司资质申报",
		"recipient": "示例市住房和城乡建设局", "days": 30, "issued": stamp(h.Now()), "expires": stamp(h.Now().AddDate(0, 0, 30)), "log_index": 2,
	}
	for name, value := range values {
		row[name] = value
	}
	insert(h, "annotations", row)
	return h.Find("annotations", "annotation00001")
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000Z") }

func annotatedToken(h *modulestest.Hall, c, a *core.Record) string {
	h.T.Helper()
	url, err := h.Office.AnnotatedToken(h.App, c, a)
	if err != nil {
		h.T.Fatal(err)
	}
	return url[strings.LastIndex(url, "/")+1:]
}

func TestAnnotatedCopies(t *testing.T) {
	h := openPages(t)
	c := certificates(h)[0]
	a := annotate(h, c, nil)
	token := annotatedToken(h, c, a)
	says(t, ask(h, "/v/"+token), 200, "此加注副本有效", "2026年公司资质申报", "示例市住房和城乡建设局", "2026年12月23日")
	h.Travel(h.Now().AddDate(0, 0, 31))
	says(t, ask(h, "/v/"+token), 200, "加注已过期", "阿卜杜拉·买买提")
	h.Travel(modulestest.Start())
	a.Set("withdrawn", h.Now())
	if err := h.App.Save(a); err != nil {
		t.Fatal(err)
	}
	says(t, ask(h, "/v/"+token), 200, "加注副本已被持证人撤回", "撤回时间")
}

func TestWhatIsNoCertificateIsSaidInPlainWords(t *testing.T) {
	h := openPages(t)
	token := tokenOf(h, certificates(h)[0])
	f := credential.Facts{Code: "ABCDEFGHIJKLMNOP", Number: "1", Name: "张三", Title: "x", ApproveDate: "2026-09-13", IssuedAt: h.Now()}
	sign := func(base, seed string) string {
		k, err := credential.New(base, sealed.NewRing([]byte(seed)).SigningKeys())
		if err != nil {
			t.Fatal(err)
		}
		token, err := k.Sign(f)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	says(t, ask(h, "/v/"+sign("https://other.example.org", "theirs")), 404, "不是本单位签发的证书", "other.example.org")
	says(t, ask(h, "/v/"+sign("https://zhengshu.example.cn", "theirs")), 404, "签名密钥未知")
	says(t, ask(h, "/v/"+sign("https://zhengshu.example.cn", "examhall tests")), 200, "没有这本证书的签发记录")
	says(t, ask(h, "/v/"+token[:len(token)-4]), 404, "无法识别")
	says(t, ask(h, "/v/ABCDEFGHIJKLMNOP"), 404, "无法识别")
	at := len(token) - 60
	changed := token[:at] + map[bool]string{true: "B", false: "A"}[token[at] == 'A'] + token[at+1:]
	says(t, ask(h, "/v/"+changed), 404, "内容与签名不符")
	says(t, ask(h, "/v/"+changed+"?lang=en"), 404, "The signature does not fit")
	unguarded(h)
	sql(h, "UPDATE certificates SET approve_date = '2020-01-01'")
	says(t, ask(h, "/v/"+token), 200, "与登记内容不一致", "2026年9月13日")
}

func TestProofsCanBeChecked(t *testing.T) {
	h := openPages(t)
	for _, c := range certificates(h) {
		a := ask(h, "/v/"+tokenOf(h, c)+"?format=json")
		var v struct {
			Verdict string
			Signed  struct{ Name, Number string }
			Log     struct {
				Index           int64
				Leaf            string
				Hashes          tlog.RecordProof
				Checkpoint, Key string
			}
		}
		if err := json.Unmarshal([]byte(a.Body), &v); err != nil || v.Verdict != "valid" || v.Signed.Name != c.GetString("name") {
			t.Fatal(err, a.Body)
		}
		head, err := translog.OpenCheckpoint([]byte(v.Log.Checkpoint), v.Log.Key)
		if err != nil {
			t.Fatal(err)
		}
		leaf := make([]byte, 32)
		if _, err := hex.Decode(leaf, []byte(v.Log.Leaf)); err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckRecord(v.Log.Hashes, head.N, head.Hash, v.Log.Index, tlog.RecordHash(leaf)); err != nil {
			t.Error(err)
		}
		if strings.Contains(a.Body, sealed.Plain(c, "id_number")) {
			t.Error("the number of the identity is told")
		}
	}
}

func TestKeysAndStatusListArePublic(t *testing.T) {
	h := openPages(t)
	keys, err := credential.New("https://zhengshu.example.cn", h.Portal.Ring().SigningKeys())
	if err != nil {
		t.Fatal(err)
	}
	says(t, ask(h, "/.well-known/jwks.json"), 200, keys.KID(), `"crv":"Ed25519"`)
	c := certificates(h)[1]
	list := ask(h, "/.well-known/status-list").Body
	if void, _, err := keys.Void(list, int64(c.GetInt("log_index"))); void || err != nil {
		t.Error(void, err)
	}
	c.Set("status", "revoked")
	if err := h.App.Save(c); err != nil {
		t.Fatal(err)
	}
	h.Travel(h.Now().Add(2 * time.Hour))
	list = ask(h, "/.well-known/status-list").Body
	for i, other := range certificates(h) {
		if void, _, err := keys.Void(list, int64(other.GetInt("log_index"))); void != (i == 1) || err != nil {
			t.Error(i, void, err)
		}
	}
}

func TestHoldersExportTheirCredential(t *testing.T) {
	h := openPages(t)
	c := certificates(h)[0]
	unguarded(h)
	sql(h, "UPDATE certificates SET holder = '"+modulestest.ID("li")+"' WHERE id = '"+c.Id+"'")
	path := "/api/portal/certificates/" + c.Id + "/credential"
	a := askAs(h, "li", path)
	if a.Code != 200 || a.Header.Get("Content-Type") != "application/vc+jwt" || strings.Count(a.Body, ".") != 2 {
		t.Error(a.Code, a.Header, a.Body)
	}
	for _, other := range []string{"wang", "reviewer", "foreign", "admin", ""} {
		if a := askAs(h, other, path); a.Code != 404 && a.Code != 401 {
			t.Error(other, a.Code)
		}
	}
}
