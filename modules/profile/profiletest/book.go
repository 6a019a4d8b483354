// Package profiletest plays changes of personal data in tests.
package profiletest

import (
	"crypto/rand"
	"maps"

	"examhall/modules/modulestest"
	"examhall/modules/profile"
)

// Collection is where changes are.
const Collection = "profile_changes"

// Form returns what li fills in to have their employer changed, with some values
// changed; a nil value leaves one out.
func Form(change map[string]any) map[string]any {
	values := map[string]any{
		"status": "submitted", "commitment": "2026-1", "items": []string{"employer"}, "reason": "other", "explanation": "已调入新的工作单位，请予更新",
		"new_employer": "示例工程有限公司" + rand.Text()[:6],
		"id_card":      []modulestest.File{modulestest.Scan("front.jpg"), modulestest.Scan("back.jpg")},
	}
	maps.Copy(values, change)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// Person returns what [Form] needs besides for a name or a number.
func Person(change map[string]any) map[string]any {
	values := map[string]any{"reason": "changed", "new_employer": nil, "proof": modulestest.Scan("police.jpg")}
	maps.Copy(values, change)
	return Form(values)
}

// Book plays every move. It has many applications of li open at once, which the
// business does not allow: its definition and its table forget that here.
func Book() modulestest.Book {
	nothing := modulestest.Play{}
	reasoned := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"reply": "证明材料不清楚，请重新上传"}
	}}
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any {
		if _, err := h.App.NonconcurrentDB().NewQuery("DROP INDEX IF EXISTS idx_profile_changes_unique").Execute(); err != nil {
			h.T.Fatal(err)
		}
		return Form(nil)
	}}
	d := profile.Definition()
	d.Unique.Fields = nil
	return modulestest.Book{Definition: d, Plays: map[string]modulestest.Play{
		"submit": submit, "edit": nothing, "resubmit": nothing, "withdraw": nothing, "accept": nothing, "return": reasoned,
		"approve": nothing, "reject": reasoned, "expire": nothing,
	}}
}
