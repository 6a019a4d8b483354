package certificates

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"examhall/hooks"
	"examhall/modules"
)

// bindPages serves the search to people. The pages need no JavaScript.
func (s *search) bindPages(r *router.Router[*core.RequestEvent]) {
	g := s.portal.Pages(r)
	g.BindFunc(discreet)
	g.Bind(apis.SkipSuccessActivityLog(), apis.BodyLimit(mostBody))
	g.GET("/certificates", s.pageExams)
	g.GET("/certificates/{exam}", s.pageForm)
	g.POST("/certificates/{exam}", s.pageSearch)
	g.GET("/certificates/{exam}/{token}", s.pageDetail)
}

// form is the page where people type, before a search and after one that found
// nothing. It keeps what they typed.
type form struct {
	Exam     string // its name; none after a miss, whatever the exam
	Action   string
	Typed    inquiry
	Problems map[string]string
	Missed   bool
	Off      bool // no captcha is asked for
	Sum      bool // it is a sum in words
	Captcha  hooks.Captcha
	Image    template.URL
}

func (s *search) pageExams(e *core.RequestEvent) error {
	list, err := s.exams.all()
	if err != nil {
		return err
	}
	lang := hooks.Language(e)
	type choice struct {
		Code, Name string
		From, To   int
	}
	choices := make([]choice, len(list))
	for i, x := range list {
		choices[i] = choice{url.PathEscape(x.Code), x.In(lang), x.From, x.To}
	}
	return s.portal.Page(e, http.StatusOK, "certificates", modules.T("证书查询", "Certificate search"), choices)
}

// pageForm shows the form of an exam.
func (s *search) pageForm(e *core.RequestEvent) error {
	exam, ok, err := s.exams.find(e.Request.PathValue("exam"))
	if err != nil {
		return err
	}
	if !ok {
		return s.portal.NoPage(e)
	}
	return s.drawForm(e, http.StatusOK, form{Exam: exam.In(hooks.Language(e))})
}

// pageSearch answers 【查询】, and the buttons that ask for another captcha.
func (s *search) pageSearch(e *core.RequestEvent) error {
	if err := e.Request.ParseForm(); err != nil {
		return s.drawForm(e, http.StatusBadRequest, form{})
	}
	typed := e.Request.PostForm
	in := inquiry{
		Exam: e.Request.PathValue("exam"), Name: typed.Get("name"), IDNumber: typed.Get("id_number"), Number: typed.Get("number"),
		CaptchaID: typed.Get("captcha_id"), Captcha: typed.Get("captcha"),
	}
	f := form{Typed: in, Sum: typed.Get("kind") == "sum"}
	switch typed.Get("do") {
	case "sum", "picture", "another":
		if typed.Get("do") != "another" {
			f.Sum = typed.Get("do") == "sum"
		}
		exam, _, err := s.exams.find(in.Exam)
		if err != nil {
			return err
		}
		f.Exam = exam.In(hooks.Language(e))
		return s.drawForm(e, http.StatusOK, f)
	}
	found, err := s.run(e, in)
	var why *refusal
	if errors.As(err, &why) {
		return s.drawRefusal(e, f, why)
	}
	if err != nil {
		return err
	}
	return s.drawFound(e, in, found)
}

// drawRefusal shows the form again, with what is wrong. A page that says that
// nothing was found is a page: some proxies replace those that are errors.
func (s *search) drawRefusal(e *core.RequestEvent, f form, why *refusal) error {
	status := why.status
	f.Problems = why.sentences(hooks.Language(e))
	if f.Missed = status == http.StatusNotFound; f.Missed {
		status = http.StatusOK
	} else if exam, ok, err := s.exams.find(f.Typed.Exam); ok && err == nil {
		f.Exam = exam.In(hooks.Language(e))
	}
	why.later(e)
	return s.drawForm(e, status, f)
}

// drawForm shows the form with a new captcha.
func (s *search) drawForm(e *core.RequestEvent, status int, f form) error {
	lang := hooks.Language(e)
	c, err := s.portal.Captcha(e, f.Sum, lang)
	var many hooks.TooMany
	switch {
	case errors.As(err, &many):
		why := tooMany(many.Wait)
		why.later(e)
		if f.Problems == nil {
			f.Problems = map[string]string{}
		}
		f.Problems["captcha"] = why.sentence("captcha", "too_many_requests").In(lang)
		if !f.Missed {
			status = why.status
		}
	case err != nil:
		return err
	}
	f.Off, f.Captcha, f.Image = s.portal.CaptchaOff(), c, template.URL(c.Image) //nolint:gosec // a picture of ours
	f.Action = "/certificates/" + url.PathEscape(e.Request.PathValue("exam"))
	return s.portal.Page(e, status, "certificate_search", modules.T("证书查询", "Certificate search"), f)
}

// found is one line of the results, as a template shows it.
type found struct {
	result
	State state
	Link  string
}

func (s *search) drawFound(e *core.RequestEvent, in inquiry, list []result) error {
	lines, lang := make([]found, len(list)), hooks.Language(e)
	for i, r := range list {
		r.ApproveDate = dateText(r.ApproveDate, lang)
		lines[i] = found{result: r, State: stateOf(r.Status, lang)}
		if r.Token != "" {
			lines[i].Link = "/certificates/" + url.PathEscape(in.Exam) + "/" + r.Token
		}
	}
	return s.portal.Page(e, http.StatusOK, "certificate_results", modules.T("证书查询结果", "Search results"), map[string]any{
		"List": lines, "Again": "/certificates/" + url.PathEscape(in.Exam),
	})
}

func (s *search) pageDetail(e *core.RequestEvent) error {
	d, ok, err := s.detail(e, e.Request.PathValue("token"))
	if err != nil {
		return err
	}
	again := "/certificates/" + url.PathEscape(e.Request.PathValue("exam"))
	if !ok {
		return s.portal.Page(e, http.StatusNotFound, "certificate_over", modules.T("查询结果已失效", "This result is no longer available"), again)
	}
	lang := hooks.Language(e)
	for _, date := range []*string{&d.ApproveDate, &d.ReissueDate, &d.Voided} {
		*date = dateText(*date, lang)
	}
	return s.portal.Page(e, http.StatusOK, "certificate_detail", modules.T("证书详情", "Certificate"), map[string]any{
		"Certificate": d, "State": stateOf(d.Status, lang), "Again": again,
	})
}
