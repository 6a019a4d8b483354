// Package press makes the PDFs of ExamHall, certificates and letters alike: one
// set of fonts and layouts, and one key that signs them, for the whole server.
package press

import (
	"io/fs"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules/pdf"
	"examhall/modules/pdf/fonts"
	"examhall/modules/pdf/sign"
)

// Press prints layouts and signs what it has printed. It works from the start of
// the server on; commands have no use for it.
type Press struct {
	*pdf.Press
	signer *sign.Signer
}

// Opener reads the layouts, such as [Layouts].
type Opener func() (*pdf.Press, error)

// Layouts reads the layouts in the folder "pdf" of the templates. The error has
// every fault of every layout.
func Layouts(templates fs.FS) (*pdf.Press, error) {
	layouts, err := fs.Sub(templates, "pdf")
	if err != nil {
		return nil, err
	}
	faces, err := fonts.Load()
	if err != nil {
		return nil, err
	}
	return pdf.Open(layouts, faces, pdf.Options{})
}

// Register opens the press when the server starts. A fault of a layout or of the
// signing key stops the start.
func Register(app core.App, portal *hooks.Portal, open Opener) *Press {
	p := &Press{}
	app.OnServe().BindFunc(func(e *core.ServeEvent) (err error) {
		if p.Press, err = open(); err != nil {
			return err
		}
		if p.signer, err = portal.Signer(e.App); err != nil {
			return err
		}
		return e.Next()
	})
	return p
}

// Signed makes a document and signs it as of the time that it tells about: the
// same document gives the same file.
func (p *Press) Signed(layout string, d pdf.Document) ([]byte, error) {
	if p.signer.Development() {
		d.Marks = append(d.Marks, pdf.Development)
	}
	data, err := p.Render(layout, d)
	if err != nil {
		return nil, err
	}
	return p.signer.Sign(data, d.Date)
}
