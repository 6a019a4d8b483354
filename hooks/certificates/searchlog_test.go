package certificates_test

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/modulestest"
)

// overheard returns what is written to standard output and error meanwhile.
func overheard(t *testing.T, during func()) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, errs := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = write, write
	said := make(chan string)
	go func() {
		text, _ := io.ReadAll(read)
		said <- string(text)
	}()
	during()
	os.Stdout, os.Stderr = out, errs
	_ = write.Close()
	return <-said
}

// TestNothingPersonalIsLogged searches in every way, and then looks for what was
// typed in the log of requests, in that of searches, and on the console. It
// does not run beside others, since the console is theirs too.
func TestNothingPersonalIsLogged(t *testing.T) {
	c := openCounter(t).generous()
	c.App.Settings().Logs.MaxDays = 1
	const from = "203.0.113.77"
	logs := ""
	console := overheard(t, func() {
		a := c.search(from, nil)
		token := a.items()[0]["token"].(string)
		c.get(from, "/api/portal/certificates/"+token)
		c.get(from, "/certificates/YJ/"+token+"?name=张三")
		c.get("203.0.113.78", "/api/portal/certificates/"+token)
		c.get("203.0.113.78", "/certificates/YJ/"+token)
		for _, in := range misses() {
			c.search(from, in)
		}
		c.search(from, m{"exam": "11010519491231002X"})
		c.search(from, m{"name": ""})
		c.from(from, "POST", "/api/portal/certificates/search?name=%E5%BC%A0%E4%B8%89&id_number=11010519491231002X", "application/json", `{"name":"张三","id_number":11010519491231002`)
		c.from(from, "POST", "/api/portal/certificates/search", "text/plain", `张三11010519491231002X`)
		c.form(from, "YJ", "name", "张三", "id_number", "11010519491231002X", "number", "202601014403010001")
		c.form(from, "YJ", "name", "李四", "id_number", "11010519491231002X", "do", "search")
		c.form(from, "11010519491231002X", "name", "张三", "id_number", "11010519491231002X", "do", "sum")
		c.from(from, "POST", "/certificates/YJ", "application/x-www-form-urlencoded", "name=%zz张三")
		_, err := c.App.DB().NewQuery("ALTER TABLE certificates RENAME TO gone").Execute()
		if err != nil {
			t.Fatal(err)
		}
		if a := c.search(from, nil); a.Code < 400 || strings.Contains(a.Body, "SELECT") {
			t.Error("a fault of ours:", a.Code, a.Body)
		}
		c.form(from, "YJ", "name", "张三", "id_number", "11010519491231002X")
		c.get(from, "/help") // so that the log has something in it
		logs = logged(t, c.App, "/help")
		flush(c)
	})
	var searches []string
	err := c.App.AuxDB().NewQuery("SELECT at || ' ' || network || ' ' || exam || ' ' || subject || ' ' || hit FROM searches").Column(&searches)
	if err != nil || len(searches) < 10 {
		t.Fatal("the log of searches:", len(searches), err)
	}
	r := strings.Join(searches, "\n")
	for _, secret := range []string{"张三", "%E5%BC%A0", "李四", "11010519491231002", "1101051949", from, "202601014403010001", "k1."} {
		for what, text := range map[string]string{"request log": strings.ReplaceAll(logs, `"userIP":"`+from, ""), "log of searches": r, "console": console} {
			if what == "request log" && secret == from { // the address of who asks stands there, by law
				continue
			}
			if i := strings.Index(text, secret); i >= 0 {
				t.Errorf("the %s holds %s: …%s…", what, secret, text[max(0, i-200):min(len(text), i+100)])
			}
		}
	}
}

// flush writes what the log of searches still holds, as the end of the server does.
func flush(c *counter) {
	c.T.Helper()
	e := &core.TerminateEvent{App: c.App}
	if err := c.App.OnTerminate().Trigger(e, func(*core.TerminateEvent) error { return nil }); err != nil {
		c.T.Fatal(err)
	}
}

// logged returns the request log, once it has a line with a text.
func logged(t *testing.T, app core.App, until string) string {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var rows []string
		if err := app.AuxDB().NewQuery("SELECT message || ' ' || data FROM _logs").Column(&rows); err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(rows, "\n"); strings.Contains(text, until) {
			return text
		}
	}
	t.Fatal("the log does not come")
	return ""
}

// TestSearchesAreCounted tells the holder how often a certificate was found, and
// forgets searches after 190 days.
func TestSearchesAreCounted(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.issue("c00000000000002", "ali", m{"holder": modulestest.ID("li")})
	for range 2 {
		c.search("203.0.113.2", m{"name": "阿卜杜拉买买提", "id_number": "440305200002290010"})
	}
	for range 3 {
		c.search("203.0.113.1", nil)
	}
	c.search("203.0.113.1", m{"name": "李四"})
	flush(c)
	if a := c.Send("li", "GET", "/api/portal/certificates/mine/c00000000000002", nil); a.Text("searches") != "2" {
		t.Error("what the holder is told:", a.Code, a.Text("searches"))
	}
	found, err := c.Office.Searched(c.App, certID, "none")
	if err != nil || len(found) != 1 || found[certID] != 3 {
		t.Error(found, err)
	}
	rows := func() (n int) {
		if err := c.App.AuxDB().NewQuery("SELECT COUNT(*) FROM searches").Row(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if rows() != 6 {
		t.Error(rows(), "searches in the log, want 6")
	}
	prune := func() {
		for _, job := range c.App.Cron().Jobs() {
			if job.Id() == "examhall_searches" {
				job.Run()
			}
		}
	}
	c.Travel(modulestest.Start().Add(189 * 24 * time.Hour))
	if prune(); rows() != 6 {
		t.Error("after 189 days:", rows())
	}
	c.Travel(modulestest.Start().Add(191 * 24 * time.Hour))
	if prune(); rows() != 0 {
		t.Error("after 191 days:", rows())
	}
}
