package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestQualification plays 资格复核 and its 申诉 by the labels of the manual (§3),
// on a phone and on a desktop, and looks at what they left behind.
func TestQualification(t *testing.T) {
	for _, c := range []struct {
		name, user string
		width      int
	}{{"phone", "liyan", phone}, {"desktop", "chankayan", desktop}} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, c.width)
			b.login(c.user)
			review, appeal := "", ""
			t.Run("10 menu 资格复核", func(t *testing.T) {
				b.as(t).click("资格复核")
				b.see("我的申请")
				b.axe("list")
			})
			t.Run("11 申请资格复核", func(t *testing.T) {
				b.as(t).click("申请资格复核")
				b.see("工作经历")
				b.axe("form")
			})
			t.Run("12 保存 submits", func(t *testing.T) {
				b.as(t).click("保存") // empty: every problem at once
				b.see("请检查以下内容")
				b.axe("errors")
				b.fillReview(t)
				b.click("保存")
				b.see("提交成功")
				review = number(b, "ZGFH")
				row := b.application(c.user, "qualification_reviews", review)
				want(t, row, map[string]string{"status": "submitted", "employer": "示例工程有限公司", "uscc": "91350100M000100Y43", "condition": "3"})
				if len(row["id_card"].([]any)) != 2 || len(row["degree_certificate"].([]any)) != 1 || len(row["history"].([]any)) != 1 {
					t.Error("the row lacks files or work:", row)
				}
			})
			t.Run("13 修改", func(t *testing.T) {
				b.as(t).visit("/services/qualification_reviews")
				b.click("修改 " + review)
				b.see("第 1 项")
				b.see("已上传") // the materials are there
				if got := ask[string](b, "school", `document.getElementById("school").value`); got != "示例大学" {
					t.Errorf("the form is not filled in: %q", got)
				}
			})
			t.Run("14 保存 completes the change", func(t *testing.T) {
				b.as(t).fill("major", "土木工程")
				b.upload("social_insurance", scan(t, "insurance"))
				b.click("保存")
				b.see("修改已提交")
				want(t, b.application(c.user, "qualification_reviews", review), map[string]string{"status": "submitted", "major": "土木工程", "rev": "2"})
			})
			b.t = t
			decideAs(t, "reviewer@examhall.test", review, "不通过", "工作年限证明未加盖公章")
			t.Run("15 申诉", func(t *testing.T) {
				b.as(t).visit("/services/qualification_reviews")
				b.see("审核不通过")
				b.click("申诉 " + review)
				b.see("申诉理由")
				b.see(review)
				b.axe("appeal")
			})
			t.Run("16 保存 submits the appeal", func(t *testing.T) {
				b.as(t).fill("reason", "补充加盖公章的工作年限证明和劳动合同，请重新核实。")
				b.upload("evidence", scan(t, "contract"))
				b.click("保存")
				b.see("提交成功")
				appeal = number(b, "ZGSS")
				row := b.application(c.user, "qualification_appeals", appeal)
				want(t, row, map[string]string{"status": "submitted"})
				if len(row["evidence"].([]any)) != 1 {
					t.Error("the appeal has no proof:", row)
				}
			})
			t.Run("17 申诉详情", func(t *testing.T) {
				b.as(t).visit("/services/qualification_reviews")
				b.click("申诉详情")
				b.see("申诉待处理")
				b.see(review) // what it is against
				b.axe("appeal detail")
			})
			b.t = t
			decideAs(t, "reviewer2@examhall.test", appeal, "申诉成立", "补充的证明有效")
			b.see("申诉成立") // by itself
			want(t, b.application(c.user, "qualification_reviews", review), map[string]string{"status": "approved"})
			b.visit("/messages")
			b.see("您的申诉成立")
			b.see("已收到您的申诉")
			b.see("您的资格复核未通过")
			b.axe("messages")
			b.clean()
		})
	}
}

