package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
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
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "zh-CN"), chromedp.WindowSize(width, 900),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, width: width}
	chromedp.ListenTarget(ctx, b.listen)
	b.run("open", emulation.SetDeviceMetricsOverride(int64(width), 900, 1, width < 600), runtime.Enable(), cdplog.Enable())
	return b
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
	case *cdplog.EventEntryAdded:
		if strings.Contains(e.Entry.Text, "Content Security Policy") {
			b.wrong = append(b.wrong, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		b.wrong = append(b.wrong, e.ExceptionDetails.Error())
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

// run takes actions, and shows the page if they fail.
func (b *browser) run(what string, actions ...chromedp.Action) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if what == "open" {
		ctx = b.ctx // the first run starts the browser, which lives as long as its context
	}
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.shot("failed")
		var text string
		_ = chromedp.Run(b.ctx, chromedp.Evaluate(`location.href + "\n" + document.body.innerText`, &text))
		b.t.Fatalf("%s: %v\nthe page says:\n%s", what, err, text)
	}
}

// visit opens a path of the product.
func (b *browser) visit(path string) {
	b.t.Helper()
	b.run("visit "+path, chromedp.Navigate(hall.url+path))
}

// quoted writes a text for XPath.
func quoted(s string) string { return `"` + s + `"` }

// click presses the button or link with exactly these words.
func (b *browser) click(words string) {
	b.t.Helper()
	q := quoted(words)
	path := fmt.Sprintf(`//*[self::button or self::a or self::summary][normalize-space()=%s or @aria-label=%s or .//span[normalize-space()=%s]]`, q, q, q)
	b.run("click "+words, chromedp.WaitVisible(path, chromedp.BySearch), chromedp.ScrollIntoView(path, chromedp.BySearch), chromedp.Click(path, chromedp.BySearch))
}

// fill types into the field with this id, after emptying it.
func (b *browser) fill(id, value string) {
	b.t.Helper()
	sel := "#" + strings.ReplaceAll(id, ".", `\.`)
	b.run("fill "+id, chromedp.WaitVisible(sel), chromedp.SetValue(sel, ""), chromedp.SendKeys(sel, value))
}

// tick sets the checkbox with this label.
func (b *browser) tick(label string) {
	b.t.Helper()
	path := fmt.Sprintf(`//label[contains(normalize-space(), %s)]`, quoted(label))
	b.run("tick "+label, chromedp.WaitVisible(path, chromedp.BySearch), chromedp.ScrollIntoView(path, chromedp.BySearch), chromedp.Click(path, chromedp.BySearch))
}

// upload gives files to the slot with this id.
func (b *browser) upload(id string, files ...string) {
	b.t.Helper()
	b.run("upload "+id, chromedp.WaitReady("#"+id), chromedp.SetUploadFiles("#"+id, files))
}

// see waits until the page shows a text.
func (b *browser) see(text string) {
	b.t.Helper()
	b.run("see "+text, chromedp.Poll(fmt.Sprintf(`document.body.innerText.includes(%q)`, text), nil, chromedp.WithPollingTimeout(patience)))
}

// text returns what the page shows.
func (b *browser) text() string {
	b.t.Helper()
	var text string
	b.run("read the page", chromedp.Evaluate(`document.body.innerText`, &text))
	return text
}

// shot saves a picture of the whole page where SCREENSHOTS names a folder.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	var png []byte
	if err := chromedp.Run(b.ctx, chromedp.FullScreenshot(&png, 100)); err != nil {
		b.t.Log("screenshot:", err)
		return
	}
	file := fmt.Sprintf("%s-%d-%s.png", strings.ReplaceAll(b.t.Name(), "/", "-"), b.width, name)
	if err := os.WriteFile(filepath.Join(dir, file), png, 0o600); err != nil {
		b.t.Log("screenshot:", err)
	}
}

// axe checks the page for barriers (WCAG 2.2 AA) and wants none.
func (b *browser) axe(page string) {
	b.t.Helper()
	script, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		b.t.Fatal(err)
	}
	var raw string
	b.run("axe "+page,
		chromedp.Evaluate(string(script)+";0", nil),
		chromedp.Evaluate(`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
			.then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.map(n => n.html.slice(0, 160)).join(" | "))))`,
			&raw, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }),
	)
	var violations []string
	if err := json.Unmarshal([]byte(raw), &violations); err != nil {
		b.t.Fatal(err)
	}
	for _, v := range violations {
		b.t.Errorf("axe, %s at %d px: %s", page, b.width, v)
	}
	b.shot(page)
}
