package certificates_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"examhall/modules/credential"
	"examhall/modules/modulestest"
	"examhall/modules/translog"
)

// served reads the public files of the log as anybody does.
func served(h *modulestest.Hall) translog.Source {
	return func(path string) ([]byte, error) {
		a := ask(h, "/log/"+path)
		if a.Code != 200 {
			return nil, errors.New(path + " is not there")
		}
		return []byte(a.Body), nil
	}
}

func TestAnybodyCanCheckTheLog(t *testing.T) {
	h := openPages(t)
	key := strings.TrimSpace(ask(h, "/log/key").Body)
	kept := []byte(ask(h, "/log/checkpoint").Body)
	head, err := translog.Verify(served(h), key, kept)
	if err != nil || head.N != 3 {
		t.Fatal(head, err)
	}
	if a := ask(h, "/log/tile/0/000.p/3"); a.Code != 200 || len(a.Body) != 96 || strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
		t.Error(a.Code, len(a.Body), a.Header)
	}
	for _, path := range []string{"/log/tile/0/000", "/log/tile/0/000.p/4", "/log/tile/x", "/log/tile/0/001"} {
		if a := ask(h, path); a.Code != 404 {
			t.Error(path, a.Code)
		}
	}
	pass(h, 4, "李䶮", "建筑工程")
	bulk(h)
	if head, err := translog.Verify(served(h), key, kept); err != nil || head.N != 4 {
		t.Error(head, err)
	}
}

func TestTheLogTellsWhatWasDone(t *testing.T) {
	for _, c := range []struct{ name, crime, want string }{
		{"nothing", "SELECT 1", ""},
		{"dated back", "UPDATE certificates SET approve_date = '2020-01-01' WHERE number LIKE '%01'", "was changed after it was logged"},
		{"another name", "UPDATE certificates SET name = '王五' WHERE number LIKE '%02'", "was changed after it was logged"},
		{"another number", "UPDATE certificates SET number = '202600144010100099' WHERE number LIKE '%02'", "was changed after it was logged"},
		{"another time of issue", "UPDATE certificates SET issued = '2020-01-01 00:00:00.000Z' WHERE number LIKE '%02'", "its row says 2020"},
		{"another time of the event", "UPDATE certificate_events SET at = '2020-01-01T00:00:00Z' WHERE leaf = 2", "was changed after it was logged"},
		{"a certificate deleted", "DELETE FROM certificates WHERE number LIKE '%02'", "was deleted"},
		{"an event deleted", "DELETE FROM certificate_events WHERE leaf = 2", "leaf 1 has no event"},
		{"the last event deleted", "DELETE FROM certificate_events WHERE leaf = 3", "leaf 2 has no event"},
		{"a revocation hidden", "UPDATE certificates SET status = 'revoked' WHERE number LIKE '%01'", "that was never logged"},
		{"another leaf named", "UPDATE certificates SET log_index = 0 WHERE number LIKE '%03'", "was never logged"},
		{"a hash changed", "UPDATE log_tiles SET hashes = CAST(zeroblob(96) AS BLOB)", "not those that were signed"},
		{"the log cut off", "UPDATE log_size SET size = 2", "its end was cut off"},
		{"a checkpoint forged", "UPDATE log_checkpoints SET note = replace(note, '3', '2')", "signature"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := openPages(t)
			if err := h.Office.KeepCheckpoint(h.App); err != nil {
				t.Fatal(err)
			}
			unguarded(h)
			sql(h, c.crime)
			n, err := h.Office.VerifyLog(h.App)
			if c.want == "" && (err != nil || n != 3) || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("it says %v, want %q", err, c.want)
			}
		})
	}
}

// TestADatedBackIssueIsNoticed turns the clock of the server back: what is issued
// then was not known to a checkpoint that is younger than it.
func TestADatedBackIssueIsNoticed(t *testing.T) {
	h := openPages(t)
	h.Travel(modulestest.Start().AddDate(0, 0, 9))
	if err := h.Office.KeepCheckpoint(h.App); err != nil {
		t.Fatal(err)
	}
	h.Travel(modulestest.Start().AddDate(0, 0, 5))
	pass(h, 4, "李䶮", "建筑工程")
	bulk(h)
	if _, err := h.Office.VerifyLog(h.App); err == nil || !strings.Contains(err.Error(), "is dated back") {
		t.Error(err)
	}
}

// TestEveryKindOfEventIsLogged issues, annotates, takes back, revokes and
// reissues: what the program did itself always fits, and each is a leaf.
func TestEveryKindOfEventIsLogged(t *testing.T) {
	h := openPages(t)
	list := certificates(h)
	first, second, third := list[0], list[1], list[2]
	unguarded(h)
	sql(h, "UPDATE certificates SET holder = '"+modulestest.ID("li")+"' WHERE id = '"+first.Id+"'")
	made := wish(h, "li", first.Id, nil)
	if made.Code != 200 {
		t.Fatal(made.Body)
	}
	made = wish(h, "li", first.Id, nil)
	withdraw(h, "li", made.ID())
	for c, status := range map[*core.Record]string{second: "revoked", third: "replaced"} {
		c.Set("status", status)
		if err := h.App.Save(c); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := h.Office.VerifyLog(h.App); err != nil || n != 8 {
		t.Error(n, err)
	}
	copied := h.Find("annotations", made.ID())
	first = h.Find("certificates", first.Id)
	says(t, ask(h, "/v/"+annotatedToken(h, first, copied)+"?format=json"), 200, `"verdict":"withdrawn"`, `"hashes":[`, `"annotated"`, copied.GetString("code"))
	h.Travel(h.Now().Add(2 * time.Hour))
	keys, err := credential.New("https://zhengshu.example.cn", h.Portal.Ring().SigningKeys())
	if err != nil {
		t.Fatal(err)
	}
	status := ask(h, "/.well-known/status-list").Body
	for index, want := range map[int64]bool{0: false, 1: true, 2: true, 3: false, 4: true} {
		if void, _, err := keys.Void(status, index); void != want || err != nil {
			t.Error(index, void, err)
		}
	}
}

// command runs a command as a shell does, and returns what it said.
func command(h *modulestest.Hall, keyFile string, args ...string) (string, error) {
	root := &cobra.Command{SilenceErrors: true}
	h.Office.AddCommands(h.App, root, keyFile)
	var said strings.Builder
	root.SetOut(&said)
	root.SetErr(&said)
	root.SetArgs(args)
	err := root.Execute()
	return said.String(), err
}

func TestCommands(t *testing.T) {
	h := openPages(t)
	mirror := t.TempDir()
	if out, err := command(h, "", "log", "export", mirror); err != nil {
		t.Fatal(out, err)
	}
	for _, args := range [][]string{
		{"log", "verify"}, {"log", "verify", "--certificates"}, {"log", "verify", "--mirror", mirror},
		{"log", "verify", "--mirror", mirror, "--checkpoint", filepath.Join(mirror, "checkpoint")},
	} {
		if out, err := command(h, "", args...); err != nil || !strings.Contains(out, "log whole: 3 entries") {
			t.Error(args, out, err)
		}
	}
	if _, err := command(h, "", "log", "verify", "--mirror", mirror, "--key", "x+y+z"); err == nil {
		t.Error("any key is believed")
	}
	out, err := command(h, filepath.Join(t.TempDir(), "keys.json"), "keys", "rotate")
	if err != nil || !strings.Contains(out, "new signing key") {
		t.Error(out, err)
	}
}
