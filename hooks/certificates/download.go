package certificates

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
	"examhall/modules/pdf"
)

// serveFile answers with the PDF of a certificate: to its holder, and to those
// who issue certificates.
func (o *Office) serveFile(e *core.RequestEvent) error {
	r, err := e.App.FindRecordById("certificates", e.Request.PathValue("id"))
	if err != nil || e.Auth == nil || !mayDownload(e.Auth, r) {
		return e.NotFoundError("", nil)
	}
	if err := o.checkFile(e.Auth, r); err != nil {
		return hooks.Answer(err)
	}
	file, err := o.Render(e.App, r, nil)
	if err != nil {
		return hooks.Answer(printProblem(err))
	}
	if err := o.downloaded(e.App, r, file, actorOf(e)); err != nil {
		return err
	}
	return sendFile(e, file)
}

// mayDownload reports whether a certificate is somebody's own, or their work.
func mayDownload(auth, r *core.Record) bool {
	if auth.Collection().Name == "candidates" {
		return r.GetString("holder") == auth.Id
	}
	return modules.ActorOf(auth, "certificates").Has(modules.Cert)
}

// checkFile refuses certificates that are void, and the file of what exists on
// paper only.
func (o *Office) checkFile(auth, r *core.Record) error {
	if r.GetString("status") != certificate.Valid {
		return modules.InvalidWith("status", "certificate_void", "The certificate is not valid any more.", nil)
	}
	if r.GetString("medium") == "paper" && auth.Collection().Name == "candidates" {
		return modules.Invalid("medium", "no_electronic", "There is no electronic certificate.")
	}
	return nil
}

// printProblem turns what a layout cannot draw into a problem for the desk.
func printProblem(err error) error {
	var missing pdf.MissingGlyphs
	if errors.As(err, &missing) && len(missing.Runes) > 0 {
		return modules.InvalidWith("name", "glyph_missing", "There is no glyph for {{.char}} (U+{{.hex}}).", character(missing.Runes[0]))
	}
	return err
}

// downloaded keeps that somebody has the file, and the hash of the first one.
func (o *Office) downloaded(app core.App, r *core.Record, file []byte, by modules.Actor) error {
	return app.RunInTransaction(func(tx core.App) error {
		if _, _, err := o.happen(tx, entry{certificate: r, kind: "downloaded", by: by}); err != nil {
			return err
		}
		sum := sha256.Sum256(file)
		_, err := tx.NonconcurrentDB().Update("certificates", dbx.Params{"pdf_sha256": hex.EncodeToString(sum[:])},
			dbx.HashExp{"id": r.Id, "pdf_sha256": ""}).Execute()
		return err
	})
}

// sendFile answers with a PDF that nobody else may keep. Its name says nothing
// about the holder.
func sendFile(e *core.RequestEvent, file []byte) error {
	h := e.Response.Header()
	how := "attachment"
	if e.Request.URL.Query().Has("inline") {
		how = "inline"
	}
	h.Set("Content-Disposition", how+`; filename="certificate.pdf"; filename*=UTF-8''%E7%94%B5%E5%AD%90%E8%AF%81%E4%B9%A6.pdf`)
	h.Set("Cache-Control", "private, no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	return e.Blob(http.StatusOK, "application/pdf", file)
}
