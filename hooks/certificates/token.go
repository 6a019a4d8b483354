package certificates

import (
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/certificate"
	"examhall/modules/credential"
	"examhall/modules/sealed"
)

// signing holds the keys of certificates, ready for the address that the server
// has now.
type signing struct {
	mu   sync.Mutex
	base string
	keys *credential.Keys
}

// keys returns the keys that sign and check certificates.
func (o *Office) keys(app core.App) (*credential.Keys, error) {
	s := &o.signing
	s.mu.Lock()
	defer s.mu.Unlock()
	base := app.Settings().Meta.AppURL
	if s.keys != nil && s.base == base {
		return s.keys, nil
	}
	keys, err := credential.New(base, o.portal.Ring().SigningKeys())
	if err != nil {
		return nil, err
	}
	s.base, s.keys = base, keys
	return keys, nil
}

// Token returns what the QR code of a certificate holds, an address, with the
// key that signed when it was issued.
func (o *Office) Token(app core.App, c *core.Record) (url string, err error) {
	return o.token(app, factsOf(c), c.GetString("signing_key"))
}

// AnnotatedToken is [Office.Token] for an annotated copy 加注.
func (o *Office) AnnotatedToken(app core.App, c, annotation *core.Record) (url string, err error) {
	return o.token(app, annotatedFacts(c, annotation), annotation.GetString("signing_key"))
}

func (o *Office) token(app core.App, f credential.Facts, kid string) (string, error) {
	keys, err := o.keys(app)
	if err != nil {
		return "", err
	}
	if kid == "" {
		kid = keys.KID()
	}
	token, err := keys.SignWith(kid, f)
	if err != nil {
		return "", err
	}
	return keys.URL(token), nil
}

// factsOf returns what is signed for a certificate.
func factsOf(c *core.Record) credential.Facts {
	p := certificate.PrintedOf(c)
	return credential.Facts{
		Code: p.Code, Index: int64(c.GetInt("log_index")), Number: p.Number, PrintNo: p.PrintNo, Name: p.Name,
		IDNumber: sealed.Masked(sealed.KindIDNumber, sealed.Public, p.IDNumber), Title: p.Title, Level: p.Level, Specialty: p.Specialty,
		ApproveDate: p.ApproveDate, Issuer: p.Issuer, Gender: p.Gender, BirthMonth: month(p.BirthDate), Reissued: p.ReissueDate,
		IssuedAt: c.GetDateTime("issued").Time().Truncate(time.Second),
	}
}

// annotatedFacts returns what is signed for an annotated copy.
func annotatedFacts(c, annotation *core.Record) credential.Facts {
	f := factsOf(c)
	f.Code, f.Index = annotation.GetString("code"), int64(annotation.GetInt("log_index"))
	f.Purpose, f.Recipient = annotation.GetString("purpose"), annotation.GetString("recipient")
	f.IssuedAt = annotation.GetDateTime("issued").Time().Truncate(time.Second)
	f.ExpiresAt = annotation.GetDateTime("expires").Time().Truncate(time.Second)
	return f
}

// month returns YYYY-MM of a date.
func month(date string) string {
	if len(date) < len("2006-01") {
		return ""
	}
	return date[:len("2006-01")]
}
