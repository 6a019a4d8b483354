package rules_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// TestAnythingGoes lets random people do random things, over REST, in batches,
// with the tokens of the dashboard and by raw SQL, and wants after each of them
// that every application went only where the workflow leads, that the trail is
// whole, that 业务查询 says the same, and that no subject is reviewed twice.
//
// It runs for a few seconds; -rapid.checks=1000 makes it run longer.
func TestAnythingGoes(t *testing.T) {
	t.Parallel()
	if flag.Lookup("rapid.checks").Value.String() == "100" {
		for name, value := range map[string]string{"rapid.checks": "30", "rapid.steps": "100"} {
			if err := flag.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	reached := map[string]int{}
	rapid.Check(t, func(r *rapid.T) {
		h := modulestest.New(t, scorereview.Definition())
		for _, slot := range []string{"id_card", "admission_ticket", "statement"} {
			h.Add("material_templates", "", m{"service": collection, "slot": slot, "need": "optional"})
		}
		w := &world{h: h, seen: map[string]state{}}
		r.Repeat(map[string]func(*rapid.T){
			"apply":  w.apply,
			"change": w.change,
			"batch":  w.batch,
			"claim":  w.claim,
			"meddle": w.meddle,
			"sql":    w.sql,
			"wait":   w.wait,
			"":       w.look,
		})
		if _, err := h.Portal.VerifyAudit(h.App); err != nil {
			r.Fatal(err)
		}
		for _, at := range w.seen {
			reached[at.Status]++
		}
		h.App.Cleanup()
	})
	t.Log("applications ended in", reached)
}

// world is what a test knows about its hall.
type world struct {
	h    *modulestest.Hall
	ids  []string
	seen map[string]state // what was seen of each application last
	last int              // seq of the last event that was looked at
}

type state struct {
	Status string
	Rev    int
}

func (w *world) subjects() []string {
	return []string{modulestest.Law, modulestest.Practice, modulestest.Economics, modulestest.Drafting, modulestest.WangsOwn}
}

func person() *rapid.Generator[string] {
	return rapid.SampledFrom(append(modulestest.Names(), "", "li", "li", "reviewer", "reviewer", "approver", "both"))
}

func status() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"submitted", "returned", "accepted", "reporting", "completed", "rejected", "withdrawn", "expired", "approved", ""})
}

// form returns what a candidate might send.
func (w *world) form(r *rapid.T) m {
	picked := rapid.SliceOfNDistinct(rapid.SampledFrom(w.subjects()), 1, 2, rapid.ID[string]).Draw(r, "subjects")
	registration := rapid.SampledFrom([]string{modulestest.Registration, modulestest.Registration, modulestest.WangRegistration, modulestest.LateRegistration}).Draw(r, "registration")
	return m{
		"status": "submitted", "registration": registration, "commitment": "2026-1", "phone": "13800000000", "items": scorereviewtest.About(picked...),
		"submission": rapid.SampledFrom([]string{"", "", "submission-1", "submission-2"}).Draw(r, "submission"),
	}
}

func (w *world) apply(r *rapid.T) {
	if rapid.Bool().Draw(r, "proper") {
		subject := rapid.SampledFrom([]string{modulestest.Practice, modulestest.Economics, modulestest.Drafting}).Draw(r, "subject")
		w.answered(r, w.h.Create("li", collection, m{"status": "submitted", "registration": modulestest.Registration, "commitment": "2026-1",
			"phone": "13800000000", "items": scorereviewtest.About(subject)}))
		return
	}
	values := w.form(r)
	if rapid.IntRange(0, 5).Draw(r, "state") == 0 {
		values["status"] = status().Draw(r, "status")
	}
	w.answered(r, w.h.Create(person().Draw(r, "as"), collection, values))
}

