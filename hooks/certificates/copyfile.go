package certificates

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
)

// serveCopy answers with the PDF of an annotated copy, to its holder only. The
// file token may stand in the address, for browsers that save nothing themselves.
func (o *Office) serveCopy(e *core.RequestEvent) error {
	if token := e.Request.URL.Query().Get("token"); token != "" && e.Auth == nil {
		e.Auth, _ = e.App.FindAuthRecordByToken(token, core.TokenTypeFile) // nobody, if it is none
	}
	if e.Auth == nil || e.Auth.Collection().Name != "candidates" {
		return e.NotFoundError("", nil)
	}
	annotation, err := ownCopy(e.App, e.Request.PathValue("id"), e.Auth)
	if err != nil {
		return e.NotFoundError("", nil)
	}
	r, err := e.App.FindRecordById("certificates", annotation.GetString("certificate"))
	if err != nil {
		return err
	}
	if err := o.checkCopy(r, annotation); err != nil {
		return hooks.Answer(err)
	}
	file, err := o.Render(e.App, r, annotation)
	if err != nil {
		return hooks.Answer(printProblem(err))
	}
	if err := o.copied(e.App, r, annotation, actorOf(e)); err != nil {
		return err
	}
	return sendFile(e, file)
}

// checkCopy refuses a copy whose time is over, and one of a void certificate.
func (o *Office) checkCopy(r, annotation *core.Record) error {
	if r.GetString("status") != certificate.Valid {
		return modules.Invalid("status", "certificate_void", "The certificate is not valid any more.")
	}
	if o.copyOf(annotation).State != "live" {
		return modules.Invalid("status", "annotation_over", "The copy is not live any more.")
	}
	return nil
}

// copied keeps that the holder has the file once more.
func (o *Office) copied(app core.App, r, annotation *core.Record, by modules.Actor) error {
	return app.RunInTransaction(func(tx core.App) error {
		if _, _, err := o.happen(tx, entry{certificate: r, annotation: annotation, kind: "downloaded", by: by}); err != nil {
			return err
		}
		_, err := tx.NonconcurrentDB().Update("annotations", dbx.Params{"downloads": dbx.NewExp("downloads + 1")}, dbx.HashExp{"id": annotation.Id}).Execute()
		return err
	})
}
