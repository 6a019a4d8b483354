// Package scorereview is 成绩复核: a candidate asks the authority to check that
// the marks of their papers were added up and recorded correctly. Nobody marks
// the answers again, and the result is final: once per subject.
//
// Source: 人社厅发〔2021〕18号 考务工作规程 (objection within 30 days of publication;
// objective subjects are machine-marked, so only abnormal results are reviewed).
package scorereview

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// The states after acceptance follow the marking centre, which gives no date.
const (
	Accepted  modules.State = "accepted"
	Reporting modules.State = "reporting"
	Completed modules.State = "completed"
)

// Definition declares the business.
func Definition() modules.Definition {
	return modules.Definition{
		Name: "score_reviews", Prefix: "CJFH", Icon: "ri-file-search-line",
		Title: modules.T("成绩复核", "Score review"),
		Intro: modules.T("对已公布的成绩有疑问时，申请核查计分、登分是否有误。", "Ask to check that the marks of your papers were added up and recorded correctly."),
		Apply: modules.T("申请成绩复核", "Apply for a score review"),
		Commitment: &modules.Commitment{Version: "2026-1", Text: modules.T(
			"我已知晓：成绩复核仅核查计分、登分，不重新评阅试卷；同一科目只受理一次，复核结果为最终结果。",
			"I understand that a review only checks that marks were added up and recorded correctly, that answers are not marked again, and that each subject is reviewed once, with a final result.",
		)},
		Registered: true,
		Fields:     fields(),
		Rows:       []modules.Rows{items(), results()},
		Workflow:   workflow(),
		Eligible:   []modules.Guard{published},
		Choices:    choices,
		Window:     window,
	}
}

func fields() []modules.Field {
	return []modules.Field{
		{
			Field: &sealed.Field{Name: "phone", Kind: sealed.KindMobile, Max: 20, Required: true},
			Label: modules.T("手机号码", "Mobile phone"),
			Hint:  modules.T("用于接收办理结果，请保持畅通", "We send the result here"),
		},
		{
			Field: &core.TextField{Name: "employer", Max: 100},
			Label: modules.T("工作单位", "Employer"),
		},
		{
			Field: modules.Scan("id_card", 2), Must: true,
			Label: modules.T("身份证", "Identity card"),
			Hint:  modules.T("人像面和国徽面，四角完整、字迹清楚", "Both sides, with all corners and readable"),
		},
		{
			Field: modules.Scan("admission_ticket", 1), Must: true,
			Label: modules.T("准考证", "Admission ticket"),
			Hint:  modules.T("本次考试的准考证，扫描或拍照", "The ticket of this exam, scanned or photographed"),
		},
		{
			Field: modules.Scan("statement", 1), Must: true,
			Label: modules.T("签名的成绩复核申请表", "Signed application form"),
			Hint:  modules.T("手写签名后拍照或扫描", "Sign by hand, then photograph or scan it"),
			Blank: &modules.Blank{
				Title: modules.T("成绩复核申请表", "Application for a score review"),
				Declare: modules.T("本人确认以上内容真实、准确，并已知晓：成绩复核仅核查计分、登分，不重新评阅试卷；同一科目只受理一次，复核结果为最终结果。",
					"I confirm that all this is true, and know that a review only checks that marks were added up and recorded correctly, that each subject is reviewed once, and that the result is final."),
			},
		},
	}
}

// items are the subjects to review, each with its reason.
func items() modules.Rows {
	return modules.Rows{
		Name: "items", Min: 1, Max: 20, Choice: "subject",
		Label: modules.T("复核科目", "Subjects"),
		Hint:  modules.T("勾选要复核的科目，并逐科填写理由", "Tick each subject and say why"),
		Fields: []modules.RowField{
			{Name: "subject", Type: modules.RowChoice, Label: modules.T("科目", "Subject"), Must: true, Max: 50},
			{Name: "reason", Type: modules.RowText, Label: modules.T("复核理由", "Reason"), Must: true, Min: 10, Max: 500},
		},
		Once: modules.Once{
			Table: "score_review_subjects", Frees: []modules.State{modules.Withdrawn, modules.Rejected},
			Code: "once_only", Text: "Each subject is reviewed once.",
		},
	}
}

