package hooks

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// access says which status each answers with to whom. Who is not named is
// denied: 401, 403 or 404.
type access map[string]int

// everyone lists who knocks, in this order: the administrator last, since only
// the administrator can change what the next row finds.
var everyone = []string{
	"guest", "zhangsan", "lisi", "nobody", "left",
	"reviewer", "approver", "operator", "finance", "cert", "auditor", "admin",
}

// groups are names for several of them.
var groups = map[string][]string{
	"all":        everyone,
	"known":      {"guest", "zhangsan", "lisi", "reviewer", "approver", "operator", "finance", "cert", "auditor", "admin"}, // no token that is no good
	"candidates": {"zhangsan", "lisi"},
	"staff":      {"reviewer", "approver", "operator", "finance", "cert", "auditor"},
	"readers":    {"reviewer", "approver", "auditor", "admin"}, // of score reviews
}

// Common rows of the matrix.
var (
	never = access{}
	admin = access{"admin": 200}
)

// matrix is what the server answers to whom: one line for each route, or several
// where the answer depends on what is asked for. {names} in an address stand
// for ids, {token} for the file token of who asks. A route of the server that is
// not here fails the test.
//
// The bodies are such that the administrator's request does no harm, hence many
// a 400 and 404 in the last column: the request was let through.
var matrix = []struct {
	route, url, body string
	can              access
}{
	// Schema and settings.
	{"GET /api/collections", "", "", access{"staff": 200, "admin": 200}},
	{"POST /api/collections", "", `{}`, access{"admin": 400}},
	{"GET /api/collections/{collection}", "/api/collections/notices", "", admin},
	{"GET /api/collections/{collection}", "/api/collections/_superusers", "", admin},
	{"PATCH /api/collections/{collection}", "/api/collections/notices", `{"name":"-"}`, access{"admin": 400}},
	{"DELETE /api/collections/{collection}", "/api/collections/none", "", access{"admin": 404}},
	{"DELETE /api/collections/{collection}/truncate", "/api/collections/notices/truncate", "", never},
	{"PUT /api/collections/import", "", `{}`, access{"admin": 400}},
	{"GET /api/collections/meta/scaffolds", "", "", access{"staff": 200, "admin": 200}},
	{"GET /api/collections/meta/oauth2-providers", "", "", access{"staff": 200, "admin": 200}},
	{"POST /api/collections/meta/dry-run-view", "", `{"query":"select 1 as id"}`, never},
	{"POST /api/sql", "", `{"query":"select 1"}`, never},
	{"GET /api/settings", "", "", access{"staff": 200, "admin": 200}},
	{"PATCH /api/settings", "", `{}`, admin},
	{"POST /api/settings/test/s3", "", `{}`, access{"admin": 400}},
	{"POST /api/settings/test/email", "", `{}`, access{"admin": 400}},
	{"POST /api/settings/apple/generate-client-secret", "", `{}`, access{"admin": 400}},

	// Running the server.
	{"GET /api/logs", "", "", admin},
	{"DELETE /api/logs", "", "", never},
	{"GET /api/logs/stats", "", "", admin},
	{"GET /api/logs/{id}", "/api/logs/none", "", access{"admin": 404}},
	{"GET /api/backups", "", "", admin},
	{"POST /api/backups", "", `{"name":"@"}`, access{"admin": 400}},
	{"POST /api/backups/upload", "", "", never},
	{"GET /api/backups/{key}", "/api/backups/none.zip", "", never}, // takes a file token: TestFileTokens
	{"DELETE /api/backups/{key}", "/api/backups/none.zip", "", access{"admin": 400}},
	{"POST /api/backups/{key}/restore", "/api/backups/none.zip/restore", "", access{"admin": 400}},
	{"GET /api/crons", "", "", admin},
	{"POST /api/crons/{id}", "/api/crons/none", "", access{"admin": 404}},
	{"GET /api/health", "", "", access{"all": 200}},

	// Logins. Who is nobody has no account to refresh.
	{"GET /api/collections/{collection}/auth-methods", "/api/collections/candidates/auth-methods", "", access{"all": 200}},
	{"POST /api/collections/{collection}/auth-refresh", "/api/collections/_superusers/auth-refresh", "", access{"staff": 200, "admin": 200}},
	{"POST /api/collections/{collection}/auth-refresh", "/api/collections/candidates/auth-refresh", "", access{"candidates": 200}},
	{"POST /api/collections/{collection}/auth-refresh", "/api/collections/staff/auth-refresh", "", never},
	{"POST /api/collections/{collection}/auth-with-password", "/api/collections/_superusers/auth-with-password", `{}`, access{"all": 400}},
	{"POST /api/collections/{collection}/auth-with-password", "/api/collections/staff/auth-with-password", `{}`, never},
	{"POST /api/collections/{collection}/auth-with-password", "/api/collections/candidates/auth-with-password", `{"identity":"zhangsan","password":"` + password + `"}`, access{"all": 400}}, // without a captcha
	{"POST /api/collections/{collection}/auth-with-oauth2", "/api/collections/_superusers/auth-with-oauth2", `{}`, never},
	{"POST /api/collections/{collection}/auth-with-oauth2", "/api/collections/candidates/auth-with-oauth2", `{}`, never},
	{"POST /api/collections/{collection}/request-otp", "/api/collections/staff/request-otp", `{}`, never},
	{"POST /api/collections/{collection}/auth-with-otp", "/api/collections/staff/auth-with-otp", `{}`, never},
	{"GET /api/oauth2-redirect", "", "", access{"all": 307}},
	{"POST /api/oauth2-redirect", "", "", access{"all": 303}},
	{"POST /api/collections/{collection}/impersonate/{id}", "/api/collections/candidates/impersonate/{zhangsan}", `{}`, never},
	{"POST /api/collections/{collection}/impersonate/{id}", "/api/collections/staff/impersonate/{staff}", `{}`, never},
	{"POST /api/collections/{collection}/impersonate/{id}", "/api/collections/_superusers/impersonate/{admin}", `{}`, never},

	// Changes of an account by mail. 204 is the answer to any address.
	{"POST /api/collections/{collection}/request-password-reset", "/api/collections/_superusers/request-password-reset", `{"email":"reviewer@examhall.test"}`, access{"all": 204}},
	{"POST /api/collections/{collection}/request-password-reset", "/api/collections/staff/request-password-reset", `{"email":"reviewer@examhall.test"}`, access{"all": 400}},
	{"POST /api/collections/{collection}/confirm-password-reset", "/api/collections/_superusers/confirm-password-reset", `{}`, access{"all": 400}},
	{"POST /api/collections/{collection}/request-verification", "/api/collections/staff/request-verification", `{"email":"reviewer@examhall.test"}`, access{"all": 204}},
	{"POST /api/collections/{collection}/confirm-verification", "/api/collections/staff/confirm-verification", `{}`, access{"all": 400}},
	{"POST /api/collections/{collection}/request-email-change", "/api/collections/_superusers/request-email-change", `{}`, access{"admin": 400}},
	{"POST /api/collections/{collection}/request-email-change", "/api/collections/staff/request-email-change", `{"newEmail":"x@examhall.test"}`, never},
	{"POST /api/collections/{collection}/confirm-email-change", "/api/collections/_superusers/confirm-email-change", `{}`, access{"all": 400}},

	// Accounts as records.
	{"GET /api/collections/{collection}/records", "/api/collections/_superusers/records", "", admin},
	{"GET /api/collections/{collection}/records/{id}", "/api/collections/_superusers/records/{reviewer}", "", admin},
	{"POST /api/collections/{collection}/records", "/api/collections/_superusers/records", `{"role":"admin"}`, access{"admin": 400}},
	{"PATCH /api/collections/{collection}/records/{id}", "/api/collections/_superusers/records/{reviewer}", `{"role":"admin"}`, access{"admin": 400}},
	{"PATCH /api/collections/{collection}/records/{id}", "/api/collections/_superusers/records/{reviewer}", `{"password":"x"}`, access{"admin": 400}},
	{"DELETE /api/collections/{collection}/records/{id}", "/api/collections/_superusers/records/{admin}", "", access{"admin": 400}},
	{"GET /api/collections/{collection}/records", "/api/collections/staff/records", "", admin},
	{"GET /api/collections/{collection}/records/{id}", "/api/collections/staff/records/{staff}", "", access{"reviewer": 200, "admin": 200}},
	{"PATCH /api/collections/{collection}/records/{id}", "/api/collections/staff/records/{staff}", `{"roles":["operator"],"name":""}`, access{"admin": 400}},
	{"DELETE /api/collections/{collection}/records/{id}", "/api/collections/staff/records/{staff}", "", access{"admin": 400}},
	{"POST /api/collections/{collection}/records", "/api/collections/staff/records", `{}`, access{"admin": 400}},
	{"GET /api/collections/{collection}/records", "/api/collections/candidates/records", "", admin},
	{"GET /api/collections/{collection}/records/{id}", "/api/collections/candidates/records/{zhangsan}", "", access{"zhangsan": 200, "admin": 200}},
	{"PATCH /api/collections/{collection}/records/{id}", "/api/collections/candidates/records/{zhangsan}", `{"name":""}`, access{"admin": 400}},
	{"DELETE /api/collections/{collection}/records/{id}", "/api/collections/candidates/records/none", "", access{"admin": 404}},
	{"POST /api/collections/{collection}/records", "/api/collections/candidates/records", `{}`, access{"admin": 400}},
	{"GET /api/collections/{collection}/records", "/api/collections/_otps/records", "", access{"all": 200}}, // their own, of which there are none
	{"GET /api/collections/{collection}/records", "/api/collections/_authOrigins/records", "", access{"all": 200}},

	// Facts, settings rows and side rows.
	{"GET /api/collections/{collection}/records", "/api/collections/exam_sessions/records", "", access{"all": 200}}, // an empty page to who may see none
	{"POST /api/collections/{collection}/records", "/api/collections/notices/records", `{"title":"x","body":"x"}`, access{"operator": 200, "admin": 200}},
	{"POST /api/collections/{collection}/records", "/api/collections/rules/records", `{"service":"score_reviews","action":"submit","field":"phone","rule":"status != 'submitted'","message":"x"}`, access{"operator": 200, "admin": 200}},
	{"POST /api/collections/{collection}/records", "/api/collections/canned_replies/records", `{"text":"x"}`, access{"operator": 200, "admin": 200}},
	{"POST /api/collections/{collection}/records", "/api/collections/events/records", `{}`, never},
	{"POST /api/collections/{collection}/records", "/api/collections/notifications/records", `{}`, never},
	{"DELETE /api/collections/{collection}/records/{id}", "/api/collections/exam_sessions/records/none", "", access{"admin": 404}},
	{"GET /api/collections/{collection}/records", "/api/collections/events/records", "", admin},
	{"GET /api/collections/{collection}/records", "/api/collections/versions/records", "", admin},
	{"GET /api/collections/{collection}/records", "/api/collections/outbox/records", "", admin},
	{"GET /api/collections/{collection}/records", "/api/collections/applications/records", "", admin},
	{"GET /api/collections/{collection}/records", "/api/collections/score_history/records", "", admin},
	{"GET /api/collections/{collection}/records", "/api/collections/notices/records?filter=(@collection._superusers.email~'a')", "", access{"admin": 200}},

	// What goes past the routes.
	{"POST /api/batch", "", `{"requests":[{"method":"PATCH","url":"/api/collections/_superusers/records/{reviewer}","body":{"role":"admin"}}]}`, access{
		"guest": 400, "candidates": 400, "nobody": 400, "left": 400, "staff": 400, "admin": 400, // TestBatch looks at why
	}},
	{"POST /api/files/token", "", "", access{"candidates": 200, "staff": 200, "admin": 200}},
	{"GET /api/files/{collection}/{recordId}/{filename}", "/api/files/replaced_files/none/none.pdf", "", never},
	{"GET /api/realtime", "", "", access{"all": 200}},
	{"POST /api/realtime", "", `{"clientId":"none"}`, access{"all": 404}},

	// An application and its materials.
	{"GET /api/collections/{collection}/records", "/api/collections/score_reviews/records", "", access{"known": 200}}, // an empty page to who may see none
	{"GET /api/collections/{collection}/records", "/api/collections/score_reviews/records?filter=(owner.id_number~'1')", "", access{"known": 400, "admin": 200}},
	{"GET /api/collections/{collection}/records/{id}", "/api/collections/score_reviews/records/{case}", "", access{"zhangsan": 200, "reviewer": 200, "approver": 200, "auditor": 200, "admin": 200}},
	{"PATCH /api/collections/{collection}/records/{id}", "/api/collections/score_reviews/records/{case}", `{"status":"completed","rev":3}`, access{"zhangsan": 400, "reviewer": 400, "approver": 400, "admin": 400}},
	{"DELETE /api/collections/{collection}/records/{id}", "/api/collections/score_reviews/records/{case}", "", access{"admin": 400}},
	{"POST /api/collections/{collection}/records", "/api/collections/score_reviews/records", `{}`, access{"known": 400}}, // tests/rules says who may submit
	{"GET /api/collections/{collection}/records", "/api/collections/score_review_subjects/records", "", admin},
	{"GET /api/files/{collection}/{recordId}/{filename}", "/api/files/score_reviews/{case}/{material}", "", never}, // takes a file token: TestMaterial
	{"GET /api/files/{collection}/{recordId}/{filename}", "/api/files/score_reviews/{case}/{material}?token=x", "", never},
	{"GET /api/files/{collection}/{recordId}/{filename}", "/api/files/score_reviews/{case}/{material}?token={token}", "", access{"zhangsan": 200, "readers": 200}},
	{"GET /api/files/{collection}/{recordId}/{filename}", "/api/files/replaced_files/{old}/{oldfile}?token={token}", "", admin},

	// The pages of candidates.
	{"GET /api/portal/captcha", "", "", access{"all": 200}},
	{"GET /api/portal/captcha/{id}/audio", "/api/portal/captcha/none/audio", "", never},
	{"GET /api/portal/services", "", "", access{"all": 200}},
	{"GET /api/portal/regions", "", "", access{"all": 200}},
	{"GET /api/portal/services/{service}/offers", "/api/portal/services/score_reviews/offers", "", access{"candidates": 200}},
	{"GET /api/portal/services/{service}/standing", "/api/portal/services/score_reviews/standing", "", access{"candidates": 200}},
	{"GET /api/portal/applications", "", "", access{"candidates": 200}},
	{"GET /api/portal/services/{service}/offers", "/api/portal/services/none/offers", "", never},
	{"GET /api/portal/applications/{service}/{id}", "/api/portal/applications/score_reviews/{case}", "", access{"zhangsan": 200}},
	{"GET /api/portal/applications/{service}/{id}", "/api/portal/applications/candidates/{zhangsan}", "", never},
	{"GET /api/portal/notifications", "", "", access{"candidates": 200}},
	{"POST /api/portal/notifications/read", "", `{"all":true}`, access{"candidates": 204}},

	// The desk. The administrator looks and decides nothing.
	{"GET /api/portal/desk/me", "", "", access{"staff": 200, "admin": 200}},
	{"GET /api/portal/desk/queue", "", "", access{"staff": 200, "admin": 200}},
	{"GET /api/portal/desk/{service}/{id}", "/api/portal/desk/score_reviews/{case}", "", access{"readers": 200}},
	{"GET /api/portal/desk/{service}/{id}", "/api/portal/desk/candidates/{zhangsan}", "", never},
	{"POST /api/portal/desk/{service}/{id}/claim", "/api/portal/desk/score_reviews/{case}/claim", "", access{"reviewer": 200, "approver": 400, "auditor": 400, "admin": 400}},
	{"POST /api/portal/desk/{service}/{id}/release", "/api/portal/desk/score_reviews/{case}/release", "", access{"reviewer": 200, "approver": 400, "operator": 200, "auditor": 400, "admin": 400}},
	{"GET /api/portal/desk/{service}/{id}/replaced/{file}", "/api/portal/desk/score_reviews/{case}/replaced/none?token={token}", "", never},
	{"GET /api/portal/desk/{service}/{id}/replaced/{file}", "/api/portal/desk/score_reviews/{case}/replaced/{old}", "", never}, // takes a file token
	{"GET /api/portal/desk/{service}/{id}/replaced/{file}", "/api/portal/desk/score_reviews/{case}/replaced/{old}?token={token}", "", access{"readers": 200}},
	{"GET /api/portal/desk/{service}/{id}/replaced/{file}", "/api/portal/desk/score_reviews/{done}/replaced/{old}?token={token}", "", never},

	// What is no secret.
	{"GET /{$}", "/", "", access{"all": 200}},
	{"GET /help", "", "", access{"all": 200}},
	{"GET /notices/{id}", "/notices/" + published, "", access{"all": 200}},
	{"GET /notices/{id}", "/notices/" + tomorrow, "", never},
	{"GET /notices/{id}", "/notices/none", "", never},
	{"GET /{path...}", "/login", "", access{"all": 200}},
	{"GET /{path...}", "/applications/score_reviews/{case}", "", access{"all": 200}}, // the shell of the app, with nothing in it
	{"GET /{path...}", "/css/base.css", "", access{"all": 200}},
	{"GET /{path...}", "/none", "", never},
	{"GET /{path...}", "/api/portal/none", "", never},
	{"GET /healthz", "", "", access{"all": 200}},
	{"GET /.well-known/examhall-audit.json", "", "", access{"all": 200}},
	{"GET /_/extensions.js", "", "", access{"all": 200}}, // the desk itself, not what it shows
	{"GET /_/extensions/desk/{path...}", "/_/extensions/desk/main.js", "", access{"all": 200}},
	{"/", "/none", "", never}, // whatever no other route takes
}

