package certificates

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
)

// longestFile is how many bytes the document of a decision may have.
const longestFile = 5 << 20

// decision is why a certificate is declared void.
type decision struct {
	reason   string             // for the holder to read
	document string             // 文号 of the decision
	files    []*filesystem.File // its text
}

// revoke declares a certificate void 撤销: it should never have been issued. The
// decision has a number and a text.
func (o *Office) revoke(e *core.RequestEvent) error { return o.void(e, certificate.Revoked) }

// cancel ends a certificate 注销 that was issued rightly, such as on the death of
// its holder.
func (o *Office) cancel(e *core.RequestEvent) error { return o.void(e, certificate.Cancelled) }

func (o *Office) void(e *core.RequestEvent, to string) error {
	d, err := readDecision(e)
	if err != nil {
		return err
	}
	var r *core.Record
	err = e.App.RunInTransaction(func(tx core.App) (err error) {
		if r, err = tx.FindRecordById("certificates", e.Request.PathValue("id")); err != nil {
			return e.NotFoundError("", nil)
		}
		problems := d.check(to)
		if from := r.GetString("status"); from != certificate.Valid {
			problems["status"] = modules.NewProblem("certificate_void", "The certificate is not valid any more.", nil)
		}
		if err := problems.Filter(); err != nil {
			return err
		}
		modules.Sign(r, actorOf(e))
		r.Set("status", to)
		r.Set("void_reason", d.reason)
		r.Set("void_document", d.document)
		if len(d.files) > 0 {
			r.Set("void_file", d.files[0])
		}
		return tx.Save(r)
	})
	if err != nil {
		return hooks.Answer(err)
	}
	return o.show(e, r, http.StatusOK)
}

// readDecision reads the form, without judging it.
func readDecision(e *core.RequestEvent) (d decision, err error) {
	var body struct {
		Reason   string `json:"reason" form:"reason"`
		Document string `json:"document" form:"document"`
	}
	if err := e.BindBody(&body); err != nil {
		return d, e.BadRequestError("The request is not readable.", err)
	}
	d.reason, d.document = strings.TrimSpace(body.Reason), strings.TrimSpace(body.Document)
	if strings.HasPrefix(e.Request.Header.Get("Content-Type"), "multipart/form-data") {
		d.files, err = e.FindUploadedFiles("file")
	}
	if err == http.ErrMissingFile {
		err = nil // check says so
	}
	return d, err
}

// check returns all that is wrong with a decision.
func (d decision) check(to string) validation.Errors {
	problems := validation.Errors{}
	for field, x := range map[string]struct {
		text        string
		least, most int
	}{"reason": {d.reason, 2, 500}, "document": {d.document, 2, 100}} {
		n := utf8.RuneCountInString(x.text)
		switch {
		case n == 0:
			problems[field] = modules.NewProblem("validation_required", "Cannot be blank.", nil)
		case n < x.least || n > x.most:
			problems[field] = modules.NewProblem("validation_length_out_of_range", "Write {{.min}} to {{.max}} characters.", map[string]any{"min": x.least, "max": x.most})
		case strings.ContainsFunc(x.text, modules.Forbidden):
			problems[field] = modules.NewProblem("text_invalid", "This contains characters that cannot be stored.", nil)
		}
	}
	if len(d.files) == 0 && to == certificate.Revoked {
		problems["file"] = modules.NewProblem("material_missing", "Upload this: {{.slots}}.", map[string]any{"slots": []string{"file"}})
	}
	if len(d.files) > 0 {
		if problem := hooks.Inspect(d.files[0], longestFile); problem != nil {
			problems["file"] = problem
		}
	}
	return problems
}
