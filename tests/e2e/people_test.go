package e2e

import (
	"fmt"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// password is that of every demo account.
const password = "ExamHall-demo-1"

// login logs a candidate in and waits for the hub.
func (b *browser) login(user string) {
	b.t.Helper()
	b.visit("/login")
	b.fill("username", user)
	b.fill("password", password)
	b.click("登录")
	b.see("业务办理")
	b.see("成绩复核")
}

// enter logs a member of staff into the dashboard and waits for the queue.
func (b *browser) enter(mail string) {
	b.t.Helper()
	b.visit("/_/")
	b.write(`input[type="email"], input[name="identity"]`, mail)
	b.write(`input[type="password"]`, password+"\r")
	b.see("业务审核")
}

// openCase opens an application from the queue.
func (b *browser) openCase(number string) {
	b.t.Helper()
	b.see(number)
	row := fmt.Sprintf(`//tr[.//*[normalize-space()=%q]]`, number)
	b.run("open "+number, chromedp.WaitVisible(row), chromedp.Click(row))
	b.see("办理记录")
	b.shot("case")
}

// decide presses a button of the desk, with a reply where one is given, and
// waits until the desk says that it is done.
func (b *browser) decide(action, reply string) {
	b.t.Helper()
	if reply != "" {
		b.fill("desk_reply", reply)
	}
	b.click(action)
	b.see("确定") // the question, whose button says the action again
	answer := fmt.Sprintf(`(//button[normalize-space()=%q])[last()]`, action)
	b.run("confirm "+action, chromedp.WaitVisible(answer), chromedp.Click(answer, chromedp.NodeVisible))
	b.see("已办理：" + action)
}

// choose picks the n-th option of a select, with the keyboard.
func (b *browser) choose(id string, n int) {
	b.t.Helper()
	b.run("find "+id, chromedp.WaitVisible(css(id)), chromedp.Focus(css(id)))
	for range n {
		b.run("choose in "+id, chromedp.KeyEvent(kb.ArrowDown))
	}
}

// fillBeside types into the field whose label has these words.
func (b *browser) fillBeside(label, value string) {
	b.t.Helper()
	id := ask[string](b, "find "+label, fmt.Sprintf(
		`[...document.querySelectorAll("label")].find(l => l.innerText.includes(%q)).htmlFor`, label))
	b.fill(id, value)
}

// axeDesk checks a panel of the desk for barriers. The frame around it is
// PocketBase's dashboard, whose barriers are not ours to remove.
func (b *browser) axeDesk(name, panel string) {
	b.t.Helper()
	b.axeOf(name, fmt.Sprintf("document.querySelector(%q)", panel))
}

// settle waits until the page has loaded what it shows.
func (b *browser) settle() {
	b.t.Helper()
	b.until("settle", `document.readyState === "complete" && !document.querySelector(".skeleton") && !!document.querySelector("h1")`)
}
