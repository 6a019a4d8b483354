package hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindDeskAPI serves the review desk in the dashboard: what waits for me, what
// one application says and said, and who works on it. Deciding needs no route
// here: a decision is an update of the record.
func bindDeskAPI(app core.App, p *Portal) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/portal/desk")
		g.Bind(apis.RequireAuth("staff", core.CollectionNameSuperusers))
		g.GET("/me", p.answerMe)
		g.GET("/queue", p.answerQueue)
		g.GET("/{service}/{id}", p.answerCase)
		g.POST("/{service}/{id}/claim", p.claim)
		g.POST("/{service}/{id}/release", p.release)
		e.Router.GET("/api/portal/desk/{service}/{id}/replaced/{file}", p.serveReplaced)
		return e.Next()
	})
}

// answerMe tells the desk who is there and which businesses are theirs.
func (p *Portal) answerMe(e *core.RequestEvent) error {
	all, err := p.services(e.App)
	if err != nil {
		return err
	}
	mine := []service{}
	for _, s := range all {
		if d, _ := p.set.Find(s.Name); p.reads(e.Auth, d) {
			mine = append(mine, s)
		}
	}
	roles := e.Auth.GetStringSlice("roles")
	if roles == nil {
		roles = []string{}
	}
	return e.JSON(http.StatusOK, map[string]any{
		"id": e.Auth.Id, "name": e.Auth.GetString("name"), "email": e.Auth.Email(), "roles": roles,
		"admin": e.Auth.IsSuperuser(), "services": mine,
	})
}

// reads reports whether somebody at the desk sees the applications of a
// business: whoever has a step in its workflow or must know it for another one,
// auditors, the administrator.
func (p *Portal) reads(auth *core.Record, d modules.Definition) bool {
	actor := modules.ActorOf(auth, d.Name)
	if actor.Has(modules.Auditor) || auth.IsSuperuser() {
		return true
	}
	for _, t := range d.Workflow.Transitions {
		if actor.Has(t.By) {
			return true
		}
	}
	return slices.ContainsFunc(auth.GetStringSlice("roles"), func(role string) bool { return slices.Contains(d.Readers, role) })
}

// caseOf returns the application that a desk request names, if its sender may
// read it. Everybody else gets the answer of one that does not exist.
func (p *Portal) caseOf(e *core.RequestEvent) (modules.Definition, *core.Record, error) {
	return p.caseFor(e, func(d modules.Definition) bool { return p.reads(e.Auth, d) })
}

// caseFor is like [Portal.caseOf] with another answer to who may.
func (p *Portal) caseFor(e *core.RequestEvent, may func(modules.Definition) bool) (modules.Definition, *core.Record, error) {
	d, ok := p.set.Find(e.Request.PathValue("service"))
	if !ok || !may(d) {
		return d, nil, e.NotFoundError("", nil)
	}
	r, err := e.App.FindRecordById(d.Name, e.Request.PathValue("id"))
	if err != nil {
		return d, nil, e.NotFoundError("", nil)
	}
	return d, r, nil
}
