package e2e

import "testing"

// TestIntegrity plays 失信人员资格审核 of the manual, §9: actions 54 to 59.
func TestIntegrity(t *testing.T) {
	for _, c := range []struct {
		name, user, record string
		width              int
	}{{"phone", "liyan", "严重违纪违规", phone}, {"desktop", "chankayan", "长期有效", desktop}} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, c.width)
			b.login(c.user)
			review := ""
			t.Run("54 menu 失信人员", func(t *testing.T) {
				b.as(t).click("失信人员")
				b.see("您在记录期内的记录")
				b.see(c.record)
				b.axe("list")
			})
			t.Run("55 失信人员资格审核", func(t *testing.T) {
				b.as(t).click("失信人员资格审核")
				b.see("情况说明")
				b.axe("form")
			})
			t.Run("56 提交", func(t *testing.T) {
				b.as(t).click("提交") // empty: every problem at once
				b.see("请检查以下内容")
				b.axe("errors")
				b.fillIntegrity(t)
				b.click("提交")
				b.see("提交成功")
				review = number(b, "SXSH")
				want(t, b.application(c.user, "integrity_reviews", review), map[string]string{"status": "submitted", "school": "示例大学"})
			})
			t.Run("57 修改", func(t *testing.T) {
				b.as(t).visit("/services/integrity_reviews")
				b.click("修改 " + review)
				b.see("已上传") // the materials are there
			})
			t.Run("58 提交 completes the change", func(t *testing.T) {
				b.as(t).fill("statement", "补充说明：本人已完成诚信教育，报考条件见所附证明材料。")
				b.upload("pledge", scan(t, "pledge"))
				b.click("提交")
				b.see("修改已提交")
				want(t, b.application(c.user, "integrity_reviews", review), map[string]string{"status": "submitted", "rev": "2"})
			})
			t.Run("59 详情", func(t *testing.T) {
				b.as(t).visit("/services/integrity_reviews")
				b.click("详情 " + review)
				b.see("失信类型")
				b.see("建设工程经济")
				b.axe("details")
			})
			b.t = t
			decideAs(t, "reviewer2@examhall.test", review, "通过", "")
			b.see("审核通过") // by itself
			b.see("救济途径")
			b.see("六个月内")
			b.axe("approved")
			b.clean()
		})
	}
}

// fillIntegrity fills in the whole form of a review of somebody on record.
func (b *browser) fillIntegrity(t *testing.T) {
	t.Helper()
	b.tick("建设工程经济")
	b.click("添加一项")
	b.fillMonth("起始年月", "2016-08")
	b.fillBeside("岗位", "造价工程师")
	b.fillBeside("工作单位", "示例工程有限公司") // of the row
	for id, value := range map[string]string{
		"phone": "13800138123", "school": "示例大学", "major": "工程管理", "diploma_no": "100001201605000123",
		"employer": "示例工程有限公司", "years": "8", "statement": "本人已深刻认识错误，本次报考条件见所附证明材料。",
	} {
		b.fill(id, value)
	}
	b.setMonth("graduated", "2016-07")
	b.choose("education", 3)
	b.choose("degree", 2)
	b.upload("id_card", scan(t, "front"), scan(t, "back"))
	for _, slot := range []string{"diploma", "degree_certificate", "chsi_report", "work_proof", "social_insurance", "pledge"} {
		b.upload(slot, scan(t, slot))
	}
	b.tick("我已阅读并同意")
}

// TestNobodyOnRecord: who is not on record, or not any more, reads why there is
// nothing to do, on the list and on the form.
func TestNobodyOnRecord(t *testing.T) {
	for user, width := range map[string]int{"wenjing": phone, "oneil": desktop} {
		b := open(t, width)
		b.login(user)
		b.click("失信人员")
		b.see("您无在记录期内的失信记录，无需办理")
		b.axe("not concerned")
		b.visit("/services/integrity_reviews/new")
		b.see("您无在记录期内的失信记录，无需办理")
		b.axe("no form")
		b.clean()
	}
}

// TestViolation plays 违纪申诉 of the manual, §10: actions 60 to 65, and the decision
// with what it does.
func TestViolation(t *testing.T) {
	for _, c := range []struct {
		name, user, number string
		width              int
	}{{"phone", "liyan", "示例决E1号", phone}, {"desktop", "chankayan", "示例决E2号", desktop}} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, c.width)
			b.login(c.user)
			appeal := ""
			t.Run("60 menu 违纪申诉", func(t *testing.T) {
				b.as(t).click("违纪申诉")
				b.see("我的申请")
				b.axe("list")
			})
			t.Run("61 违纪申诉", func(t *testing.T) {
				b.as(t).clickIn("违纪申诉")
				b.see("申诉事由")
				b.see("适用第31号令第")
				b.axe("form")
			})
			t.Run("62 保存 submits", func(t *testing.T) {
				b.as(t).click("保存") // empty: every problem at once
				b.see("请检查以下内容")
				b.axe("errors")
				b.choose("kind", 2)
				b.choose("demand", 1)
				b.fill("reason", "本人入场前已将手机关机并交存，座位上的手机不是本人的，请调取录像核实。")
				b.fill("phone", "13800138123")
				b.upload("evidence", scan(t, "receipt"))
				b.upload("id_card", scan(t, "front"), scan(t, "back"))
				b.click("保存")
				b.see("提交成功")
				appeal = number(b, "WJSS")
				want(t, b.application(c.user, "violation_appeals", appeal), map[string]string{"status": "submitted", "kind": "facts", "demand": "revoke"})
			})
			t.Run("63 修改", func(t *testing.T) {
				b.as(t).visit("/services/violation_appeals")
				b.click("修改 " + appeal)
				b.see("已上传")
			})
			t.Run("64 保存 completes the change", func(t *testing.T) {
				b.as(t).fill("video", "考场监控第3排，10:15至10:25，请考试机构调取。")
				b.click("保存")
				b.see("修改已提交")
				want(t, b.application(c.user, "violation_appeals", appeal), map[string]string{"status": "submitted", "rev": "2"})
			})
			t.Run("65 详情", func(t *testing.T) {
				b.as(t).visit("/services/violation_appeals")
				b.click("详情 " + appeal)
				b.see("对记录事实有异议")
				b.see("待受理")
				b.axe("details")
			})
			b.t = t
			decideAs(t, "reviewer@examhall.test", appeal, "受理", "")
			office := open(t, desktop)
			office.enter("reviewer@examhall.test")
			office.openCase(appeal)
			office.choose("desk_proposal", 3)
			office.fill("desk_findings", "经调取录像，座位上的手机属邻座考生。")
			office.decide("提出复核意见", "")
			b.see("复核中")
			approver := open(t, desktop)
			approver.enter("approver@examhall.test")
			approver.openCase(appeal)
			approver.fill("desk_decision_no", c.number)
			approver.decide("撤销认定", "经复核，事实认定有误，予以撤销。")
			b.see("相关成绩和诚信档案已恢复") // by itself
			b.see("经调取录像，座位上的手机属邻座考生。")
			b.axe("revoked")
			for _, x := range []*browser{b, office, approver} {
				x.clean()
			}
		})
	}
}

// TestNoticeIsOver: who did not answer in time reads until when it was possible.
func TestNoticeIsOver(t *testing.T) {
	b := open(t, phone)
	b.login("lisi")
	b.visit("/services/violation_appeals/new")
	b.see("申诉期限已于")
	b.axe("over")
	b.clean()
}
