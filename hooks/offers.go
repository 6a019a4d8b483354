package hooks

import (
	"errors"
	"net/http"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// offer is one thing that a candidate may apply for, or may not and why.
type offer struct {
	About        string              `json:"about"` // the id of what it would be about
	Registration string              `json:"registration"`
	Session      string              `json:"session"`
	Exam         modules.Text        `json:"exam"` // of what it is about
	Title        modules.Text        `json:"title"`
	Note         modules.Text        `json:"note"`
	Opens        string              `json:"opens"`
	Closes       string              `json:"closes"`
	Problem      *problem            `json:"problem"`
	Choices      map[string][]choice `json:"choices"`
	Materials    []material          `json:"materials"`
	Warnings     []modules.Text      `json:"warnings"`
}

type choice struct {
	Value   string       `json:"value"`
	Label   modules.Text `json:"label"`
	Note    modules.Text `json:"note"`
	Amount  int          `json:"amount,omitempty"` // fen
	Problem *problem     `json:"problem"`

	Materials []string `json:"materials,omitempty"` // slots that it asks for
}

// problem is how a reason goes over the wire.
type problem struct {
	Code    string         `json:"code"`
	Message string         `json:"message"`
	Params  map[string]any `json:"params"`
}

func asProblem(p modules.Problem) *problem {
	if p == nil {
		return nil
	}
	return &problem{p.Code(), p.Error(), p.Params()}
}

// bindOffers tells a candidate what they may apply for, until when, and why
// not: the form is drawn from the same guards that decide later.
func bindOffers(app core.App, p *Portal) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Router.GET("/api/portal/services/{service}/offers", p.answerOffers).Bind(apis.RequireAuth("candidates"))
		e.Router.GET("/api/portal/services/{service}/standing", p.answerStanding).Bind(apis.RequireAuth("candidates"))
		return e.Next()
	})
}

// answerStanding says whether a business that is for few people is for this
// candidate, and what is on record that makes it so.
func (p *Portal) answerStanding(e *core.RequestEvent) error {
	d, ok := p.set.Find(e.Request.PathValue("service"))
	if !ok {
		return e.NotFoundError("", nil)
	}
	var concern modules.Concern
	if d.Concerns != nil {
		c, err := e.App.FindCachedCollectionByNameOrId(d.Name)
		if err != nil {
			return err
		}
		if concern, err = d.Concerns(p.imagine(e.App, d, core.NewRecord(c), e.Auth)); err != nil {
			return err
		}
	}
	return e.JSON(http.StatusOK, map[string]any{"problem": asProblem(concern.Problem), "note": concern.Note})
}

func (p *Portal) answerOffers(e *core.RequestEvent) error {
	d, ok := p.set.Find(e.Request.PathValue("service"))
	if !ok {
		return e.NotFoundError("", nil)
	}
	application := e.Request.URL.Query().Get("application")
	steps, err := p.candidates(e.App, d, e.Auth, application)
	if err != nil {
		return err
	}
	list := []offer{}
	for _, s := range steps {
		o, err := p.offer(s)
		if err != nil {
			return err
		}
		list = append(list, o)
	}
	return e.JSON(http.StatusOK, list)
}

// candidates returns a step for every application that could be made: one for
// each registration of the owner, or a single one for a business that needs
// none. With the id of an own application it returns that one only.
func (p *Portal) candidates(app core.App, d modules.Definition, owner *core.Record, application string) ([]*modules.Step, error) {
	if application != "" {
		r, err := app.FindFirstRecordByFilter(d.Name, "id = {:id} && owner = {:owner}", dbx.Params{"id": application, "owner": owner.Id})
		if err != nil {
			return nil, nil
		}
		return []*modules.Step{p.imagine(app, d, r, owner)}, nil
	}
	c, err := app.FindCachedCollectionByNameOrId(d.Name)
	if err != nil {
		return nil, err
	}
	if d.About != nil {
		return p.aboutEach(app, d, c, owner)
	}
	if !d.Registered {
		return []*modules.Step{p.imagine(app, d, core.NewRecord(c), owner)}, nil
	}
	registrations, err := app.FindRecordsByFilter("registrations", "candidate = {:owner} && status != 'cancelled'", "-id", 0, 0, dbx.Params{"owner": owner.Id})
	if err != nil {
		return nil, err
	}
	steps := make([]*modules.Step, len(registrations))
	for i, reg := range registrations {
		r := core.NewRecord(c)
		r.Set("registration", reg.Id)
		r.Set("session", reg.GetString("session"))
		steps[i] = p.imagine(app, d, r, owner)
	}
	return steps, nil
}

