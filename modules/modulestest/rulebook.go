package modulestest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"examhall/modules"
)

// Move is one cell of the rule book: somebody wants an application in the state
// From to be in the state To.
type Move struct {
	From, To modules.State
	As       string
}

// String reads like a sentence.
func (m Move) String() string {
	name := func(s string) string {
		if s == "" {
			return "nobody"
		}
		return s
	}
	return fmt.Sprintf("%s: %s -> %s", name(m.As), name(string(m.From)), m.To)
}

// RuleBook plays every move that anybody could think of: each pair of states,
// declared or not, by everybody of the fixture, over REST and once more in a
// batch. Only what the workflow declares may happen, and nothing else may
// change anything. It returns what each was told, first over REST, so that a
// table written by hand can be held against it.
//
// The table is made from the definition, so a new transition is in it at once;
// without a play in the book the test fails.
func RuleBook(t *testing.T, book Book) map[Move]Answer {
	t.Helper()
	book.check(t)
	answers := map[string]map[Move]Answer{}
	t.Run("rule book", func(t *testing.T) {
		for name, ask := range map[string]ask{"REST": overREST, "batch": inBatch} {
			result := map[Move]Answer{}
			answers[name] = result
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				play(t, book, ask, result)
			})
		}
	})
	for move, a := range answers["REST"] {
		if b := answers["batch"][move]; b.Code != a.Code || fmt.Sprint(b.Problems()) != fmt.Sprint(a.Problems()) {
			t.Errorf("%s: REST says %d %v, a batch %d %v", move, a.Code, a.Problems(), b.Code, b.Problems())
		}
	}
	return answers["REST"]
}

// check wants a play for every action and no other.
func (b Book) check(t *testing.T) {
	t.Helper()
	known := map[string]bool{}
	for _, tr := range b.Definition.Workflow.Transitions {
		known[tr.Action] = true
		if _, ok := b.Plays[tr.Action]; !ok {
			t.Errorf("the book of %s has no play for %q", b.Definition.Name, tr.Action)
		}
	}
	for action := range b.Plays {
		if !known[action] {
			t.Errorf("the book of %s plays %q, which is no action", b.Definition.Name, action)
		}
	}
}

// ask sends a create, or an update if there is an id.
type ask func(h *Hall, as, service, id string, values map[string]any) Answer

func overREST(h *Hall, as, service, id string, values map[string]any) Answer {
	if id == "" {
		return h.Create(as, service, values)
	}
	return h.Update(as, service, id, values)
}

func inBatch(h *Hall, as, service, id string, values map[string]any) Answer {
	return h.Batch(as, Change{service, id, values})[0]
}

// byItself saves as the portal does: the answer is what HTTP would make of it.
func byItself(h *Hall, _, service, id string, values map[string]any) Answer {
	h.T.Helper()
	c, err := h.App.FindCollectionByNameOrId(service)
	if err != nil {
		h.T.Fatal(err)
	}
	r := core.NewRecord(c)
	if id != "" {
		r = h.Find(service, id)
	}
	r.Load(values)
	modules.Sign(r, modules.Portal())
	if err := h.App.Save(r); err != nil {
		refused := router.ToApiError(err)
		body, _ := json.Marshal(refused)
		return read(refused.Status, body)
	}
	return Answer{Code: http.StatusOK}
}

// Everybody returns whom the rule book asks: the fixture, a guest and the
// system itself.
func Everybody() []string { return append([]string{"", "system"}, Names()...) }

// play asks for every move and compares what happened with the workflow.
func play(t *testing.T, b Book, ask ask, answers map[Move]Answer) {
	h := New(t, append([]modules.Module{b.Definition}, b.Beside...)...)
	for _, from := range append([]modules.State{modules.None}, b.Definition.Workflow.Names()...) {
		spare := b.Reach(h, from) // what is denied leaves it as it is
		for _, to := range b.Definition.Workflow.Names() {
			for _, as := range Everybody() {
				move := Move{from, to, as}
				id := spare
				if b.allowed(h, move) && from != modules.None {
					id = b.Reach(h, from)
				}
				answers[move] = b.try(t, h, ask, move, id)
			}
		}
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

// try makes one move and fails the test if it was not answered as declared.
func (b Book) try(t *testing.T, h *Hall, ask ask, m Move, id string) Answer {
	t.Helper()
	if m.As == "system" {
		ask = byItself
	}
	values := map[string]any{"status": string(m.To)}
	if declared, ok := b.Definition.Workflow.Find(m.From, m.To); ok {
		values = b.values(h, id, declared)
	}
	before := Row{}
	if id != "" {
		before = h.Row(b.Definition.Name, id)
		values["rev"] = before.Rev
	}
	n := h.Count(b.Definition.Name)
	a := ask(h, m.As, b.Definition.Name, id, values)
	after := Row{}
	if id != "" {
		after = h.Row(b.Definition.Name, id)
	} else if a.Code == http.StatusOK {
		after = h.Row(b.Definition.Name, a.ID())
	}
	want, made := before, 0
	if b.allowed(h, m) {
		want = Row{string(m.To), before.Rev + 1, before.Events + 1}
		if m.From == modules.None {
			made = 1
		}
		if a.Code != http.StatusOK {
			t.Errorf("%s is declared, but: %d %s", m, a.Code, a.Body)
		}
	} else if a.Code < 400 || a.Code >= 500 {
		t.Errorf("%s is not declared, but: %d %s", m, a.Code, a.Body)
	}
	if after != want || h.Count(b.Definition.Name) != n+made {
		t.Errorf("%s left %+v, want %+v", m, after, want)
	}
	return a
}

// allowed reports whether the workflow declares the move for somebody. li owns
// every application; wang may start one of their own where no registration of
// li's is asked for.
func (b Book) allowed(h *Hall, m Move) bool {
	t, ok := b.Definition.Workflow.Find(m.From, m.To)
	if !ok || m.As == "" || m.As == "admin" || m.As == "system" {
		return ok && m.As == "system" && t.By == modules.System
	}
	if m.As == "li" || m.As == "wang" {
		mine := m.As == "li" || (m.From == modules.None && b.Definition.Chosen() == "")
		return t.By == modules.Candidate && mine
	}
	if b.Refuses != nil && b.Refuses(m) {
		return false
	}
	staff := h.Find("staff", ID(m.As))
	return modules.ActorOf(staff, b.Definition.Name).Has(t.By)
}

// Count returns how many applications there are.
func (h *Hall) Count(service string) int {
	h.T.Helper()
	n, err := h.App.CountRecords(service)
	if err != nil {
		h.T.Fatal(err)
	}
	return int(n)
}
