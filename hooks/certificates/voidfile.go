package certificates

import (
	"net/http"
	"path"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// paperOf answers with a document that belongs to a certificate. It is one route
// for all of them, since "{id}/void-file" and "layouts/{layout}" would both want
// "layouts/void-file".
func (o *Office) paperOf(e *core.RequestEvent) error {
	if e.Request.PathValue("paper") != "void-file" {
		return e.NotFoundError("", nil)
	}
	return o.serveDecision(e)
}

// serveDecision answers with the text of the decision that made a certificate
// void. What was uploaded is shown as what it was found to be, or not at all.
func (o *Office) serveDecision(e *core.RequestEvent) error {
	r, err := e.App.FindRecordById("certificates", e.Request.PathValue("id"))
	if err != nil || r.GetString("void_file") == "" {
		return e.NotFoundError("", nil)
	}
	ext := strings.ToLower(path.Ext(r.GetString("void_file")))
	kind := map[string]string{".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}[ext]
	if kind == "" {
		return e.NotFoundError("", nil)
	}
	store, err := e.App.NewFilesystem()
	if err != nil {
		return err
	}
	defer store.Close()
	data, err := read(store, r.BaseFilesPath()+"/"+r.GetString("void_file"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	how := "attachment"
	if e.Request.URL.Query().Has("inline") {
		how = "inline"
	}
	h := e.Response.Header()
	h.Set("Content-Disposition", how+`; filename="decision`+ext+`"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	return e.Blob(http.StatusOK, kind, data)
}
