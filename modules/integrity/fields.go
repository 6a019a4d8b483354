package integrity

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/background"
)

// fields are those of a review of qualification, the record that makes the review
// necessary, and what the candidate has to say about it.
func fields() []modules.Field {
	list := append(recorded(), background.Fields()...)
	list = append(list, modules.Field{
		Field: &core.TextField{Name: "statement", Required: true, Min: 10, Max: 1000}, Label: modules.T("情况说明", "Statement"),
		Hint: modules.T("说明失信记录的情况和本次报考的资格条件", "About the record, and how you meet the conditions now"),
	})
	return append(list, proofs()...)
}

// recorded copies the record as it was when the form was written: a decision
// refers to that.
func recorded() []modules.Field {
	always := []modules.State{modules.Submitted, modules.UnderReview, modules.Returned, modules.Approved, modules.Rejected, modules.Withdrawn, modules.Expired}
	return []modules.Field{
		{
			Field: &core.SelectField{Name: "record_kind", MaxSelect: 1, Values: kinds()}, By: modules.System, ShownIn: always,
			Label: modules.T("失信类型", "Kind of record"), Words: kindWords(),
		},
		{
			Field: &core.TextField{Name: "record_no", Max: 50}, By: modules.System, ShownIn: always, Label: modules.T("决定文号", "Decision"),
		},
		{
			Field: &core.TextField{Name: "record_from", Max: 10}, By: modules.System, ShownIn: always, Label: modules.T("记录起始日期", "On record from"),
		},
		{
			Field: &core.TextField{Name: "record_until", Max: 10}, By: modules.System, ShownIn: always, Label: modules.T("记录终止日期", "On record until"),
			Hint: modules.T("空为长期", "Empty for ever"),
		},
	}
}

// kinds lists the values of integrity_records.kind.
func kinds() []string { return []string{"false_commitment", "serious", "especially_serious"} }

func kindWords() []modules.Option {
	return []modules.Option{
		{Value: "false_commitment", Label: modules.T("虚假承诺", "False commitment")},
		{Value: "serious", Label: modules.T("严重违纪违规", "Serious violation")},
		{Value: "especially_serious", Label: modules.T("特别严重违纪违规", "Especially serious violation")},
	}
}

// proofs are all those of a review of qualification. No online check stands in for
// one: a report on the diploma is wanted of everybody who can have one.
func proofs() []modules.Field {
	list := background.Proofs()
	for i := range list {
		switch list[i].GetName() {
		case "degree_certificate":
			list[i].Must, list[i].When = true, &modules.When{Column: "degree", Values: []string{"bachelor", "master", "doctor"}}
		case "chsi_report":
			list[i].Must, list[i].When = true, &modules.When{Column: "education", Values: []string{"college", "bachelor", "master", "doctor"}}
			list[i].Hint = modules.T("失信人员不以在线核查代替，境外学历上传其认证书", "Wanted even with a code of the online check; of a foreign diploma, its recognition")
		case "social_insurance":
			list[i].Must = true
		}
	}
	list = slices.DeleteFunc(list, func(f modules.Field) bool { return f.GetName() == "foreign_diploma" })
	return append(list, modules.Field{
		Field: modules.Scan("pledge", 2), Must: true, Label: modules.T("签名的诚信承诺书", "Signed pledge"),
		Blank: &modules.Blank{
			Title: modules.T("诚信承诺书", "Pledge of integrity"),
			Declare: modules.T("本人郑重承诺：所填信息和提交的材料真实、准确、完整；遵守考试纪律，诚信参考。如有违反，自愿承担由此产生的一切后果。",
				"I pledge that what I state and submit is true, exact and complete, and that I shall keep the rules of the exam. If I do not, I bear the consequences."),
		},
		Hint: modules.T("下载打印后手写签名再上传", "Print it, sign it by hand and upload it"),
	})
}

// papers are the subjects that the candidate wants to sit.
func papers() modules.Rows {
	return modules.Rows{
		Name: "subjects", Choice: "subject", Min: 1, Max: 20, Label: modules.T("拟报科目", "Subjects"),
		Hint:   modules.T("勾选本次报考的科目", "Tick those that you want to sit"),
		Fields: []modules.RowField{{Name: "subject", Type: modules.RowChoice, Label: modules.T("科目", "Subject"), Must: true, Max: 50}},
	}
}
