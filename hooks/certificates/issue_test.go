package certificates_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/sealed"
)

// TestEverythingWrong wants all that stands against an order at once.
func TestEverythingWrong(t *testing.T) {
	h := open(t)
	h.Add("exam_projects", "bareproject0000", map[string]any{"code": "BARE", "name": "某考试"})
	h.Add("exam_sessions", "baresession0000", map[string]any{"project": "bareproject0000", "code": "BARE26", "title": "某考试", "year": 2026, "exam_from": "2026-10-01"})
	a := h.Send("foreign", http.MethodPost, desk+"/batches", map[string]any{
		"session": "baresession0000", "approve_date": "2026-12-01", "medium": "electronic", "layout": "none",
	})
	want := []string{"approve_date date_in_future", "issuer issuer_missing", "layout layout_unknown", "medium no_electronic", "number_rule number_code_missing", "session scores_not_published"}
	if a.Code != http.StatusBadRequest || !slices.Equal(a.Problems(), want) {
		t.Error(a.Code, a.Problems())
	}
	for body, want := range map[string]string{
		`{"session":"none"}`: "session validation_missing_rel_records",
		`{"session":"` + session + `","approve_date":"2026-09-13","medium":"paper"}`: "session nobody_to_issue",
		`{"session":"` + session + `","approve_date":"2026-09-11","medium":"paper"}`: "approve_date date_before_exam",
		`{"session":"` + session + `","approve_date":"2026-13-11","medium":"cloth"}`: "approve_date date_invalid",
		`{"session":"` + session + `","medium":"cloth"}`:                             "medium validation_in_invalid",
	} {
		if a := h.Send("foreign", http.MethodPost, desk+"/batches", body); a.Code != http.StatusBadRequest || !slices.Contains(a.Problems(), want) {
			t.Errorf("%s: %d %v, want %s", body, a.Code, a.Problems(), want)
		}
	}
	pass(h, 1, "张三", "建筑工程")
	pass(h, 2, "李四", "没有代码的专业")
	if a := h.Send("foreign", http.MethodPost, desk+"/batches", order()); !slices.Equal(a.Problems(), []string{"specialty specialty_code_missing"}) {
		t.Error(a.Problems())
	}
}

// TestWhoGetsOne issues to nobody but those who have passed a session that is
// public, and to each of them once.
func TestWhoGetsOne(t *testing.T) {
	h := open(t)
	good := pass(h, 1, "张三", "建筑工程")
	for i, change := range []dbx.Params{{"result": "failed"}, {"result": "pending"}, {"result": ""}, {"status": "cancelled"}, {"qualification": "pending"}, {"qualification": "failed"}, {"review_listed": true}} {
		id := pass(h, 10+i, "李四", "建筑工程")
		if _, err := h.App.NonconcurrentDB().Update("registrations", change, dbx.HashExp{"id": id}).Execute(); err != nil {
			t.Fatal(err)
		}
		values := order()
		values["registration"] = id
		if a := h.Send("foreign", http.MethodPost, desk, values); a.Problem("registration") != "not_approved" {
			t.Error(change, a.Code, a.Body)
		}
	}
	bulk(h)
	if list := certificates(h); len(list) != 1 || list[0].GetString("registration") != good {
		t.Error(len(list), "certificates")
	}
	if a := h.Send("foreign", http.MethodPost, desk+"/batches", order()); a.Problem("session") != "nobody_to_issue" {
		t.Error(a.Problems())
	}
	values := order()
	values["registration"] = good
	if a := h.Send("foreign", http.MethodPost, desk, values); a.Problem("registration") != "not_approved" {
		t.Error(a.Problems())
	}
}

// TestNumbersHaveNoGaps issues in any mixture of runs and single acts, with
// people between them who cannot be printed.
func TestNumbersHaveNoGaps(t *testing.T) {
	h := open(t)
	r := rand.New(rand.NewPCG(1, 2))
	n, want := 0, 0
	for range 6 {
		var ready []string
		for range 1 + r.IntN(40) {
			n++
			name := "王小明"
			if r.IntN(4) == 0 {
				name = "王\U000F0000明" // a private character: no font has it
			}
			id := pass(h, n, name, []string{"建筑工程", "机电工程", ""}[r.IntN(3)])
			if name == "王小明" {
				ready = append(ready, id)
			}
		}
		if len(ready) > 0 && r.IntN(2) == 0 {
			values := order()
			values["registration"] = ready[r.IntN(len(ready))]
			if a := h.Send("foreign", http.MethodPost, desk, values); a.Code != http.StatusOK {
				t.Fatal(a.Code, a.Body)
			}
		}
		bulk(h)
		want += len(ready)
	}
	var counts []string
	for _, c := range certificates(h) {
		counts = append(counts, c.GetString("number")[13:])
	}
	slices.Sort(counts)
	for i, count := range counts {
		if count != fmt.Sprintf("%05d", i+1) {
			t.Fatalf("number %d counts %s", i+1, count)
		}
	}
	if len(counts) != want {
		t.Errorf("%d certificates, want %d", len(counts), want)
	}
}

