// Package reissuetest plays reissues in tests.
package reissuetest

import (
	"crypto/rand"
	"maps"
	"strings"

	"examhall/modules/modulestest"
	"examhall/modules/reissue"
)

// Collection is where reissues are.
const Collection = "reissues"

// Certificate adds a certificate of li on paper that was collected, with some
// values changed, and returns its id.
func Certificate(h *modulestest.Hall, change map[string]any) string {
	h.T.Helper()
	project := h.Find("exam_projects", modulestest.Project)
	if !project.GetBool("in_catalogue") {
		project.Set("in_catalogue", true)
		if err := h.App.Save(project); err != nil {
			h.T.Fatal(err)
		}
	}
	code := rand.Text()[:16]
	values := map[string]any{
		"number": "2026" + strings.Map(digit, code), "code": code, "holder": modulestest.ID("li"), "project": modulestest.Project,
		"session": modulestest.Session, "name": "李䶮", "id_type": "resident", "id_number": "11010519491231002X",
		"title": "一级造价工程师", "level": "一级", "specialty": "土木建筑工程", "approve_date": "2026-11-01", "issuer": "人事考试中心",
		"medium": "paper", "layout": "professional", "status": "valid", "distribution": "collected", "print_no": Sheet(),
		"issued": h.Now(), "rev": 1,
	}
	maps.Copy(values, change)
	return h.Add("certificates", "", values).Id
}

// digit makes digits of the letters of a random text.
func digit(c rune) rune { return '0' + c%10 }

// Sheet returns the number of a sheet that no certificate is printed on.
func Sheet() string { return "SL" + strings.Map(digit, rand.Text()[:12]) }

// Form returns what li fills in about a lost certificate, with some values
// changed; a nil value leaves one out.
func Form(certificate string, change map[string]any) map[string]any {
	values := map[string]any{
		"status": "submitted", "certificate": certificate, "commitment": "2026-1", "reason": "lost", "explanation": "搬家时不慎遗失，多次寻找未果",
		"happened_on": "2026-10-01", "phone": "138 0013 8000",
		"id_card": []modulestest.File{modulestest.Scan("front.jpg"), modulestest.Scan("back.jpg")},
		"photo":   modulestest.Scan("photo.jpg"), "statement": modulestest.Scan("form.jpg"),
	}
	maps.Copy(values, change)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// Book plays every move. Each reissue is of a certificate of its own.
func Book() modulestest.Book {
	nothing := modulestest.Play{}
	reasoned := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"reply": "照片不是白底，请重新上传"}
	}}
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any { return Form(Certificate(h, nil), nil) }}
	finish := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any { return map[string]any{"print_no": Sheet()} }}
	return modulestest.Book{Definition: reissue.Definition(), Plays: map[string]modulestest.Play{
		"submit": submit, "edit": nothing, "resubmit": nothing, "withdraw": nothing, "accept": nothing, "return": reasoned,
		"approve": nothing, "reject": reasoned, "expire": nothing, "reopen": reasoned,
		"report": nothing, "make": nothing, "finish": finish, "collect": nothing, "deliver": nothing,
	}}
}
