package demo

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// addSettings makes what an operator keeps in the dashboard: notices, replies,
// materials, and one rule as an example.
func (f *filler) addSettings(tx core.App) error {
	if err := f.addNotices(tx); err != nil {
		return err
	}
	for i, row := range materials() {
		row["service"] = "score_reviews"
		if err := add(tx, "material_templates", key("material", fmt.Sprint(i)), row); err != nil {
			return err
		}
	}
	replies := table{name: "canned_replies", columns: []string{"id", "service", "action", "text", "position"}}
	for action, list := range cannedReplies() {
		for i, text := range list {
			replies.add(fmt.Sprintf("%.8s%07d", action+"reply000", i), "score_reviews", action, text, i+1)
		}
	}
	if err := replies.insert(tx); err != nil {
		return err
	}
	return add(tx, "rules", key("rule"), map[string]any{
		"service": "score_reviews", "action": "submit", "rule": `employer != ""`, "field": "employer",
		"message": "本批次须填写工作单位（示例规则，未启用）", "active": false,
	})
}

func (f *filler) addNotices(tx core.App) error {
	x := find(openNow)
	title := fmt.Sprintf("%d年度%s", x.held(f.plan.Now).Year(), x.name)
	until := x.publishedAt(f.plan.Now).AddDate(0, 0, 30)
	notices := []map[string]any{
		{
			"published": daysBefore(f.plan.Now, x.published, 10, 0), "pinned": true,
			"title":    title + "考试成绩复核申请的通知",
			"title_en": x.nameEN + ": score reviews are open",
			"body": fmt.Sprintf("考试成绩已经公布。对成绩有疑问的考生，可在成绩公布之日起30日内登录本系统申请成绩复核（至%s；截止日为节假日的，顺延至其后第一个工作日）。\n\n"+
				"成绩复核仅核查计分、登分是否有误，不重新评阅试卷。客观题科目由机器阅卷，除缺考、违纪、零分、无效等异常情形外不受理复核。每个科目只受理一次，复核结果为最终结果。\n\n"+
				"申请时请准备：身份证（人像面和国徽面）、准考证、手写签名的成绩复核申请表。", until.Format("2006年1月2日")),
			"body_en": fmt.Sprintf("The scores are public. You may ask for a review within 30 days of their publication (until %s, or the next working day).\n\n"+
				"A review only checks that marks were added up and recorded correctly. Objective papers are read by machine and are reviewed only if the result is abnormal. "+
				"Each paper is reviewed once.\n\nHave ready: both sides of your identity card, your admission ticket, and the signed form.", until.Format("2 January 2006")),
		},
		{
			"published": daysBefore(f.plan.Now, 5, 9, 0), "title": "关于延长经济专业技术资格考试成绩复核申请时间的公告",
			"title_en": "Economist: more time for score reviews",
			"body":     "因系统维护影响部分考生提交申请，经研究，经济专业技术资格考试成绩复核的申请时间相应延长，具体截止时间以申请页面显示为准。",
			"body_en":  "Because maintenance kept some candidates from applying, the time for score reviews of this exam is extended. The form shows the new end.",
		},
		{
			"published": daysBefore(f.plan.Now, 12, 9, 0), "title": "谨防“改分”“包过”诈骗的提醒",
			"title_en": "Beware of anybody who offers to change scores",
			"body":     "本机构从未委托任何单位或个人办理成绩复核，办理全程不收费。凡声称可以“改分”“包过”的，均为诈骗，请勿提供个人信息或转账，并及时报警。",
			"body_en":  "Nobody acts for this authority, and a score review is free. Whoever offers to change a score is a fraud: give them no data and no money.",
		},
	}
	for i, n := range notices {
		n["published"] = dateTime(n["published"].(time.Time))
		if err := add(tx, "notices", key("notice", fmt.Sprint(i)), n); err != nil {
			return err
		}
	}
	return nil
}

// materials are rows for all exams and for single ones.
func materials() []map[string]any {
	return []map[string]any{
		{
			"slot": "id_card", "need": "required", "label": "身份证（正反面）", "label_en": "Identity card, both sides",
			"hint": "人像面和国徽面各一张，四角完整、字迹清楚、无反光", "hint_en": "One picture of each side, with all corners and no glare",
		},
		{
			"slot": "statement", "need": "required", "label": "签名的成绩复核申请表", "label_en": "Signed application form",
			"hint": "手写签名并注明日期后拍照或扫描，不超过 2 MB", "hint_en": "Signed and dated by hand, at most 2 MB", "max_size": 2 << 20,
		},
		{
			"slot": "admission_ticket", "need": "optional", "project": key("project", extended),
			"hint": "系统已存有准考证信息，可不上传", "hint_en": "We have your ticket on file; you need not upload it",
		},
	}
}

// cannedReplies are sentences that reviewers write again and again, by action.
func cannedReplies() map[string][]string {
	return map[string][]string{
		"return": {
			"身份证照片不清晰，请重新上传四角完整、字迹清楚的照片。",
			"身份证仅上传了一面，请补充另一面。",
			"准考证不是本次考试的准考证，请核对后重新上传。",
			"准考证照片无法辨认，请重新扫描或拍照后上传。",
			"申请表未签名，请手写签名后重新上传。",
			"申请表所填科目与所选复核科目不一致，请核对后重新填写。",
			"复核理由过于笼统，请逐科说明对成绩有疑问的具体原因。",
			"上传的材料与申请人不一致，请核对后重新上传。",
		},
		"reject": {
			"所申请科目为客观题科目，且成绩无异常，按规定不予受理。",
			"成绩复核仅核查计分、登分，不重新评阅试卷，您的请求不属于受理范围。",
			"该科目已办理过成绩复核，按规定只受理一次，不再受理。",
			"申请材料与本人信息不符，不予受理。",
			"您反映的事项属于考试违纪处理，请通过违纪申诉办理。",
			"您反映的事项属于考务组织问题，请向考区考试机构反映。",
			"该科目已办理退费，不予受理。",
			"经两次补正，材料仍不符合要求，不予受理。",
		},
		"send_back": {
			"反馈文号缺失，请补充后重新上报。",
			"登记的更正成绩与反馈文件不一致，请核实。",
			"有科目未登记结论，请逐科登记。",
			"缺少上级反馈文件，请取得后再登记。",
			"更正后标记填写有误，请核实。",
			"更正幅度较大，请再次与阅卷单位核实。",
			"考生姓名、准考证号与反馈文件不一致，请核实。",
			"请补充说明复核过程。",
		},
		"complete": {
			"经复核，计分、登分无误，维持原公布成绩。",
			"经复核，成绩登记有误，已按反馈结果更正。",
			"经复核，合计分数有误，已按反馈结果更正。",
			"经核实，缺考标记有误，已予更正。",
			"经核实，缺考标记无误，维持原结果。",
			"经核实，违纪标记无误，维持原结果。",
			"经核实，零分属实，维持原公布成绩。",
			"复核结果为最终结果，不再受理同一科目的复核申请。",
		},
	}
}