// TestHeld keeps who cannot be printed, with the character, and issues to them
// once that has changed.
func TestHeld(t *testing.T) {
	h := open(t)
	id := pass(h, 1, "王\uE900明", "建筑工程")
	pass(h, 2, "张三", "建筑工程")
	if b := bulk(h); b.GetInt("issued") != 1 || b.GetInt("held") != 1 || b.GetString("status") != "done" {
		t.Error(b.PublicExport())
	}
	a := h.Send("foreign", http.MethodGet, desk+"/holds", nil)
	if !strings.Contains(a.Body, `"hex":"E900"`) || !strings.Contains(a.Body, id) {
		t.Error(a.Body)
	}
	bulk(h) // tries again, and keeps one row
	if n, err := h.App.CountRecords("certificate_holds"); n != 1 || err != nil {
		t.Error(n, err)
	}
	values := order()
	values["registration"] = id
	if a := h.Send("foreign", http.MethodPost, desk, values); a.Problem("name") != "name_invalid" {
		t.Error(a.Problems())
	}
	if _, err := h.App.NonconcurrentDB().Update("candidates", dbx.Params{"name": "王小明"}, dbx.HashExp{"id": "candidate000001"}).Execute(); err != nil {
		t.Fatal(err)
	}
	if a := h.Send("foreign", http.MethodPost, desk, values); a.Code != http.StatusOK || a.Text("number") != "202600144010100002" {
		t.Error(a.Code, a.Body)
	}
	if a := h.Send("foreign", http.MethodGet, desk+"/holds", nil); !strings.Contains(a.Body, `"items":[]`) {
		t.Error(a.Body)
	}
}

// TestNames issues to everybody, whatever their name, and prints it.
func TestNames(t *testing.T) {
	h := open(t)
	names := []string{
		"张三", "欧阳娜娜", "王喆", "郭鋆", "李䶮", "陈𬭎", "严𬱖", "李𠅤", "阿卜杜拉·买买提", "古丽巴哈尔·阿不都热依木·买买提明·穆罕默德",
		strings.Repeat("𬭎", 50),
	}
	for i, name := range names {
		pass(h, i+1, name, "")
	}
	passAs(h, 100, "O'NEIL MARY-ANN", "", sealed.Passport, "PA4418820")
	if b := bulk(h); b.GetInt("issued") != len(names)+1 {
		t.Error(b.PublicExport(), h.Send("foreign", http.MethodGet, desk+"/holds", nil).Body)
	}
	for i, c := range certificates(h)[:len(names)] {
		if c.GetString("name") != names[i] {
			t.Error(c.GetString("name"))
		}
		if _, err := h.Office.Render(h.App, c, nil); err != nil {
			t.Error(c.GetString("name"), err)
		}
	}
}

// TestTwoRunsAtOnce starts many runs of one session at the same moment.
func TestTwoRunsAtOnce(t *testing.T) {
	h := open(t)
	for i := range 50 {
		pass(h, i+1, "张三", "建筑工程")
	}
	by := modules.Actor{Kind: modules.KindStaff, ID: modulestest.ID("foreign")}
	var all sync.WaitGroup
	var mu sync.Mutex
	begun := 0
	for range 8 {
		all.Go(func() {
			if _, err := h.Office.Begin(h.App, session, "2026-09-13", "both", by); err == nil {
				mu.Lock()
				begun++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	for range 3 { // as after a restart, and more than once
		all.Go(func() {
			if err := h.Office.Drain(h.App); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if list := certificates(h); begun != 1 || len(list) != 50 {
		t.Errorf("%d runs, %d certificates", begun, len(list))
	}
}

// TestPause stops a run between two chunks, and goes on after a restart.
func TestPause(t *testing.T) {
	h := open(t)
	for i := range 5 {
		pass(h, i+1, "张三", "建筑工程")
	}
	by := modules.Actor{Kind: modules.KindStaff, ID: modulestest.ID("foreign")}
	b, err := h.Office.Begin(h.App, session, "2026-09-13", "both", by)
	if err != nil {
		t.Fatal(err)
	}
	url := desk + "/batches/" + b.Id
	if a := h.Send("foreign", http.MethodPost, url+"/pause", nil); a.Text("status") != "paused" {
		t.Error(a.Code, a.Body)
	}
	if err := h.Office.Drain(h.App); err != nil || len(certificates(h)) != 0 {
		t.Error("a run that was paused goes on", err)
	}
	if a := h.Send("foreign", http.MethodPost, url+"/pause", nil); a.Problem("status") != "transition_denied" {
		t.Error(a.Code, a.Body)
	}
	if a := h.Send("foreign", http.MethodPost, desk+"/batches", order()); a.Problem("session") != "batch_running" {
		t.Error(a.Code, a.Body)
	}
	failed := h.Add("certificate_batches", "", map[string]any{
		"session": session, "approve_date": "2026-09-13", "medium": "both", "layout": "professional", "status": "failed", "actor": "x",
	})
	if a := h.Send("foreign", http.MethodPost, desk+"/batches/"+failed.Id+"/resume", nil); a.Problem("session") != "batch_running" {
		t.Error(a.Code, a.Body)
	}
	if a := h.Send("foreign", http.MethodPost, url+"/resume", nil); a.Code != http.StatusOK {
		t.Error(a.Code, a.Body)
	}
	h.Office.Wait()
	if a := h.Send("foreign", http.MethodGet, url, nil); a.Text("status") != "done" || a.Text("issued") != "5" {
		t.Error(a.Body)
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}
