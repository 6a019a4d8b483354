package certificates

import (
	"database/sql"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules/certificate"
	"examhall/modules/credential"
)

// What the page of a certificate says first. Beside these it says the states of
// a certificate.
const (
	expired    = "expired"    // an annotated copy after its end
	withdrawn  = "withdrawn"  // an annotated copy that its holder took back
	unrecorded = "unrecorded" // signed, but nothing was issued under this code
	differing  = "differing"  // signed, but the register says something else
	malformed  = "malformed"
	forged     = "signature"
	foreign    = "issuer"
	unknownKey = "key"
)

// bindVerify serves what anybody needs to check a certificate: the page, the
// public keys, and the list of what is no longer valid.
func (o *Office) bindVerify(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		g := o.portal.Pages(e.Router)
		g.Bind(apis.SkipSuccessActivityLog())
		g.BindFunc(unnamed)
		g.GET("/v/{code}", o.verifyPage)
		g.GET("/V/{code}", o.verifyPage)
		e.Router.GET("/.well-known/jwks.json", o.publishKeys).Bind(apis.SkipSuccessActivityLog())
		e.Router.GET(credential.StatusListPath, o.publishStatusList).Bind(apis.SkipSuccessActivityLog())
		e.Router.GET("/api/portal/certificates/{id}/{form}", o.inForm)
		return e.Next()
	})
}

// unnamed keeps the page of a token, which says a name, out of caches and search
// engines.
func unnamed(e *core.RequestEvent) error {
	h := e.Response.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	return e.Next()
}

// finding is what a code turned out to be.
type finding struct {
	kind   string
	token  string
	kid    string
	issuer string // whom a foreign token names
	facts  credential.Facts
	row    registered
}

// registered is what the register says today about a code.
type registered struct {
	Status, Number, Name, Title string
	ApproveDate                 string         `db:"approve_date"`
	LogIndex                    int64          `db:"log_index"`
	Voided                      types.DateTime // the certificate
	Withdrawn                   types.DateTime // the annotated copy
}

// examine checks the signature of a token and then looks it up.
func (o *Office) examine(app core.App, token string) (finding, error) {
	f := finding{token: strings.ToUpper(strings.TrimSpace(token))}
	keys, err := o.keys(app)
	if err != nil {
		return f, err
	}
	var other credential.OtherIssuerError
	f.facts, f.kid, err = keys.Verify(f.token, o.portal.Now())
	switch {
	case err == nil, errors.Is(err, credential.ErrExpired):
	case errors.As(err, &other):
		f.kind, f.issuer = foreign, other.Issuer
		return f, nil
	case errors.Is(err, credential.ErrUnknownKey):
		f.kind = unknownKey
		return f, nil
	case errors.Is(err, credential.ErrSignature):
		f.kind = forged
		return f, nil
	default:
		f.kind = malformed
		return f, nil
	}
	f.row, err = lookUp(app, f.facts)
	if errors.Is(err, sql.ErrNoRows) {
		f.kind = unrecorded
		return f, nil
	}
	f.kind = f.today(o.portal.Now())
	return f, err
}

// lookUp reads the row behind a code, with one query.
func lookUp(app core.App, f credential.Facts) (registered, error) {
	const columns = "c.status, c.number, c.name, c.title, c.approve_date, c.voided, "
	query := columns + "c.log_index, '' AS withdrawn FROM certificates c WHERE c.code = {:code}"
	if !f.ExpiresAt.IsZero() {
		query = columns + "a.log_index, a.withdrawn FROM annotations a JOIN certificates c ON c.id = a.certificate WHERE a.code = {:code}"
	}
	var r registered
	err := app.DB().NewQuery("SELECT " + query).Bind(dbx.Params{"code": f.Code}).One(&r)
	return r, err
}

// today returns what holds now of a token that we have signed.
func (f *finding) today(now time.Time) string {
	r, s := f.row, f.facts
	switch {
	case r.Number != s.Number || r.Name != s.Name || r.Title != s.Title || r.ApproveDate != s.ApproveDate:
		return differing
	case r.Status != certificate.Valid:
		return r.Status
	case !r.Withdrawn.IsZero():
		return withdrawn
	case !s.ExpiresAt.IsZero() && now.After(s.ExpiresAt):
		return expired
	}
	return certificate.Valid
}

// genuine reports whether the facts are those that we have signed.
func (f *finding) genuine() bool { return f.facts.Code != "" }

// verifyPage shows what was signed, and what holds of it today.
func (o *Office) verifyPage(e *core.RequestEvent) error {
	f, err := o.examine(e.App, e.Request.PathValue("code"))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if !f.genuine() {
		status = http.StatusNotFound
	}
	if e.Request.URL.Query().Get("format") == "json" || strings.HasPrefix(e.Request.Header.Get("Accept"), "application/json") {
		return o.verifyJSON(e, status, f)
	}
	return o.verifyHTML(e, status, f)
}