// values returns a change that somebody might ask for.
func (w *world) values(r *rapid.T, id string) m {
	row := w.seen[id]
	values := m{"status": status().Draw(r, "to"), "rev": row.Rev}
	if declared := scorereview.Definition().Workflow.From(modules.State(row.Status)); len(declared) > 0 && rapid.Bool().Draw(r, "declared") {
		values["status"] = string(rapid.SampledFrom(declared).Draw(r, "move").To)
	}
	extra := m{
		"reply": "请补充材料", "employer": "甲公司", "rev": row.Rev - 1, "owner": modulestest.ID("wang"), "number": "X", "@pbInternalActor": m{"Kind": "system"},
		"claimed_by": "", "items": scorereviewtest.About(modulestest.Drafting), "resubmits": 7, "waits_for": "nobody",
	}
	for _, key := range slices.Sorted(maps.Keys(extra)) { // rapid wants the same order each time
		value := extra[key]
		if rapid.IntRange(0, 7).Draw(r, key) == 0 || (key == "reply" && rapid.Bool().Draw(r, "with reply")) {
			values[key] = value
		}
	}
	if values["status"] == "reporting" && rapid.Bool().Draw(r, "with results") {
		values["results"] = scorereviewtest.Results(w.h, id, m{"outcome": "changed", "score": rapid.IntRange(0, 1000).Draw(r, "score")})
	}
	return values
}

func (w *world) some(r *rapid.T) string {
	if len(w.ids) == 0 {
		r.Skip("no application yet")
	}
	return rapid.SampledFrom(w.ids).Draw(r, "application")
}

func (w *world) change(r *rapid.T) {
	id := w.some(r)
	if rapid.IntRange(0, 2).Draw(r, "proper") > 0 {
		w.proper(r, id)
		return
	}
	w.answered(r, w.h.Update(person().Draw(r, "as"), collection, id, w.values(r, id)))
}

// proper makes a move that the workflow declares, as somebody who has its role.
func (w *world) proper(r *rapid.T, id string) {
	row := w.seen[id]
	final := rapid.IntRange(0, 3).Draw(r, "final") == 0
	moves := slices.DeleteFunc(scorereview.Definition().Workflow.From(modules.State(row.Status)), func(t modules.Transition) bool {
		return t.By == modules.System || (!final && slices.Contains([]string{"withdraw", "reject", "return"}, t.Action))
	})
	if len(moves) == 0 {
		r.Skip("closed")
	}
	t := rapid.SampledFrom(moves).Draw(r, "move")
	as := rapid.SampledFrom(map[modules.Role][]string{
		modules.Candidate: {"li"}, modules.Reviewer: {"reviewer", "reviewer2", "both"}, modules.Approver: {"approver", "both"},
	}[t.By]).Draw(r, "as")
	values := m{"status": string(t.To), "rev": row.Rev}
	if t.Reasoned {
		values["reply"] = "请补充材料"
	}
	if t.To == scorereview.Reporting {
		values["results"] = scorereviewtest.Results(w.h, id, m{"outcome": "changed", "score": rapid.IntRange(0, 1000).Draw(r, "score")})
	}
	w.answered(r, w.h.Update(as, collection, id, values))
}

func (w *world) batch(r *rapid.T) {
	id := w.some(r)
	var changes []modulestest.Change
	for range rapid.IntRange(1, 3).Draw(r, "changes") {
		if rapid.Bool().Draw(r, "create") {
			changes = append(changes, modulestest.Change{Collection: collection, Values: w.form(r)})
			continue
		}
		changes = append(changes, modulestest.Change{Collection: collection, ID: id, Values: w.values(r, id)})
	}
	for _, a := range w.h.Batch(person().Draw(r, "as"), changes...) {
		w.answered(r, a)
	}
}

func (w *world) claim(r *rapid.T) {
	id := w.some(r)
	deed := rapid.SampledFrom([]string{"claim", "release"}).Draw(r, "deed")
	w.answered(r, w.h.Send(person().Draw(r, "as"), http.MethodPost, "/api/portal/desk/"+collection+"/"+id+"/"+deed, nil))
}

