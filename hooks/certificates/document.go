package certificates

import (
	"cmp"
	"errors"
	"net/url"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks/press"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/pdf"
)

// has reports whether there is a layout. Without any, every name will do.
func (o *Office) has(layout string) (bool, error) {
	known, err := o.printer.Certificates()
	if errors.Is(err, press.ErrNone) {
		return true, nil
	}
	return contains(known, layout), err
}

// Render makes the signed PDF of a certificate, or of an annotated copy of it.
// The same rows give the same file as long as the key stays.
func (o *Office) Render(app core.App, r, annotation *core.Record) ([]byte, error) {
	d, err := o.document(app, r, annotation)
	if err != nil {
		return nil, err
	}
	return o.printer.Signed(r.GetString("layout"), d)
}

// document returns what a layout is filled with.
func (o *Office) document(app core.App, r, annotation *core.Record) (d pdf.Document, err error) {
	printed := certificate.PrintedOf(r)
	d = pdf.Document{Values: printed.Values(), Title: printed.Title, Date: r.GetDateTime("issued").Time(), Lang: "zh-CN"}
	d.Values["host"] = host(app)
	if printed.ReissueNo > 0 {
		d.Marks = append(d.Marks, pdf.Reissued)
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
