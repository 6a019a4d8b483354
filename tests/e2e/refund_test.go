package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"time"

	"examhall/modules/calendar"
)

// TestRefund plays 考试退费 of the manual, §5: the list, the application, its
// change and its details; then the payment that fails, and the account that is
// corrected.
func TestRefund(t *testing.T) {
	for _, c := range []struct {
		name, user, exam, subject, serial string
		width                             int
	}{
		{"phone", "hokahou", "", "经济基础知识", "E2E0000000001", phone},
		{"desktop", "zhangsan", "一级建造师", "建设工程经济", "E2E0000000002", desktop},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, c.width)
			b.login(c.user)
			b.click("考试退费") // 26
			b.see("申请考试退费")
			b.axe("list")
			b.click("申请考试退费") // 27
			b.see("缴费订单")
			if c.exam != "" {
				b.tick(c.exam)
			}
			b.see(c.subject)
			b.axe("form")
			b.click("提交")
			b.see("请检查以下内容")
			b.axe("errors")
			b.tick(c.subject)
			b.see("61.00 元")
			b.pick("reason", "force_majeure")
			b.fill("explanation", "因疫情封控无法参加考试，申请退还考试费。")
			b.fill("phone", "13800138123")
			b.pick("route", "bank_card")
			b.see("户名")
			b.axe("card")
			b.pick("bank", "bank10200000000")
			b.fill("branch", "中国工商银行深圳南山支行")
			b.pick("bank_region", "440000")
			b.pick("bank_region-city", "440300")
			b.pick("bank_region-district", "440305")
			b.fill("card_no", "6222024000000000006")
			b.fill("card_no_again", "6222024000000000060")
			b.tick("我单独同意")
			for _, slot := range []string{"card_photo", "id_card", "voucher", "application_form", "proof"} {
				b.upload(slot, scan(t, slot))
			}
			b.tick("我已阅读并同意")
			b.click("提交")
			b.see("两次填写的内容不一致")
			b.fill("card_no_again", "6222 0240 0000 0000 006")
			b.click("提交") // 28
			b.see("提交成功")
			number := regexp.MustCompile(`KSTF\d{14}`).FindString(ask[string](b, "number", `document.body.innerText`))
			row := rowOf(t, "refunds", number)
			if row["status"] != "submitted" || row["amount"] != 6100.0 || row["card_photo"] == "" || len(row["voucher"].([]any)) != 1 {
				t.Error("what is stored:", row)
			}

			b.visit("/services/refunds")
			b.click("修改 " + number) // 29
			b.see("户名")
			b.fill("explanation", "因疫情封控无法到达考点，申请退还考试费。")
			b.upload("proof", scan(t, "notice"))
			b.click("提交") // 30
			b.see("修改已提交")
			row = rowOf(t, "refunds", number)
			if row["explanation"] != "因疫情封控无法到达考点，申请退还考试费。" || len(row["proof"].([]any)) != 2 || row["rev"] != 2.0 {
				t.Error("what is stored after the change:", row)
			}
			b.visit("/services/refunds")
			b.click("详情 " + number) // 31
			b.see("61.00 元")
			b.see("***************0006")
			b.see("中国工商银行")
			b.axe("details")

			reviewer := open(t, desktop)
			reviewer.enter("reviewer@examhall.test")
			reviewer.openCase(number)
			reviewer.decide("通过", "")
			b.see("待退款")
			finance := open(t, desktop)
			finance.enter("finance@examhall.test")
			finance.openCase(number)
			finance.see("6222024000000000006")
			finance.decide("发起退款", "")
			finance.see("登记退款失败")
			finance.decide("登记退款失败", "开户支行名称不完整，银行退回")
			b.see("退款失败")
			b.click("修改")
			b.see("开户支行全称")
			b.axe("account")
			b.fill("branch", "中国工商银行股份有限公司深圳南山支行")
			b.click("提交")
			b.see("修改已提交")
			finance.visit("/_/")
			finance.openCase(number)
			finance.decide("发起退款", "")
			finance.see("登记退款成功")
			finance.fill("desk_serial", c.serial)
			finance.fill("desk_paid_amount", "61.00")
			finance.date("desk_paid_on")
			finance.decide("登记退款成功", "")
			b.visit("/messages")
			b.see("您的考试费已退款")
			b.visit("/services/refunds")
			b.click("详情 " + number)
			b.see("已退款")
			b.see(c.serial)
			b.axe("refunded")
			for _, w := range []*browser{b, reviewer, finance} {
				w.clean()
			}
		})
	}
}

// rowOf returns what is stored about an application, as an administrator reads it.
func rowOf(t *testing.T, service, number string) map[string]any {
	t.Helper()
	login := api(t, http.MethodPost, "/api/collections/_superusers/auth-with-password", "", map[string]any{"identity": "admin@examhall.test", "password": password})
	filter := url.QueryEscape("number = '" + number + "'")
	items := api(t, http.MethodGet, "/api/collections/"+service+"/records?filter="+filter, login["token"].(string), nil)["items"].([]any)
	if len(items) != 1 {
		t.Fatalf("%d rows have the number %s", len(items), number)
	}
	return items[0].(map[string]any)
}

// date chooses today, in Shanghai, in a date input.
func (b *browser) date(id string) {
	b.t.Helper()
	b.until("choose today in "+id, fmt.Sprintf(`(() => {
		const input = document.getElementById(%q)
		if (!input) return false
		input.value = %q
		input.dispatchEvent(new Event("input", {bubbles: true}))
		return true
	})()`, id, time.Now().In(calendar.Zone).Format(time.DateOnly)))
}
