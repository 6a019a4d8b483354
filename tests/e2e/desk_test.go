package e2e

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestDesk looks at the dashboard as staff and the administrator find it.
func TestDesk(t *testing.T) {
	t.Parallel()
	b := open(t, desktop)
	b.enter("reviewer@examhall.test")

	// A module that does not parse is missing without a word.
	for _, name := range deskModules(t) {
		if failed := ask[string](b, "load "+name, `import("/_/extensions/desk/`+name+`").then(() => "", String)`, chromedp.EvalAwaitPromise); failed != "" {
			t.Errorf("%s: %s", name, failed)
		}
	}

	menu := ask[string](b, "read the menu", `document.querySelector(".app-header").innerText`)
	for _, word := range []string{"日志", "系统设置", "Logs", "Settings"} {
		if strings.Contains(menu, word) {
			t.Errorf("staff find %s in the menu: %s", word, menu)
		}
	}

	ask[bool](b, "leave a form half filled in", `localStorage.setItem("draft_x_y", "{}"), true`)
	ask[bool](b, "log out", `document.querySelector(".dropdown-item-logout").click(), true`)
	b.see("后台登录")
	if kept := ask[bool](b, "look for drafts", `localStorage.getItem("draft_x_y") !== null`); kept {
		t.Error("personal data stays in the browser after the logout")
	}

	for _, words := range [][2]string{{"English", "Superuser login"}, {"中文", "后台登录"}} {
		b.click(words[0]) // which loads the dashboard anew
		b.run("see "+words[1], chromedp.WaitVisible(`//h5[contains(., "`+words[1]+`")]`))
	}
	b.clean()
}

// deskModules returns the modules of the desk that are loaded by name.
func deskModules(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("../../hooks/desk/*.js")
	if err != nil || len(paths) == 0 {
		t.Fatal("no modules", err)
	}
	var names []string
	for _, path := range paths {
		if name := filepath.Base(path); name != "main.js" { // which PocketBase wraps
			names = append(names, name)
		}
	}
	return names
}
