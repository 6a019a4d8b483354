package hooks

import (
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"examhall/modules"
)

// bindLogin asks for a captcha before a candidate's password is looked at, and
// answers every kind of wrong login alike.
func bindLogin(app core.App, p *Portal) {
	app.OnRecordAuthWithPasswordRequest("candidates").BindFunc(func(e *core.RecordAuthWithPasswordRequestEvent) error {
		if p.options.CaptchaOff {
			return wrongLogin(e)
		}
		body := struct {
			ID     string `json:"captcha_id" form:"captcha_id"`
			Answer string `json:"captcha" form:"captcha"`
		}{}
		if err := e.BindBody(&body); err != nil {
			return e.BadRequestError("The request is not readable.", err)
		}
		if !p.captchas.use(body.ID, body.Answer) {
			return answer(modules.Invalid("captcha", "captcha_invalid", "The code is wrong or too old."))
		}
		return wrongLogin(e)
	})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if p.options.CaptchaOff {
			e.App.Logger().Warn("captcha is off")
			fmt.Fprintln(os.Stderr, "WARNING: --captcha=off: anybody can try passwords without a captcha. Never run a public server like this.")
		}
		e.Router.GET("/api/portal/captcha", func(e *core.RequestEvent) error {
			e.Response.Header().Set("Cache-Control", "no-store")
			if p.options.CaptchaOff {
				return e.JSON(http.StatusOK, map[string]any{"id": "", "image": "", "audio": "", "off": true})
			}
			query := e.Request.URL.Query()
			c, err := p.Captcha(e, query.Get("kind") == "sum", query.Get("lang"))
			if err != nil {
				return later(e, err)
			}
			return e.JSON(http.StatusOK, c)
		})
		e.Router.GET("/api/portal/captcha/{id}/audio", func(e *core.RequestEvent) error {
			if err := p.admitCaptcha(e); err != nil {
				return later(e, err)
			}
			sound, err := p.captchas.speak(e.Request.PathValue("id"), e.Request.URL.Query().Get("lang"))
			if err != nil {
				return e.NotFoundError("", nil)
			}
			e.Response.Header().Set("Cache-Control", "no-store")
			return e.Blob(http.StatusOK, "audio/wav", sound)
		})
		return e.Next()
	})
}

// wrongLogin says of every login that fails the same thing, beside the password:
// nobody learns which user names exist.
func wrongLogin(e *core.RecordAuthWithPasswordRequestEvent) error {
	err := e.Next()
	var refused *router.ApiError
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest {
		return answer(modules.Invalid("password", "login_failed", "The user name or the password is wrong."))
	}
	return err
}
