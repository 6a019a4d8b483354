package hooks

import (
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"

	"examhall/modules"
)

// policy lets the pages load from this server only, with no inline script and
// no inline style.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self'; " +
	"connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// pages draws what anybody must reach, without JavaScript.
type pages struct {
	portal *Portal
	views  map[string]*template.Template
}

// bindPages serves the public pages and, below every other route, pb_public.
func bindPages(app core.App, p *Portal) {
	views, err := parsePages(p.options.Templates)
	if err != nil {
		panic(err) // a page that cannot be drawn stops the start
	}
	pg := &pages{portal: p, views: views}
	p.pages = pg
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Priority: 999, // after the routes of the modules
		Func: func(e *core.ServeEvent) error {
			g := p.Pages(e.Router)
			g.Bind(apis.Gzip())
			g.GET("/{$}", pg.home)
			g.GET("/notices/{id}", pg.notice)
			g.GET("/help", pg.help)
			if p.options.Public != nil {
				g.GET("/{path...}", pg.static(p.options.Public))
			}
			e.Router.GET("/healthz", healthz)
			return e.Next()
		},
	})
}

// Pages returns a group for routes of public pages: with the headers of every
// page, and faults that become a page.
func (p *Portal) Pages(r *router.Router[*core.RequestEvent]) *router.RouterGroup[*core.RequestEvent] {
	g := r.Group("")
	g.BindFunc(secure)
	g.BindFunc(p.pages.apologize)
	return g
}

// Page answers with a page of templates/pages. The template finds what it shows
// in .Content.
func (p *Portal) Page(e *core.RequestEvent, status int, name string, title modules.Text, content any) error {
	return p.pages.draw(e, status, name, view{Title: title.In(language(e)), Content: content})
}

// NoPage answers with the page of what does not exist.
func (p *Portal) NoPage(e *core.RequestEvent) error { return p.pages.notFound(e) }

// Language returns the language that a request asks for, "zh" or "en".
func Language(e *core.RequestEvent) string { return language(e) }

// parsePages reads every page together with the layout.
func parsePages(files fs.FS) (map[string]*template.Template, error) {
	views := map[string]*template.Template{}
	if files == nil {
		return views, nil
	}
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		base := strings.TrimSuffix(strings.TrimPrefix(name, "pages/"), ".html")
		if base == "_layout" {
			continue
		}
		views[base], err = template.New("_layout.html").ParseFS(files, "pages/_layout.html", name)
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
	}
	return views, nil
}

// secure sets the headers of every page of ours. PocketBase's dashboard keeps
// its own.
func secure(e *core.RequestEvent) error {
	h := e.Response.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	return e.Next()
}

// apologize turns a fault of ours into a page.
func (pg *pages) apologize(e *core.RequestEvent) error {
	err := e.Next()
	var known *router.ApiError
	if err == nil || errors.As(err, &known) && known.Status < http.StatusInternalServerError {
		return err
	}
	e.App.Logger().Error("page", "path", e.Request.URL.Path, "error", err)
	return pg.failed(e)
}

// static serves pb_public. Paths of the app get its shell; whatever else does
// not exist is a 404 page that leads on.
func (pg *pages) static(files fs.FS) func(*core.RequestEvent) error {
	serve := apis.Static(files, false)
	return func(e *core.RequestEvent) error {
		path := e.Request.PathValue("path")
		if strings.HasPrefix(path, "api/") {
			return e.NotFoundError("", nil) // a program asks, not a person
		}
		e.Response.Header().Set("Cache-Control", "no-cache")
		if shell(path) {
			return e.FileFS(files, "index.html")
		}
		if strings.HasPrefix(path, "vendor/") {
			e.Response.Header().Set("Cache-Control", "public, max-age=86400")
		}
		if err := serve(e); err != nil {
			return pg.notFound(e)
		}
		return nil
	}
}

// shell reports whether a path belongs to the signed-in app.
func shell(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	switch first {
	case "login", "services", "applications", "messages", "me", "my":
		return true
	}
	return false
}

// healthz tells a load balancer whether the database answers.
func healthz(e *core.RequestEvent) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	var one int
	if err := e.App.DB().NewQuery("SELECT 1").Row(&one); err != nil {
		return e.JSON(http.StatusServiceUnavailable, map[string]string{"status": "down"})
	}
	return e.JSON(http.StatusOK, map[string]string{"status": "up"})
}
