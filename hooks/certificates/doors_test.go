package certificates_test

import (
	"net/http"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"examhall/hooks"
	"examhall/modules/mailing"
	"examhall/modules/mailing/mailingtest"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
)

// knocking lists who knocks, by name and role: li holds the certificates and has
// made the application, wang is another candidate.
var knocking = []struct{ name, role string }{
	{"", "guest"}, {"wang", "other"}, {"reviewer", "reviewer"}, {"approver", "approver"}, {"operator", "operator"},
	{"both", "finance"}, {"foreign", "cert"}, {"auditor", "auditor"}, {"admin", "admin"}, {"li", "owner"},
}

// may says which status each role is answered with. Who is not named is denied:
// 401, 403 or 404.
type may map[string]int

// Common rows of the table.
var (
	anybody = same(200, "guest", "other", "reviewer", "approver", "operator", "finance", "cert", "auditor", "admin", "owner")
	readers = same(200, "cert", "auditor", "admin")
	office  = same(400, "cert")
)

func same(status int, roles ...string) may {
	m := may{}
	for _, r := range roles {
		m[r] = status
	}
	return m
}

// doors says who may ask for every route of certificates and of letters. {names}
// in an address stand for ids. Bodies are such that nobody does harm, hence many
// a 400: the request was let through.
var doors = []struct {
	route, url, body string
	can              may
}{
	// The desk.
	{"GET /api/portal/desk/certificates", "/api/portal/desk/certificates", "", readers},
	{"GET /api/portal/desk/certificates/holds", "/api/portal/desk/certificates/holds", "", readers},
	{"GET /api/portal/desk/certificates/search", "/api/portal/desk/certificates/search?q=2026001", "", readers},
	{"GET /api/portal/desk/certificates/registrations", "/api/portal/desk/certificates/registrations?q=none", "", readers},
	{"GET /api/portal/desk/certificates/batches", "/api/portal/desk/certificates/batches", "", readers},
	{"GET /api/portal/desk/certificates/batches/{batch}", "/api/portal/desk/certificates/batches/{batch}", "", readers},
	{"GET /api/portal/desk/certificates/layouts/{layout}", "/api/portal/desk/certificates/layouts/professional", "", readers},
	{"GET /api/portal/desk/certificates/{id}", "/api/portal/desk/certificates/{cert}", "", readers},
	{"GET /api/portal/desk/certificates/{id}/{paper}", "/api/portal/desk/certificates/{void}/void-file", "", readers},
	{"POST /api/portal/desk/certificates", "/api/portal/desk/certificates", `{}`, office},
	{"POST /api/portal/desk/certificates/batches", "/api/portal/desk/certificates/batches", `{}`, office},
	{"POST /api/portal/desk/certificates/batches/{batch}/pause", "/api/portal/desk/certificates/batches/{batch}/pause", `{}`, office},
	{"POST /api/portal/desk/certificates/batches/{batch}/resume", "/api/portal/desk/certificates/batches/{batch}/resume", `{}`, office},
	{"POST /api/portal/desk/certificates/batches/{batch}/print-numbers", "/api/portal/desk/certificates/batches/{batch}/print-numbers", `{}`, office},
	{"POST /api/portal/desk/certificates/distribution", "/api/portal/desk/certificates/distribution", `{}`, office},
	{"POST /api/portal/desk/certificates/registrations/{registration}/photo", "/api/portal/desk/certificates/registrations/passed000000000/photo", `{}`, office},
	{"POST /api/portal/desk/certificates/{id}/revoke", "/api/portal/desk/certificates/{cert}/revoke", `{}`, office},
	{"POST /api/portal/desk/certificates/{id}/cancel", "/api/portal/desk/certificates/{cert}/cancel", `{}`, office},
	{"POST /api/portal/desk/certificates/{id}/print-numbers", "/api/portal/desk/certificates/{cert}/print-numbers", `{}`, office},

	// Holders.
	{"GET /api/portal/certificates/mine", "/api/portal/certificates/mine", "", same(200, "owner", "other")}, // each their own
	{"GET /api/portal/certificates/mine/{id}", "/api/portal/certificates/mine/{cert}", "", same(200, "owner")},
	{"GET /api/portal/certificates/{id}/{form}", "/api/portal/certificates/{cert}/pdf", "", same(200, "owner", "cert")},
	{"GET /api/portal/certificates/{id}/{form}", "/api/portal/certificates/{cert}/credential", "", same(200, "owner")},
	{"GET /api/portal/certificates/{id}/{form}", "/api/portal/certificates/{cert}/none", "", may{}},
	{"POST /api/portal/certificates/{id}/annotations", "/api/portal/certificates/{cert}/annotations", `{}`, same(400, "owner")},
	{"GET /api/portal/annotations/{id}/pdf", "/api/portal/annotations/{copy}/pdf", "", same(200, "owner")},
	{"POST /api/portal/annotations/{id}/withdraw", "/api/portal/annotations/{copy}/withdraw", "", same(200, "owner")},

	// Everybody: who knows the name and the number on a certificate, or its code.
	{"GET /api/portal/certificates/exams", "/api/portal/certificates/exams", "", anybody},
	{"POST /api/portal/certificates/search", "/api/portal/certificates/search", `{}`, same(400, roles()...)},
	{"GET /api/portal/certificates/{token}", "/api/portal/certificates/{cert}", "", may{}}, // a token of a search, and no id
	{"GET /certificates", "/certificates", "", anybody},
	{"GET /certificates/{exam}", "/certificates/none", "", may{}},
	{"POST /certificates/{exam}", "/certificates/none", "", same(400, roles()...)},
	{"GET /certificates/{exam}/{token}", "/certificates/JZ/{cert}", "", may{}},
	{"GET /v/{code}", "/v/{token}", "", anybody},
	{"GET /V/{code}", "/V/{token}", "", anybody},
	{"GET /.well-known/jwks.json", "/.well-known/jwks.json", "", anybody},
	{"GET /.well-known/status-list", "/.well-known/status-list", "", anybody},
	{"GET /log/key", "/log/key", "", anybody},
	{"GET /log/checkpoint", "/log/checkpoint", "", anybody},
	{"GET /log/checkpoints", "/log/checkpoints", "", anybody},
	{"GET /log/tile/{path...}", "/log/tile/none", "", may{}},

	// Letters.
	{"POST /api/portal/services/{service}/form", "/api/portal/services/score_reviews/form", `{}`, same(200, "owner", "other")},
	{"GET /api/portal/applications/mailings/{id}/receipt", "/api/portal/applications/mailings/{mailing}/receipt", "", same(200, "owner")},
	{"GET /api/portal/applications/mailings/{id}/letter", "/api/portal/applications/mailings/{mailing}/letter", "", may{}}, // nothing is decided
	{"GET /api/portal/applications/score_reviews/{id}/receipt", "/api/portal/applications/score_reviews/none/receipt", "", may{}},
	{"GET /api/portal/applications/score_reviews/{id}/letter", "/api/portal/applications/score_reviews/none/letter", "", may{}},
	{"GET /api/portal/desk/mailings/{id}/receipt", "/api/portal/desk/mailings/{mailing}/receipt", "", readers},
	{"GET /api/portal/desk/mailings/{id}/letter", "/api/portal/desk/mailings/{mailing}/letter", "", may{}},
	{"GET /api/portal/desk/score_reviews/{id}/receipt", "/api/portal/desk/score_reviews/none/receipt", "", may{}},
	{"GET /api/portal/desk/score_reviews/{id}/letter", "/api/portal/desk/score_reviews/none/letter", "", may{}},
}

