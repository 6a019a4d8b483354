package hooks

import (
	"net/http"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
)

// bindStaffAccounts closes every way in which staff could change who they are.
// A record of staff never logs in itself, and the login that points to it
// belongs to the administrator, who sets its password.
func bindStaffAccounts(app core.App) {
	app.OnRecordAuthRequest(core.CollectionNameSuperusers).BindFunc(admit)
	app.OnRecordAuthRequest("staff").BindFunc(func(e *core.RecordAuthRequestEvent) error {
		return closed(e.RequestEvent)
	})

	app.OnRecordRequestPasswordResetRequest(core.CollectionNameSuperusers).
		BindFunc(func(e *core.RecordRequestPasswordResetRequestEvent) error {
			if isAdmin(e.App, e.Record) {
				return e.Next()
			}
			return e.NoContent(http.StatusNoContent) // as for an address that does not exist
		})
	app.OnRecordConfirmPasswordResetRequest(core.CollectionNameSuperusers, "staff").
		BindFunc(func(e *core.RecordConfirmPasswordResetRequestEvent) error {
			return ifOwn(e.RequestEvent, e.Record, e.Next)
		})
	app.OnRecordRequestEmailChangeRequest(core.CollectionNameSuperusers, "staff").
		BindFunc(func(e *core.RecordRequestEmailChangeRequestEvent) error {
			return ifOwn(e.RequestEvent, e.Record, e.Next)
		})
	app.OnRecordConfirmEmailChangeRequest(core.CollectionNameSuperusers, "staff").
		BindFunc(func(e *core.RecordConfirmEmailChangeRequestEvent) error {
			return ifOwn(e.RequestEvent, e.Record, e.Next)
		})
	app.OnRecordRequestVerificationRequest("staff").BindFunc(func(e *core.RecordRequestVerificationRequestEvent) error {
		return e.NoContent(http.StatusNoContent)
	})
	app.OnRecordConfirmVerificationRequest("staff").BindFunc(func(e *core.RecordConfirmVerificationRequestEvent) error {
		return closed(e.RequestEvent)
	})
}

// admit refuses the login of a superuser who is nobody, with a reason, since
// every later request would fail without one. Relations are not expanded in
// the answer: PocketBase would follow them with the rights of a superuser,
// through every collection that points to the staff record.
func admit(e *core.RecordAuthRequestEvent) error {
	if isAdmin(e.App, e.Record) {
		return e.Next()
	}
	if staffBehind(e.App, e.Record) == nil {
		return e.ForbiddenError("该账号未启用，请联系管理员!", validation.Errors{
			"identity": validation.NewError("account_inactive", "该账号未启用，请联系管理员!"),
		})
	}
	query := e.Request.URL.Query()
	query.Del("expand")
	e.Request.URL.RawQuery = query.Encode()
	return e.Next()
}

// ifOwn goes on for administrators, who own their account, and for nobody else.
func ifOwn(e *core.RequestEvent, r *core.Record, next func() error) error {
	if r.IsSuperuser() && isAdmin(e.App, r) {
		return next()
	}
	return closed(e)
}

func closed(e *core.RequestEvent) error {
	return e.ForbiddenError("Only an administrator may change this account.", nil)
}
