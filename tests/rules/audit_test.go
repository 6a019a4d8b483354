package rules_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// sql runs statements as somebody does who has the database file: past every
// hook, the triggers dropped by hand.
func sql(h *modulestest.Hall, statements ...string) {
	h.T.Helper()
	var triggers []string
	if err := h.App.DB().NewQuery("SELECT name FROM sqlite_master WHERE type = 'trigger'").Column(&triggers); err != nil {
		h.T.Fatal(err)
	}
	for _, name := range triggers {
		statements = append([]string{"DROP TRIGGER " + name}, statements...)
	}
	for _, s := range statements {
		if _, err := h.App.NonconcurrentDB().NewQuery(s).Execute(); err != nil {
			h.T.Fatalf("%s: %v", s, err)
		}
	}
}

// TestAuditFindsWhatWasDone damages a trail of eight events in every way and
// wants the first broken row named.
func TestAuditFindsWhatWasDone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what string
		do   []string
		want string // in the error; empty for a whole trail
	}{
		{"nothing", nil, ""},
		{"another actor", []string{`UPDATE events SET actor = 'somebody' WHERE seq = 3`}, "event 3 "},
		{"another action", []string{`UPDATE events SET action = 'reject' WHERE seq = 2`}, "event 2 "},
		{"another time", []string{`UPDATE events SET at = '2026-01-01 00:00:00.000Z' WHERE seq = 7`}, "event 7 "},
		{"other fields", []string{`UPDATE events SET fields = '' WHERE seq = 1`}, "event 1 "},
		{"a value moved to the next column", []string{`UPDATE events SET actor = via, via = actor WHERE seq = 4`}, "event 4 "},
		{"another application", []string{`UPDATE events SET record = 'another00000000' WHERE seq = 5`}, "event 5 "},
		{"another hash", []string{`UPDATE events SET hash = 'x' WHERE seq = 6`}, "event 6 "},
		{"a row taken out", []string{`DELETE FROM events WHERE seq = 4`}, "event 5 "},
		{"a row taken out and the gap closed", []string{`DELETE FROM events WHERE seq = 4`, `UPDATE events SET seq = seq - 1 WHERE seq > 4`}, "event 4 "},
		{"the first row taken out", []string{`DELETE FROM events WHERE seq = 1`}, "event 2 "},
		{"two rows exchanged", []string{`UPDATE events SET seq = 100 WHERE seq = 2`, `UPDATE events SET seq = 2 WHERE seq = 3`, `UPDATE events SET seq = 3 WHERE seq = 100`}, "event 2 "},
		{"a row put in", []string{`UPDATE events SET seq = seq + 100 WHERE seq > 3`, `UPDATE events SET seq = seq - 99 WHERE seq > 100`,
			`INSERT INTO events (id, seq, service, record, action, hash) SELECT 'forged000000000', 4, service, record, action, hash FROM events WHERE seq = 3`}, "event 4 "},
		{"a row added", []string{`INSERT INTO events (id, seq, service, record, action, hash) SELECT 'forged000000000', 9, service, record, action, hash FROM events WHERE seq = 8`}, "event 9 "},
		{"the tail cut off", []string{`DELETE FROM events WHERE seq > 5`}, "ends at event 5"},
		{"the tail cut off, the head rewritten without the key", []string{`DELETE FROM events WHERE seq > 5`,
			`UPDATE event_heads SET seq = 5, hash = (SELECT hash FROM events WHERE seq = 5)`}, "head at event 5"},
		{"the tail cut off, the head taken away", []string{`DELETE FROM events WHERE seq > 5`, `DELETE FROM event_heads`}, "ends at event 5"},
		{"the tail cut off, an old head put back", []string{`DELETE FROM events WHERE seq > 1`,
			`UPDATE event_heads SET (seq, hash, at, signature) = (SELECT seq, hash, at, signature FROM kept) WHERE id = 'head00000000000'`}, "a checkpoint knows event 7"},
		{"everything taken away", []string{`DELETE FROM events`, `DELETE FROM event_heads`, `DELETE FROM versions`}, "stands in"},
		{"the version of another rev", []string{`UPDATE versions SET data = (SELECT data FROM versions WHERE rev = 1 LIMIT 1) WHERE rev = 2`}, "event 2 "},
		{"a version of nonsense", []string{`UPDATE versions SET data = 'k1:AAAA' WHERE rev = 3`}, "event 3 "},
		{"a status changed by hand", []string{`UPDATE score_reviews SET status = 'accepted', rev = rev + 1 WHERE status = 'submitted'`}, "CJFH20261123000002"},
		{"a rev changed by hand", []string{`UPDATE score_reviews SET rev = rev + 1 WHERE status = 'submitted'`}, "CJFH20261123000002"},
		{"a value changed by hand", []string{`UPDATE score_reviews SET employer = '甲公司' WHERE status = 'completed'`}, "CJFH20261123000001"},
		{"a result changed by hand", []string{`UPDATE score_reviews SET results = replace(results, '612', '999') WHERE status = 'completed'`}, "CJFH20261123000001"},
		{"a phone changed by hand", []string{`UPDATE score_reviews SET phone = (SELECT phone FROM score_reviews WHERE status = 'submitted') WHERE status = 'completed'`}, "CJFH20261123000001"},
		{"a reply changed by hand", []string{`UPDATE score_reviews SET reply = '另行通知' WHERE status = 'completed'`}, "CJFH20261123000001"},
		{"an application taken away", []string{`DELETE FROM score_reviews WHERE status = 'submitted'`}, "event 7 "},
		{"an application put in", []string{`INSERT INTO score_reviews (id, number, status, rev) VALUES ('forged000000000', 'CJFH2', 'completed', 1)`}, "CJFH2"},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			history(h)
			sql(h, c.do...)
			n, err := h.Portal.VerifyAudit(h.App)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%d events, %v, want %q", n, err, c.want)
			}
		})
	}
}