func TestMatrix(t *testing.T) {
	o := openOffice(t)
	fill := strings.NewReplacer(o.ids(t)...)
	tokens := o.fileTokens(t)
	for _, row := range matrix {
		url := row.url
		if url == "" {
			_, url, _ = strings.Cut(row.route, " ")
		}
		url = fill.Replace(url)
		method, _, found := strings.Cut(row.route, " ")
		if !found {
			method = "DELETE"
		}
		for _, who := range everyone {
			status := o.knock(who, method, strings.ReplaceAll(url, "{token}", tokens[who]), fill.Replace(row.body))
			if want, named := row.can.status(who); named && status != want || !named && !denied(status, row.route, row.can) {
				t.Errorf("%s %s as %s: %d, want %d", method, url, who, status, want)
			}
		}
	}
}

// status returns what somebody is answered, if the row names them.
func (a access) status(who string) (int, bool) {
	if s, ok := a[who]; ok {
		return s, true
	}
	for _, group := range []string{"candidates", "readers", "staff", "known", "all"} {
		if s, ok := a[group]; ok && slices.Contains(groups[group], who) {
			return s, true
		}
	}
	return 0, false
}

// denied reports whether the status keeps somebody out. PocketBase answers a
// rule against a new record with 400. A status that others get who are let in
// says nothing.
func denied(status int, route string, a access) bool {
	for _, s := range a {
		if s == status {
			return false
		}
	}
	return slices.Contains([]int{401, 403, 404}, status) || status == 400 && route == "POST /api/collections/{collection}/records"
}

