// Package background is what candidates say and prove about themselves where a
// business asks for it: their education, their work, and the condition under
// which they want to be admitted. The reviews of qualification and of integrity
// ask for the same, so that what was accepted in one reads like the other.
package background

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules"
	"examhall/modules/sealed"
)

// month is how a month is written: 2026-11.
const month = `^\d{4}-(0[1-9]|1[0-2])$`

// Fields returns what is filled in, without the proofs.
func Fields() []modules.Field {
	return append(append(schooling(), working()...), claim()...)
}

// schooling is what the candidate learnt and where.
func schooling() []modules.Field {
	return []modules.Field{
		{
			Field: &sealed.Field{Name: "phone", Kind: sealed.KindMobile, Max: 20, Required: true},
			Label: modules.T("手机号码", "Mobile phone"), Hint: modules.T("用于接收审核结果，请保持畅通", "We send the result here"),
		},
		{
			Field: &core.SelectField{Name: "education", MaxSelect: 1, Required: true, Values: []string{"secondary", "college", "bachelor", "master", "doctor", "other"}},
			Label: modules.T("学历", "Education"),
			Words: []modules.Option{
				{Value: "secondary", Label: modules.T("中专", "Secondary")}, {Value: "college", Label: modules.T("大专", "College")},
				{Value: "bachelor", Label: modules.T("本科", "Bachelor")}, {Value: "master", Label: modules.T("硕士", "Master")},
				{Value: "doctor", Label: modules.T("博士", "Doctor")}, {Value: "other", Label: modules.T("其他", "Other")},
			},
		},
		{
			Field: &core.SelectField{Name: "degree", MaxSelect: 1, Required: true, Values: []string{"none", "bachelor", "master", "doctor"}},
			Label: modules.T("学位", "Degree"),
			Words: []modules.Option{
				{Value: "none", Label: modules.T("无", "None")}, {Value: "bachelor", Label: modules.T("学士", "Bachelor")},
				{Value: "master", Label: modules.T("硕士", "Master")}, {Value: "doctor", Label: modules.T("博士", "Doctor")},
			},
		},
		{
			Field: &core.TextField{Name: "school", Required: true, Min: 2, Max: 60}, Label: modules.T("毕业院校", "School"),
		},
		{
			Field: &core.TextField{Name: "major", Required: true, Min: 2, Max: 60}, Label: modules.T("所学专业", "Subject studied"),
		},
		{
			Field: &core.TextField{Name: "graduated", Required: true, Max: 7, Pattern: month}, Label: modules.T("毕业时间", "Graduated"),
			Hint: modules.T("年和月，如 2018-07", "Year and month, as 2018-07"),
		},
		{
			Field: &core.TextField{Name: "diploma_no", Required: true, Min: 4, Max: 30}, Label: modules.T("毕业证书编号", "Number of the diploma"),
		},
		{
			Field: &core.TextField{Name: "chsi_code", Max: 18, Pattern: `^[0-9A-Za-z]{12,18}$`}, Label: modules.T("学信网在线验证码", "Code of the online check (CHSI)"),
			Hint: modules.T("12 到 18 位字母或数字；没有的，请上传学历证书电子注册备案表或学历认证报告", "12 to 18 letters or digits; without it upload the report"),
		},
	}
}

// working is where the candidate works, and how long in the profession.
func working() []modules.Field {
	return []modules.Field{
		{
			Field: &core.TextField{Name: "employer", Required: true, Min: 2, Max: 100}, Label: modules.T("工作单位", "Employer"),
		},
		{
			Field: &core.TextField{Name: "uscc", Max: 18}, Label: modules.T("单位统一社会信用代码", "Social credit code of the employer"),
			Hint: modules.T("18 位，不清楚可以不填", "18 characters; leave it out if you do not know it"),
		},
		{
			Field: &core.NumberField{Name: "years", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(60.0)}, Label: modules.T("从事专业年限", "Years in the profession"),
			Hint: modules.T("周年数，不满一年填 0", "Full years; 0 for less than one"),
		},
	}
}

// claim is what the candidate wants to be admitted under.
func claim() []modules.Field {
	return []modules.Field{
		{
			Field: &core.TextField{Name: "condition", Max: 50}, Input: modules.Pick, Label: modules.T("报考条件款项", "Condition"),
			Hint: modules.T("报名时适用的条件；需要的材料随所选条件而定", "The one that you registered under; it says which proofs are needed"),
		},
		{
			Field: &core.TextField{Name: "exemption", Max: 200}, Label: modules.T("免试科目依据", "Ground of exemption"),
			Hint: modules.T("申请免试部分科目的，请说明依据", "If you are exempt from subjects, say why"),
		},
		{
			Field: &core.TextField{Name: "remark", Max: 500}, Label: modules.T("备注", "Remark"),
		},
	}
}

// Proofs returns the slots for materials. The condition and the rows of
// material_templates say which of them are needed.
func Proofs() []modules.Field {
	return []modules.Field{
		{
			Field: modules.Scan("id_card", 2), Must: true, Label: modules.T("身份证正反面", "Identity card, both sides"),
			Hint: modules.T("人像面和国徽面，四角完整、字迹清楚", "With all corners and readable"),
		},
		{
			Field: modules.Scan("diploma", 2), Must: true, Label: modules.T("学历证书", "Diploma"),
		},
		{
			Field: modules.Scan("degree_certificate", 2), Label: modules.T("学位证书", "Certificate of the degree"),
		},
		{
			Field: modules.Scan("chsi_report", 2), Label: modules.T("学历证书电子注册备案表或学历认证报告", "Report on the diploma"),
			Hint: modules.T("没有学信网在线验证码的须上传", "Needed without a code of the online check"),
		},
		{
			Field: modules.Scan("foreign_diploma", 2), Label: modules.T("国（境）外学历学位认证书", "Recognition of a foreign diploma"),
			Hint: modules.T("境外学历须上传教育部留学服务中心认证书", "Issued by the centre for studies abroad"),
		},
		{
			Field: modules.Scan("work_proof", 3), Must: true, Label: modules.T("工作年限证明", "Proof of the years of work"),
			Hint: modules.T("单位盖章", "With the seal of the employer"),
		},
		{
			Field: modules.Scan("social_insurance", 3), Label: modules.T("社会保险缴费记录", "Record of social insurance"),
		},
		{
			Field: modules.Scan("held_certificate", 3), Label: modules.T("已取得的资格证书或职称证书", "Certificates held already"),
		},
	}
}

// History returns the places of work, the present one without an end.
func History() modules.Rows {
	return modules.Rows{
		Name: "history", Min: 1, Max: 20, Label: modules.T("工作经历", "Work history"),
		Hint: modules.T("从参加工作起逐段填写，至今的一段不填截止年月", "Every place of work; the present one has no end"),
		Fields: []modules.RowField{
			{Name: "from", Type: modules.RowMonth, Label: modules.T("起始年月", "From"), Must: true},
			{Name: "until", Type: modules.RowMonth, Label: modules.T("截止年月", "Until"), Hint: modules.T("至今不填", "Empty for the present one")},
			{Name: "employer", Type: modules.RowText, Label: modules.T("工作单位", "Employer"), Must: true, Min: 2, Max: 100},
			{Name: "position", Type: modules.RowText, Label: modules.T("岗位", "Position"), Must: true, Min: 1, Max: 50},
		},
	}
}
