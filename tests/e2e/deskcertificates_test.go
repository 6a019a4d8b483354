package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestDeskCertificates looks for a certificate, and issues to a session, as those
// do who issue certificates.
func TestDeskCertificates(t *testing.T) {
	t.Parallel()
	b := open(t, desktop)
	b.enter("cert@examhall.test")
	b.click("证书")
	b.see("考试批次")
	b.see("批量制证")
	b.shot("desk-certificates")
	b.click("批量制证") // of the first session, 一级建造师
	b.run("see the form", chromedp.WaitVisible(`input[name="approve_date"]`))
	ask[bool](b, "say the date", `(() => {
		const input = document.querySelector('input[name="approve_date"]')
		input.value = new Date(Date.now() - 864e5).toISOString().slice(0, 10)
		input.form.requestSubmit()
		return true
	})()`)
	b.see("管理号一经生成不可收回")
	const yes = `(//button[normalize-space()="批量制证"])[last()]`
	b.run("confirm", chromedp.WaitVisible(yes), chromedp.Click(yes, chromedp.NodeVisible))
	b.run("see it done", chromedp.WaitVisible(`//tr[contains(., "一级建造师") and contains(., "已完成") and contains(., "2 / 2")]`))
	b.shot("desk-issued")
	b.write(`input[name=q]`, "98440115026370")
	b.click("查找")
	const row = `//tr[.//*[normalize-space()="98440115026370"]]`
	b.run("open it", chromedp.WaitVisible(row), chromedp.Click(row))
	b.see("1998-05-20")
	b.see("撤销")
	b.shot("desk-certificate")
	b.clean()
}
