package certificates

import (
	"net/http"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
)

// IssueOne issues the certificate of one approved registration and returns its
// row: to somebody who was held, or who passes only now.
func (o *Office) IssueOne(app core.App, registration, approveDate, medium string, by modules.Actor) (*core.Record, error) {
	return o.issueTo(app, registration, order{ApproveDate: approveDate, Medium: medium}, by)
}

func (o *Office) issueTo(app core.App, registration string, ordered order, by modules.Actor) (made *core.Record, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		r, err := tx.FindRecordById("registrations", registration)
		if err != nil {
			return modules.Invalid("registration", "validation_missing_rel_records", "There is no such registration.")
		}
		ordered.Session = r.GetString("session")
		p, problems, err := o.prepare(tx, ordered)
		if err != nil {
			return err
		}
		people, err := readPerson(tx, registration)
		if err != nil {
			return err
		}
		if err := o.checkPerson(p, people, problems); err != nil {
			return err
		}
		if err := problems.Filter(); err != nil {
			return err
		}
		done, err := o.issue(tx, p, people, "", by)
		if err != nil {
			return err
		}
		made, err = tx.FindRecordById("certificates", done.ids[0])
		return err
	})
	return made, err
}

// checkPerson wants one person who is approved and can be printed.
func (o *Office) checkPerson(p *plan, people []person, problems validation.Errors) error {
	if len(people) == 0 {
		problems["registration"] = modules.NewProblem("not_approved", "This registration has not passed, is cancelled, or has a certificate.", nil)
		return nil
	}
	x := people[0] // a copy: issue makes it ready again
	if err := o.readyOne(p, &x); err != nil {
		return err
	}
	switch x.problem {
	case "specialty_code_missing":
		problems["specialty"] = specialtyProblem(x.Specialty)
	case "name_invalid":
		problems["name"] = modules.NewProblem("name_invalid", "The name has a character that does not belong there.", x.params)
	case "glyph_missing":
		problems["name"] = modules.NewProblem("glyph_missing", "There is no glyph for {{.char}} (U+{{.hex}}).", x.params)
	}
	return nil
}

// issueOne answers the button 制证 of one person.
func (o *Office) issueOne(e *core.RequestEvent) error {
	var body struct {
		order
		Registration string `json:"registration" form:"registration"`
	}
	if err := e.BindBody(&body); err != nil {
		return e.BadRequestError("", err)
	}
	made, err := o.issueTo(e.App, body.Registration, body.order, actorOf(e))
	if err != nil {
		return hooks.Answer(err)
	}
	return o.show(e, made, http.StatusOK)
}
