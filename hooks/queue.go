package hooks

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// waiting is one line of the queue of the desk.
type waiting struct {
	ID           string       `json:"id"`
	Service      string       `json:"service"`
	Number       string       `json:"number"`
	Status       string       `json:"status"`
	OwnerName    string       `json:"owner_name" db:"owner_name"`
	SessionTitle modules.Text `json:"session_title" db:"-"`
	Submitted    string       `json:"submitted"`
	Changed      string       `json:"changed"`
	Due          string       `json:"due"`
	Overdue      bool         `json:"overdue" db:"-"`
	Resubmits    int          `json:"resubmits"`
	ClaimedBy    string       `json:"claimed_by" db:"claimed_by"`
	ClaimedName  string       `json:"claimed_name" db:"claimed_name"`
	Rev          int          `json:"rev"`

	TitleZH string `json:"-" db:"title_zh"`
	TitleEN string `json:"-" db:"title_en"`
}

// answerQueue serves what waits for the sender, oldest first. It has no count:
// counting a large queue costs more than reading its first page.
func (p *Portal) answerQueue(e *core.RequestEvent) error {
	query := e.Request.URL.Query()
	limit := limitOf(query, 30)
	list := []waiting{}
	if turns := p.turnsOf(e.Auth, query.Get("service"), query.Get("status")); len(turns) > 0 {
		front, params, err := p.front(turns, query, e.Auth.Id, limit+1)
		if err != nil {
			return e.BadRequestError("A filter is not readable.", err)
		}
		err = e.App.DB().NewQuery(`SELECT a.id, a.service, a.number, a.status, a.submitted, a.changed, a.due, a.resubmits, a.claimed_by, a.rev,
				COALESCE(c.name, '') AS owner_name, COALESCE(f.name, '') AS claimed_name,
				COALESCE(s.title, '') AS title_zh, COALESCE(s.title_en, '') AS title_en
			FROM (` + front + `) q JOIN applications a ON a.id = q.id
			LEFT JOIN candidates c ON c.id = a.owner LEFT JOIN staff f ON f.id = a.claimed_by LEFT JOIN exam_sessions s ON s.id = a.session
			ORDER BY q.changed, q.id`).Bind(params).All(&list)
		if err != nil {
			return err
		}
	}
	out := page[waiting]{Items: list}
	if len(list) > limit {
		out.Items, out.Next = list[:limit], list[limit-1].Changed+"~"+list[limit-1].ID
	}
	now := p.second()
	for i := range out.Items {
		w := &out.Items[i]
		w.SessionTitle = modules.T(w.TitleZH, w.TitleEN)
		w.Overdue = w.Due != "" && w.Due < now
	}
	return e.JSON(http.StatusOK, out)
}

// turn is a state of a service in which applications wait for somebody.
type turn struct{ service, status string }

// turnsOf returns the states from which the sender has a move. The administrator
// and auditors, who have none, see what waits for the authority. A service or
// a status narrows it to that one.
func (p *Portal) turnsOf(auth *core.Record, service, status string) []turn {
	var turns []turn
	for _, d := range p.set.Definitions() {
		if service != "" && service != d.Name {
			continue
		}
		for _, state := range turnStates(auth, d) {
			if status == "" || status == state {
				turns = append(turns, turn{d.Name, state.(string)})
			}
		}
	}
	return turns
}

// front returns a query for the ids at the front of the queue. SQLite reads each
// turn in the order of the index and merges them, so that the first page of a
// long queue costs no more than that of a short one; with IN or OR it would read
// and sort all that waits.
func (p *Portal) front(turns []turn, query url.Values, me string, limit int) (string, dbx.Params, error) {
	params := dbx.Params{"me": me, "now": p.second(), "limit": limit}
	only, err := filterQueue(query, params)
	parts := make([]string, len(turns))
	for i, t := range turns {
		params[fmt.Sprint("service", i)], params[fmt.Sprint("status", i)] = t.service, t.status
		parts[i] = fmt.Sprintf("SELECT id, changed FROM applications WHERE service = {:service%d} AND status = {:status%d}%s", i, i, only)
	}
	return strings.Join(parts, " UNION ALL ") + " ORDER BY changed, id LIMIT {:limit}", params, err
}

func turnStates(auth *core.Record, d modules.Definition) []any {
	actor := modules.ActorOf(auth, d.Name)
	watches := auth.IsSuperuser() || actor.Has(modules.Auditor)
	var states []any
	for _, name := range d.Workflow.Names() {
		if d.Workflow.States[name].WaitsFor != modules.ForAuthority {
			continue
		}
		mine := watches
		for _, t := range d.Workflow.From(name) {
			mine = mine || (actor.Has(t.By) && actor.Staff())
		}
		if mine {
			states = append(states, string(name))
		}
	}
	return states
}

// filterQueue returns the conditions that the desk asks for.
func filterQueue(query url.Values, params dbx.Params) (string, error) {
	only := ""
	for _, filter := range []struct{ name, condition string }{
		{"overdue", " AND due != '' AND due < {:now}"}, {"resubmitted", " AND resubmits > 0"}, {"mine", " AND claimed_by = {:me}"},
	} {
		if query.Get(filter.name) == "1" {
			only += filter.condition
		}
	}
	at, id, err := cursorOf(query)
	if id != "" {
		params["at"], params["id"] = at, id
		only += " AND (changed, id) > ({:at}, {:id})"
	}
	return only, err
}
