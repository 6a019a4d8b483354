package e2e

import (
	"testing"
)

// TestReissue plays 证书补发 of the manual, §7: the list, the application, its
// change, the new sheet, and how it is asked for by mail, changed and cancelled.
func TestReissue(t *testing.T) {
	for _, c := range []struct {
		name, user, sheet string
		width             int
	}{
		{"phone", "hokahou", "SL00090001", phone},
		{"desktop", "chankayan", "SL00090002", desktop},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, c.width)
			b.login(c.user)
			b.click("证书补发") // 38
			b.see("申请证书补发")
			b.axe("list")
			b.click("申请证书补发") // 39
			b.see("补发原因")
			b.see("该考试已制发电子证书") // of the other certificate: no paper again
			b.axe("form")
			b.click("提交")
			b.see("请检查以下内容")
			b.axe("errors")
			b.pick("reason", "damaged")
			b.see("损毁证书照片")
			b.pick("reason", "lost")
			b.see("签名的遗失声明")
			b.fill("explanation", "搬家时不慎遗失，多次寻找未果，申请补发。")
			b.set("happened_on", "2026-01-05")
			b.fill("phone", "13800138123")
			for _, slot := range []string{"id_card", "photo", "statement"} {
				b.upload(slot, scan(t, slot))
			}
			b.tick("我已阅读并同意")
			b.click("提交") // 40
			b.see("提交成功")
			reissue := number(b, "ZSBF")
			want(t, b.application(c.user, "reissues", reissue), map[string]string{"status": "submitted", "reason": "lost", "happened_on": "2026-01-05"})

			b.visit("/services/reissues")
			b.click("修改 " + reissue) // 41
			b.see("情况说明")
			b.fill("explanation", "搬家时不慎遗失，已登报声明，申请补发。")
			b.upload("newspaper", scan(t, "newspaper"))
			b.click("提交") // 42
			b.see("修改已提交")
			want(t, b.application(c.user, "reissues", reissue), map[string]string{"rev": "2", "explanation": "搬家时不慎遗失，已登报声明，申请补发。"})
			decideAs(t, "reviewer@examhall.test", reissue, "通过", "")

			office := open(t, desktop)
			office.enter("cert@examhall.test")
			office.visit("/_/#/collections?collection=reissues")
			office.openCase(reissue)
			office.decide("上报", "")
			office.see("开始制证")
			office.decide("开始制证", "")
			office.see("制证完成")
			office.axeDesk("making", ".desk-case")
			office.fill("desk_print_no", c.sheet)
			office.decide("制证完成", "")
			row := b.application(c.user, "reissues", reissue)
			want(t, row, map[string]string{"status": "ready", "print_no": c.sheet})
			fresh := row["replacement"].(string)

			b.visit("/services/reissues")
			b.see("可领取")
			b.axe("ready")
			b.click("申请邮寄 " + reissue) // 43
			b.see("领取方式")
			b.pick("method", "counter")
			b.gone("详细地址")
			b.pick("method", "mail")
			b.see("详细地址")
			b.axe("how to get it")
			b.fill("mobile", "13800138000")
			b.pick("region", "440000")
			b.pick("region-city", "441900")
			b.fill("address", "莞太路 100 号花园 2 栋 301")
			b.tick("我已阅读并同意")
			b.click("保存") // 44
			b.click("正确，保存")
			b.see("提交成功")
			mailing := number(b, "ZSYJ")
			want(t, b.application(c.user, "mailings", mailing), map[string]string{"status": "submitted", "method": "mail", "certificate": fresh})

			b.visit("/services/reissues")
			b.click("查看邮寄信息 " + reissue) // 45
			b.see("莞太路 100 号花园 2 栋 301")
			b.axe("mailings")
			b.clickIn("修改") // 46
			b.pick("method", "counter")
			b.click("保存") // 47
			b.see("修改已提交")
			row = b.application(c.user, "mailings", mailing)
			want(t, row, map[string]string{"method": "counter", "region": ""})
			b.visit("/my/certificates/" + fresh + "/mailings")
			b.see("领取码")
			b.see(row["pickup_code"].(string))
			b.clickIn("撤销邮寄") // 48
			b.see("确定撤销")
			b.answer("撤销邮寄")
			b.see("已撤销")
			b.axe("cancelled")
			want(t, b.application(c.user, "mailings", mailing), map[string]string{"status": "cancelled"})
			b.visit("/my/certificates/" + fresh)
			b.see("有效")
			b.see("补发")
			b.clean()
			office.clean()
		})
	}
}

// set puts a value into an input as its picker does.
func (b *browser) set(id, value string) {
	b.t.Helper()
	b.setMonth(id, value)
}