// meddle changes side rows and facts through the API, as everybody and as the
// administrator, who may see but not turn them.
func (w *world) meddle(r *rapid.T) {
	id := w.some(r)
	records := "/api/collections/%s/records"
	deed := rapid.SampledFrom([]struct {
		method, path string
		body         m
	}{
		{http.MethodDelete, fmt.Sprintf(records, collection) + "/" + id, nil},
		{http.MethodPatch, fmt.Sprintf(records, "registration_subjects") + "/" + modulestest.Practice, m{"score": 999}},
		{http.MethodPatch, fmt.Sprintf(records, "registration_subjects") + "/" + modulestest.Practice, m{"flag": "void"}},
		{http.MethodDelete, fmt.Sprintf(records, "registration_subjects") + "/" + modulestest.Drafting, nil},
		{http.MethodPatch, fmt.Sprintf(records, "registrations") + "/" + modulestest.Registration, m{"candidate": modulestest.ID("wang")}},
		{http.MethodDelete, fmt.Sprintf(records, "candidates") + "/" + modulestest.ID("li"), nil},
		{http.MethodDelete, fmt.Sprintf(records, "staff") + "/" + modulestest.ID("reviewer2"), nil},
		{http.MethodDelete, "/api/collections/" + collection + "/truncate", nil},
		{http.MethodDelete, "/api/collections/events/truncate", nil},
		{http.MethodPost, "/api/sql", m{"query": "DELETE FROM score_reviews"}},
	}).Draw(r, "deed")
	as := rapid.SampledFrom([]string{"admin", "admin", "operator", "reviewer", "li"}).Draw(r, "as")
	w.answered(r, w.h.Send(as, deed.method, deed.path, deed.body))
}

// sql changes an application past the hooks, in a way that the triggers refuse.
func (w *world) sql(r *rapid.T) {
	id := w.some(r)
	to := status().Draw(r, "to")
	from := w.seen[id].Status
	step := rapid.SampledFrom([]int{0, 1, 2}).Draw(r, "rev")
	if _, declared := scorereview.Definition().Workflow.Find(modules.State(from), modules.State(to)); declared && step == 1 {
		step = 0 // that is a step which the triggers let pass and audit verify finds
	}
	q := rapid.SampledFrom([]string{
		fmt.Sprintf("UPDATE score_reviews SET status = '%s', rev = rev + %d WHERE id = '%s'", to, step, id),
		fmt.Sprintf("UPDATE score_reviews SET items = '[]' WHERE id = '%s'", id),
		fmt.Sprintf("INSERT INTO score_reviews (id, number, status) VALUES ('raw000000000000', 'RAW', '%s')", rapid.SampledFrom([]string{"accepted", "completed", ""}).Draw(r, "start")),
		fmt.Sprintf("REPLACE INTO score_reviews (id, number, status) VALUES ('%s', 'RAW', 'submitted')", id),
		fmt.Sprintf("DELETE FROM score_reviews WHERE id = '%s'", id),
		"DELETE FROM events WHERE seq = (SELECT MAX(seq) FROM events)",
		"UPDATE events SET actor = 'x'",
		"UPDATE registration_subjects SET score = score + 1",
		"UPDATE event_heads SET seq = seq - 1",
	}).Draw(r, "sql")
	if _, err := w.h.App.NonconcurrentDB().NewQuery(q).Execute(); err == nil {
		r.Fatalf("%s passed", q)
	}
}

// wait lets time pass, and the job run or not.
func (w *world) wait(r *rapid.T) {
	w.h.Travel(w.h.Now().Add(time.Duration(rapid.IntRange(0, 24).Draw(r, "hours")) * time.Hour))
	if rapid.Bool().Draw(r, "job") {
		if _, err := w.h.Portal.Expire(w.h.App); err != nil {
			r.Fatal(err)
		}
	}
}

func (w *world) answered(r *rapid.T, a modulestest.Answer) {
	if a.Code >= 500 {
		r.Fatal(a.Code, a.Body)
	}
}

// look compares everything with what was seen before.
func (w *world) look(r *rapid.T) {
	now := w.rows(r)
	for id, was := range w.seen {
		if _, ok := now[id]; !ok {
			r.Fatalf("%s (%s) is gone", id, was.Status)
		}
	}
	w.follow(r)
	for id, row := range now {
		if w.seen[id] != row.state {
			r.Fatalf("%s: the events led to %+v, the record is %+v", id, w.seen[id], row.state)
		}
	}
	w.compareLists(r)
	w.compareSubjects(r, now)
	w.compareScores(r)
}

type seenRow struct {
	ID string
	state
	Items string
}

func (w *world) rows(r *rapid.T) map[string]seenRow {
	var rows []seenRow
	if err := w.h.App.DB().NewQuery("SELECT id, status, rev, items FROM score_reviews").All(&rows); err != nil {
		r.Fatal(err)
	}
	byID := map[string]seenRow{}
	for _, row := range rows {
		byID[row.ID] = row
		if !slices.Contains(w.ids, row.ID) {
			w.ids = append(w.ids, row.ID)
		}
	}
	return byID
}

