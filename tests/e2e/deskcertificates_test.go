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
	b.run("see it done", chromedp.WaitVisible(`//tr[contains(., "一级建造师") and contains(., "已完成")]`))
	b.shot("desk-issued")
	b.stack()
	b.write(`input[name=q]`, "98440115026370")
	b.click("查找")
	const row = `//tr[.//*[normalize-space()="98440115026370"]]`
	b.run("open it", chromedp.WaitVisible(row), chromedp.Click(row))
	b.see("1998-05-20")
	b.see("撤销")
	b.shot("desk-certificate")
	b.clean()
}

// stack registers the sheets of the run that was just done, and lays them ready.
func (b *browser) stack() {
	b.t.Helper()
	const paper = `//tr[contains(., "一级建造师")]//button[normalize-space()="纸质证书"]`
	b.run("open the paper", chromedp.WaitVisible(paper), chromedp.Click(paper))
	const register = `//div[contains(@class, "desk-stacks")]//button[normalize-space()="登记印制号"]`
	b.run("ask for the numbers", chromedp.WaitVisible(register), chromedp.Click(register))
	b.write(`input[name=first]`, "gd 000009")
	b.see("张：GD000009 至 GD0000")
	b.shot("desk-stack")
	const send = `//form//button[normalize-space()="登记印制号"]`
	b.run("register", chromedp.Click(send))
	b.see("已登记")
	const ready = `//div[contains(@class, "desk-stacks")]//button[normalize-space()="可领取"]`
	b.run("lay it ready", chromedp.WaitVisible(ready), chromedp.Click(ready))
	const yes = `(//button[normalize-space()="可领取"])[last()]`
	b.run("confirm", chromedp.WaitVisible(yes), chromedp.Click(yes, chromedp.NodeVisible))
	b.see("本证书已可领取")
}
