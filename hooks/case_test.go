package hooks_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// desk returns a case as somebody at the desk reads it.
func desk(h *modulestest.Hall, as, id string) modulestest.Answer {
	h.T.Helper()
	return h.Send(as, http.MethodGet, "/api/portal/desk/"+reviews+"/"+id, nil)
}

// TestWhoReadsACase answers staff of other businesses as if there were none, to
// the byte, so that nobody learns by an id who has applied for what.
func TestWhoReadsACase(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	for as, want := range map[string]int{
		"reviewer": 200, "reviewer2": 200, "approver": 200, "both": 200, "auditor": 200, "admin": 200,
		"foreign": 404, "operator": 404, "li": 403, "wang": 403, "": 401,
	} {
		a := desk(h, as, id)
		if a.Code != want {
			t.Errorf("%s: %d, want %d", as, a.Code, want)
		}
		if none := desk(h, as, "none"); want != 200 && none.Body != a.Body {
			t.Errorf("%s: %s, but of what does not exist: %s", as, a.Body, none.Body)
		}
	}
	for _, url := range []string{"candidates/" + modulestest.ID("li"), "events/" + id, "none/" + id, reviews + "/none", reviews + "/%2e%2e"} {
		if a := h.Send("reviewer", http.MethodGet, "/api/portal/desk/"+url, nil); a.Code != http.StatusNotFound {
			t.Errorf("%s: %d", url, a.Code)
		}
	}
}

// TestCase says what a case tells the desk: who applied, masked; what for, in
// words; what happened, with names; and what the reader may do.
func TestCase(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	h.Send("reviewer", http.MethodPost, "/api/portal/desk/"+reviews+"/"+id+"/claim", nil)
	a := desk(h, "reviewer", id)

	owner := a.JSON["owner"].(m)
	for key, want := range map[string]any{"name": "李䶮", "id_type": "resident", "id_number": "110*************2X", "mobile": "138****0000"} {
		if owner[key] != want {
			t.Errorf("owner %s: %v, want %v", key, owner[key], want)
		}
	}
	for key, want := range map[string]any{
		"claimed_by": modulestest.ID("reviewer"), "claimed_name": "REVIEWER", "diff": []any{}, "replaced": []any{}, "profile_diff": []any{},
	} {
		if fmt.Sprint(a.JSON[key]) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", key, a.JSON[key], want)
		}
	}
	if record := a.JSON["record"].(m); record["phone"] != "138****0000" || record["number"] != "CJFH20261123000001" {
		t.Error(record)
	}
	row := a.JSON["rows"].(m)["items"].([]any)[0].(m)
	if row["reason"] != scorereviewtest.Reason || row["label"].(m)["zh"] != "专业实务" || row["note"].(m)["zh"] != "主观题，公布成绩：50.0" {
		t.Error(row)
	}
	if got := words(lines(a, "timeline"), "action") + "; " + words(lines(a, "timeline"), "actor_name"); got != "submit claim;  REVIEWER" {
		t.Error("history:", got)
	}
	if got := words(lines(a, "files"), "slot"); got != "id_card id_card admission_ticket statement" {
		t.Error("files:", got)
	}
	for _, secret := range []string{"13800000000", "11010519491231002X", `"k1:`, "snapshot", "submission", "tokenKey", "_idx"} {
		if strings.Contains(a.Body, secret) {
			t.Errorf("the desk reads %q", secret)
		}
	}
}

// TestActionsAtTheDesk offers each reader the steps of their own role, and tells
// before the click that somebody else has to do it.
func TestActionsAtTheDesk(t *testing.T) {
	t.Parallel()
	h := open(t)
	submitted, reporting := reach(h, modules.Submitted), reach(h, scorereview.Accepted)
	results := scorereviewtest.Results(h, reporting, m{"outcome": "unchanged"})
	must(h, "both", reporting, "reporting", m{"results": results})
	for _, c := range []struct{ as, id, want string }{
		{"reviewer", submitted, "accept return reject"},
		{"approver", submitted, ""},
		{"auditor", submitted, ""},
		{"admin", submitted, ""},
		{"reviewer", reporting, "record"},
		{"approver", reporting, "send_back complete"},
		{"both", reporting, "record send_back complete(same_reviewer)"},
	} {
		var got []string
		for _, action := range lines(desk(h, c.as, c.id), "actions") {
			name := action["action"].(string)
			if problem, ok := action["problem"].(m); ok {
				name += "(" + problem["code"].(string) + ")"
			}
			if allowed := action["problem"] == nil; action["allowed"] != allowed {
				t.Errorf("%s: allowed is %v beside %v", name, action["allowed"], action["problem"])
			}
			got = append(got, name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.as, got, c.want)
		}
	}
}