// TestAuditFindsAForgedChain says that hashes which fit are not enough: the key
// has signed the last event, and the last of each day.
func TestAuditFindsAForgedChain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ what, do, want string }{
		{"nothing", "", ""},
		{"a row changed", `UPDATE events SET actor = 'somebody' WHERE seq = 3`, "event 7 (submit of"},
		{"the last row changed", `UPDATE events SET actor = 'somebody' WHERE seq = 8`, "event 8 (edit of"},
		{"a row added", `INSERT INTO events (id, seq, service, record, owner, rev, action, actor_kind, actor, at)
			SELECT 'forged000000000', 9, service, record, owner, rev, action, actor_kind, actor, at FROM events WHERE seq = 8`, "event 9 was put in"},
	} {
		h := open(t)
		history(h)
		if c.do != "" {
			sql(h, c.do)
			rechain(h)
		}
		n, err := h.Portal.VerifyAudit(h.App)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %d events, %v, want %q", c.what, n, err, c.want)
		}
	}
}

// rechain computes every hash anew, as somebody could who knows the program but
// has no key.
func rechain(h *modulestest.Hall) {
	h.T.Helper()
	rows := []struct {
		ID, Service, Record, Owner, Action, From, To, Actor, Via, Fields, Content, At string

		Seq, Rev  int
		ActorKind string `db:"actor_kind"`
	}{}
	if err := h.App.DB().NewQuery("SELECT * FROM events ORDER BY seq").All(&rows); err != nil {
		h.T.Fatal(err)
	}
	previous := ""
	for _, r := range rows {
		sum := sha256.New()
		for _, v := range []string{previous, fmt.Sprint(r.Seq), r.Service, r.Record, r.Owner, fmt.Sprint(r.Rev), r.Action, r.From, r.To,
			r.ActorKind, r.Actor, r.Via, r.Fields, r.Content, r.At} {
			fmt.Fprintf(sum, "%d:%s,", len(v), v)
		}
		previous = hex.EncodeToString(sum.Sum(nil))
		sql(h, "UPDATE events SET hash = "+quoted(previous)+" WHERE id = "+quoted(r.ID))
	}
}

