package hooks

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// staffKey is where a request that stays a superuser's carries the record of
// the member of staff who makes it.
const staffKey = "examhallStaff"

// bindStaff lets staff into the dashboard without handing it to them.
//
// PocketBase gives a superuser everything, and its dashboard admits nobody
// else. So staff log in as a row of _superusers that points to their staff
// record, and every request of theirs is demoted to that record before
// anything else sees it: API rules, batch, realtime, files and our own routes
// then know a member of staff, and every superuser endpoint answers 403. Only
// what the dashboard cannot start without stays open, and is cut down. A row
// that is neither an admin nor staff is nobody.
func bindStaff(app core.App) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "examhallStaff",
		Func: func(e *core.ServeEvent) error {
			e.Router.Bind(&hook.Handler[*core.RequestEvent]{
				Id: "examhallDemote",
				// After the token is read and the address checked, before the
				// rate limiter, which lets superusers pass.
				Priority: apis.DefaultSuperuserIPsWhitelistMiddlewarePriority + 3,
				Func:     demote,
			})
			return e.Next()
		},
	})
	app.OnCollectionsListRequest().BindFunc(listVisible)
	app.OnSettingsListRequest().BindFunc(showSettings)
	bindStaffAccounts(app)
	bindStaffLive(app)
}

// demote replaces a superuser by who is behind it.
func demote(e *core.RequestEvent) error {
	if impersonates(e.Request) {
		// The audit trail says who acted, so nobody acts in another's name.
		return e.ForbiddenError("Nobody may act in the name of another.", nil)
	}
	if !mayUseFileToken(e) {
		return e.ForbiddenError("This token opens nothing any more.", nil)
	}
	switch {
	case e.Auth == nil:
	case e.Auth.Collection().Name == "staff":
		e.Auth = nil // a token of the record itself: they enter by the dashboard only
	case e.Auth.IsSuperuser() && !isAdmin(e.App, e.Auth):
		staff := staffBehind(e.App, e.Auth)
		if staff != nil && staysSuperuser(e.Request) {
			e.Set(staffKey, staff)
			break
		}
		e.Auth = staff
	}
	return e.Next()
}

// isAdmin reports whether the superuser may do everything: an administrator,
// or PocketBase's installer for as long as there is no administrator.
func isAdmin(app core.App, superuser *core.Record) bool {
	if superuser.Email() == core.DefaultInstallerEmail {
		n, err := countAdmins(app, "")
		return err == nil && n == 0
	}
	return superuser.GetString("role") == "admin"
}

// staffBehind returns the active member of staff whose login the superuser is,
// or nil.
func staffBehind(app core.App, superuser *core.Record) *core.Record {
	id := superuser.GetString("staff")
	if id == "" || superuser.GetString("role") != "" {
		return nil
	}
	staff, err := app.FindRecordById("staff", id)
	if err != nil || !staff.GetBool("active") {
		return nil
	}
	return staff
}

// staysSuperuser reports whether the dashboard needs the request answered as a
// superuser's. It looks at the matched route and not at the path, which can be
// written in more than one way.
func staysSuperuser(r *http.Request) bool {
	if !strings.HasPrefix(r.Pattern, r.Method+" ") {
		return false // HEAD, which Go answers with the route of GET
	}
	switch r.Pattern {
	case "GET /api/collections", "GET /api/collections/meta/scaffolds", "GET /api/collections/meta/oauth2-providers", "GET /api/settings":
		return true
	case "POST /api/collections/{collection}/auth-refresh":
		return r.PathValue("collection") == core.CollectionNameSuperusers
	}
	return false
}

func impersonates(r *http.Request) bool {
	return strings.HasSuffix(r.Pattern, "/api/collections/{collection}/impersonate/{id}")
}

// mayUseFileToken refuses the file tokens of superusers who are no
// administrators, and of staff who have left. Such a token stands in the
// address of protected files and of backups, and is read in the handlers,
// where no middleware is asked.
func mayUseFileToken(e *core.RequestEvent) bool {
	token := e.Request.URL.Query().Get("token")
	if token == "" {
		return true
	}
	r, err := e.App.FindAuthRecordByToken(token, core.TokenTypeFile)
	switch {
	case err != nil: // a token for something else, which its handler judges
		return true
	case r.IsSuperuser():
		return isAdmin(e.App, r)
	case r.Collection().Name == "staff":
		return r.GetBool("active")
	}
	return true
}

// listVisible keeps of the list of collections what the member of staff may
// read, without its hidden columns: the dashboard draws its menu and its forms
// from it.
func listVisible(e *core.CollectionsListRequestEvent) error {
	staff, ok := e.Get(staffKey).(*core.Record)
	if !ok {
		return e.Next()
	}
	names := visible(staff)
	list := []*core.Collection{}
	for _, c := range e.Collections {
		if c.System || c.IsAuth() || c.ListRule == nil || !slices.Contains(names, c.Name) {
			continue
		}
		c.Fields = slices.DeleteFunc(c.Fields, core.Field.GetHidden)
		list = append(list, c)
	}
	e.Result.Items, e.Result.TotalItems, e.Result.TotalPages = list, len(list), 1
	return e.JSON(http.StatusOK, e.Result)
}

// visible returns the names of the collections that a member of staff works
// with. It only chooses what the menu shows: API rules decide what can be read.
func visible(staff *core.Record) []string {
	names := []string{"exam_projects", "exam_sessions", "holidays", "canned_replies"}
	for _, role := range staff.GetStringSlice("roles") {
		service, _, scoped := strings.Cut(role, ".")
		switch {
		case scoped:
			names = append(names, service)
			if service == "violation_appeals" {
				names = append(names, "violations")
			}
		case role == "operator":
			names = append(names, "windows", "rules", "material_templates", "notices", "limits", "violations")
		case role == "cert":
			names = append(names, issued()...)
		case role == "finance":
			names = append(names, "refunds", "bill_claims")
		case role == "auditor":
			names = append(append(names, issued()...), services(staff.Collection())...)
			names = append(names, "violations")
		}
	}
	return names
}

// issued lists what those who issue certificates work with.
func issued() []string {
	return []string{"certificates", "certificate_batches", "certificate_holds", "annotations", "mailings", "reissues"}
}

// services returns the businesses that staff can have a role in.
func services(staff *core.Collection) []string {
	roles, ok := staff.Fields.GetByName("roles").(*core.SelectField)
	if !ok {
		return nil
	}
	var names []string
	for _, role := range roles.Values {
		if service, _, scoped := strings.Cut(role, "."); scoped {
			names = append(names, service)
		}
	}
	return names
}

// showSettings answers staff with the little that the dashboard draws its
// frame from. hideControls takes the schema editor away.
func showSettings(e *core.SettingsListRequestEvent) error {
	staff, ok := e.Get(staffKey).(*core.Record)
	if !ok {
		return e.Next()
	}
	return e.JSON(http.StatusOK, map[string]any{
		"meta": map[string]any{
			"appName":      e.Settings.Meta.AppName,
			"appURL":       e.Settings.Meta.AppURL,
			"accentColor":  e.Settings.Meta.AccentColor,
			"hideControls": true,
		},
		"portal": map[string]any{"role": "staff", "roles": staff.GetStringSlice("roles"), "name": staff.GetString("name")},
	})
}
