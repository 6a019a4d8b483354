package certificates_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"examhall/hooks"
	"examhall/modules/certificate"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/sealed"
)

type m = map[string]any

// counter is the public counter of a hall: guests, each with an address and a
// browser of their own.
type counter struct {
	*modulestest.Hall
	cookies map[string]string // by address
}

// openCounter opens a hall with the certificates of the tests.
func openCounter(t testing.TB, change ...func(*tests.TestApp, *hooks.Options)) *counter {
	t.Helper()
	h := modulestest.NewWith(t, func(app *tests.TestApp, o *hooks.Options) {
		o.Public, o.Templates = os.DirFS("../../pb_public"), os.DirFS("../../templates")
		app.Settings().TrustedProxy.Headers = []string{"X-Forwarded-For"}
		for _, c := range change {
			c(app, o)
		}
	}, scorereview.Definition())
	project := h.Find("exam_projects", modulestest.Project)
	project.Set("search_enabled", true)
	project.Set("name_en", "Cost engineer")
	if err := h.App.Save(project); err != nil {
		t.Fatal(err)
	}
	h.Add("exam_projects", "projectclosed00", m{"code": "GB", "name": "不开放的考试"})
	c := &counter{Hall: h, cookies: map[string]string{}}
	c.issue("c00000000000001", "zhangsan", nil)
	return c
}

// someone is a person of the tests, by what is printed.
func someone(who string) m {
	switch who {
	case "zhangsan":
		return m{"name": "张三", "id_type": sealed.Resident, "id_number": "11010519491231002X"}
	case "old": // printed with 15 digits
		return m{"name": "李䶮", "id_type": sealed.Resident, "id_number": "320311770706001"}
	case "ali":
		return m{"name": "阿卜杜拉·买买提", "id_type": sealed.Resident, "id_number": "440305200002290010"}
	case "oneil":
		return m{"name": "O'NEIL MARY-ANN", "id_type": sealed.Passport, "id_number": "E12345678"}
	}
	panic("nobody is called " + who)
}

// issue adds a certificate of somebody, with other values where given.
func (c *counter) issue(id, who string, values m) *core.Record {
	c.T.Helper()
	all := m{
		"number": "20260101440301" + id[len(id)-4:], "print_no": "P" + id[len(id)-8:], "code": strings.ToUpper(strings.Repeat("A", 8)) + code(id),
		"project": modulestest.Project, "title": "一级造价工程师", "level": "一级", "specialty": "土木建筑工程", "approve_date": "2026-10-25",
		"issuer": "人力资源和社会保障部、住房和城乡建设部", "medium": "both", "layout": "professional", "status": certificate.Valid,
	}
	for _, from := range []m{someone(who), values} {
		for name, v := range from {
			all[name] = v
		}
	}
	all["name_key"] = certificate.Key(all["name"].(string))
	return c.Add("certificates", id, all)
}

// code makes eight characters of base32 of the end of an id.
func code(id string) string {
	return strings.NewReplacer("0", "A", "1", "B", "8", "C", "9", "D").Replace(strings.ToUpper(id[len(id)-8:]))
}

// reply is an answer with its headers.
type reply struct {
	modulestest.Answer
	header http.Header
}

// from sends a request from an address, in the browser that is there.
func (c *counter) from(address, method, target, kind, body string) reply {
	c.T.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.RemoteAddr = "192.0.2.9:1234"
	r.Header.Set("X-Forwarded-For", address)
	r.Header.Set("Content-Type", kind)
	if cookie := c.cookies[address]; cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	w := httptest.NewRecorder()
	c.Mux.ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		c.cookies[address] = cookie.Name + "=" + cookie.Value
	}
	a := modulestest.Answer{Code: w.Code, Body: w.Body.String()}
	_ = json.Unmarshal(w.Body.Bytes(), &a.JSON)
	return reply{a, w.Header()}
}

// search asks as a program does.
func (c *counter) search(address string, in m) reply {
	c.T.Helper()
	all := m{"exam": "YJ", "name": "张三", "id_number": "11010519491231002X"}
	for k, v := range in {
		all[k] = v
	}
	raw, err := json.Marshal(all)
	if err != nil {
		c.T.Fatal(err)
	}
	return c.from(address, "POST", "/api/portal/certificates/search", "application/json", string(raw))
}

// items returns the results of an answer.
func (r reply) items() []m {
	list, _ := r.JSON["items"].([]any)
	var items []m
	for _, x := range list {
		items = append(items, x.(m))
	}
	return items
}

// form sends the form of the page.
func (c *counter) form(address, exam string, fields ...string) reply {
	c.T.Helper()
	v := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	return c.from(address, "POST", "/certificates/"+exam, "application/x-www-form-urlencoded", v.Encode())
}

func (c *counter) get(address, target string) reply {
	c.T.Helper()
	return c.from(address, "GET", target, "", "")
}

// one returns what the first group of a pattern finds.
func one(t testing.TB, pattern, text string) string {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no %s in %s", pattern, text)
	}
	return found[1]
}

// blank takes what was typed, and the captcha, out of a page.
func blank(page string) string {
	page = regexp.MustCompile(` value="[^"]*"`).ReplaceAllString(page, "")
	page = regexp.MustCompile(`action="[^"]*"`).ReplaceAllString(page, "")
	return page
}

// generous makes room for as many searches as a test likes.
func (c *counter) generous() *counter {
	c.T.Helper()
	for _, name := range []string{"search_ip", "search_id", "search_misses", "search_all", "captcha_ip"} {
		c.Add("limits", "", m{"name": name, "most": 1_000_000, "seconds": 60})
	}
	return c
}
