package e2e

import (
	"net/http"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestLive changes an application under two open pages, where the server takes
// one live connection only: one page hears of it at once, the other asks.
func TestLive(t *testing.T) {
	own := server{bin: hall.bin, dir: filepath.Join(t.TempDir(), "data")}
	if err := command(own.bin, "demo", "--dir", own.dir, "--candidates", "0"); err != nil {
		t.Fatal(err)
	}
	stop, err := own.start("--captcha=off", "--live-clients", "1")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	const page, record = "/applications/score_reviews/appjzwangwu0000", "/api/collections/score_reviews/records/appjzwangwu0000"
	listens, asks := open(t, desktop), open(t, phone)
	for _, b := range []*browser{listens, asks} {
		b.run("open the login", chromedp.Navigate(own.url+"/login"))
		b.fill("username", "wangwu")
		b.fill("password", password)
		b.click("登录")
		b.see("业务办理")
		b.run("open the application", chromedp.Navigate(own.url+page))
		b.see("待受理")
	}
	desk := apiAt(t, own.url, http.MethodPost, "/api/collections/_superusers/auth-with-password", "", map[string]any{"identity": "reviewer@examhall.test", "password": password})
	apiAt(t, own.url, http.MethodPatch, record, desk["token"].(string), map[string]any{"status": "accepted", "rev": 1})
	listens.see("已受理")
	for range 2 { // it asks every half minute
		if ask[bool](asks, "look", `document.body.innerText.includes("已受理")`) {
			break
		}
		asks.run("wait", chromedp.Sleep(patience-patience/10))
	}
	asks.see("已受理")
}
