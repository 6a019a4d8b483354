package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// The two sizes that every page is looked at in.
const (
	phone   = 390
	desktop = 1280
)

// patience is how long a test waits for something to appear.
const patience = 20 * time.Second

// browser is one window with storage of its own.
type browser struct {
	t     *testing.T
	ctx   context.Context
	width int

	mu    sync.Mutex
	wrong []string // what the console said
}

// open starts a browser window of the given width.
func open(t *testing.T, width int) *browser {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium(t)), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "zh-CN"), chromedp.WindowSize(width, 900),
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, width: width}
	if err := chromedp.Do(ctx, b.size()); err != nil { // the first run starts the browser, which lives as long as its context
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	return b
}

// size makes the window a phone or a desktop.
func (b *browser) size() chromedp.Action[chromedp.Void] {
	if b.width < 600 {
		return chromedp.EmulateViewport(int64(b.width), 844, chromedp.EmulateMobile)
	}
	return chromedp.EmulateViewport(int64(b.width), 900)
}

// chromium returns the browser to test with. A machine without one fails.
func chromium(t *testing.T) string {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no Chromium: run `make setup`")
	return ""
}

// listen keeps what the console says about policies and broken scripts.
func (b *browser) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *page.EventJavascriptDialogOpening: // "leave this page?": yes
		go b.run("leave the page", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
			return err
		}))
	case *cdplog.EventEntryAdded:
		if strings.Contains(e.Entry.Text, "Content Security Policy") {
			b.wrong = append(b.wrong, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		b.wrong = append(b.wrong, e.ExceptionDetails.Text)
	}
}

// clean fails the test if a page broke its policy or a script.
func (b *browser) clean() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, text := range b.wrong {
		b.t.Error("console:", text)
	}
}

// run takes steps, and shows the page if they fail.
func (b *browser) run(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.failed(what, err)
	}
}

// ask returns what an expression of the page is worth.
func ask[T any](b *browser, what, expression string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		b.failed(what, err)
	}
	return value
}

// failed ends the test with what the page shows.
func (b *browser) failed(what string, err error) {
	b.t.Helper()
	b.shot("failed")
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
	b.t.Fatalf("%s: %v\nthe page says:\n%s", what, err, text)
}

// visit opens a path of the product.
func (b *browser) visit(path string) {
	b.t.Helper()
	b.run("visit "+path, chromedp.Navigate(hall.url+path))
}

// click presses the button or link with exactly these words.
func (b *browser) click(words string) {
	b.t.Helper()
	const control = `//*[self::button or self::a or self::summary]`
	path := fmt.Sprintf(`%s[normalize-space()=%q or @aria-label=%q or .//*[normalize-space()=%q]]`, control, words, words, words)
	b.run("find "+words, chromedp.WaitVisible(path))
	b.center(path)
	b.run("click "+words, chromedp.Click(path, chromedp.NodeVisible))
}

// center scrolls to an element as a person does, to where no bar covers it, and
// waits until it stands still: a picture that comes late moves what is below.
func (b *browser) center(path string) {
	b.t.Helper()
	ask[bool](b, "scroll to "+path, fmt.Sprintf(`(async () => {
		const find = () => document.evaluate(%q, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue
		let last = null
		for (let still = 0, tries = 0; still < 3 && tries < 60; tries++) {
			const found = find()
			if (found) found.scrollIntoView({block: "center", behavior: "instant"})
			const at = found && found.getBoundingClientRect().top
			still = found && at === last ? still + 1 : 0
			last = at
			await new Promise((resume) => setTimeout(resume, 50))
		}
		return last !== null
	})()`, path), awaited)
}

// css returns the selector of the element with an id.
func css(id string) chromedp.CSS { return chromedp.CSS(fmt.Sprintf("[id=%q]", id)) }

// fill types into the field with this id, in place of what is there.
func (b *browser) fill(id, value string) {
	b.t.Helper()
	b.write(fmt.Sprintf("[id=%q]", id), value)
}