func roles() []string {
	var list []string
	for _, k := range knocking {
		list = append(list, k.role)
	}
	return list
}

// TestDoors knocks at every route as everybody.
func TestDoors(t *testing.T) {
	h, routes := openDoors(t)
	fill := strings.NewReplacer(behindDoors(h)...)
	var rows []string
	for _, row := range doors {
		rows = append(rows, row.route)
		method, _, _ := strings.Cut(row.route, " ")
		url := fill.Replace(row.url)
		for _, who := range knocking {
			status := h.Send(who.name, method, url, row.body).Code
			if want, named := row.can[who.role]; named && status != want || !named && !slices.Contains([]int{401, 403, 404}, status) {
				t.Errorf("%s %s as %s: %d, want %d", method, url, who.role, status, want)
			}
		}
	}
	for _, route := range routes {
		if !slices.Contains(rows, route) {
			t.Errorf("the table does not say who may ask for %s", route)
		}
	}
	for _, row := range rows {
		if !slices.Contains(routes, row) {
			t.Errorf("nobody serves %s", row)
		}
	}
}

// openDoors returns an ExamHall whose staff have one role each, and the routes
// of certificates, letters and mailings.
func openDoors(t *testing.T) (*modulestest.Hall, []string) {
	t.Helper()
	var routes []string
	h := modulestest.NewWith(t, func(app *tests.TestApp, o *hooks.Options) {
		o.Templates, o.Public = os.DirFS("../../templates"), os.DirFS("../../pb_public")
		app.Settings().Meta.AppURL = "https://zhengshu.example.cn"
		app.OnServe().BindFunc(func(e *core.ServeEvent) error {
			err := e.Next()
			routes = routesOf(reflect.ValueOf(e.Router.RouterGroup), "")
			return err
		})
	}, scorereview.Definition(), mailing.Definition())
	exam(h)
	h.Add("limits", "", map[string]any{"name": "search_ip", "most": 1000, "seconds": 60})
	for name, role := range map[string]string{"foreign": "cert", "both": "finance"} {
		r := h.Find("staff", modulestest.ID(name))
		r.Set("roles", []string{role})
		if err := h.App.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	return h, routes
}

// behindDoors makes what lies behind the doors, and returns what the names in
// the addresses stand for.
func behindDoors(h *modulestest.Hall) []string {
	h.T.Helper()
	id := give(h, "li")
	pass(h, 1, "张三", "建筑工程")
	b := bulk(h)
	void := certificates(h)[1].Id
	h.Send("foreign", http.MethodPost, desk+"/"+void+"/revoke", decided())
	made := h.Send("li", http.MethodPost, "/api/portal/certificates/"+id+"/annotations", map[string]any{"purpose": "投标报名", "days": 7})
	sent := h.Create("li", mailingtest.Collection, mailingtest.Form(mailingtest.Certificate(h, nil), nil))
	if made.Code >= 300 || sent.Code >= 300 {
		h.T.Fatal(made.Body, sent.Body)
	}
	var copies []string
	if err := h.App.DB().Select("id").From("annotations").Where(dbx.HashExp{"certificate": id}).Column(&copies); err != nil || len(copies) != 1 {
		h.T.Fatal(copies, err)
	}
	return []string{
		"{cert}", id, "{batch}", b.Id, "{void}", void, "{copy}", copies[0], "{mailing}", sent.ID(), "{token}", tokenOf(h, h.Find("certificates", id)),
	}
}

// routesOf returns the patterns of a group of routes and of the groups in it that
// are served by a function of the packages in question.
func routesOf(group reflect.Value, prefix string) []string {
	var list []string
	group = group.Elem()
	prefix += group.FieldByName("Prefix").String()
	children := group.FieldByName("children")
	for i := range children.Len() {
		child := children.Index(i).Elem()
		if child.Elem().FieldByName("children").IsValid() {
			list = append(list, routesOf(child, prefix)...)
			continue
		}
		route := child.Elem()
		served := runtime.FuncForPC(route.FieldByName("Action").Pointer()).Name()
		for _, name := range []string{"examhall/hooks/certificates.", "examhall/hooks/letters.", "examhall/modules/mailing."} {
			if strings.HasPrefix(served, name) {
				list = append(list, strings.TrimSpace(route.FieldByName("Method").String()+" "+prefix+route.FieldByName("Path").String()))
			}
		}
	}
	return list
}
