package e2e

import (
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestCaptcha logs in where the captcha is on: the picture is there, it can be
// heard, a wrong answer says so and brings another picture.
func TestCaptcha(t *testing.T) {
	own := server{bin: hall.bin, dir: filepath.Join(t.TempDir(), "data")}
	if err := command(own.bin, "demo", "--dir", own.dir, "--candidates", "0"); err != nil {
		t.Fatal(err)
	}
	stop, err := own.start("--live-clients", "1")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	b := open(t, phone)
	b.run("open the login", chromedp.Navigate(own.url+"/login"))
	const picture = `document.querySelector(".captcha__image")`
	b.until("the picture", picture+` && `+picture+`.naturalWidth > 100`)
	first := ask[string](b, "the picture", picture+`.src`)
	sound := ask[string](b, "the sound", `fetch(document.querySelector("audio").src).then(r => r.headers.get("Content-Type") + " " + r.status)`, awaited)
	if sound != "audio/wav 200" {
		t.Error("sound:", sound)
	}
	b.axe("captcha")
	b.fill("username", "zhangsan")
	b.fill("password", password)
	b.fill("captcha", "none")
	b.click("登录")
	b.see("验证码错误或已失效")
	b.until("another picture", picture+`.src !== `+`"`+first+`"`)
	b.click("换一张")
	b.clean()
}
