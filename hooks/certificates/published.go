package certificates

import (
	"net/http"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/certificate"
	"examhall/modules/translog"
)

// publishKeys answers anybody with the public keys, old ones as well.
func (o *Office) publishKeys(e *core.RequestEvent) error {
	keys, err := o.keys(e.App)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "public, max-age=3600")
	e.Response.Header().Set("Access-Control-Allow-Origin", "*")
	return e.JSON(http.StatusOK, keys.JWKS())
}

// voids keeps the signed status list until something happens to a certificate.
type voids struct {
	mu     sync.Mutex
	list   string
	size   int64 // of the log when it was made
	kid    string
	signed time.Time
}

// How long a status list stays as it is: at most an hour, so that its date is
// never old, and at least some seconds, so that a busy day does not make one for
// every question.
const (
	freshest = 10 * time.Second
	stalest  = time.Hour
)

// publishStatusList answers anybody with the signed list of what is no longer
// valid. It may be mirrored.
func (o *Office) publishStatusList(e *core.RequestEvent) error {
	list, err := o.statusList(e.App)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "public, max-age=60")
	e.Response.Header().Set("Access-Control-Allow-Origin", "*")
	return e.Blob(http.StatusOK, "application/vc+jwt", []byte(list))
}

// statusList returns the list of now. Whatever makes a certificate void appends
// to the log, so a log of the same size has the same list.
func (o *Office) statusList(app core.App) (string, error) {
	keys, err := o.keys(app)
	if err != nil {
		return "", err
	}
	v, now := &o.voids, o.portal.Now()
	v.mu.Lock()
	defer v.mu.Unlock()
	size, err := translog.Size(app.DB())
	if err != nil {
		return "", err
	}
	age := now.Sub(v.signed)
	if v.list != "" && v.kid == keys.KID() && age >= 0 && (age < freshest || age < stalest && size == v.size) {
		return v.list, nil
	}
	indexes, err := voidIndexes(app)
	if err != nil {
		return "", err
	}
	list, err := keys.StatusList(indexes, size, now)
	if err == nil {
		v.list, v.size, v.kid, v.signed = list, size, keys.KID(), now
	}
	return list, err
}

// voidIndexes returns the index of every certificate that is not valid, and of
// every annotated copy that was withdrawn or is of such a certificate.
func voidIndexes(app core.App) ([]int64, error) {
	var list []int64
	err := app.DB().NewQuery(`SELECT log_index FROM certificates WHERE status != 'valid'
		UNION SELECT log_index FROM annotations WHERE withdrawn != ''
		UNION SELECT a.log_index FROM certificates c JOIN annotations a ON a.certificate = c.id WHERE c.status != 'valid'`).Column(&list)
	return list, err
}

// inForm hands out one certificate in a form of its own. It is one route for
// all of them, since "{id}/credential" and "mine/{id}" would both want
// "mine/credential".
//
// They are asked for by links and frames, so the file token may stand in the
// address, as PocketBase has it for files.
func (o *Office) inForm(e *core.RequestEvent) error {
	if token := e.Request.URL.Query().Get("token"); token != "" && e.Auth == nil {
		e.Auth, _ = e.App.FindAuthRecordByToken(token, core.TokenTypeFile) // nobody, if it is none
	}
	switch e.Request.PathValue("form") {
	case "credential":
		return o.credential(e)
	case "pdf":
		return o.serveFile(e)
	}
	return e.NotFoundError("", nil)
}

// credential hands a holder a certificate as a W3C Verifiable Credential.
func (o *Office) credential(e *core.RequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != "candidates" {
		return e.NotFoundError("", nil)
	}
	c, err := e.App.FindRecordById("certificates", e.Request.PathValue("id"))
	if err != nil || c.GetString("holder") != e.Auth.Id {
		return e.NotFoundError("", nil)
	}
	if c.GetString("status") != certificate.Valid {
		return e.NotFoundError("", nil)
	}
	keys, err := o.keys(e.App)
	if err != nil {
		return err
	}
	token, err := keys.Credential(factsOf(c))
	if err != nil {
		return err
	}
	h := e.Response.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", `attachment; filename="`+c.GetString("number")+`.vc.jwt"`)
	return e.Blob(http.StatusOK, "application/vc+jwt", []byte(token))
}