// write types into the first field of a selector, in place of what is there. Who
// sees that the page took the focus away meanwhile, to show what is wrong, types
// it again.
func (b *browser) write(selector, value string) {
	b.t.Helper()
	for range 3 {
		b.press(selector, value)
		if ask[string](b, "read "+selector, fmt.Sprintf(`(document.querySelector(%q) || {}).value || ""`, selector)) == value {
			return
		}
	}
}

// press types once; it tries until the field takes the focus: a page may draw it anew
// meanwhile.
func (b *browser) press(selector, value string) {
	b.t.Helper()
	b.until("focus "+selector, fmt.Sprintf(`(() => {
		const field = document.querySelector(%q)
		if (!field) return false
		field.scrollIntoView({block: "center", behavior: "instant"})
		field.focus()
		field.select()
		return document.activeElement === field
	})()`, selector))
	b.run("type into "+selector, chromedp.KeyEvent(value))
}

// tick presses the label that contains these words.
func (b *browser) tick(words string) {
	b.t.Helper()
	path := fmt.Sprintf(`//label[contains(normalize-space(), %q)]`, words)
	b.run("find "+words, chromedp.WaitVisible(path))
	b.center(path)
	b.run("tick "+words, chromedp.Click(path))
}

// upload gives files to the slot with this id.
func (b *browser) upload(id string, files ...string) {
	b.t.Helper()
	b.run("upload "+id, chromedp.WaitReady(css(id)), chromedp.SetUploadFiles(css(id), files))
}

// see waits until the page shows a text.
func (b *browser) see(text string) {
	b.t.Helper()
	b.until("see "+text, fmt.Sprintf(`document.body.innerText.includes(%q)`, text))
}

// gone waits until the page shows a text no more.
func (b *browser) gone(text string) {
	b.t.Helper()
	b.until("no longer see "+text, fmt.Sprintf(`!document.body.innerText.includes(%q)`, text))
}

// until waits until an expression of the page is true.
func (b *browser) until(what, expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression)); err != nil {
		b.failed(what, err)
	}
}

// awaited makes an expression wait for its promise.
func awaited(p *runtime.EvaluateParams) { chromedp.EvalAwaitPromise(p) }

// withoutScript turns JavaScript off, as an old browser or a careful person has it.
func (b *browser) withoutScript() {
	b.t.Helper()
	b.run("turn scripts off", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// seeText wants a text on a page that runs no script.
func (b *browser) seeText(text string) {
	b.t.Helper()
	b.run("see "+text, chromedp.WaitVisible(fmt.Sprintf(`//*[contains(text(), %q)]`, text)))
}

// shot saves a picture of the whole page where SCREENSHOTS names a folder.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Log("screenshot:", err)
		return
	}
	file := strings.ReplaceAll(fmt.Sprintf("%s-%d-%s.png", b.t.Name(), b.width, name), "/", "-")
	if err := os.WriteFile(filepath.Join(dir, file), png, 0o600); err != nil {
		b.t.Log("screenshot:", err)
	}
}

// rules of axe-core that a page must keep: WCAG 2.2 AA and good practice.
const barriers = `axe.run(%s, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
	.then(r => r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.map(n => n.html.slice(0, 160)).join(" | ")))`

// axe checks the page for barriers and wants none.
func (b *browser) axe(name string) {
	b.t.Helper()
	b.axeOf(name, "document")
}

// axeOf checks a part of the page.
func (b *browser) axeOf(name, part string) {
	b.t.Helper()
	script, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		b.t.Fatal(err)
	}
	ask[chromedp.Void](b, "load axe", string(script)+";undefined")
	for _, v := range ask[[]string](b, "axe "+name, fmt.Sprintf(barriers, part), chromedp.EvalAwaitPromise) {
		b.t.Errorf("axe, %s at %d px: %s", name, b.width, v)
	}
	b.shot(name)
}
