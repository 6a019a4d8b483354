// Package dummy is the smallest business there is. Copy its folder to write
// another: give it the noun of the business, change what it declares, and see
// .github/CONTRIBUTING.md for the migration and the line in main.go.
package dummy

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// Definition declares a business in which a candidate asks something and the
// authority answers within ten working days.
func Definition() modules.Definition {
	return modules.Definition{
		Name: "inquiries", Prefix: "ZXHF", Icon: "ri-question-line",
		Title: modules.T("业务咨询", "Inquiry"),
		Intro: modules.T("向考试机构提出问题。", "Ask the authority a question."),
		Apply: modules.T("我要咨询", "Ask a question"),
		Fields: []modules.Field{
			{
				Field: &core.TextField{Name: "question", Required: true, Min: 10, Max: 500},
				Label: modules.T("问题", "Question"),
				Hint:  modules.T("10–500 字", "10 to 500 characters"),
			},
			{
				Field: modules.Scan("picture", 1),
				Label: modules.T("截图", "Picture"),
			},
		},
		Workflow: modules.Standard(),
		Term:     modules.Term{Workdays: 10},
	}
}