// TestAppealIsOver: who may not appeal any more reads since when, and who has
// appealed finds the appeal.
func TestAppealIsOver(t *testing.T) {
	b := open(t, phone)
	b.login("chenhong")
	b.visit("/services/qualification_reviews")
	b.see("申诉：申诉期限已于")
	b.axe("over")
	b.clean()
}

// as makes the browser report to a part of a test.
func (b *browser) as(t *testing.T) *browser {
	b.t = t
	return b
}

// fillReview fills in the whole form of a review.
func (b *browser) fillReview(t *testing.T) {
	t.Helper()
	b.click("添加一项")
	b.fillMonth("起始年月", "2016-08")
	for label, value := range map[string]string{"岗位": "造价工程师"} {
		b.fillBeside(label, value)
	}
	b.fillBeside("工作单位", "示例工程有限公司") // of the row
	for id, value := range map[string]string{
		"phone": "13800138123", "school": "示例大学", "major": "工程管理", "diploma_no": "100001201605000123", "chsi_code": "A1B2C3D4E5F6",
		"employer": "示例工程有限公司", "uscc": "91350100m000100y43", "years": "8",
	} {
		b.fill(id, value)
	}
	b.setMonth("graduated", "2016-07")
	b.choose("education", 3)
	b.choose("degree", 2)
	b.choose("condition", 3) // which asks for the certificate of the degree
	b.upload("id_card", scan(t, "front"), scan(t, "back"))
	b.upload("diploma", scan(t, "diploma"))
	b.upload("degree_certificate", scan(t, "degree"))
	b.upload("work_proof", scan(t, "work"))
	b.tick("我已阅读并同意")
}

// fillMonth sets the month whose label has these words.
func (b *browser) fillMonth(label, value string) {
	b.t.Helper()
	b.setMonth(ask[string](b, "find "+label, fmt.Sprintf(`[...document.querySelectorAll("label")].find(l => l.innerText.includes(%q)).htmlFor`, label)), value)
}

// setMonth sets a month as its picker does: how it is typed depends on the
// language of the browser.
func (b *browser) setMonth(id, value string) {
	b.t.Helper()
	b.until("set "+id, fmt.Sprintf(`(() => {
		const field = document.getElementById(%q)
		if (!field) return false
		field.value = %q
		return field.dispatchEvent(new Event("input", {bubbles: true}))
	})()`, id, value))
}

// number returns the business number that the page shows.
func number(b *browser, prefix string) string {
	b.t.Helper()
	found := regexp.MustCompile(prefix + `\d{14}`).FindString(ask[string](b, "number", `document.body.innerText`))
	if found == "" {
		b.t.Fatal("the page shows no number of", prefix)
	}
	return found
}

// application returns the row of an application as the administrator reads it.
func (b *browser) application(user, collection, number string) map[string]any {
	b.t.Helper()
	login := api(b.t, http.MethodPost, "/api/collections/_superusers/auth-with-password", "", map[string]any{"identity": "admin@examhall.test", "password": password})
	filter := url.QueryEscape(fmt.Sprintf(`number = %q && owner.username = %q`, number, user))
	list := api(b.t, http.MethodGet, "/api/collections/"+collection+"/records?filter="+filter, login["token"].(string), nil)
	items := list["items"].([]any)
	if len(items) != 1 {
		b.t.Fatalf("%d rows of %s are %s", len(items), collection, number)
	}
	return items[0].(map[string]any)
}

// want compares some columns of a row.
func want(t *testing.T, row map[string]any, columns map[string]string) {
	t.Helper()
	for name, value := range columns {
		if got := fmt.Sprint(row[name]); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

// decideAs lets a member of staff decide a case at the desk.
func decideAs(t *testing.T, mail, number, action, reply string) {
	t.Helper()
	b := open(t, desktop)
	b.enter(mail)
	b.openCase(number)
	if strings.HasPrefix(number, "ZGSS") {
		b.see("关联业务")
	}
	b.axeDesk("case", ".desk-case")
	b.decide(action, reply)
	b.clean()
}
