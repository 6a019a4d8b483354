package certificates_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/tests"

	"examhall/hooks"
	"examhall/modules/modulestest"
)

func captchaOn(_ *tests.TestApp, o *hooks.Options) { o.CaptchaOff = false }

// solve answers a sum in words.
func solve(t testing.TB, page string) string {
	t.Helper()
	found := regexp.MustCompile(`([零一二三四五六七八九十]+)([加减])([零一二三四五六七八九十]+)等于多少`).FindStringSubmatch(page)
	if found == nil {
		t.Fatal("no sum on the page", page)
	}
	a, b := number(found[1]), number(found[3])
	if found[2] == "减" {
		b = -b
	}
	return fmt.Sprint(a + b)
}

// number reads a number below 100.
func number(text string) int {
	n, digit := 0, 0
	for _, r := range text {
		if r == '十' {
			n, digit = 10*max(digit, 1), 0
			continue
		}
		digit = strings.Index("零一二三四五六七八九", string(r)) / 3
	}
	return n + digit
}

// TestSearchCaptcha asks for a captcha once per search, on the page and in the
// API, and keeps what was typed when it asks for another.
func TestSearchCaptcha(t *testing.T) {
	t.Parallel()
	c := openCounter(t, captchaOn).generous()
	const from = "203.0.113.1"
	page := c.get(from, "/certificates/YJ")
	if !strings.Contains(page.Body, `src="data:image/png;base64,`) || !strings.Contains(page.Body, "语音验证码") {
		t.Fatal("no picture:", page.Body)
	}
	id := one(t, `name="captcha_id" value="([A-Z2-7]+)"`, page.Body)
	if a := c.get(from, "/api/portal/captcha/"+id+"/audio?lang=zh"); a.Code != 200 || a.header.Get("Content-Type") != "audio/wav" {
		t.Error("the sound:", a.Code)
	}
	typed := []string{"name", `张"三<`, "id_number", "11010519491231002X", "number", "P00000001", "captcha_id", id, "captcha", "12"}
	page = c.form(from, "YJ", append(typed, "do", "sum")...)
	for _, kept := range []string{`value="张&#34;三&lt;"`, `value="11010519491231002X"`, `value="P00000001"`, "等于多少"} {
		if !strings.Contains(page.Body, kept) {
			t.Errorf("%s is lost: %s", kept, page.Body)
		}
	}
	sumID := one(t, `name="captcha_id" value="([A-Z2-7]+)"`, page.Body)
	if a := c.get(from, "/api/portal/captcha/"+sumID+"/audio"); a.Code != 404 {
		t.Error("a sum is not spoken: its answer would be")
	}
	right := []string{"name", "张三", "id_number", "11010519491231002X", "kind", "sum", "captcha_id", sumID, "captcha", solve(t, page.Body)}
	if a := c.form(from, "YJ", right...); !strings.Contains(a.Body, "证书查询结果") {
		t.Error("the right answer:", a.Body)
	}
	again := c.form(from, "YJ", right...)
	if again.Code != 400 || !strings.Contains(again.Body, "验证码错误或已失效") || !strings.Contains(again.Body, `value="张三"`) || !strings.Contains(again.Body, "等于多少") {
		t.Error("the same answer again:", again.Code, again.Body)
	}
	if page = c.form(from, "YJ", "name", "张三", "kind", "sum", "do", "picture"); !strings.Contains(page.Body, "data:image/png") {
		t.Error("back to the picture")
	}
	if page = c.form(from, "YJ", "name", "张三", "kind", "sum", "do", "another"); !strings.Contains(page.Body, "等于多少") {
		t.Error("another of the same kind")
	}
	if page = c.get(from, "/certificates/YJ?lang=en"); !strings.Contains(page.Body, "A sum instead") {
		t.Error("in English:", page.Body)
	}
}

// TestSearchCaptchaOfPrograms is the same for programs: wrong, missing, used,
// and right.
func TestSearchCaptchaOfPrograms(t *testing.T) {
	t.Parallel()
	c := openCounter(t, captchaOn).generous()
	const from = "203.0.113.1"
	ask := func() (string, string) {
		a := c.get(from, "/api/portal/captcha?kind=sum&lang=zh")
		return a.Text("id"), solve(t, a.Text("sum"))
	}
	id, answer := ask()
	for _, in := range []m{nil, {"captcha_id": "none", "captcha": "1"}, {"captcha_id": id, "captcha": answer + "0"}, {"captcha_id": id, "captcha": answer}} {
		if a := c.search(from, in); a.Code != 400 || a.Problem("captcha") != "captcha_invalid" {
			t.Error(in, a.Body)
		}
	}
	id, answer = ask()
	if a := c.search(from, m{"captcha_id": id, "captcha": " " + answer}); a.Code != 200 {
		t.Error("the right one:", a.Body)
	}
	if a := c.get(from, "/api/portal/captcha?kind=sum&lang=en"); !strings.HasPrefix(a.Text("sum"), "What is ") {
		t.Error("in English:", a.Body)
	}
}

// TestLimitOfCaptchas refuses the 61st picture in a minute for one address, in
// the log-in and on the page, and says for how long.
func TestLimitOfCaptchas(t *testing.T) {
	t.Parallel()
	c := openCounter(t, captchaOn)
	const from = "203.0.113.1"
	for i := range 60 {
		if a := c.get(from, "/api/portal/captcha?kind=sum&lang=zh"); a.Code != 200 {
			t.Fatal(i, a.Body)
		}
	}
	a := c.get(from, "/api/portal/captcha")
	if a.Code != 429 || a.Problem("captcha") != "too_many_requests" || !strings.Contains(a.Body, `"n":2`) || a.header.Get("Retry-After") != "120" {
		t.Error("the 61st:", a.Code, a.header, a.Body)
	}
	page := c.get(from, "/certificates/YJ")
	if page.Code != 429 || !strings.Contains(page.Body, "操作过于频繁，请 2 分钟后再试") || strings.Contains(page.Body, "search__captcha") {
		t.Error("the page:", page.Code, page.Body)
	}
	if a := c.get("203.0.113.2", "/api/portal/captcha"); a.Code != 200 {
		t.Error("another address:", a.Body)
	}
	c.Travel(modulestest.Start().Add(2 * time.Minute))
	if a := c.get(from, "/api/portal/captcha"); a.Code != 200 {
		t.Error("two minutes later:", a.Body)
	}
}