// follow walks along the new events: each must be a declared move of somebody
// who has its role, from where the application stood.
func (w *world) follow(r *rapid.T) {
	var events []struct {
		Seq, Rev                 int
		Record, Action, From, To string
		Actor                    string
		ActorKind                string `db:"actor_kind"`
	}
	err := w.h.App.DB().NewQuery(fmt.Sprintf("SELECT * FROM events WHERE seq > %d AND service = 'score_reviews' ORDER BY seq", w.last)).All(&events)
	if err != nil {
		r.Fatal(err)
	}
	for _, e := range events {
		w.last = e.Seq
		was := w.seen[e.Record]
		if e.Action == "claim" || e.Action == "release" {
			continue
		}
		t, ok := scorereview.Definition().Workflow.Find(modules.State(e.From), modules.State(e.To))
		if !ok || t.Action != e.Action || e.From != was.Status || e.Rev != was.Rev+1 {
			r.Fatalf("%s stood in %+v and made %+v", e.Record, was, e)
		}
		kind := map[modules.Role]string{modules.Candidate: "candidate", modules.System: "system"}[t.By]
		if kind == "" {
			kind = "staff"
		}
		if e.ActorKind != kind {
			r.Fatalf("%s by %s", e.Action, e.ActorKind)
		}
		if t.By == modules.Candidate && e.Actor != w.h.Find(collection, e.Record).GetString("owner") {
			r.Fatalf("%s by %s, who is not the owner", e.Action, e.Actor)
		}
		w.seen[e.Record] = state{e.To, e.Rev}
	}
}

// compareLists wants the rows of 业务查询 to say what the records say.
func (w *world) compareLists(r *rapid.T) {
	var strays []string
	err := w.h.App.DB().NewQuery(`SELECT COALESCE(a.id, r.id) FROM score_reviews r FULL JOIN applications a ON a.id = r.id
		WHERE a.status IS NOT r.status OR a.rev IS NOT r.rev OR a.owner IS NOT r.owner OR a.number IS NOT r.number OR a.due IS NOT r.due
		OR a.waits_for IS NOT r.waits_for OR a.reply IS NOT r.reply OR a.claimed_by IS NOT r.claimed_by OR a.session IS NOT r.session
		OR a.resubmits IS NOT r.resubmits OR a.submitted IS NOT r.submitted`).Column(&strays)
	if err != nil || len(strays) > 0 {
		r.Fatal("业务查询 differs:", strays, err)
	}
}

// compareSubjects wants no subject in two applications that count, and the
// mirror to agree.
func (w *world) compareSubjects(r *rapid.T, rows map[string]seenRow) {
	want := map[string]string{}
	for id, row := range rows {
		if row.Status == "withdrawn" || row.Status == "rejected" {
			continue
		}
		var items []struct{ Subject string }
		if err := json.Unmarshal([]byte(row.Items), &items); err != nil {
			r.Fatal(err)
		}
		for _, item := range items {
			if other, twice := want[item.Subject]; twice {
				r.Fatalf("%s is in %s and in %s", item.Subject, other, id)
			}
			want[item.Subject] = id
		}
	}
	var mirror []struct{ Application, Subject string }
	if err := w.h.App.DB().NewQuery("SELECT application, subject FROM score_review_subjects WHERE active").All(&mirror); err != nil {
		r.Fatal(err)
	}
	have := map[string]string{}
	for _, row := range mirror {
		have[row.Subject] = row.Application
	}
	if fmt.Sprint(have) != fmt.Sprint(want) {
		r.Fatalf("active subjects %v, want %v", have, want)
	}
}

// compareScores wants every score to be the last one of its history.
func (w *world) compareScores(r *rapid.T) {
	var strays []string
	err := w.h.App.DB().NewQuery(`SELECT s.id FROM registration_subjects s JOIN score_history h
		ON h.rowid = (SELECT MAX(rowid) FROM score_history WHERE subject = s.id) WHERE h.new_score <> s.score OR h.new_flag <> s.flag
		UNION SELECT subject FROM score_history WHERE proposer = approver`).Column(&strays)
	if err != nil || len(strays) > 0 {
		r.Fatal("scores without history:", strays, err)
	}
}
