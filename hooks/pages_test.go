package hooks_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pocketbase/dbx"

	"examhall/hooks"
	"examhall/modules/modulestest"
)

// shown returns whether the page is whole HTML and has the text.
func shown(a *httptest.ResponseRecorder, text string) bool {
	body := a.Body.String()
	return strings.Contains(body, "</html>") && strings.Contains(body, text)
}

// publish makes a notice.
func publish(h *modulestest.Hall, id string, values m) {
	h.T.Helper()
	all := m{"title": "公告" + id, "body": "正文" + id, "published": modulestest.Start().Add(-time.Hour)}
	for name, v := range values {
		all[name] = v
	}
	h.Add("notices", id, all)
}

// TestHome needs no JavaScript: it lists what can be applied for, and the
// newest notices, pinned ones first.
func TestHome(t *testing.T) {
	t.Parallel()
	h := open(t)
	publish(h, "oldbutpinned000", m{"pinned": true, "published": modulestest.Start().AddDate(0, -1, 0)})
	publish(h, "new000000000000", m{"title_en": "Results are out", "body_en": "Have a look."})
	publish(h, "tomorrow0000000", m{"published": modulestest.Start().Add(time.Second)})
	publish(h, "draft0000000000", m{"published": ""})

	a := visit(h, "", "/")
	body := a.Body.String()
	if a.Code != 200 || !shown(a, "成绩复核") || strings.Contains(body, "<script") {
		t.Error(a.Code, body)
	}
	pinned, fresh := strings.Index(body, "公告oldbutpinned000"), strings.Index(body, "公告new000000000000")
	if pinned < 0 || fresh < pinned || !strings.Contains(body, "2026年10月23日") {
		t.Error("the order of the notices:", pinned, fresh)
	}
	for _, hidden := range []string{"tomorrow0000000", "draft0000000000"} {
		if strings.Contains(body, hidden) {
			t.Errorf("%s is not published yet", hidden)
		}
	}
	if english := visit(h, "", "/?lang=en"); !shown(english, "Results are out") || !shown(english, "Score review") || !shown(english, `lang="en"`) {
		t.Error(english.Body)
	}
}

// TestNotice shows a notice from the second of its publication on, and before
// it the page of what does not exist.
func TestNotice(t *testing.T) {
	t.Parallel()
	h := open(t)
	publish(h, "notice000000000", m{"body": "第一段\r\n\r\n第二段", "published": modulestest.Start().Add(time.Minute)})
	early, none := visit(h, "", "/notices/notice000000000"), visit(h, "", "/notices/none00000000000")
	if early.Code != 404 || early.Body.String() != none.Body.String() {
		t.Error("before its time:", early.Code, early.Body)
	}
	h.Travel(modulestest.Start().Add(time.Minute))
	a := visit(h, "", "/notices/notice000000000")
	if a.Code != 200 || !shown(a, "<h1>公告notice000000000</h1>") || !shown(a, `<p class="prose">第一段</p><p class="prose">第二段</p>`) {
		t.Error(a.Code, a.Body)
	}
	for _, id := range []string{"none", "%27%20OR%201=1--", "%00", "..%2f..%2fkeys.json", strings.Repeat("x", 5000)} {
		if a := visit(h, "", "/notices/"+id); a.Code != 404 || !shown(a, "没有找到这个页面") {
			t.Errorf("/notices/%.20s: %d", id, a.Code)
		}
	}
}

// TestPagesEscape writes what the operator typed as text, whatever it looks like.
func TestPagesEscape(t *testing.T) {
	t.Parallel()
	h := open(t)
	const evil = `<script>alert(1)</script><img src=x onerror=alert(2)>" onmouseover="alert(3) {{.Secret}}`
	publish(h, "evil00000000000", m{"title": evil, "body": evil, "title_en": evil, "body_en": evil})
	for _, url := range []string{"/", "/notices/evil00000000000", "/?lang=en", "/notices/evil00000000000?lang=en", `/none?lang="><script>`, `/%22%3E%3Cscript%3E`} {
		body := visit(h, "", url).Body.String()
		for _, live := range []string{"<script", "<img src=x", `" onmouseover`} {
			if strings.Contains(body, live) {
				t.Errorf("%s: %q is alive", url, live)
			}
		}
	}
	if !shown(visit(h, "", "/notices/evil00000000000"), "&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("the text itself is lost")
	}
}