// TestDiff compares what the candidate wrote last with what they wrote before,
// sealed values as the reader may see them. What staff did between is not in it.
func TestDiff(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	play(h, id, "return")
	before := h.Find(reviews, id).GetString("statement")
	must(h, "li", id, "submitted", m{"phone": "13900000009", "employer": "甲公司", "statement": modulestest.PDF("new.pdf", "")})
	play(h, id, "accept")

	a := desk(h, "reviewer", id)
	got := map[string]string{}
	for _, d := range lines(a, "diff") {
		got[d["field"].(string)] = fmt.Sprint(d["label"].(m)["zh"], ": ", d["before"], " → ", d["after"])
	}
	want := map[string]string{
		"phone":     "手机号码: 138****0000 → 139****0009",
		"employer":  "工作单位:  → 甲公司",
		"statement": "签名的成绩复核申请表: " + before + " → " + h.Find(reviews, id).GetString("statement"),
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if strings.Contains(a.Body, "13900000009") || strings.Contains(a.Body, "13800000000") {
		t.Error("the diff shows a number:", a.Body)
	}
}

// TestProfileDiff tells the desk that the candidate is no longer who they were
// when they applied.
func TestProfileDiff(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	li := h.Find("candidates", modulestest.ID("li"))
	li.Set("name", "李龑")
	li.Set("mobile", "13900000009")
	if err := h.App.Save(li); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, d := range lines(desk(h, "reviewer", id), "profile_diff") {
		got[d["field"].(string)] = fmt.Sprint(d["before"], " → ", d["after"])
	}
	if want := map[string]string{"name": "李䶮 → 李龑", "mobile": "138****0000 → 139****0009"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestCannedReplies offers those of the business and those of all, in the order
// of the operator.
func TestCannedReplies(t *testing.T) {
	t.Parallel()
	h := open(t)
	for i, r := range []m{
		{"service": reviews, "action": "return", "text": "第二", "position": 2},
		{"text": "第一", "position": 1},
		{"service": "refunds", "text": "别的业务", "position": 0},
	} {
		h.Add("canned_replies", fmt.Sprintf("reply%010d", i), r)
	}
	id := reach(h, modules.Submitted)
	if got := words(lines(desk(h, "reviewer", id), "canned"), "text"); got != "第一 第二" {
		t.Error(got)
	}
}

// TestReplacedFile serves what the candidate had sent before to staff of the
// business who show a file token, and to nobody else: least of all to the
// candidates, who would learn what is kept against them.
func TestReplacedFile(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Returned)
	must(h, "li", id, "submitted", m{"statement": modulestest.PDF("new.pdf", "")})
	other := reach(h, modules.Submitted)
	replaced := lines(desk(h, "reviewer", id), "replaced")
	if len(replaced) != 1 || replaced[0]["slot"] != "statement" || replaced[0]["label"].(m)["zh"] != "签名的成绩复核申请表" {
		t.Fatal(replaced)
	}
	file := replaced[0]["url"].(string)
	ask := func(as, file, token string) int {
		return visit(h, as, file+"?token="+url.QueryEscape(token)).Code
	}
	for _, as := range append(modulestest.Names(), "") {
		want := http.StatusNotFound
		if slices.Contains([]string{"reviewer", "reviewer2", "approver", "both", "auditor", "admin"}, as) {
			want = http.StatusOK
		}
		if got := ask("", file, h.FileToken(as)); got != want {
			t.Errorf("with the file token of %s: %d, want %d", as, got, want)
		}
		if got := ask(as, file, ""); got != http.StatusNotFound {
			t.Errorf("%s without a file token: %d", as, got)
		}
		if got := ask("", file, h.Token(as)); got != http.StatusNotFound {
			t.Errorf("with the login of %s in place of a file token: %d", as, got)
		}
	}
	if got := ask("reviewer", file, h.FileToken("li")); got != http.StatusNotFound {
		t.Errorf("a login of staff beside the file token of a candidate: %d", got)
	}
	if got := ask("", strings.Replace(file, id, other, 1), h.FileToken("reviewer")); got != http.StatusNotFound {
		t.Errorf("as the file of another case: %d", got)
	}
	a := visit(h, "", file+"?token="+h.FileToken("reviewer"))
	for header, want := range map[string]string{
		"Content-Type": "image/jpeg", "Cache-Control": "no-store", "Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff",
		"Content-Disposition": `filename="form_`,
	} {
		if got := a.Header().Get(header); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q in it", header, got, want)
		}
	}
	left := h.Find("staff", modulestest.ID("reviewer"))
	token := h.FileToken("reviewer")
	left.Set("active", false)
	if err := h.App.Save(left); err != nil {
		t.Fatal(err)
	}
	if got := ask("", file, token); got != http.StatusForbidden {
		t.Errorf("with the token of somebody who has left: %d", got)
	}
}

// TestRelease puts a case back. An operator may do it for somebody who is ill,
// and learns nothing by it.
func TestRelease(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	deed := func(as, what string) modulestest.Answer {
		return h.Send(as, http.MethodPost, "/api/portal/desk/"+reviews+"/"+id+"/"+what, nil)
	}
	if a := deed("reviewer", "claim"); a.Text("claimed_by") != modulestest.ID("reviewer") || a.Text("claimed_name") != "REVIEWER" || a.Text("rev") != "1" {
		t.Error("claim:", a.Body)
	}
	other := deed("reviewer2", "release")
	if other.Code != http.StatusConflict || other.Problem("claimed_by") != "claimed_by_other" || !strings.Contains(other.Body, "REVIEWER") {
		t.Error("a colleague releases:", other.Body)
	}
	if a := deed("operator", "release"); a.Code != 200 || a.Text("claimed_by") != "" || len(a.JSON) != 3 {
		t.Error("the operator releases:", a.Body)
	}
	h.Travel(modulestest.Start().Add(time.Hour))
	if a := deed("operator", "release"); a.Code != 200 {
		t.Error("again:", a.Body)
	}
	got := lines(desk(h, "auditor", id), "timeline")
	if actions := words(got, "action"); actions != "submit claim release" {
		t.Error("what the trail says:", actions)
	}
	if names := words(got, "actor_name"); names != " REVIEWER OPERATOR" {
		t.Error("who the trail names:", names)
	}
	if n, err := h.Portal.VerifyAudit(h.App); err != nil || n != 3 {
		t.Error(n, err)
	}
}
