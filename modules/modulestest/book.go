package modulestest

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"

	"examhall/modules"
)

// Book says how the moves of a business are played, so that a test can bring an
// application into any state the way people would.
type Book struct {
	Definition modules.Definition
	Plays      map[string]Play // by action; every action of the workflow needs one

	// Beside are the businesses that this one is linked with. Refuses says of a
	// declared move that a guard forbids it to somebody who has the role.
	Beside  []modules.Module
	Refuses func(Move) bool
}

// Play is one move. The zero value sends nothing but the status and the rev, as
// the first of the fixture who has the role.
type Play struct {
	As   string
	With func(h *Hall, id string) map[string]any
}

// actor returns who of the fixture makes the move.
func (b Book) actor(t modules.Transition) string {
	first := map[modules.Role]string{
		modules.Candidate: "li", modules.Reviewer: "reviewer", modules.Approver: "approver", modules.Finance: "foreign", modules.Cert: "foreign",
	}
	return cmp.Or(b.Plays[t.Action].As, first[t.By])
}

// values returns what the move sends, but for the rev.
func (b Book) values(h *Hall, id string, t modules.Transition) map[string]any {
	values := map[string]any{}
	if with := b.Plays[t.Action].With; with != nil {
		maps.Copy(values, with(h, id))
	}
	values["status"] = string(t.To)
	return values
}

// path returns the fewest moves that lead from nothing to a state.
func (b Book) path(to modules.State) []modules.Transition {
	paths := map[modules.State][]modules.Transition{modules.None: {}}
	for queue := []modules.State{modules.None}; len(queue) > 0; queue = queue[1:] {
		from := queue[0]
		for _, t := range b.Definition.Workflow.From(from) {
			if _, ok := paths[t.To]; !ok {
				paths[t.To] = append(slices.Clone(paths[from]), t)
				queue = append(queue, t.To)
			}
		}
	}
	return paths[to]
}

// Reach makes an application, leads it into a state and returns its id.
func (b Book) Reach(h *Hall, to modules.State) string {
	h.T.Helper()
	id := ""
	for _, t := range b.path(to) {
		id = b.Play(h, id, t.Action)
	}
	return id
}

// Play makes one move, which must succeed. An empty id starts an application.
// It returns the id of the application.
func (b Book) Play(h *Hall, id, action string) string {
	h.T.Helper()
	i := slices.IndexFunc(b.Definition.Workflow.Transitions, func(t modules.Transition) bool { return t.Action == action })
	if i < 0 {
		h.T.Fatalf("%s has no action %q", b.Definition.Name, action)
	}
	t := b.Definition.Workflow.Transitions[i]
	if t.By == modules.System {
		h.force(b.Definition.Name, id, t)
		return id
	}
	values := b.values(h, id, t)
	a := Answer{}
	if id == "" {
		a = h.Create(b.actor(t), b.Definition.Name, values)
	} else {
		a = h.Update(b.actor(t), b.Definition.Name, id, h.at(b.Definition.Name, id, values))
	}
	if a.Code != http.StatusOK || a.Text("status") != string(t.To) {
		h.T.Fatalf("%s as %s: %d %s", action, b.actor(t), a.Code, a.Body)
	}
	return a.ID()
}

// force makes a move of the system.
func (h *Hall) force(service, id string, t modules.Transition) {
	h.T.Helper()
	r := h.Find(service, id)
	modules.Sign(r, modules.Portal())
	r.Set("status", string(t.To))
	if err := h.App.Save(r); err != nil {
		h.T.Fatalf("%s: %v", t.Action, err)
	}
}

// at adds the stored rev to the values.
func (h *Hall) at(service, id string, values map[string]any) map[string]any {
	h.T.Helper()
	all := map[string]any{"rev": h.Row(service, id).Rev}
	maps.Copy(all, values)
	return all
}

// Row is what the database says about an application.
type Row struct {
	Status string
	Rev    int
	Events int
}

// Row reads what the database says about an application, past all caches.
func (h *Hall) Row(service, id string) Row {
	h.T.Helper()
	var row Row
	err := h.App.DB().Select("status", "rev", "(SELECT COUNT(*) FROM events WHERE record = a.id) AS events").
		From(service + " a").Where(dbx.HashExp{"a.id": id}).One(&row)
	if err != nil {
		h.T.Fatal(err)
	}
	return row
}
