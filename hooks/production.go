package hooks

import (
	"errors"
	"os"
)

// Production is the environment variable that says that real people depend on
// this server. Demo data and what weakens the login are refused then.
const Production = "EXAMHALL_PRODUCTION"

// fitForProduction returns all reasons at once why a server must not start in
// production.
func (o *Options) fitForProduction() error {
	if os.Getenv(Production) == "" {
		return nil
	}
	var reasons []error
	if o.CaptchaOff {
		reasons = append(reasons, errors.New("--captcha=off lets anybody try passwords"))
	}
	if o.SQLConsole {
		reasons = append(reasons, errors.New("--sql-console goes past every rule"))
	}
	if o.Ring != nil && o.Ring.Development() {
		reasons = append(reasons, errors.New(`the program made the key file itself: back it up, then set "development" to false in it`))
	}
	if err := o.fitSigner(); err != nil {
		reasons = append(reasons, err)
	}
	return errors.Join(reasons...)
}
