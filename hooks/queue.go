package hooks

import (
	"net/http"
	"net/url"

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
	q := e.App.DB().Select(
		"a.id", "a.service", "a.number", "a.status", "a.submitted", "a.changed", "a.due", "a.resubmits", "a.claimed_by", "a.rev",
		"COALESCE(c.name, '') AS owner_name", "COALESCE(f.name, '') AS claimed_name",
		"COALESCE(s.title, '') AS title_zh", "COALESCE(s.title_en, '') AS title_en",
	).From("applications a").
		LeftJoin("candidates c", dbx.NewExp("c.id = a.owner")).
		LeftJoin("staff f", dbx.NewExp("f.id = a.claimed_by")).
		LeftJoin("exam_sessions s", dbx.NewExp("s.id = a.session")).
		Where(p.turnOf(e.Auth, query.Get("service"))).OrderBy("a.changed", "a.id").Limit(int64(limit) + 1)
	if err := p.filterQueue(q, query, e.Auth.Id); err != nil {
		return e.BadRequestError("A filter is not readable.", err)
	}
	if err := q.All(&list); err != nil {
		return err
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

// turnOf returns the condition for applications in a state from which the sender
// has a move. The administrator and auditors, who have none, see what waits for
// the authority.
func (p *Portal) turnOf(auth *core.Record, only string) dbx.Expression {
	var turns []dbx.Expression
	for _, d := range p.set.Definitions() {
		if only != "" && only != d.Name {
			continue
		}
		if states := turnStates(auth, d); len(states) > 0 {
			turns = append(turns, dbx.HashExp{"a.service": d.Name, "a.status": states})
		}
	}
	if len(turns) == 0 {
		return dbx.NewExp("1 = 0")
	}
	return dbx.Or(turns...)
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

func (p *Portal) filterQueue(q *dbx.SelectQuery, query url.Values, me string) error {
	if v := query.Get("status"); v != "" {
		q.AndWhere(dbx.HashExp{"a.status": v})
	}
	if query.Get("overdue") == "1" {
		q.AndWhere(dbx.NewExp("a.due != '' AND a.due < {:now}", dbx.Params{"now": p.second()}))
	}
	if query.Get("resubmitted") == "1" {
		q.AndWhere(dbx.NewExp("a.resubmits > 0"))
	}
	if query.Get("mine") == "1" {
		q.AndWhere(dbx.HashExp{"a.claimed_by": me})
	}
	return follow(q, query, "(a.changed, a.id) >")
}
