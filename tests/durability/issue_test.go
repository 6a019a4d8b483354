package durability_test

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/database"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
)

const (
	issueEnv = "EXAMHALL_ISSUE_DIR" // set in the process that issues and is killed
	passed   = 20_000
	sitting  = "issuesession000"
)

// TestKillIssuing kills a process that issues certificates in bulk, again and
// again. At every moment the certificates are those that the run says, and in the
// end everybody has one, under numbers without a gap.
func TestKillIssuing(t *testing.T) {
	dir := t.TempDir()
	modulestest.Copy(t, dir)
	order(t, dir)
	partly := 0
	for round := range 12 {
		killIssuing(t, dir, time.Duration(rand.IntN(700))*time.Millisecond)
		issued := halfway(t, dir)
		t.Logf("round %d: %d certificates", round, issued)
		if issued == passed {
			break
		}
		if issued > 0 {
			partly++
		}
	}
	if partly == 0 {
		t.Log("no process was killed between two chunks: this machine was too fast or too slow")
	}
	h := modulestest.Open(t, dir, scorereview.Definition())
	h.Office.Wait()
	if issued := halfway(t, dir); issued != passed {
		t.Errorf("%d certificates, want %d", issued, passed)
	}
	var strays []string
	err := h.App.DB().NewQuery(`SELECT number FROM (SELECT number, ROW_NUMBER() OVER (ORDER BY number) AS n FROM certificates)
		WHERE CAST(substr(number, -5) AS INTEGER) <> n LIMIT 3`).Column(&strays)
	if err != nil || len(strays) > 0 {
		t.Error("numbers have gaps:", strays, err)
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
	h.Close()
}

// order makes people who have passed, and starts the run that issues to them.
func order(t *testing.T, dir string) {
	t.Helper()
	h := modulestest.Open(t, dir, scorereview.Definition())
	h.Add("exam_projects", "issueproject000", map[string]any{"code": "IS", "name": "示例", "issuer": "示例", "number_code": "001", "issuer_code": "4401", "e_cert": true})
	h.Add("exam_sessions", sitting, map[string]any{"project": "issueproject000", "code": "IS26", "title": "示例", "year": 2026, "score_published": modulestest.Published()})
	const people = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {:n}) "
	for _, sql := range []string{
		people + `INSERT INTO candidates (id, username, name, id_type, id_number, id_number_idx, password, tokenKey)
			SELECT printf('passed%09d', i), 'p' || i, '张三', 'resident', {:number}, 'index' || i, 'x', printf('%050d', i) FROM n`,
		people + `INSERT INTO registrations (id, candidate, session, status, result)
			SELECT printf('passed%09d', i), printf('passed%09d', i), '` + sitting + `', 'paid', 'passed' FROM n`,
	} {
		params := dbx.Params{"n": passed, "number": h.Portal.Ring().Seal("candidates.id_number", "11010519491231002X")}
		if _, err := h.App.NonconcurrentDB().NewQuery(sql).Bind(params).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Office.Begin(h.App, sitting, "2026-11-21", "both", modules.Actor{Kind: modules.KindStaff, ID: modulestest.ID("foreign")}); err != nil {
		t.Fatal(err)
	}
	h.Close()
}

// killIssuing starts a process, which goes on with the run, and kills it some
// time later.
func killIssuing(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), issueEnv+"="+dir)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	bufio.NewScanner(out).Scan() // it has begun
	time.Sleep(after)
	_ = c.Process.Kill()
	var killed *exec.ExitError
	if err := c.Wait(); !errors.As(err, &killed) || killed.ExitCode() != -1 {
		t.Fatalf("the process ended by itself: %v", err)
	}
}

// issueForEver goes on with the runs in a folder, as a server does when it
// starts.
func issueForEver(dir string) {
	testing.Init()
	modulestest.Open(new(testing.T), dir, scorereview.Definition())
	fmt.Println("issuing")
	select {}
}

// halfway wants the certificates, their events, their leaves and the counter to
// be as many as the run says, and returns how many that is.
func halfway(t *testing.T, dir string) int {
	t.Helper()
	db, err := database.Connect(filepath.Join(dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var n struct{ Run, Certificates, Events, Leaves, Last int }
	err = db.NewQuery(`SELECT (SELECT issued FROM certificate_batches) AS run, (SELECT COUNT(*) FROM certificates) AS certificates,
		(SELECT COUNT(*) FROM certificate_events) AS events, (SELECT size FROM log_size) AS leaves,
		COALESCE((SELECT last FROM number_sequences), 0) AS last`).One(&n)
	if err != nil {
		t.Fatal(err)
	}
	if n.Certificates != n.Run || n.Events != n.Run || n.Leaves != n.Run || n.Last != n.Run {
		t.Errorf("not whole: %+v", n)
	}
	return n.Run
}