// aboutEach returns a step for each record of the owner that an application could
// be about, newest first.
func (p *Portal) aboutEach(app core.App, d modules.Definition, c *core.Collection, owner *core.Record) ([]*modules.Step, error) {
	a := d.About
	records, err := app.FindRecordsByFilter(a.Collection, a.Owner+" = {:owner}", "-@rowid", 0, 0, dbx.Params{"owner": owner.Id})
	if err != nil {
		return nil, err
	}
	var steps []*modules.Step
	for _, about := range records {
		if a.Hides(about) {
			continue
		}
		r := core.NewRecord(c)
		r.Set(a.Column, about.Id)
		session, err := modules.SessionOf(app, about)
		if err != nil {
			return nil, err
		}
		r.Set("session", session)
		steps = append(steps, p.imagine(app, d, r, owner))
	}
	return steps, nil
}

// imagine returns the first step of an application that was not made.
func (p *Portal) imagine(app core.App, d modules.Definition, r, owner *core.Record) *modules.Step {
	r.Set("owner", owner.Id)
	t := d.Workflow.From(modules.None)[0]
	return &modules.Step{
		App: app, Definition: d, Transition: t, Record: r, Actor: modules.ActorOf(owner, d.Name), Now: p.now(),
	}
}

func (p *Portal) offer(s *modules.Step) (offer, error) {
	o := offer{Registration: s.Record.GetString("registration"), Session: s.Record.GetString("session"), Choices: map[string][]choice{}}
	o.Title = s.Definition.Title
	if o.Session != "" {
		session, err := s.Session()
		if err != nil {
			return o, err
		}
		o.Title = titleOf(session)
	}
	if a := s.Definition.About; a != nil {
		about, err := s.About()
		if err != nil {
			return o, err
		}
		if o.Session != "" {
			o.Exam = o.Title
		}
		o.About, o.Title, o.Note = about.Id, a.Title(about), a.Note(about)
	}
	if o.Registration != "" {
		registration, err := s.Registration()
		if err != nil {
			return o, err
		}
		o.Note = modules.T(registration.GetString("specialty"), registration.GetString("specialty"))
	}
	opens, closes, _, err := s.Opening()
	if err != nil {
		return o, err
	}
	o.Opens, o.Closes = dateTime(opens).String(), dateTime(closes).String()
	if s.Record.IsNew() { // what was made already needs no permission to be made
		if o.Problem, err = whyNot(s); err != nil {
			return o, err
		}
	}
	if o.Materials, err = materials(s); err != nil {
		return o, err
	}
	if warn := s.Definition.Warn; warn != nil {
		if o.Warnings, err = warn(s); err != nil {
			return o, err
		}
	}
	return o, fillChoices(s, &o)
}

// whyNot returns the first reason why an application is not possible at all.
func whyNot(s *modules.Step) (*problem, error) {
	for _, guard := range s.Openers() {
		err := guard(s)
		var problems validation.Errors
		if err != nil && !errors.As(err, &problems) {
			return nil, err
		}
		for _, found := range problems {
			var p modules.Problem
			if errors.As(found, &p) {
				return asProblem(p), nil
			}
		}
	}
	return nil, nil
}

func fillChoices(s *modules.Step, o *offer) error {
	if s.Definition.Choices == nil {
		return nil
	}
	offered, err := s.Definition.Choices(s)
	if err != nil {
		return err
	}
	for name, list := range offered {
		o.Choices[name] = []choice{}
		for _, c := range list {
			o.Choices[name] = append(o.Choices[name], choice{c.Value, c.Label, c.Note, c.Amount, asProblem(c.Problem), c.Materials})
		}
	}
	return nil
}

// titleOf returns the title of an exam session in both languages.
func titleOf(session *core.Record) modules.Text {
	zh, en := session.GetString("title"), session.GetString("title_en")
	if en == "" {
		en = zh
	}
	return modules.T(zh, en)
}