func workflow() modules.Workflow {
	open := []modules.State{modules.Submitted, Accepted}
	return modules.Standard().
		Without("approve").
		Change("accept", func(t *modules.Transition) {
			t.To, t.Message = Accepted, modules.T("您的申请已受理。", "Your application has been accepted for review.")
		}).
		Change("return", func(t *modules.Transition) { t.From = open }).
		Change("reject", func(t *modules.Transition) {
			t.From, t.Label = open, modules.T("不予受理", "Refuse")
			t.Message = modules.T("您的申请不予受理，请查看意见。", "Your application has been refused. Please read the reply.")
		}).
		With(
			modules.Transition{
				Action: "report", Label: modules.T("上报复核", "Report"), From: []modules.State{Accepted}, To: Reporting,
				By: modules.Reviewer, Fields: []string{"results"}, Decides: true, Guards: []modules.Guard{sound},
				Message: modules.T("您的申请已上报复核。", "Your application has been passed to the markers."),
			},
			modules.Transition{
				Action: "record", Label: modules.T("登记结果", "Record results"), From: []modules.State{Reporting}, To: Reporting,
				By: modules.Reviewer, Fields: []string{"results"}, Decides: true, Internal: true,
				Guards: []modules.Guard{sound},
			},
			modules.Transition{
				Action: "send_back", Label: modules.T("退回核实", "Send back"), From: []modules.State{Reporting}, To: Accepted,
				By: modules.Approver, Reasoned: true, Internal: true,
			},
			modules.Transition{
				Action: "complete", Label: modules.T("办结", "Complete"), From: []modules.State{Reporting}, To: Completed,
				By: modules.Approver, Fields: []string{"reply"}, Decides: true,
				Confirm: modules.T("办结后成绩即按登记的结果更正，不能再改。确定办结吗？", "Completing writes the recorded results and is final. Complete it?"),
				Message: modules.T("您的成绩复核已办结，请查看结果。", "Your score review is complete. Please see the result."),
				Guards:  []modules.Guard{modules.FourEyes, sound, everySubject},
				Effect:  correct,
			},
		).
		State(modules.Submitted, modules.StateInfo{
			Title: modules.T("待受理", "Submitted"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("考试机构将审核是否受理；受理前您可以修改或撤回。", "The authority will decide whether to accept it. Until then you may edit or withdraw it."),
		}).
		State(Accepted, modules.StateInfo{
			Title: modules.T("已受理", "Accepted"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("考试机构将上报复核，请留意通知。", "The authority will pass it to the markers. Watch for messages."),
		}).
		State(Reporting, modules.StateInfo{
			Title: modules.T("已上报复核中", "With the markers"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("办结时间以上级机构反馈为准，结果出来后会通知您。", "The markers decide when; we will tell you as soon as there is a result."),
		}).
		State(Completed, modules.StateInfo{Title: modules.T("已办结", "Completed"), Tone: modules.Done, WaitsFor: modules.ForNobody, Letter: answered()}).
		State(modules.Rejected, modules.StateInfo{Title: modules.T("不予受理", "Refused"), Tone: modules.Failed, WaitsFor: modules.ForNobody, Letter: refused()})
}

// answered is the letter with the results. They are final; only what a mark of
// 违纪 rests on can be disputed, in another business.
func answered() modules.Letter {
	return modules.Letter{
		Title:   modules.T("成绩复核答复书", "Reply to an application for a score review"),
		Finding: modules.T("经核查计分、登分情况，现将复核结果答复如下：", "We have checked how your marks were added up and recorded. The result is:"),
		Remedy: modules.T("本次复核结果为最终结果，同一科目不再受理成绩复核申请。对违纪认定的事实有异议的，可以通过“违纪申诉”提出。",
			"The result is final, and each subject is reviewed once only. Whoever disputes the facts behind a violation may appeal against the violation."),
	}
}

// refused is the letter without results. The subjects stay free: see [items].
func refused() modules.Letter {
	return modules.Letter{
		Title:   modules.T("成绩复核不予受理决定书", "Refusal of an application for a score review"),
		Finding: modules.T("经审查，决定对您的申请不予受理。", "We have looked at your application and refuse it."),
		Remedy: modules.T("不予受理的科目不计入复核次数。仍在申请期限内的，可以补充、更正后重新申请。",
			"What was refused does not count as a review. While applications are taken, you may correct yours and apply again."),
	}
}
