// Package integrity is 失信人员资格审核. Whoever stands in the archive 诚信档案库 and
// is still in the period of the record may not just declare that they meet the
// conditions of an exam: they prove it, and are checked, before they pay. This is
// no repair of credit: an approval neither removes nor shortens the record.
//
// Source: 告知承诺制 办事指南 (to whom it does not apply); 人力资源社会保障部令第31号
// Art. 7, 8 and 12 (how long a record stands).
package integrity

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/background"
	"examhall/modules/check"
)

// Collection is where the applications are.
const Collection = "integrity_reviews"

// Business is 失信人员资格审核 with its hooks.
type Business struct{ modules.Definition }

// New returns the business.
func New() Business { return Business{Definition()} }

// Definition declares the business.
func Definition() modules.Definition {
	return modules.Definition{
		Name: Collection, Prefix: "SXSH", Icon: "ri-shield-user-line",
		Title: modules.T("失信人员资格审核", "Review of persons on record"), Menu: modules.T("失信人员", "Persons on record"),
		Intro: modules.T("有在记录期内失信记录的考生，报名缴费前提交证明材料接受资格审核；其他考生无需办理。审核通过不影响失信记录及其期限。",
			"Candidates with a record in force prove their qualification before they pay. Nobody else needs this. It does not change the record."),
		Apply: modules.T("失信人员资格审核", "Apply for the review"),
		Commitment: &modules.Commitment{Version: "2026-1", Text: modules.T(
			"本人保证：\n1. 本人知悉有在记录期内的失信记录，不适用告知承诺制。\n2. 所填信息和上传材料真实、准确、完整。\n3. 提供虚假材料的，本人自愿接受当次全部科目成绩无效、记入诚信档案库等处理。",
			"I declare:\n1. I know that I am on record and that I cannot register by declaration alone.\n2. What I state and upload is true, exact and complete.\n3. If a proof is false, I accept that all my results are void and that it is recorded.",
		)},
		Registered: true,
		Fields:     fields(),
		Rows:       []modules.Rows{papers(), background.History()},
		Workflow:   workflow(),
		Unique:     modules.Unique{Fields: []string{"session", "owner"}, Frees: []modules.State{modules.Withdrawn, modules.Expired}},
		Concerns:   concerns,
		Eligible:   []modules.Guard{unpaid},
		Checks:     background.Checks(),
		Derive:     recall,
		Choices:    choices,
		Window:     window,
		Term:       modules.Term{Workdays: 10},
	}
}

// workflow is the common one. What it decides holds for every registration of the
// candidate in the session.
func workflow() modules.Workflow {
	again := func(t *modules.Transition) { t.Effect = mark(required) }
	return modules.Standard().
		Change("submit", again).Change("resubmit", again).
		Change("approve", func(t *modules.Transition) {
			t.Guards, t.Effect = []modules.Guard{pending}, mark(passed)
			t.Message = modules.T("您的失信人员资格审核已通过，请在规定时间内缴费。", "You have been admitted. Please pay in time.")
		}).
		Change("reject", func(t *modules.Transition) {
			t.Effect, t.Message = mark(failed), modules.T("您的失信人员资格审核未通过，不能参加本次考试，请查看意见。", "You have not been admitted to this exam. Please read why.")
		}).
		With(modules.Reopen([]modules.State{modules.Approved, modules.Rejected}, modules.UnderReview, reversible, mark(required))).
		State(modules.Approved, modules.StateInfo{
			Title: modules.T("审核通过", "Approved"), Tone: modules.Done, WaitsFor: modules.ForNobody,
			Next:   modules.T("可以在报名截止前缴费。失信记录及其期限不变。", "You may pay before the registration closes. The record stays as it is."),
			Letter: letter("经审核，您符合报考条件，准予缴费参加考试。", "You meet the conditions and may pay."),
		}).
		State(modules.Rejected, modules.StateInfo{
			Title: modules.T("审核不通过", "Rejected"), Tone: modules.Failed, WaitsFor: modules.ForNobody,
			Next:   modules.T("不能参加本次考试。如有疑问，请联系考试机构。", "You cannot take part in this exam. If in doubt, contact the authority."),
			Letter: letter("经审核，您提交的材料不能证明符合报考条件，不准予参加本次考试。", "Your proofs do not show that you meet the conditions. You are not admitted."),
		})
}

func letter(zh, en string) modules.Letter {
	return modules.Letter{
		Title: modules.T("失信人员资格审核决定书", "Decision on the review of a person on record"), Finding: modules.T(zh, en), RemedyAt: modules.ByLaw,
	}
}

// Bind writes credit codes the one way they are compared.
func (b Business) Bind(app core.App) error {
	plain := func(e *core.RecordEvent) error {
		e.Record.Set("uscc", check.USCC(e.Record.GetString("uscc")))
		return e.Next()
	}
	app.OnRecordCreate(b.Name).BindFunc(plain)
	app.OnRecordUpdate(b.Name).BindFunc(plain)
	return nil
}
