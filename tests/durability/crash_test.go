// Package durability_test kills ExamHall at random moments and looks at what is
// left.
package durability_test

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

const (
	collection = scorereviewtest.Collection
	rounds     = 12
	workers    = 3
	dirEnv     = "EXAMHALL_CRASH_DIR" // set in the process that is killed
)

// TestKill kills a process that submits and decides, again and again, and starts
// anew on what it left. Every step that was acknowledged is whole: the record,
// its row in 业务查询, its event, its version, its subjects and its files. Every
// other step has left nothing.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	modulestest.Copy(t, dir)
	acknowledged := map[string]step{}
	for round := range rounds {
		acks := killed(t, dir, round%4 == 3, time.Duration(rand.IntN(600))*time.Millisecond)
		h := modulestest.Open(t, dir, scorereview.Definition())
		for _, a := range acks {
			if a.rev > acknowledged[a.id].rev {
				acknowledged[a.id] = a
			}
		}
		for _, a := range acknowledged {
			whole(t, h, a)
		}
		consistent(t, h)
		t.Logf("round %d: %d steps, %d applications", round, len(acks), h.Count(collection))
		h.Close()
	}
	if len(acknowledged) < rounds {
		t.Errorf("only %d applications were made: the test is too fast", len(acknowledged))
	}
}

// step is what the process said it had done.
type step struct {
	id, status string
	rev        int
}

// killed starts the process, kills it after a time and returns what it said. The
// time starts with the process, or when it has done something.
func killed(t *testing.T, dir string, early bool, after time.Duration) []step {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), dirEnv+"="+dir)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var steps []step
	started := false
	kill := func() {
		if !started {
			time.AfterFunc(after, func() { _ = c.Process.Kill() })
		}
		started = true
	}
	if early {
		kill()
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var s step
		if _, err := fmt.Sscanf(lines.Text(), "done %s %s %d", &s.id, &s.status, &s.rev); err != nil {
			continue
		}
		kill()
		steps = append(steps, s)
	}
	var killed *exec.ExitError
	if err := c.Wait(); !errors.As(err, &killed) || killed.ExitCode() != -1 {
		t.Fatalf("the process ended by itself: %v", err)
	}
	return steps
}

// TestMain is the process that is killed, where [killed] starts it as such.
func TestMain(m *testing.M) {
	if dir := os.Getenv(dirEnv); dir != "" {
		workForEver(dir)
	}
	if dir := os.Getenv(issueEnv); dir != "" {
		issueForEver(dir)
	}
	os.Exit(m.Run())
}

// workForEver lets several candidates and staff work until the process ends.
func workForEver(dir string) {
	testing.Init()
	t := new(testing.T)
	h := modulestest.Open(t, dir, scorereview.Definition())
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for {
				work(h)
			}
		})
	}
	all.Wait()
}

// work leads one application through some of its life and says what it did as
// soon as it was answered.
func work(h *modulestest.Hall) {
	a := h.Create("li", collection, scorereviewtest.Fresh(h))
	say(a)
	for _, move := range [][]any{
		{"reviewer", "returned", map[string]any{"reply": "请补充材料"}},
		{"li", "submitted", map[string]any{"statement": modulestest.Scan("new.jpg"), "id_card": []modulestest.File{modulestest.Scan("a.jpg"), modulestest.Scan("b.jpg")}}},
		{"reviewer", "accepted", map[string]any{}},
		{"reviewer", "reporting", map[string]any{"results": scorereviewtest.Results(h, a.ID(), map[string]any{"outcome": "changed", "score": 600})}},
		{"approver", "completed", map[string]any{}},
	} {
		values := move[2].(map[string]any)
		values["status"], values["rev"] = move[1], h.Row(collection, a.ID()).Rev
		say(h.Update(move[0].(string), collection, a.ID(), values))
	}
}

func say(a modulestest.Answer) {
	if a.Code != 200 {
		fmt.Fprintln(os.Stderr, a.Code, a.Body)
		os.Exit(1)
	}
	fmt.Printf("done %s %s %s\n", a.ID(), a.Text("status"), a.Text("rev"))
}

// whole wants all that an acknowledged step has left.
func whole(t *testing.T, h *modulestest.Hall, s step) {
	t.Helper()
	row := h.Row(collection, s.id)
	if row.Rev < s.rev || (row.Rev == s.rev && row.Status != s.status) {
		t.Errorf("%s was %s at rev %d, and is %+v", s.id, s.status, s.rev, row)
	}
	for table, where := range map[string]string{"events": `"to" = {:status} AND `, "versions": ""} {
		var n int
		err := h.App.DB().Select("COUNT(*)").From(table).Where(dbx.NewExp(where+"record = {:id} AND rev = {:rev}",
			dbx.Params{"id": s.id, "rev": s.rev, "status": s.status})).Row(&n)
		if err != nil || n != 1 {
			t.Errorf("%s: %d rows in %s for rev %d (%v)", s.id, n, table, s.rev, err)
		}
	}
}

// consistent wants no half step anywhere.
func consistent(t *testing.T, h *modulestest.Hall) {
	t.Helper()
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
	for what, query := range map[string]string{
		"业务查询 differs": `SELECT COALESCE(a.id, r.id) FROM score_reviews r FULL JOIN applications a ON a.id = r.id
			WHERE a.status IS NOT r.status OR a.rev IS NOT r.rev`,
		"subjects differ": `SELECT r.id FROM score_reviews r FULL JOIN score_review_subjects s ON s.application = r.id
			WHERE r.id IS NULL OR s.subject IS NOT json_extract(r.items, '$[0].subject') OR NOT s.active`,
		"events without a version": `SELECT e.record FROM events e LEFT JOIN versions v ON v.record = e.record AND v.rev = e.rev
			WHERE e.service = 'score_reviews' AND v.id IS NULL`,
		"versions without an event": `SELECT v.record FROM versions v LEFT JOIN events e ON v.record = e.record AND v.rev = e.rev WHERE e.id IS NULL`,
		"a score without history": `SELECT r.id FROM score_reviews r JOIN registration_subjects s ON s.id = json_extract(r.items, '$[0].subject')
			WHERE (r.status = 'completed') <> (s.score = 600) OR (r.status = 'completed') <> EXISTS (SELECT 1 FROM score_history WHERE subject = s.id)`,
	} {
		var strays []string
		if err := h.App.DB().NewQuery(query).Column(&strays); err != nil || len(strays) > 0 {
			t.Errorf("%s: %v %v", what, strays, err)
		}
	}
	files(t, h)
}

// files wants every file that a record names, and no other.
func files(t *testing.T, h *modulestest.Hall) {
	t.Helper()
	want := []string{}
	for _, name := range []string{collection, "replaced_files"} {
		records, err := h.App.FindAllRecords(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			for _, f := range r.Collection().Fields {
				if f.Type() != core.FieldTypeFile {
					continue
				}
				for _, file := range r.GetStringSlice(f.GetName()) {
					want = append(want, r.BaseFilesPath()+"/"+file)
				}
			}
		}
	}
	have := h.Stored()
	slices.Sort(want)
	slices.Sort(have)
	for _, file := range want {
		if _, ok := slices.BinarySearch(have, file); !ok {
			t.Error("a file is missing:", file)
		}
	}
	for _, file := range have {
		if _, ok := slices.BinarySearch(want, file); !ok {
			t.Error("a file belongs to nobody:", file)
		}
	}
}