// history makes two cases with eight events (one is the corrected score), a
// checkpoint after the seventh and a copy of the head after the first.
func history(h *modulestest.Hall) {
	h.T.Helper()
	book := scorereviewtest.Book()
	id := book.Play(h, "", "submit")
	if _, err := h.App.NonconcurrentDB().NewQuery("CREATE TABLE kept AS SELECT * FROM event_heads").Execute(); err != nil {
		h.T.Fatal(err)
	}
	for _, action := range []string{"accept", "report", "record", "complete"} {
		book.Play(h, id, action)
	}
	other := scorereviewtest.Form(m{"phone": "13900000000", "items": scorereviewtest.About(h.Subject(modulestest.Registration))})
	second := h.Create("li", collection, other)
	if err := h.Portal.Checkpoint(h.App); err != nil || second.Verdict() != "200" {
		h.T.Fatal(err, second.Body)
	}
	must(h, "li", second.ID(), "submitted", nil)
}

// TestTriggers says what SQL is refused that comes past the hooks, with the
// triggers in place.
func TestTriggers(t *testing.T) {
	t.Parallel()
	h := open(t)
	submitted, completed := reach(h, modules.Submitted), reach(h, scorereview.Completed)
	if err := h.Portal.Checkpoint(h.App); err != nil {
		t.Fatal(err)
	}
	subject := scorereviewtest.Subjects(h, submitted)[0]
	columns := "id, number, owner, status, rev"
	for _, s := range []string{
		"UPDATE score_reviews SET status = 'completed' WHERE id = {s}",
		"UPDATE score_reviews SET status = 'completed', rev = rev + 1 WHERE id = {s}",
		"UPDATE score_reviews SET status = 'submitted', rev = rev + 1 WHERE id = {c}",
		"UPDATE score_reviews SET status = '', rev = rev + 1 WHERE id = {s}",
		"UPDATE score_reviews SET status = 'accepted' WHERE id = {s}", // declared, but the rev stays
		"UPDATE score_reviews SET status = 'accepted', rev = rev + 2 WHERE id = {s}",
		"UPDATE score_reviews SET rev = rev + 2 WHERE id = {s}",
		"UPDATE score_reviews SET rev = rev + 1 WHERE id = {c}", // nothing is declared from there
		"UPDATE score_reviews SET rev = rev + 1, results = '[]' WHERE id = {c}",
		"UPDATE score_reviews SET employer = '甲公司' WHERE id = {s}",
		"UPDATE score_reviews SET results = '[]' WHERE id = {c}",
		"UPDATE score_reviews SET phone = '' WHERE id = {c}",
		"UPDATE score_reviews SET reply = '' WHERE id = {c}",
		"UPDATE score_reviews SET due = '2099-01-01' WHERE id = {s}",
		"UPDATE score_reviews SET owner = 'wang00000000000' WHERE id = {s}",
		"UPDATE score_reviews SET number = 'X', rev = rev + 1 WHERE id = {s}",
		"UPDATE score_reviews SET id = 'another00000000' WHERE id = {s}",
		"DELETE FROM score_reviews WHERE id = {s}",
		"DELETE FROM score_reviews",
		"INSERT INTO score_reviews (" + columns + ") VALUES ('another00000000', 'X', 'li0000000000000', 'accepted', 1)",
		"INSERT INTO score_reviews (" + columns + ") VALUES ('another00000000', 'X', 'li0000000000000', '', 1)",
		"REPLACE INTO score_reviews (" + columns + ") VALUES ({c}, 'X', 'li0000000000000', 'submitted', 1)",
		"REPLACE INTO score_reviews (" + columns + ") SELECT 'another00000000', number, owner, 'submitted', 1 FROM score_reviews WHERE id = {c}",

		"UPDATE events SET actor = 'x' WHERE seq = 1",
		"DELETE FROM events WHERE seq = 1",
		"INSERT INTO events (id, seq) VALUES ('another00000000', 100)",
		"INSERT INTO events (id, seq) VALUES ('another00000000', 0)",
		"REPLACE INTO events (id, seq) SELECT id, (SELECT MAX(seq) + 1 FROM events) FROM events WHERE seq = 1",
		"UPDATE versions SET data = ''",
		"DELETE FROM versions",
		"REPLACE INTO versions (id, record, rev) SELECT id, record, rev FROM versions LIMIT 1",
		"REPLACE INTO versions (id, record, rev) SELECT 'another00000000', record, rev FROM versions LIMIT 1",
		"UPDATE event_heads SET seq = 1 WHERE id = 'head00000000000'",
		"DELETE FROM event_heads WHERE id = 'head00000000000'",
		"UPDATE event_heads SET seq = 1 WHERE id != 'head00000000000'",
		"DELETE FROM event_heads WHERE id != 'head00000000000'",

		"UPDATE registration_subjects SET score = 900 WHERE id = {u}",
		"UPDATE registration_subjects SET flag = 'void' WHERE id = {u}",
		"UPDATE registration_subjects SET score = 900, flag = 'violation' WHERE id = {u}",
		"UPDATE registration_subjects SET score = 500 WHERE id = (SELECT subject FROM score_history)", // back, though it once was that
		"DELETE FROM registration_subjects WHERE id = {u}",
		"REPLACE INTO registration_subjects (id, score, flag) VALUES ({u}, 900, 'normal')",
		"UPDATE score_history SET new_score = 900",
		"DELETE FROM score_history",
		"REPLACE INTO score_history (id, subject) SELECT id, subject FROM score_history",
	} {
		q := strings.NewReplacer("{s}", quoted(submitted), "{c}", quoted(completed), "{u}", quoted(subject)).Replace(s)
		_, err := h.App.NonconcurrentDB().NewQuery(q).Execute()
		if err == nil || !strings.Contains(err.Error(), "examhall: ") {
			t.Errorf("%s: %v", s, err)
		}
	}
	verify(t, h)
	for _, s := range []string{
		"UPDATE score_reviews SET claimed_by = ''", // a claim is no step
		"UPDATE registration_subjects SET name = '案例分析' WHERE id = {u}",
		"INSERT INTO score_history (id, subject, old_score, old_flag, new_score, new_flag) VALUES ('history00000000', {u}, 500, 'normal', 900, 'normal')",
		"UPDATE registration_subjects SET score = 900 WHERE id = {u}",
	} {
		if _, err := h.App.NonconcurrentDB().NewQuery(strings.ReplaceAll(s, "{u}", quoted(subject))).Execute(); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func quoted(s string) string { return "'" + s + "'" }

// TestTriggersComeBack says that a start makes the triggers anew, whatever was
// done to them, and takes away what an older release left behind.
func TestTriggersComeBack(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	have := func() string {
		t.Helper()
		rows := []struct{ Name, SQL string }{}
		if err := h.App.DB().NewQuery("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").All(&rows); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(rows)
	}
	want := have()
	sql(h,
		"CREATE TRIGGER examhall_events_delete BEFORE DELETE ON events BEGIN SELECT 1; END", // lets everything pass
		"CREATE TRIGGER examhall_old BEFORE UPDATE ON score_reviews BEGIN SELECT RAISE(ABORT, 'examhall: old'); END",
	)
	if err := h.Portal.Prepare(h.App); err != nil {
		t.Fatal(err)
	}
	if got := have(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	must(h, "li", id, "submitted", nil)

	err := h.Portal.Unguarded(h.App, func(tx core.App) error {
		_, err := tx.NonconcurrentDB().NewQuery("DELETE FROM events").Execute()
		if err == nil {
			err = fmt.Errorf("changed my mind")
		}
		return err
	})
	if err == nil || count(h, "events", dbx.NewExp("1 = 1")) != 2 || have() != want {
		t.Errorf("a bulk load that failed: %v, %d events", err, count(h, "events", dbx.NewExp("1 = 1")))
	}
}

// TestForgottenState says that a release which forgets a state in which
// applications stand does not start, and says how many there are.
func TestForgottenState(t *testing.T) {
	t.Parallel()
	h := open(t)
	reach(h, scorereview.Reporting)
	reach(h, scorereview.Reporting)
	d := scorereview.Definition()
	d.Workflow = d.Workflow.Without("report", "record", "send_back", "complete")
	delete(d.Workflow.States, scorereview.Reporting)
	set, err := modules.NewSet(d)
	if err != nil {
		t.Fatal(err)
	}
	err = set.Verify(h.App)
	if err == nil || !strings.Contains(err.Error(), `2 rows of "score_reviews" stand in the state "reporting"`) {
		t.Error(err)
	}
}