// knock is like ask, with an end to the requests that listen.
func (o *office) knock(who, method, url, body string) int {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	if method == "GET" && url == "/api/realtime" {
		ctx, cancel = context.WithTimeout(context.Background(), 20*time.Millisecond)
	}
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", o.tokens[who])
	w := httptest.NewRecorder()
	o.mux.ServeHTTP(w, r)
	return w.Code
}

// ids returns what the names in the addresses of the matrix stand for.
func (o *office) ids(t *testing.T) []string {
	t.Helper()
	c := o.cases(t)
	pairs := []string{
		"{case}", c.open.Id, "{done}", c.done.Id, "{old}", c.old.Id,
		"{material}", c.open.GetString("statement"), "{oldfile}", c.old.GetString("file"),
	}
	people := o.people(t)
	for who, r := range people {
		pairs = append(pairs, "{"+who+"}", r.Id)
	}
	return append(pairs, "{staff}", people["reviewer"].GetString("staff"))
}

// fileTokens returns what each opens protected files with, by who. Who is
// denied one asks without.
func (o *office) fileTokens(t *testing.T) map[string]string {
	t.Helper()
	tokens := map[string]string{}
	for _, who := range everyone {
		_, body := o.ask(t, who, "POST", "/api/files/token", "")
		var answer struct{ Token string }
		_ = json.Unmarshal([]byte(body), &answer)
		tokens[who] = answer.Token
	}
	return tokens
}

