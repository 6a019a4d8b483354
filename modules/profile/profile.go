// Package profile is 信息修改: a candidate asks for what their account says about
// them to be changed. What it said is kept beside the application, so that nothing
// is written over that has changed meanwhile; certificates stay as they were
// printed; and who becomes somebody else by name or number logs in again.
//
// Source: 人考中心函〔2010〕45号 (what may be changed, and until when); name and
// number never both, since nothing would be left to know the person by.
package profile

import (
	"encoding/json"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/calendar"
)

// Definition declares the business.
func Definition() modules.Definition {
	return modules.Definition{
		Name: "profile_changes", Prefix: "XXXG", Icon: "ri-user-settings-line",
		Title: modules.T("信息修改", "Change of personal data"),
		Intro: modules.T("姓名、证件、手机等个人信息有变更或者填报有误的，申请修改。已发证书的内容不变。", "Your name, identity card, telephone and so on have changed or are wrong. Certificates that were issued stay as they are."),
		Apply: modules.T("申请信息修改", "Apply for a change"),
		Commitment: &modules.Commitment{Version: "2026-1", Text: modules.T(
			"本人承诺：所填信息和上传的材料真实、有效。我已知晓：姓名和证件号码不能在同一次申请中修改；修改姓名或者证件后需要重新登录；已发证书不随之更改，需要换发的另行申请证书补发。",
			"What I state and upload is true. I understand that name and ID number are not changed in one application, that I log in again after such a change, and that certificates are not changed by it: I apply for a reissue.",
		)},
		Fields:   fields(),
		Rows:     []modules.Rows{former()},
		Workflow: workflow(),
		Unique: modules.Unique{
			Fields: []string{"owner"}, Frees: []modules.State{modules.Approved, modules.Rejected, modules.Withdrawn, modules.Expired},
		},
		Checks: []modules.Guard{oneIdentity, named, numbered, derived, different},
		Derive: remember,
		Warn:   warnings,
		Term:   modules.Term{Workdays: 10},
	}
}

func workflow() modules.Workflow {
	saved := func(t *modules.Transition) { t.Label = modules.T("保存", "Save") }
	return modules.Standard().
		Change("submit", saved).Change("resubmit", saved).
		Change("approve", func(t *modules.Transition) {
			t.Guards, t.Effect = []modules.Guard{still, free}, write
			t.Confirm = modules.T("通过后立即写入考生信息；修改姓名或者证件的，考生须重新登录。确定吗？", "It is written at once. Who gets another name or number has to log in again.")
			t.Message = modules.T("您的个人信息已修改。修改姓名或者证件的，请重新登录。", "Your data has been changed. If it was your name or number, log in again.")
		}).
		State(modules.Rejected, modules.StateInfo{
			Title: modules.T("审核不通过", "Rejected"), Tone: modules.Failed, WaitsFor: modules.ForNobody,
			Next: modules.T("请按意见处理后重新申请。", "See to what the reply says and apply again."),
			Letter: modules.Letter{
				Title:   modules.T("信息修改审核结果通知书", "Result of an application for a change of personal data"),
				Finding: modules.T("经审核，您提交的材料不能证明所申请的修改，不予修改。", "Your proofs do not show what you asked to be changed. Nothing is changed."),
				Remedy:  modules.T("补充、更正后可以重新申请。", "You may correct it and apply again."),
			},
		})
}

// warnings tell, before anything is filled in, what a change will not do: an
// exam under way knows the candidate by the old data, and so does a certificate.
func warnings(s *modules.Step) ([]modules.Text, error) {
	var list []modules.Text
	owner, today := s.Record.GetString("owner"), s.Now.In(calendar.Zone).Format("2006-01-02")
	var running int
	err := s.App.DB().Select("COUNT(*)").From("registrations r").InnerJoin("exam_sessions x", dbx.NewExp("x.id = r.session")).
		Where(dbx.HashExp{"r.candidate": owner}).AndWhere(dbx.NewExp("r.status <> 'cancelled' AND x.exam_from <> '' AND x.exam_from <= {:today} AND COALESCE(NULLIF(x.exam_to, ''), x.exam_from) >= {:today}", dbx.Params{"today": today})).Row(&running)
	if err != nil {
		return nil, err
	}
	if running > 0 {
		list = append(list, modules.T("您有考试正在进行：修改不影响本次考试的准考证，请携带与准考证一致的证件参加考试。", "You have an exam under way: your ticket stays as it is. Bring the identity card that it names."))
	}
	held, err := s.App.CountRecords("certificates", dbx.HashExp{"holder": owner, "status": "valid"})
	if held > 0 {
		list = append(list, modules.T("您已取得证书：修改后，证书上的信息不会改变。需要更正证书的，修改后请申请“证书补发”，原因选择“信息更正（换发）”。", "You hold certificates: they stay as they were printed. To have one corrected, apply for a reissue after the change."))
	}
	return list, err
}

// before reads what the application remembers.
func before(s *modules.Step) (map[string]string, error) {
	values := map[string]string{}
	return values, json.Unmarshal([]byte(plain(s.Record, "before")), &values)
}
