package hooks

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// notification is one message in the app. Its words come from the definition.
type notification struct {
	ID      string       `json:"id"`
	At      string       `json:"at"`
	Service string       `json:"service"`
	Record  string       `json:"record"`
	Number  string       `json:"number"`
	Action  string       `json:"action"`
	Status  string       `json:"status"`
	Due     string       `json:"due"`
	Read    string       `json:"read"`
	Link    string       `json:"link" db:"-"` // the page of what it is about
	Title   modules.Text `json:"title" db:"-"`
	Text    modules.Text `json:"text" db:"-"`
}

// bindNotifications serves the messages of a candidate, and notes what was read.
func bindNotifications(app core.App, p *Portal) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		candidate := apis.RequireAuth("candidates")
		e.Router.GET("/api/portal/notifications", p.answerNotifications).Bind(candidate)
		e.Router.POST("/api/portal/notifications/read", p.markRead).Bind(candidate)
		return e.Next()
	})
}

func (p *Portal) answerNotifications(e *core.RequestEvent) error {
	query := e.Request.URL.Query()
	limit := limitOf(query, 20)
	list := []notification{}
	q := e.App.DB().Select("id", "at", "service", "record", "number", "action", "status", "due", "read").From("notifications").
		Where(dbx.HashExp{"owner": e.Auth.Id}).OrderBy("at DESC", "id DESC").Limit(int64(limit) + 1)
	if err := follow(q, query, "(at, id) <"); err != nil {
		return e.BadRequestError("A filter is not readable.", err)
	}
	if err := q.All(&list); err != nil {
		return err
	}
	out := page[notification]{Items: list}
	if len(list) > limit {
		out.Items, out.Next = list[:limit], list[limit-1].At+"~"+list[limit-1].ID
	}
	for i := range out.Items {
		p.word(&out.Items[i])
	}
	var unread int
	err := e.App.DB().Select("COUNT(*)").From("notifications").Where(dbx.HashExp{"owner": e.Auth.Id, "read": ""}).Row(&unread)
	if err != nil {
		return err
	}
	return withETag(e, map[string]any{"items": out.Items, "next": out.Next, "unread": unread})
}

// word adds the words of a message in both languages, and where it leads.
func (p *Portal) word(n *notification) {
	if t, ok := p.tidings[n.Service]; ok {
		n.Title, n.Text, n.Link = t.Title, t.Texts[n.Action], t.Page+n.Record
		return
	}
	n.Link = "/applications/" + n.Service + "/" + n.Record
	d, ok := p.set.Find(n.Service)
	if !ok {
		return
	}
	n.Title = d.Title
	for _, t := range d.Workflow.Transitions {
		if t.Action == n.Action {
			n.Text = t.Message
		}
	}
}

// markRead notes that the candidate has read messages of theirs.
func (p *Portal) markRead(e *core.RequestEvent) error {
	body := struct {
		IDs []string `json:"ids" form:"ids"`
		All bool     `json:"all" form:"all"`
	}{}
	if err := e.BindBody(&body); err != nil || len(body.IDs) > 100 {
		return e.BadRequestError("Name up to 100 messages.", err)
	}
	which := dbx.HashExp{"owner": e.Auth.Id, "read": ""}
	if !body.All {
		ids := make([]any, len(body.IDs))
		for i, id := range body.IDs {
			ids[i] = id
		}
		which["id"] = ids
	}
	_, err := e.App.NonconcurrentDB().Update("notifications", dbx.Params{"read": dateTime(p.now()).String()}, which).Execute()
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
