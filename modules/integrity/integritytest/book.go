// Package integritytest plays reviews of persons on record in tests.
package integritytest

import (
	"crypto/rand"
	"maps"

	"examhall/modules/integrity"
	"examhall/modules/modulestest"
)

// Register adds a session that is open for registration, until the end of
// November, with a registration of li in it that is not paid, and returns the id
// of the registration.
func Register(h *modulestest.Hall, change map[string]any) string {
	h.T.Helper()
	session := h.Add("exam_sessions", "", map[string]any{
		"project": modulestest.Project, "code": rand.Text(), "title": "2027年度一级造价工程师", "year": 2027,
		"reg_opens": "2026-11-20 01:00:00.000Z", "reg_closes": "2026-11-30 09:00:00.000Z",
	})
	values := map[string]any{"candidate": modulestest.ID("li"), "session": session.Id, "status": "registered", "pre_review": "required"}
	maps.Copy(values, change)
	return h.Add("registrations", "", values).Id
}

// Record puts li on record for five years from 2024 on, with some values changed.
func Record(h *modulestest.Hall, change map[string]any) string {
	h.T.Helper()
	values := map[string]any{
		"candidate": modulestest.ID("li"), "kind": "serious", "decision_no": "示例人考〔2024〕" + rand.Text()[:6] + "号",
		"start": "2024-06-03", "end": "2029-06-03", "status": "active",
	}
	maps.Copy(values, change)
	return h.Add("integrity_records", "", values).Id
}

// Form returns what li fills in for a registration, with some values changed; a
// nil value leaves one out.
func Form(h *modulestest.Hall, registration string, change map[string]any) map[string]any {
	h.T.Helper()
	values := map[string]any{
		"status": "submitted", "registration": registration, "commitment": "2026-1", "phone": "13800000000",
		"education": "bachelor", "degree": "bachelor", "school": "深圳大学", "major": "工程管理", "graduated": "2015-07",
		"diploma_no": "105901201505001234", "chsi_code": "AB12CD34EF56", "employer": "示例工程有限公司", "years": 8,
		"statement": "2024年因携带手机被记录，已认识错误。本次报考条件见所附材料。",
		"subjects":  []map[string]any{{"subject": h.Subject(registration)}},
		"history":   []map[string]any{{"from": "2015-08", "until": "", "employer": "示例工程有限公司", "position": "造价工程师"}},
		"id_card":   []modulestest.File{modulestest.Scan("front.jpg"), modulestest.Scan("back.jpg")},
	}
	for _, slot := range []string{"diploma", "degree_certificate", "chsi_report", "work_proof", "social_insurance", "pledge"} {
		values[slot] = modulestest.Scan(slot + ".jpg")
	}
	maps.Copy(values, change)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// Book plays every move. Each is in a session of its own.
func Book() modulestest.Book {
	nothing := modulestest.Play{}
	because := func(reply string) modulestest.Play {
		return modulestest.Play{With: func(*modulestest.Hall, string) map[string]any { return map[string]any{"reply": reply} }}
	}
	reasoned := because("工作证明未盖章")
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any {
		Record(h, nil)
		return Form(h, Register(h, nil), nil)
	}}
	return modulestest.Book{Definition: integrity.Definition(), Plays: map[string]modulestest.Play{
		"submit": submit, "edit": nothing, "resubmit": nothing, "withdraw": nothing, "accept": nothing, "return": reasoned,
		"approve": nothing, "reject": reasoned, "expire": nothing, "reopen": because("误将有效证明认定为无效"),
	}}
}
