package hooks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/calendar"
)

// application is one row of 业务查询.
type application struct {
	ID           string       `json:"id"`
	Service      string       `json:"service"`
	Number       string       `json:"number"`
	Session      string       `json:"session"`
	SessionTitle modules.Text `json:"session_title" db:"-"`
	Status       string       `json:"status"`
	Reply        string       `json:"reply"`
	Submitted    string       `json:"submitted"`
	Updated      string       `json:"updated"`
	Due          string       `json:"due"`
	WaitsFor     string       `json:"waits_for" db:"waits_for"`
	Rev          int          `json:"rev"`
	Resubmits    int          `json:"resubmits"`
	Actions      []string     `json:"actions" db:"-"`
	Linked       []linked     `json:"linked" db:"-"`

	TitleZH string `json:"-" db:"title_zh"`
	TitleEN string `json:"-" db:"title_en"`
}

// page is a piece of a list and the cursor of the next piece.
type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
}

// bindApplications serves 业务查询: everything that a candidate has applied for, in
// one list across all businesses, last change first.
func bindApplications(app core.App, p *Portal) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		candidate := apis.RequireAuth("candidates")
		e.Router.GET("/api/portal/applications", p.answerApplications).Bind(candidate)
		e.Router.GET("/api/portal/applications/{service}/{id}", p.answerApplication).Bind(candidate)
		return e.Next()
	})
}

func (p *Portal) answerApplications(e *core.RequestEvent) error {
	query := e.Request.URL.Query()
	limit := limitOf(query, 20)
	list := []application{}
	q := e.App.DB().Select(
		"a.id", "a.service", "a.number", "a.session", "a.status", "a.reply", "a.submitted", "a.updated", "a.due", "a.waits_for",
		"a.rev", "a.resubmits", "COALESCE(s.title, '') AS title_zh", "COALESCE(s.title_en, '') AS title_en",
	).From("applications a").LeftJoin("exam_sessions s", dbx.NewExp("s.id = a.session")).
		Where(dbx.HashExp{"a.owner": e.Auth.Id}).OrderBy("a.updated DESC", "a.id DESC").Limit(int64(limit) + 1)
	if err := filterApplications(q, query); err != nil {
		return e.BadRequestError("A filter is not readable.", err)
	}
	if err := q.All(&list); err != nil {
		return err
	}
	out := p.pageOf(list, limit)
	if err := p.withLinked(e.App, out.Items, e.Auth); err != nil {
		return err
	}
	return withETag(e, out)
}

// filterApplications narrows the list by what the page asks for.
func filterApplications(q *dbx.SelectQuery, query url.Values) error {
	for _, name := range []string{"service", "status", "session", "waits_for"} {
		if v := query.Get(name); v != "" {
			q.AndWhere(dbx.HashExp{"a." + name: v})
		}
	}
	for name, op := range map[string]string{"from": ">=", "to": "<"} {
		v := query.Get(name)
		if v == "" {
			continue
		}
		day, err := time.ParseInLocation(time.DateOnly, v, calendar.Zone)
		if err != nil {
			return fmt.Errorf("%s: no date", name) // what was typed stays out of the log
		}
		if name == "to" {
			day = day.AddDate(0, 0, 1)
		}
		q.AndWhere(dbx.NewExp("a.submitted "+op+" {:"+name+"}", dbx.Params{name: dateTime(day).String()}))
	}
	return follow(q, query, "(a.updated, a.id) <")
}

// follow narrows a list to what comes after the cursor of a page.
func follow(q *dbx.SelectQuery, query url.Values, order string) error {
	at, id, err := cursorOf(query)
	if id != "" {
		q.AndWhere(dbx.NewExp(order+" ({:at}, {:id})", dbx.Params{"at": at, "id": id}))
	}
	return err
}

// cursorOf reads the cursor of a page, or nothing on the first one. What is no
// cursor would begin the list again, without end.
func cursorOf(query url.Values) (at, id string, err error) {
	cursor := query.Get("after")
	if cursor == "" {
		return "", "", nil
	}
	at, id, _ = strings.Cut(cursor, "~")
	if id == "" {
		return "", "", fmt.Errorf("after: no cursor of this list")
	}
	return at, id, nil
}

// pageOf cuts the row that only told that there are more.
func (p *Portal) pageOf(list []application, limit int) page[application] {
	out := page[application]{Items: list}
	if len(list) > limit {
		out.Items = list[:limit]
		out.Next = list[limit-1].Updated + "~" + list[limit-1].ID
	}
	for i := range out.Items {
		a := &out.Items[i]
		a.SessionTitle = modules.T(a.TitleZH, a.TitleEN)
		a.Actions = p.candidateActions(*a)
	}
	return out
}

// candidateActions returns what the owner may do with an application now, by
// its state and deadline. The guards decide when it is done.
func (p *Portal) candidateActions(a application) []string {
	d, _ := p.set.Find(a.Service)
	actions := []string{}
	for _, t := range d.Workflow.From(modules.State(a.Status)) {
		late := a.WaitsFor == string(modules.ForCandidate) && a.Due != "" && a.Due < p.second()
		if t.By == modules.Candidate && !late {
			actions = append(actions, t.Action)
		}
	}
	return actions
}

// limitOf returns how many rows a page asks for: at most 100.
func limitOf(query url.Values, usual int) int {
	n, err := strconv.Atoi(query.Get("limit"))
	if err != nil || n < 1 {
		return usual
	}
	return min(n, 100)
}

// withETag answers with JSON, or with 304 where the client has it already: the
// pages that may not listen ask again every half minute.
func withETag(e *core.RequestEvent, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return answerTagged(e, tagOf(raw), raw)
}

// tagOf returns an entity tag for what is told.
func tagOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

func answerTagged(e *core.RequestEvent, tag string, raw []byte) error {
	h := e.Response.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	if has(e.Request.Header, tag) {
		return e.NoContent(http.StatusNotModified)
	}
	return e.Blob(http.StatusOK, "application/json", raw)
}

// has reports whether the client has what the tag stands for. A proxy that
// compresses an answer marks its tag as weak.
func has(h http.Header, tag string) bool {
	for known := range strings.SplitSeq(strings.Join(h.Values("If-None-Match"), ","), ",") {
		if strings.TrimPrefix(strings.TrimSpace(known), "W/") == tag {
			return true
		}
	}
	return false
}
