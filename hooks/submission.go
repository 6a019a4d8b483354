package hooks

import (
	"cmp"
	"net/http"
	"regexp"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindSubmission answers a repeated create with the first one's record. A page
// whose answer was lost sends the same submission id again; the unique index
// on (owner, submission) decides when both arrive at the same moment.
func bindSubmission(app core.App, p *Portal) {
	valid := regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)
	app.OnRecordCreateRequest(p.set.Names()...).BindFunc(func(e *core.RecordRequestEvent) error {
		actor := modules.Signer(e.Record)
		id, err := submissionOf(e)
		if err != nil || id == "" || actor.Kind != modules.KindCandidate {
			return firstError(err, e.Next)
		}
		if !valid.MatchString(id) {
			note(e.Record, validation.Errors{
				"submission": modules.NewProblem("submission_invalid", "Use 8 to 64 letters, digits, - or _.", nil),
			})
			return e.Next()
		}
		e.Record.Set("submission", id)
		return p.firstOrReplay(e, actor.ID, id)
	})
}

// firstOrReplay creates the record, or answers with the one that the same
// submission has made. It looks for that one only after a failure, since most
// submissions are the first. In a batch it must look before: there a refused
// row stays visible until the batch is undone, and would pass for the first.
func (p *Portal) firstOrReplay(e *core.RecordRequestEvent, owner, submission string) error {
	if e.App.IsTransactional() {
		if first := replayed(e, owner, submission); first != nil {
			return p.replay(e, first)
		}
		return e.Next()
	}
	err := e.Next()
	if err == nil {
		return nil
	}
	if first := replayed(e, owner, submission); first != nil {
		return p.replay(e, first)
	}
	return err
}

// submissionOf reads the id from the body: the column is hidden, so PocketBase
// does not load it.
func submissionOf(e *core.RecordRequestEvent) (string, error) {
	body, err := rawBody(e.RequestEvent)
	if err != nil {
		return "", err
	}
	value, given := body["submission"]
	if !given || value == "" {
		return "", nil
	}
	id, _ := value.(string) // anything else was noted by bindBody
	return id, nil
}

// replayed returns the application that the same submission has made, if any.
func replayed(e *core.RecordRequestEvent, owner, submission string) *core.Record {
	var id string
	err := e.App.DB().Select("id").From(e.Collection.Name).Where(dbx.HashExp{"owner": owner, "submission": submission}).
		AndWhere(dbx.NewExp("submission != ''")).Row(&id) // as the unique index says
	if err != nil {
		return nil
	}
	r, err := e.App.FindRecordById(e.Collection, id)
	if err != nil {
		return nil
	}
	return r
}

// replay answers with the first record, if it is about the same thing. A page
// that takes one id for two applications would believe that it had made both.
func (p *Portal) replay(e *core.RecordRequestEvent, first *core.Record) error {
	body, err := rawBody(e.RequestEvent)
	if err != nil {
		return err
	}
	d, _ := p.set.Find(e.Collection.Name)
	column := cmp.Or(d.Chosen(), "registration")
	if asked, ok := body[column].(string); ok && asked != first.GetString(column) {
		return answer(modules.Invalid("submission", "submission_invalid", "This id belongs to another application."))
	}
	e.Record = first
	if err := apis.EnrichRecord(e.RequestEvent, first); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, first)
}

// firstError returns err, or what next returns if there is none.
func firstError(err error, next func() error) error {
	if err != nil {
		return err
	}
	return next()
}
