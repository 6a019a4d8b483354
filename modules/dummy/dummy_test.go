package dummy_test

import (
	"testing"

	"examhall/modules/dummy"
	"examhall/modules/modulestest"
)

// book plays every move of the standard workflow.
func book() modulestest.Book {
	question := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"question": "准考证什么时候可以下载打印？"}
	}}
	reasoned := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"reply": "请写明考试名称"}
	}}
	return modulestest.Book{Definition: dummy.Definition(), Plays: map[string]modulestest.Play{
		"submit": question, "edit": question, "resubmit": question, "withdraw": {}, "accept": {},
		"return": reasoned, "approve": {}, "reject": reasoned, "expire": {},
	}}
}

func TestRuleBook(t *testing.T) {
	t.Parallel()
	modulestest.RuleBook(t, book())
}
