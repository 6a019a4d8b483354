// Package qualification is 资格复核 and its 申诉. A candidate on the list of a
// session shows the proofs of what the registration claimed: education, work,
// and whatever the condition needs that they applied under. A refusal can be
// appealed against, once, to somebody else.
//
// Source: 告知承诺制 办事指南 (checks before, during and after the exam);
// 人考中心函〔2014〕45号 (who does not show the proofs in time has given up).
package qualification

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/background"
	"examhall/modules/check"
)

// The collections of the two businesses.
const (
	Reviews = "qualification_reviews"
	Appeals = "qualification_appeals"
)

// Business is 资格复核 with its hooks.
type Business struct{ modules.Definition }

// New returns 资格复核.
func New() Business { return Business{Definition()} }

// Definition declares 资格复核.
func Definition() modules.Definition {
	return modules.Definition{
		Name: Reviews, Prefix: "ZGFH", Icon: "ri-graduation-cap-line",
		Title: modules.T("资格复核", "Qualification review"),
		Intro: modules.T("列入复核名单的考生，在规定时间内提交学历、工作年限等证明材料。", "Candidates on the list show the proofs of their education and work in time."),
		Apply: modules.T("申请资格复核", "Apply for the review"),
		Commitment: &modules.Commitment{Version: "2026-1", Text: modules.T(
			"本人承诺：\n1. 所填信息和上传材料真实、准确、完整，与报名时承诺的内容一致。\n"+
				"2. 提供虚假证明材料的，本人自愿接受当次全部科目成绩无效、记入诚信档案库等处理。\n3. 逾期未提交或者未按要求补正的，视为自动放弃。",
			"I declare:\n1. What I state and upload is true, exact and complete, and agrees with my registration.\n"+
				"2. If a proof is false, I accept that all my results of this exam are void and that it is recorded.\n3. Who does not submit or correct in time has given up.",
		)},
		Registered: true,
		Fields:     append(background.Fields(), background.Proofs()...),
		Rows:       []modules.Rows{background.History()},
		Workflow:   workflow(),
		Unique:     modules.Unique{Fields: []string{"registration"}, Frees: []modules.State{modules.Withdrawn, modules.Expired}},
		Eligible:   []modules.Guard{listed},
		Checks:     background.Checks(),
		Choices:    background.Conditions,
		Window:     window,
		Term:       modules.Term{Workdays: 10},
		Readers:    []string{Appeals + "." + string(modules.Reviewer)},
		Later:      settle,
	}
}

// workflow is the common one, with 撤销审核 and with what an appeal does.
func workflow() modules.Workflow {
	saved := func(t *modules.Transition) { t.Label, t.Effect = modules.T("保存", "Save"), mark(pending) }
	return modules.Standard().
		Change("submit", saved).Change("resubmit", saved).
		Change("withdraw", func(t *modules.Transition) { t.Effect = mark(unasked) }).
		Change("expire", func(t *modules.Transition) { t.Effect = mark(unasked) }).
		Change("approve", func(t *modules.Transition) {
			t.Effect, t.Message = mark(passed), modules.T("您的资格复核已通过。", "Your qualification has been confirmed.")
		}).
		Change("reject", func(t *modules.Transition) {
			t.Message = modules.T("您的资格复核未通过，请查看意见。对结果有异议的，可以在期限内申诉一次。", "Your qualification was not confirmed. Please read why. You may appeal once, within the time given.")
		}).
		With(
			modules.Reopen([]modules.State{modules.Approved, modules.Rejected}, modules.UnderReview, reversible, mark(pending)),
			modules.Transition{
				Action: "overturn", Label: modules.T("申诉成立，改为通过", "Approved on appeal"), From: []modules.State{modules.Rejected}, To: modules.Approved,
				By: modules.Linked, Fields: []string{"reply"}, Decides: true, Effect: mark(passed),
			},
		).
		State(modules.Rejected, modules.StateInfo{
			Title: modules.T("审核不通过", "Rejected"), Tone: modules.Failed, WaitsFor: modules.ForNobody,
			Next: modules.T("对结果有异议的，可以在期限内申诉一次。", "If you do not agree, you may appeal once, within the time given."),
			Letter: modules.Letter{
				Title:   modules.T("资格复核结果通知书", "Result of the qualification review"),
				Finding: modules.T("经审核，您提交的材料不能证明符合报考条件，资格复核结果为不通过。", "Your proofs do not show that you meet the conditions. Your qualification is not confirmed."),
				Remedy:  modules.T("对本结果有异议的，可以在期限内通过本系统申诉一次，由未参与原审核的人员处理。", "You may appeal once in this system, within the time given. Somebody else decides."),
			},
		}).
		State(modules.Approved, modules.StateInfo{
			Title: modules.T("审核通过", "Approved"), Tone: modules.Done, WaitsFor: modules.ForNobody,
			Next: modules.T("报考条件在线核查状态：发放证书。", "You have shown your qualification; the certificate can be issued."),
			Letter: modules.Letter{
				Title:   modules.T("资格复核结果通知书", "Result of the qualification review"),
				Finding: modules.T("经审核，您符合报考条件，资格复核结果为通过。", "You meet the conditions. Your qualification is confirmed."),
				Remedy:  modules.T("如发现证明材料虚假，将撤销本结果并依法处理。", "If a proof turns out to be false, this is taken back and dealt with by law."),
			},
		})
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
