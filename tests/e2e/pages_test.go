package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPages opens every page with data in it, at both sizes and in both
// languages: nothing may bar anybody, break the policy of the page, or be an
// error in disguise.
func TestPages(t *testing.T) {
	for _, width := range []int{phone, desktop} {
		for _, lang := range []string{"zh", "en"} {
			t.Run(fmt.Sprintf("%d %s", width, lang), func(t *testing.T) {
				b := open(t, width)
				for _, page := range []string{"/", "/help", "/nowhere", "/login"} {
					b.visit(page + "?lang=" + lang)
					b.settle()
					b.axe(lang + page)
				}
				b.visit("/login?lang=zh")
				b.login("lisi")
				own := ask[string](b, "own application", `fetch("/api/portal/applications", {headers: {Authorization: JSON.parse(sessionStorage.session).token}})
					.then(r => r.json()).then(l => l.items[0].service + "/" + l.items[0].id)`, awaited)
				held := hold(t, "lisi", nil)
				for _, page := range []string{
					"/my/certificates", "/my/certificates/" + held, "/my/certificates/" + held + "/mailings", "/services/mailings/new?certificate=" + held,
					"/services", "/services/score_reviews", "/services/score_reviews/new", "/applications",
					"/applications/" + own, "/applications/" + own + "/edit", "/messages", "/me", "/services/nothing",
				} {
					b.visit(page + asks(page) + "lang=" + lang)
					b.settle()
					b.axe(lang + page)
				}
				b.visit("/?lang=" + lang)
				b.settle()
				b.visit(ask[string](b, "a notice", `document.querySelector(".notices a").getAttribute("href")`))
				b.settle()
				b.axe(lang + "/notice")
				b.visit("/me?lang=" + lang)
				b.settle()
				b.run("switch to the easy version", chromedp.Click(chromedp.CSS(".switch")))
				b.visit("/services?lang=" + lang)
				b.settle()
				if !ask[bool](b, "the easy version", `document.documentElement.classList.contains("elder")`) {
					t.Error("the easy version is not kept")
				}
				b.axe(lang + "/elder")
				b.clean()
			})
		}
	}
}

// asks returns what stands before one more parameter of an address.
func asks(page string) string {
	if strings.Contains(page, "?") {
		return "&"
	}
	return "?"
}

// TestWithoutScript opens what anybody must reach in a browser that runs none.
func TestWithoutScript(t *testing.T) {
	b := open(t, phone)
	b.withoutScript()
	b.visit("/")
	b.seeText("考试业务，一站办理")
	b.seeText("成绩复核")
	b.visit("/help")
	b.seeText("办理步骤")
	b.visit("/services")
	b.seeText("浏览器") // what to do about it
}
