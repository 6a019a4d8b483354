package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"examhall/modules/modulestest"
)

// TestBill plays 票据申领 of the manual, §8: the list, the claim and its change;
// then the bill that finance issues, which its owner can open.
func TestBill(t *testing.T) {
	for _, c := range []struct {
		name, user, exam, bill string
		width                  int
	}{
		{"phone", "linyijun", "", "1000000001", phone},
		{"desktop", "zhangsan", "计算机软件资格", "1000000002", desktop},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, c.width)
			b.login(c.user)
			b.click("票据申领") // 49
			b.see("申请票据")
			b.axe("list")
			b.click("申请票据") // 50
			b.see("缴费订单")
			if c.exam != "" {
				b.tick(c.exam)
			}
			b.see("122.00 元")
			b.axe("form")
			b.click("提交")
			b.see("请检查以下内容")
			b.axe("errors")
			b.pick("form", "electronic")
			b.pick("title_kind", "unit")
			b.see("统一社会信用代码")
			b.fill("title", "深圳市示例科技有限公司")
			b.fill("tax_no", "91350100M000100Y44")
			b.fill("email", c.user+"@example.com")
			b.fill("phone", "13800138123")
			b.upload("voucher", scan(t, "voucher"))
			b.click("提交")
			b.see("统一社会信用代码有误")
			b.fill("tax_no", "91350100m000100y43")
			b.click("提交") // 51
			b.see("提交成功")
			number := regexp.MustCompile(`PJSL\d{14}`).FindString(ask[string](b, "number", `document.body.innerText`))
			row := rowOf(t, "bill_claims", number)
			if row["status"] != "submitted" || row["amount"] != 12200.0 || row["tax_no"] != "91350100M000100Y43" || len(row["voucher"].([]any)) != 1 {
				t.Error("what is stored:", row)
			}

			b.visit("/services/bill_claims")
			b.click("修改 " + number) // 52
			b.see("抬头类型")
			b.pick("title_kind", "personal")
			b.gone("统一社会信用代码")
			b.upload("voucher", scan(t, "voucher 2"))
			b.click("提交") // 53
			b.see("修改已提交")
			row = rowOf(t, "bill_claims", number)
			if row["title"] != "" || row["tax_no"] != "" || row["holder"] == "" || len(row["voucher"].([]any)) != 2 {
				t.Error("what is stored after the change:", row)
			}
			b.click("查看申请")
			b.see("122.00 元")

			reviewer := open(t, desktop)
			reviewer.enter("reviewer@examhall.test")
			reviewer.openCase(number)
			reviewer.decide("通过", "")
			b.see("开具中")
			finance := open(t, desktop)
			finance.enter("finance@examhall.test")
			finance.openCase(number)
			finance.see("校验码")
			finance.fill("desk_code", "44060126")
			finance.fill("desk_bill_number", c.bill)
			finance.fill("desk_check_code", "a1B2c3")
			finance.fill("desk_billed", "122")
			finance.date("desk_issued_on")
			finance.upload("desk_file", pdfOf(t))
			finance.axeDesk("issue", ".desk-case")
			finance.decide("开具", "")
			b.see("已开具")
			b.see(c.bill)
			b.see("票据文件")
			b.axe("issued")
			b.visit("/messages")
			b.see("您的票据已开具")
			for _, w := range []*browser{b, reviewer, finance} {
				w.clean()
			}
		})
	}
}

// pdfOf writes a bill as finance gets it.
func pdfOf(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bill.pdf")
	if err := os.WriteFile(path, modulestest.PDF("bill.pdf", "").Data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
