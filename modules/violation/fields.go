package violation

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// The penalties, from the least to the heaviest.
const (
	subjectVoid = "subject_void"
	fiveYears   = "all_void_5y"
	forEver     = "all_void_long"
)

func penalties() []string { return []string{subjectVoid, fiveYears, forEver} }

// clauses lists the articles of Order 31 with the penalties that each allows:
// Art. 9 and 11 lead to those of Art. 7 or 8 where it is serious.
func clauses() map[string][]string {
	return map[string][]string{
		"6": {subjectVoid}, "7": {fiveYears}, "8": {forEver}, "9": {fiveYears, forEver}, "10": {fiveYears}, "11": {subjectVoid, fiveYears, forEver},
	}
}

func clauseWord(clause string) string {
	return map[string]string{"6": "六", "7": "七", "8": "八", "9": "九", "10": "十", "11": "十一"}[clause]
}

func clauseOptions() []modules.Option {
	var list []modules.Option
	for _, c := range []string{"6", "7", "8", "9", "10", "11"} {
		list = append(list, modules.Option{Value: c, Label: modules.T("第"+clauseWord(c)+"条", "Art. "+c)})
	}
	return list
}

func penaltyOptions() []modules.Option {
	return []modules.Option{
		{Value: subjectVoid, Label: modules.T("当次该科目成绩无效", "the mark of the subject is void")},
		{Value: fiveYears, Label: modules.T("当次全部科目成绩无效并记录五年", "all marks of the exam are void, on record for five years")},
		{Value: forEver, Label: modules.T("当次全部科目成绩无效并长期记录", "all marks of the exam are void, on record for ever")},
	}
}

func penaltyWords(penalty string) modules.Text {
	i := slices.Index(penalties(), penalty)
	if i < 0 {
		return modules.T(penalty, penalty)
	}
	return penaltyOptions()[i].Label
}

func fields() []modules.Field { return append(append(stated(), proofs()...), found()...) }

// stated is what the candidate puts forward.
func stated() []modules.Field {
	return []modules.Field{
		{
			Field: &core.SelectField{Name: "kind", MaxSelect: 1, Required: true, Values: []string{"statement", "facts", "clause"}},
			Label: modules.T("申诉类型", "Kind"),
			Words: []modules.Option{
				{Value: "statement", Label: modules.T("陈述申辩", "State my case")},
				{Value: "facts", Label: modules.T("对记录事实有异议", "Dispute the facts")},
				{Value: "clause", Label: modules.T("对适用条款有异议", "Dispute the rule")},
			},
		},
		{
			Field: &core.TextField{Name: "reason", Required: true, Min: 20, Max: 2000}, Label: modules.T("申诉事由", "Grounds"),
			Hint: modules.T("请针对告知书所列事实、理由和依据逐条说明", "Answer each fact, reason and rule of the notice"),
		},
		{
			Field: &core.SelectField{Name: "demand", MaxSelect: 1, Required: true, Values: []string{"revoke", "change", "other"}},
			Label: modules.T("诉求", "What you want"),
			Words: []modules.Option{
				{Value: "revoke", Label: modules.T("撤销认定", "Revoke it")}, {Value: "change", Label: modules.T("变更处理", "Change the penalty")},
				{Value: "other", Label: modules.T("其他", "Something else")},
			},
		},
		{
			Field: &core.TextField{Name: "demand_other", Max: 200}, Must: true, When: &modules.When{Column: "demand", Values: []string{"other"}},
			Label: modules.T("其他诉求", "What else"),
		},
		{
			Field: &sealed.Field{Name: "phone", Kind: sealed.KindMobile, Max: 20, Required: true},
			Label: modules.T("手机号码", "Mobile phone"), Hint: modules.T("用于联系和接收结果，请保持畅通", "We call you here"),
		},
		{
			Field: &core.TextField{Name: "video", Max: 500}, Label: modules.T("视频证据说明", "Videos"),
			Hint: modules.T("视频不能上传；请说明内容、来源和调取方式", "They cannot be uploaded: say what they show and where they are"),
		},
	}
}

func proofs() []modules.Field {
	return []modules.Field{
		{
			Field: modules.Scan("evidence", 5), Must: true, Label: modules.T("证据材料", "Proofs"),
			Hint: modules.T("支持申诉事由的证明材料，至少一份", "At least one proof of what you state"),
		},
		{
			Field: modules.Scan("id_card", 2), Must: true, Label: modules.T("身份证正反面", "Identity card, both sides"),
			Hint: modules.T("人像面和国徽面，四角完整、字迹清楚", "With all corners and readable"),
		},
	}
}

// found is what the authority writes: the proposal stays inside, its end is
// shown.
func found() []modules.Field {
	ends := []modules.State{Upheld, Changed, Revoked}
	changes := &modules.When{Column: "proposal", Values: []string{string(Changed)}}
	return []modules.Field{
		{
			Field: &core.SelectField{Name: "proposal", MaxSelect: 1, Values: []string{string(Upheld), string(Changed), string(Revoked)}}, By: modules.Reviewer,
			Label: modules.T("拟处理意见", "Proposal"),
			Words: []modules.Option{
				{Value: string(Upheld), Label: modules.T("维持", "Uphold")}, {Value: string(Changed), Label: modules.T("变更", "Change")},
				{Value: string(Revoked), Label: modules.T("撤销认定", "Revoke")},
			},
		},
		{
			Field: &core.SelectField{Name: "new_clause", MaxSelect: 1, Values: []string{"6", "7", "8", "9", "10", "11"}}, By: modules.Reviewer,
			When: changes, ShownIn: []modules.State{Changed}, Label: modules.T("变更后适用条款", "Rule after the change"), Words: clauseOptions(),
		},
		{
			Field: &core.SelectField{Name: "new_penalty", MaxSelect: 1, Values: penalties()}, By: modules.Reviewer,
			When: changes, ShownIn: []modules.State{Changed}, Label: modules.T("变更后处理", "Penalty after the change"), Words: penaltyOptions(),
		},
		{
			Field: &core.TextField{Name: "findings", Max: 1000}, By: modules.Reviewer, ShownIn: ends, Label: modules.T("复核认定", "Findings"),
			Hint: modules.T("对申诉事由逐条复核的情况，决定后考生可见", "On each point that was put forward; the candidate reads it with the decision"),
		},
		{
			Field: &core.TextField{Name: "decision_no", Max: 50}, By: modules.Approver, ShownIn: ends, Label: modules.T("决定文号", "Number of the decision"),
		},
	}
}