// TestPagesLeadToThisServer says that no link of a page leaves it, whatever the
// address that was asked for looks like.
func TestPagesLeadToThisServer(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, url := range []string{"/%2F/evil.example", "/%5Cevil.example", "/%2Fevil.example/%2e%2e", "/none", "/notices/%2F%2Fevil.example"} {
		a := visit(h, "", url)
		if location := a.Header().Get("Location"); strings.HasPrefix(location, "//") || strings.Contains(location, ":") {
			t.Errorf("%s redirects to %s", url, location)
		}
		for _, link := range strings.Split(a.Body.String(), `href="`)[1:] {
			if target, _, _ := strings.Cut(link, `"`); strings.HasPrefix(target, "//") || strings.HasPrefix(target, `/\`) || strings.Contains(target, "evil.example") {
				t.Errorf("%s has a link to %s", url, target)
			}
		}
	}
}

// TestLanguage asks once and remembers: ?lang= leaves a cookie, without which
// pages are Chinese.
func TestLanguage(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct{ url, cookie, lang, leaves string }{
		{"/help", "", "zh-CN", ""},
		{"/help", "lang=en", "en", ""},
		{"/help", "lang=<script>", "zh-CN", ""},
		{"/help?lang=en", "", "en", "lang=en"},
		{"/help?lang=zh", "lang=en", "zh-CN", "lang=zh"},
		{"/help?lang=xx", "lang=en", "zh-CN", "lang=zh"},
		{"/none?lang=en", "", "en", "lang=en"},
		{"/help?lang=en%0d%0aSet-Cookie:x=y", "", "zh-CN", "lang=zh"},
	} {
		a := visit(h, "", c.url, "Cookie", c.cookie)
		if !shown(a, `<html lang="`+c.lang+`">`) {
			t.Errorf("%s with %q is not in %s", c.url, c.cookie, c.lang)
		}
		left := a.Header().Get("Set-Cookie")
		if first, rest, _ := strings.Cut(left, "; "); first != c.leaves || left != "" && (!strings.Contains(rest, "HttpOnly") || !strings.Contains(rest, "SameSite=Lax") || !strings.Contains(rest, "Path=/")) {
			t.Errorf("%s leaves %q, want %q", c.url, left, c.leaves)
		}
	}
}

// TestHeadersOfPages wants the policy on every page: found or not, redirected,
// file or fault. Pages may be kept but must be asked for again.
func TestHeadersOfPages(t *testing.T) {
	t.Parallel()
	broken := fstest.MapFS{}
	for _, page := range []string{"_layout", "home", "notice", "help", "error"} {
		raw, err := os.ReadFile(filepath.Join("../templates/pages", page+".html"))
		if err != nil {
			t.Fatal(err)
		}
		if page == "help" {
			raw = []byte(`{{define "main"}}{{.Nothing.Such}}{{end}}`)
		}
		broken["pages/"+page+".html"] = &fstest.MapFile{Data: raw}
	}
	for _, name := range []string{"pdf/professional.json", "pdf/seal.png"} { // without a layout nothing starts
		raw, err := os.ReadFile(filepath.Join("../templates", name))
		if err != nil {
			t.Fatal(err)
		}
		broken[name] = &fstest.MapFile{Data: raw}
	}
	h := open(t, func(o *hooks.Options) { o.Templates = broken })
	publish(h, "notice000000000", nil)
	for _, c := range []struct {
		url  string
		code int
	}{
		{"/", 200},
		{"/notices/notice000000000", 200},
		{"/notices/none", 404},
		{"/help", 500},
		{"/none", 404},
		{"/login", 200},
		{"/applications/" + reviews + "/x", 200},
		{"/css/base.css", 200},
		{"/css", 301},
		{"/app/main.js", 200},
		{"/vendor/preact.mjs", 200},
		{"/favicon.svg", 200},
		{"/index.html", 301},
		{"/app/../../hooks/hooks.go", 307},
	} {
		a := visit(h, "", c.url)
		if a.Code != c.code {
			t.Errorf("%s: %d, want %d", c.url, a.Code, c.code)
		}
		if c.code == 307 { // Go's own, before any page
			continue
		}
		for header, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'",
			"Referrer-Policy":         "no-referrer", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN",
			"Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := a.Header().Get(header); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q, want %q", c.url, header, got, want)
			}
		}
		for _, directive := range []string{"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(a.Header().Get("Content-Security-Policy"), directive) {
				t.Errorf("%s: the policy lacks %s", c.url, directive)
			}
		}
		if strings.Contains(a.Header().Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s: the policy has a hole", c.url)
		}
		kept := a.Header().Get("Cache-Control")
		if vendored := strings.HasPrefix(c.url, "/vendor/"); (kept == "no-cache") == vendored {
			t.Errorf("%s: Cache-Control %q", c.url, kept)
		}
	}
	if a := visit(h, "", "/help"); !shown(a, "系统暂时出错了") || strings.Contains(a.Body.String(), "Such") {
		t.Error("a fault of ours:", a.Body)
	}
}

// TestFilesStayInside tries to read files of the server by the address of one.
func TestFilesStayInside(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, url := range []string{
		"/..%2fhooks/hooks.go", "/..%2f..%2fetc/passwd", "/%2e%2e/hooks/hooks.go", "/css/..%2f..%2fhooks/hooks.go", "/..%5chooks%5chooks.go",
		"/css/%2e%2e%2f%2e%2e%2fmain.go", "/%2fetc/passwd", "/vendor/..%2f..%2fgo.mod", "/.%2f..%2fgo.mod", "/%00", "/css/base.css%00", "/css/base.css/", "//../go.mod",
	} {
		a := visit(h, "", url)
		body := a.Body.String()
		if a.Code == 200 || strings.Contains(body, "package hooks") || strings.Contains(body, "root:") || strings.Contains(body, "module examhall") {
			t.Errorf("%s: %d %.100s", url, a.Code, body)
		}
	}
}

// TestUnknownRoutes answers programs in JSON and people with a page.
func TestUnknownRoutes(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, url := range []string{"/api/none", "/api/portal/none", "/api/portal/desk/none", "/api/collections/none/records"} {
		a := visit(h, "", url)
		if kind := a.Header().Get("Content-Type"); a.Code != 404 && a.Code != 401 || !strings.HasPrefix(kind, "application/json") {
			t.Errorf("%s: %d %s", url, a.Code, kind)
		}
	}
	if a := visit(h, "", "/apiary"); a.Code != 404 || !shown(a, "没有找到这个页面") {
		t.Error(a.Code, a.Body)
	}
}

// TestHealthz tells a load balancer whether the database answers, and nothing
// else to anybody.
func TestHealthz(t *testing.T) {
	t.Parallel()
	h := open(t)
	a := visit(h, "", "/healthz")
	if a.Code != http.StatusOK || strings.TrimSpace(a.Body.String()) != `{"status":"up"}` || a.Header().Get("Cache-Control") != "no-store" {
		t.Error(a.Code, a.Header(), a.Body)
	}
	if err := h.App.ConcurrentDB().(*dbx.DB).Close(); err != nil {
		t.Fatal(err)
	}
	if a := visit(h, "", "/healthz"); a.Code != http.StatusServiceUnavailable || strings.TrimSpace(a.Body.String()) != `{"status":"down"}` {
		t.Error("without a database:", a.Code, a.Body)
	}
}
