package hooks

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules"
	"examhall/modules/calendar"
)

// notice 公告 as a page shows it, in one language.
type notice struct {
	ID, Title, Date, Summary string
	Pinned                   bool
	Paragraphs               []string
}

// view is what the templates of the public pages get, in one language.
type view struct {
	Lang, Path, Title string
	Services          []card
	Notices           []notice
	Notice            notice
	Status            int
	Message           string
	Content           any // of a package beside this one
}

// Searching is true on the pages of the certificate search.
func (v view) Searching() bool {
	return v.Path == "/certificates" || strings.HasPrefix(v.Path, "/certificates/")
}

// card is a business on the home page, in one language.
type card struct{ Path, Title, Intro, Icon string }

// home shows what can be done here and what is new.
func (pg *pages) home(e *core.RequestEvent) error {
	lang := language(e)
	notices, err := pg.notices(e.App, lang, 10, nil)
	if err != nil {
		return err
	}
	v := view{Notices: notices}
	v.Services = pg.cards(lang)
	return pg.draw(e, http.StatusOK, "home", v)
}

// cards lists what can be done. Businesses that share a menu share its card.
func (pg *pages) cards(lang string) []card {
	list := []card{}
	for _, d := range pg.portal.set.Definitions() {
		c := card{"/services/" + d.Name, d.Title.In(lang), d.Intro.In(lang), d.Icon}
		if d.About != nil && d.About.Menu != nil {
			m := d.About.Menu
			c = card{m.Path, m.Title.In(lang), m.Intro.In(lang), m.Icon}
		}
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// notice shows one notice, if it is published.
func (pg *pages) notice(e *core.RequestEvent) error {
	list, err := pg.notices(e.App, language(e), 1, dbx.HashExp{"id": e.Request.PathValue("id")})
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return pg.notFound(e)
	}
	return pg.draw(e, http.StatusOK, "notice", view{Title: list[0].Title, Notice: list[0]})
}

func (pg *pages) help(e *core.RequestEvent) error {
	title := modules.T("办事指南", "Help")
	return pg.draw(e, http.StatusOK, "help", view{Title: title.In(language(e))})
}

// notFound is the page of what does not exist.
func (pg *pages) notFound(e *core.RequestEvent) error {
	title := modules.T("没有找到这个页面", "This page does not exist")
	message := modules.T("网址可能输错了，或者内容已被移走。", "The address may be mistyped, or the page may have moved.")
	return pg.draw(e, http.StatusNotFound, "error", view{
		Status: http.StatusNotFound, Title: title.In(language(e)), Message: message.In(language(e)),
	})
}

// failed is the page of a fault of ours. What it was stands in the log.
func (pg *pages) failed(e *core.RequestEvent) error {
	title := modules.T("系统暂时出错了", "Something went wrong here")
	message := modules.T("不是您的操作有误，请稍后再试。", "It is not your fault. Please try again later.")
	return pg.draw(e, http.StatusInternalServerError, "error", view{
		Status: http.StatusInternalServerError, Title: title.In(language(e)), Message: message.In(language(e)),
	})
}

// notices returns published notices, pinned ones first, then the newest.
func (pg *pages) notices(app core.App, lang string, n int64, only dbx.Expression) ([]notice, error) {
	rows := []struct {
		ID, Title, Body string
		TitleEN         string `db:"title_en"`
		BodyEN          string `db:"body_en"`
		Published       types.DateTime
		Pinned          bool
	}{}
	err := app.DB().Select("id", "title", "title_en", "body", "body_en", "published", "pinned").From("notices").
		Where(dbx.NewExp("published != '' AND published <= {:now}", dbx.Params{"now": dateTime(pg.portal.now()).String()})).
		AndWhere(only).OrderBy("pinned DESC", "published DESC").Limit(n).All(&rows)
	list := []notice{}
	for _, r := range rows {
		title, body := modules.T(r.Title, r.TitleEN).In(lang), modules.T(r.Body, r.BodyEN).In(lang)
		paragraphs := strings.FieldsFunc(body, func(c rune) bool { return c == '\n' || c == '\r' })
		list = append(list, notice{r.ID, title, day(r.Published.Time(), lang), summary(paragraphs), r.Pinned, paragraphs})
	}
	return list, err
}

// summary returns the beginning of a notice, cut by code points.
func summary(paragraphs []string) string {
	const most = 80
	if len(paragraphs) == 0 {
		return ""
	}
	r := []rune(paragraphs[0])
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// day writes a date as people read it in Shanghai.
func day(t time.Time, lang string) string {
	t = t.In(calendar.Zone)
	if lang == "en" {
		return t.Format("2 January 2006")
	}
	return t.Format("2006年1月2日")
}

// language returns the language of a request: ?lang=, else the cookie that
// ?lang= left, else Chinese.
func language(e *core.RequestEvent) string {
	lang := e.Request.URL.Query().Get("lang")
	if lang == "" {
		if c, err := e.Request.Cookie("lang"); err == nil {
			lang = c.Value
		}
	}
	if lang == "en" {
		return "en"
	}
	return "zh"
}

// draw answers with a page. It is drawn whole before the first byte leaves, so
// that a fault becomes an error page and not half of one.
func (pg *pages) draw(e *core.RequestEvent, status int, name string, v view) error {
	v.Lang, v.Path = language(e), "/"+strings.TrimLeft(e.Request.URL.Path, `/\`) // never //another.host
	if e.Request.URL.Query().Has("lang") {
		e.SetCookie(&http.Cookie{
			Name: "lang", Value: v.Lang, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: e.IsTLS(),
		})
	}
	t, ok := pg.views[name]
	if !ok {
		return e.NotFoundError("", nil)
	}
	var page bytes.Buffer
	if err := t.Execute(&page, v); err != nil {
		return err
	}
	if h := e.Response.Header(); h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	return e.HTML(status, page.String())
}