// TestMatrixIsComplete compares the matrix with the routes of the server.
func TestMatrixIsComplete(t *testing.T) {
	o := openOffice(t)
	routes := routesBelow(reflect.ValueOf(o.router.RouterGroup), "")
	var rows []string
	for _, row := range matrix {
		rows = append(rows, row.route)
	}
	for _, route := range routes {
		if !slices.Contains(rows, route) {
			t.Errorf("the matrix does not say who may ask for %s", route)
		}
	}
	for _, row := range rows {
		if !slices.Contains(routes, row) {
			t.Errorf("the server has no route %s", row)
		}
	}
}

// routesBelow returns the patterns of a group of routes and of the groups in
// it. PocketBase's router can only be asked for a route by name.
func routesBelow(group reflect.Value, prefix string) []string {
	var list []string
	group = group.Elem()
	prefix += group.FieldByName("Prefix").String()
	children := group.FieldByName("children")
	for i := range children.Len() {
		child := children.Index(i).Elem()
		if child.Elem().FieldByName("children").IsValid() {
			list = append(list, routesBelow(child, prefix)...)
			continue
		}
		route := child.Elem()
		list = append(list, strings.TrimSpace(route.FieldByName("Method").String()+" "+prefix+route.FieldByName("Path").String()))
	}
	return list
}

// TestBatch says that a batch knows the member of staff as well: middlewares do
// not run for the requests in it.
func TestBatch(t *testing.T) {
	o := openOffice(t)
	id := o.people(t)["reviewer"].Id
	for _, inner := range []string{
		`{"method":"PATCH","url":"/api/collections/_superusers/records/` + id + `","body":{"staff":"","role":"admin"}}`,
		`{"method":"DELETE","url":"/api/collections/_superusers/records/` + id + `"}`,
		`{"method":"POST","url":"/api/collections/_superusers/records","body":` + newLogin("a", `,"role":"admin"`) + `}`,
		`{"method":"PUT","url":"/api/collections/_superusers/records","body":` + newLogin("b", `,"role":"admin"`) + `}`,
	} {
		status, body := o.ask(t, "reviewer", "POST", "/api/batch", `{"requests":[`+inner+`]}`)
		if status != 400 || !strings.Contains(body, `"status":403`) && !strings.Contains(body, `"status":404`) {
			t.Errorf("%s: %d %s", inner, status, body)
		}
	}
}
