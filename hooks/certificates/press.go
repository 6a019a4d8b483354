package certificates

import (
	"cmp"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/pdf"
	"examhall/modules/pdf/fonts"
	"examhall/modules/pdf/sign"
)

// press is what certificates are printed and signed with.
type press struct {
	*pdf.Press
	signer *sign.Signer
}

// bindPress reads the layouts and the keys when the server starts, so that a
// fault in either is found then and not by the first holder. Commands read them
// when they first need them.
func (o *Office) bindPress(app core.App) {
	if o.portal.Templates() == nil {
		return // tests without pages
	}
	o.printer = sync.OnceValues(func() (*press, error) { return o.openPress(app) })
	o.missing = func(layout string, texts ...string) []rune {
		p, err := o.printer()
		if err != nil {
			return nil // whoever prints is told
		}
		return p.Missing(layout, texts...)
	}
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if _, err := o.printer(); err != nil {
			return err
		}
		return e.Next()
	})
}

func (o *Office) openPress(app core.App) (*press, error) {
	layouts, err := fs.Sub(o.portal.Templates(), "pdf")
	if err != nil {
		return nil, err
	}
	faces, err := fonts.Load()
	if err != nil {
		return nil, err
	}
	printer, err := pdf.Open(layouts, faces, pdf.Options{Known: map[string][]string{defaultLayout: certificate.Values()}})
	if err != nil {
		return nil, err
	}
	signer, err := o.portal.Signer(app)
	if err != nil {
		return nil, err
	}
	return &press{printer, signer}, nil
}

// has reports whether there is a layout.
func (o *Office) has(layout string) (bool, error) {
	if o.printer == nil {
		return true, nil
	}
	p, err := o.printer()
	return err == nil && contains(p.certificates(), layout), err
}

// certificates lists the layouts that show a number of a certificate, and not a
// letter.
func (p *press) certificates() []string {
	return slices.DeleteFunc(p.Layouts(), func(layout string) bool {
		return !contains(p.Values(layout), "number") || !contains(p.Values(layout), "id_number") || !contains(p.Values(layout), "approve_date")
	})
}

// Render makes the signed PDF of a certificate, or of an annotated copy of it.
// The same rows give the same file as long as the key stays.
func (o *Office) Render(app core.App, r, annotation *core.Record) ([]byte, error) {
	if o.printer == nil {
		return nil, fmt.Errorf("there are no layouts")
	}
	p, err := o.printer()
	if err != nil {
		return nil, err
	}
	d, err := o.document(app, r, annotation)
	if err != nil {
		return nil, err
	}
	if p.signer.Development() {
		d.Marks = append(d.Marks, pdf.Development)
	}
	file, err := p.Render(r.GetString("layout"), d)
	if err != nil {
		return nil, err
	}
	return p.signer.Sign(file, d.Date)
}

// document returns what a layout is filled with.
func (o *Office) document(app core.App, r, annotation *core.Record) (d pdf.Document, err error) {
	printed := certificate.PrintedOf(r)
	d = pdf.Document{Values: printed.Values(), Title: printed.Title, Date: r.GetDateTime("issued").Time(), Lang: "zh-CN"}
	d.Values["host"] = host(app)
	if printed.ReissueNo > 0 {
		d.Marks = append(d.Marks, pdf.Reissued)
	}
	if os.Getenv(hooks.Production) == "" {
		d.Marks = append(d.Marks, pdf.Specimen)
	}
	if annotation == nil {
		d.QR, err = o.Token(app, r)
	} else {
		d.Marks, d.Date = append(d.Marks, pdf.Annotated), annotation.GetDateTime("issued").Time()
		d.Values["purpose"], d.Values["recipient"] = annotation.GetString("purpose"), cmp.Or(annotation.GetString("recipient"), "用证单位")
		d.Values["expires"] = certificate.Chinese(annotation.GetDateTime("expires").Time().In(calendar.Zone).Format(time.DateOnly))
		d.QR, err = o.AnnotatedToken(app, r, annotation)
	}
	if err != nil {
		return d, err
	}
	d.Photo, err = photoOf(app, r)
	return d, err
}

// host returns where people check a certificate, as it is printed.
func host(app core.App) string {
	u, err := url.Parse(app.Settings().Meta.AppURL)
	if err != nil {
		return ""
	}
	return u.Host
}
