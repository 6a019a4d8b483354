package certificates

import (
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/hooks/press"
	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
)

// order is what staff decide about certificates before they are issued.
type order struct {
	Session     string `json:"session" form:"session"`
	ApproveDate string `json:"approve_date" form:"approve_date"` // 批准日期
	Medium      string `json:"medium" form:"medium"`             // paper, electronic or both
	Layout      string `json:"layout" form:"layout"`             // none is that of the exam
	Issuer      string `json:"issuer" form:"issuer"`             // none is that of the exam
}

// plan is an order with what the exam says.
type plan struct {
	order
	session, project *core.Record
	title, level     string
	rule             certificate.Rule
	codes            certificate.Codes // but for the specialty
	specialties      map[string]string // their codes, by name
}

// approved says which registrations get a certificate: who has passed, did not
// cancel, and whose qualification 资格复核 was found good, where it was asked for.
// It is written in SQL over r, and stands here only.
const approved = `r.result = 'passed' AND r.status <> 'cancelled'
	AND (r.qualification = 'passed' OR (r.qualification = '' AND NOT r.review_listed))`

// unissued is true of registrations without a certificate.
const unissued = `NOT EXISTS (SELECT 1 FROM certificates i WHERE i.registration = r.id AND i.registration <> '')` // as its index says

// defaultLayout is how a certificate looks where the exam names nothing else.
const defaultLayout = press.Professional

// prepare reads what an order is about, and returns all that is wrong with it.
func (o *Office) prepare(app core.App, ordered order) (*plan, validation.Errors, error) {
	p := &plan{order: ordered}
	problems := validation.Errors{}
	var err error
	p.session, err = app.FindRecordById("exam_sessions", p.Session)
	if errors.Is(err, sql.ErrNoRows) {
		problems["session"] = modules.NewProblem("validation_missing_rel_records", "There is no such session.", nil)
		return p, problems, nil
	}
	if err != nil {
		return nil, nil, err
	}
	if p.project, err = app.FindRecordById("exam_projects", p.session.GetString("project")); err != nil {
		return nil, nil, err
	}
	p.fill()
	o.checkSession(p, problems)
	o.checkDate(p, problems)
	o.checkForm(p, problems)
	p.checkNumbers(problems)
	known, err := o.has(p.Layout)
	if !known {
		problems["layout"] = modules.NewProblem("layout_unknown", "There is no such layout.", nil)
	}
	return p, problems, err
}

// fill takes from the exam what the order leaves open.
func (p *plan) fill() {
	p.title, p.level = p.project.GetString("certificate_title"), p.project.GetString("level")
	if p.title == "" {
		p.title = p.project.GetString("name")
	}
	if p.Issuer == "" {
		p.Issuer = p.project.GetString("issuer")
	}
	if p.Layout == "" {
		p.Layout = p.project.GetString("layout")
	}
	if p.Layout == "" {
		p.Layout = defaultLayout
	}
	if err := p.project.UnmarshalJSONField("specialty_codes", &p.specialties); err != nil || p.specialties == nil {
		p.specialties = map[string]string{} // checkNumbers misses the codes then
	}
}

// checkSession wants scores that are public: before that a result is nobody's.
func (o *Office) checkSession(p *plan, problems validation.Errors) {
	published := p.session.GetDateTime("score_published")
	if published.IsZero() || published.Time().After(o.portal.Now()) {
		problems["session"] = modules.NewProblem("scores_not_published", "The scores of this session are not published.", nil)
	}
}

// checkDate wants the date of approval to be a day after the exam and not in
// the future.
func (o *Office) checkDate(p *plan, problems validation.Errors) {
	day, err := time.Parse(time.DateOnly, p.ApproveDate)
	switch {
	case p.ApproveDate == "":
		problems["approve_date"] = modules.NewProblem("validation_required", "Cannot be blank.", nil)
	case err != nil || day.Year() < 1949:
		problems["approve_date"] = modules.NewProblem("date_invalid", "This is no date.", nil)
	case p.ApproveDate > o.portal.Now().In(calendar.Zone).Format(time.DateOnly):
		problems["approve_date"] = modules.NewProblem("date_in_future", "This day is still to come.", nil)
	case p.ApproveDate < p.session.GetString("exam_from"):
		problems["approve_date"] = modules.NewProblem("date_before_exam", "This day is before the exam.", nil)
	}
}

// checkForm wants what is printed around the person.
func (o *Office) checkForm(p *plan, problems validation.Errors) {
	switch {
	case p.Medium == "":
		problems["medium"] = modules.NewProblem("validation_required", "Cannot be blank.", nil)
	case !slices.Contains([]string{"paper", "electronic", "both"}, p.Medium):
		problems["medium"] = modules.NewProblem("validation_in_invalid", "Choose one of the offered values.", nil)
	case p.Medium != "paper" && !p.project.GetBool("e_cert"):
		problems["medium"] = modules.NewProblem("no_electronic", "This exam has no electronic certificates.", nil)
	}
	if p.Issuer == "" {
		problems["issuer"] = modules.NewProblem("issuer_missing", "The exam names no issuing authority.", nil)
	}
}

// checkNumbers wants the rule of the numbers to have all it fills in.
func (p *plan) checkNumbers(problems validation.Errors) {
	rule, err := certificate.ParseRule(p.project.GetString("number_rule"))
	if err != nil {
		problems["number_rule"] = ruleProblem(err)
		return
	}
	p.rule = rule
	p.codes = certificate.Codes{Year: p.session.GetInt("year"), Exam: p.project.GetString("number_code"), Org: p.project.GetString("issuer_code")}
	if field := rule.Check(p.codes); field != "" {
		problems["number_rule"] = modules.NewProblem("number_code_missing", "The rule of the numbers needs a code: {{.field}}.", map[string]any{"field": field})
	}
}

// specialty completes the codes of somebody's number. It is false where the
// exam has no code for the specialty that fits.
func (p *plan) specialty(name string) (certificate.Codes, bool) {
	codes := p.codes
	codes.Specialty = p.specialties[name]
	return codes, name == "" || codes.Specialty != "" && p.rule.Check(codes) != "specialty"
}

// checkSpecialties wants a code for every specialty that somebody has passed.
func (p *plan) checkSpecialties(app core.App, problems validation.Errors) error {
	var names []string
	err := app.DB().NewQuery("SELECT DISTINCT specialty FROM registrations r WHERE session = {:session} AND specialty <> '' AND " + approved).
		Bind(dbx.Params{"session": p.Session}).Column(&names)
	for _, name := range names {
		if _, ok := p.specialty(name); !ok {
			problems["specialty"] = specialtyProblem(name)
		}
	}
	return err
}

func specialtyProblem(name string) modules.Problem {
	return modules.NewProblem("specialty_code_missing", "The exam has no fitting code for {{.specialty}}.", map[string]any{"specialty": name})
}

// bindProjects refuses a rule of numbers that could make none when it is
// saved, not on the day of the issue.
func (o *Office) bindProjects(app core.App) {
	check := func(e *core.RecordEvent) error {
		if _, err := certificate.ParseRule(e.Record.GetString("number_rule")); err != nil {
			return hooks.Answer(validation.Errors{"number_rule": ruleProblem(err)})
		}
		return e.Next()
	}
	app.OnRecordCreate("exam_projects").BindFunc(check)
	app.OnRecordUpdate("exam_projects").BindFunc(check)
}

func ruleProblem(err error) modules.Problem {
	return modules.NewProblem("number_rule_invalid", "{{.error}}", map[string]any{"error": err.Error()})
}
