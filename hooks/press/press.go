// Package press makes the PDFs of ExamHall, certificates and letters alike: one
// set of fonts and layouts, and one key that signs them, for the whole server.
package press

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"sync"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules/certificate"
	"examhall/modules/pdf"
	"examhall/modules/pdf/fonts"
	"examhall/modules/pdf/sign"
)

// Professional is the layout of certificates of professional qualification.
const Professional = "professional"

// Press prints layouts and signs what it has printed.
type Press struct {
	open func() (*opened, error)
}

// opened is a press that has read its layouts and its key.
type opened struct {
	*pdf.Press
	signer *sign.Signer
}

// Opener reads the layouts, such as [Layouts].
type Opener func() (*pdf.Press, error)

// ErrNone says that there are no layouts: what needs no paper works without.
var ErrNone = errors.New("press: there are no layouts")

// Layouts reads the layouts in the folder "pdf" of the templates. The error has
// every fault of every layout.
func Layouts(templates fs.FS) (*pdf.Press, error) {
	if templates == nil {
		return nil, ErrNone
	}
	layouts, err := fs.Sub(templates, "pdf")
	if err != nil {
		return nil, err
	}
	faces, err := fonts.Load()
	if err != nil {
		return nil, err
	}
	return pdf.Open(layouts, faces, pdf.Options{Known: map[string][]string{Professional: certificate.Values()}})
}

// Register reads layouts and key when the server starts, so that a fault in
// either is found then and not by the first holder. Commands read them when they
// first need them. A nil opener reads the templates of the portal.
func Register(app core.App, portal *hooks.Portal, open Opener) *Press {
	if open == nil {
		open = func() (*pdf.Press, error) { return Layouts(portal.Templates()) }
	}
	p := &Press{sync.OnceValues(func() (*opened, error) {
		layouts, err := open()
		if err != nil {
			return nil, err
		}
		signer, err := portal.Signer(app)
		return &opened{layouts, signer}, err
	})}
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if _, err := p.open(); err != nil && !errors.Is(err, ErrNone) {
			return err
		}
		return e.Next()
	})
	return p
}

// Certificates lists the layouts that show what a certificate tells, and no
// letter.
func (p *Press) Certificates() ([]string, error) {
	o, err := p.open()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(o.Layouts(), func(layout string) bool {
		shown := o.Values(layout)
		return !slices.Contains(shown, "number") || !slices.Contains(shown, "id_number") || !slices.Contains(shown, "approve_date")
	}), nil
}

// Preview shows a layout with its own sample, marked as a specimen.
func (p *Press) Preview(layout string, marks ...pdf.Mark) ([]byte, error) {
	o, err := p.open()
	if err != nil {
		return nil, err
	}
	return o.Preview(layout, marks...)
}

// Missing returns the characters of texts that a layout cannot print. Where there
// are no layouts, whoever prints is told.
func (p *Press) Missing(layout string, texts ...string) []rune {
	o, err := p.open()
	if err != nil {
		return nil
	}
	return o.Missing(layout, texts...)
}

// Render makes a document without a signature.
func (p *Press) Render(layout string, d pdf.Document) ([]byte, error) {
	o, err := p.open()
	if err != nil {
		return nil, err
	}
	return o.Render(layout, d)
}

// Signed makes a document and signs it as of the time that it tells about: the
// same document gives the same file as long as the key stays. Outside of
// production everything that is signed is a specimen 样张.
func (p *Press) Signed(layout string, d pdf.Document) ([]byte, error) {
	o, err := p.open()
	if err != nil {
		return nil, err
	}
	if o.signer.Development() {
		d.Marks = append(d.Marks, pdf.Development)
	}
	if os.Getenv(hooks.Production) == "" {
		d.Marks = append(d.Marks, pdf.Specimen)
	}
	data, err := o.Render(layout, d)
	if err != nil {
		return nil, err
	}
	return o.signer.Sign(data, d.Date)
}
