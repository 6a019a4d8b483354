// Package qualificationtest plays qualification reviews and their appeals in
// tests.
package qualificationtest

import (
	"crypto/rand"
	"maps"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/qualification"
)

// Modules returns both businesses.
func Modules() []modules.Module {
	return []modules.Module{qualification.New(), qualification.AppealDefinition()}
}

// Registration adds a registration of li that is on the list, with some values
// changed, and returns its id.
func Registration(h *modulestest.Hall, change map[string]any) string {
	h.T.Helper()
	values := map[string]any{
		"candidate": modulestest.ID("li"), "session": modulestest.Session, "specialty": rand.Text()[:10], "status": "paid",
		"review_listed": true, "result": "passed", "commitment": "not_chosen",
	}
	maps.Copy(values, change)
	return h.Add("registrations", "", values).Id
}

// Form returns what li fills in for a registration, with some values changed; a
// nil value leaves one out.
func Form(registration string, change map[string]any) map[string]any {
	values := map[string]any{
		"status": "submitted", "registration": registration, "commitment": "2026-1", "phone": "13800000000",
		"education": "bachelor", "degree": "bachelor", "school": "深圳大学", "major": "工程管理", "graduated": "2015-07",
		"diploma_no": "105901201505001234", "chsi_code": "AB12CD34EF56", "employer": "示例工程有限公司", "uscc": "91350100m000100y43", "years": 8,
		"history": []map[string]any{
			{"from": "2015-08", "until": "2020-06", "employer": "第一工程公司", "position": "技术员"},
			{"from": "2020-07", "until": "", "employer": "示例工程有限公司", "position": "造价工程师"},
		},
		"id_card": []modulestest.File{modulestest.Scan("front.jpg"), modulestest.Scan("back.jpg")},
		"diploma": modulestest.Scan("diploma.jpg"), "work_proof": modulestest.Scan("work.jpg"),
	}
	return changed(values, change)
}

// Appeal returns what li fills in to appeal against a review.
func Appeal(review string, change map[string]any) map[string]any {
	values := map[string]any{
		"status": "submitted", "review": review, "reason": "工作年限应从2015年8月起算，附当年的劳动合同和社保记录。",
		"evidence": modulestest.Scan("contract.jpg"),
	}
	return changed(values, change)
}

func changed(values, change map[string]any) map[string]any {
	maps.Copy(values, change)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// Outcome returns registrations.qualification of the registration of a review.
func Outcome(h *modulestest.Hall, review string) string {
	h.T.Helper()
	var outcome string
	err := h.App.DB().Select("r.qualification").From("registrations r").
		InnerJoin(qualification.Reviews+" v", dbx.NewExp("v.registration = r.id")).Where(dbx.HashExp{"v.id": review}).Row(&outcome)
	if err != nil {
		h.T.Fatal(err)
	}
	return outcome
}

// Reviews plays every move of a review. Each is of a registration of its own.
func Reviews() modulestest.Book {
	nothing, reasoned := modulestest.Play{}, because("工作年限证明未盖章")
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any { return Form(Registration(h, nil), nil) }}
	return modulestest.Book{Definition: qualification.Definition(), Beside: []modules.Module{qualification.AppealDefinition()}, Plays: map[string]modulestest.Play{
		"submit": submit, "edit": nothing, "resubmit": nothing, "withdraw": nothing, "accept": nothing, "return": reasoned,
		"approve": nothing, "reject": reasoned, "expire": nothing, "reopen": because("误将有效证明认定为无效"), "overturn": nothing,
	}}
}

// Rejected makes a review that reviewer has refused, and returns its id.
func Rejected(h *modulestest.Hall) string {
	h.T.Helper()
	return Reviews().Reach(h, modules.Rejected)
}

// Appeals plays every move of an appeal. Each is against a review of its own, and
// decided by who had no part in that.
func Appeals() modulestest.Book {
	reasoned := because("补充的合同足以证明工作年限")
	reasoned.As = "reviewer2"
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any { return Appeal(Rejected(h), nil) }}
	return modulestest.Book{
		Definition: qualification.AppealDefinition(), Beside: []modules.Module{qualification.New()},
		Refuses: func(m modulestest.Move) bool { return m.As == "reviewer" }, // who refused the review
		Plays: map[string]modulestest.Play{
			"submit": submit, "resubmit": {}, "return": reasoned, "accept": reasoned, "uphold": reasoned, "expire": {},
		},
	}
}

func because(reply string) modulestest.Play {
	return modulestest.Play{With: func(*modulestest.Hall, string) map[string]any { return map[string]any{"reply": reply} }}
}
