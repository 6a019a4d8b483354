package certificates

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/sealed"
)

const (
	tokenTime    = 10 * time.Minute
	tokenContext = "search.token"
	cookieName   = "search"
)

// pass opens the detail of one certificate to the browser that found it, for
// ten minutes. It travels sealed: nobody reads in it, makes one or changes one.
//
// It is bound to a cookie of the browser and not to its address, since phones
// change theirs. A token that somebody else has got hold of opens nothing.
type pass struct {
	Certificate string `json:"c"`
	Search      string `json:"s"` // one for all results of a search
	Until       int64  `json:"u"` // in seconds
	Browser     []byte `json:"b"` // half of the SHA-256 of the cookie
	Name        string `json:"n"` // as it was typed
	Typed       string `json:"t"` // the number that was typed, if any
}

// write returns the pass as text that may stand in an address.
func (p pass) write(ring *sealed.Ring) (string, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	return strings.Map(urlSafe, ring.Seal(tokenContext, string(raw))), nil
}

// urlSafe changes the characters of a sealed text that mean something in an
// address.
func urlSafe(r rune) rune {
	switch r {
	case ':':
		return '.'
	case '+':
		return '-'
	case '/':
		return '_'
	}
	return r
}

// stored is the reverse of urlSafe.
func stored(r rune) rune {
	switch r {
	case '.':
		return ':'
	case '-':
		return '+'
	case '_':
		return '/'
	}
	return r
}

// readPass returns the pass behind a token, if it is one of ours, still good and
// in the browser that it was given to.
func readPass(e *core.RequestEvent, ring *sealed.Ring, token string, now time.Time) (pass, bool) {
	var p pass
	plain, err := ring.Open(tokenContext, strings.Map(stored, token))
	if err != nil || json.Unmarshal([]byte(plain), &p) != nil {
		return p, false
	}
	cookie, err := e.Request.Cookie(cookieName)
	if err != nil || subtle.ConstantTimeCompare(p.Browser, fingerprint(cookie.Value)) != 1 {
		return p, false
	}
	return p, now.Unix() < p.Until
}

// browser returns the fingerprint of the browser that asks. One without a
// cookie gets one; the cookie of an earlier search stays, so that the results
// in another tab keep working.
func browser(e *core.RequestEvent) []byte {
	value := rand.Text()
	if c, err := e.Request.Cookie(cookieName); err == nil && len(c.Value) == len(value) {
		value = c.Value
	}
	e.SetCookie(&http.Cookie{
		Name: cookieName, Value: value, Path: "/", MaxAge: int(tokenTime.Seconds()),
		SameSite: http.SameSiteStrictMode, HttpOnly: true, Secure: e.IsTLS(),
	})
	return fingerprint(value)
}

func fingerprint(cookie string) []byte {
	sum := sha256.Sum256([]byte(cookie))
	return sum[:16]
}

// newSearchID returns an id of a search. It means nothing and is kept nowhere else.
func newSearchID() string {
	b := make([]byte, 6)
	rand.Read(b) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b)
}
