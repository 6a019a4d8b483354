package e2e

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/pocketbase/dbx"
)

// TestMailing plays 证书管理 of the manual, §4: the list, the details, the request
// with every mistake that people make, its change and its end; and then the
// parcel that is sent and comes back.
func TestMailing(t *testing.T) {
	for _, c := range []struct {
		name, user, waybill string
		width               int
	}{
		{"phone", "guojun", "EA123456785CN", phone},
		{"desktop", "wangzhe", "1234567890123", desktop},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := hold(t, c.user, nil)
			hold(t, c.user, dbx.Params{"title": "一级造价工程师", "medium": "electronic", "distribution": "", "specialty": "土木建筑工程"})
			hold(t, c.user, dbx.Params{"title": "审计师", "level": "中级", "specialty": "", "distribution": "making"})
			hold(t, c.user, dbx.Params{"title": "经济师", "level": "中级", "specialty": "人力资源管理", "status": "revoked", "void_reason": "以不正当手段取得"})
			b := open(t, c.width)
			b.login(c.user)
			b.click("证书管理") // 18
			b.see("一级建造师")
			b.see("电子证书，没有纸质证书可以邮寄")
			b.axe("certificates")
			b.click("审计师") // 25 证书详情
			b.see("证书正在制作")
			b.axe("making")
			b.visit("/my/certificates/" + id)
			b.see("证书内容")
			b.axe("details")

			b.click("申请邮寄") // 19
			b.see("收件人姓名")
			b.axe("form")
			b.click("保存")
			b.see("请检查以下内容")
			b.axe("errors")
			b.tick("由他人代收")
			b.see("代收人与您的关系")
			b.axe("proxy")
			b.tick("由他人代收")
			b.fill("mobile", "13800138000")
			b.pick("region", "440000")
			b.pick("region-city", "441900") // which has no districts
			b.see("东莞市不设区")
			b.pick("region-city", "440300")
			b.pick("region-district", "440305")
			b.fill("address", "科技园路 1 号楼下丰巢柜")
			b.fill("postcode", "518057")
			b.tick("我已阅读并同意")
			b.click("保存")
			b.see("请再次核对")
			b.see("138 0013 8000")
			b.axe("recheck")
			b.click("正确，保存")
			b.see("不能寄到丰巢")
			b.fill("address", "科技园路 1 号创新大厦 A 座 1203")
			b.click("保存")
			b.click("正确，保存")
			b.see("提交成功") // 20
			b.axe("done")

			b.visit("/my/certificates")
			b.see("查看邮寄信息")
			b.click("查看邮寄信息 一级建造师 " + b.numberOf(id)) // 21
			b.see("广东省深圳市南山区")
			b.axe("mailing")
			b.clickIn("修改") // 22
			b.fill("address", "红荔路 1001 号花园 3 栋 502")
			b.click("保存") // 23
			b.see("修改已提交")
			b.visit("/my/certificates/" + id + "/mailings")
			b.see("红荔路 1001 号花园 3 栋 502")
			b.clickIn("撤销") // 24
			b.see("确定撤销这件申请吗")
			b.axe("cancel")
			b.answer("撤销")
			b.see("已撤销")
			b.axe("cancelled")

			again := b.mailAgain(id)
			office := open(t, desktop)
			office.enter("cert@examhall.test")
			office.visit("/_/#/collections?collection=mailings")
			office.openCase(again)
			office.axeDesk("mailing case", ".desk-case")
			office.decide("受理", "")
			b.see("已受理，待寄出") // by itself
			office.see("登记")
			b.axe("accepted")
			office.choose("desk_carrier", 1)
			office.fill("desk_waybill", c.waybill)
			office.decide("寄出", "")
			b.see(c.waybill)
			b.axe("sent")
			office.see("更正邮件号")
			office.decide("登记退件", "电话无人接听，逾期退回")
			b.see("已退件")
			b.see("电话无人接听，逾期退回")
			b.visit("/my/certificates/" + id)
			b.see("邮寄的证书已退回")
			b.see("申请邮寄")
			b.axe("came back")
			b.clean()
			office.clean()
		})
	}
}

// mailAgain asks once more to have a certificate mailed, opens the request and
// returns its number.
func (b *browser) mailAgain(id string) string {
	b.t.Helper()
	b.visit("/services/mailings/new?certificate=" + id)
	b.see("收件人姓名")
	b.fill("mobile", "13900139000")
	b.pick("region", "110000")
	b.pick("region-district", "110101")
	b.fill("address", "东直门内大街 5 号 2 单元 301")
	b.tick("我已阅读并同意")
	b.click("保存")
	b.click("正确，保存")
	b.see("提交成功")
	number := regexp.MustCompile(`ZSYJ\d{14}`).FindString(ask[string](b, "number", `document.body.innerText`))
	b.click("查看申请")
	b.see("待受理")
	return number
}

// pick chooses a value of a select.
func (b *browser) pick(id, value string) {
	b.t.Helper()
	b.until("choose "+value, fmt.Sprintf(`(() => {
		const list = document.getElementById(%q)
		if (!list || ![...list.options].some(o => o.value === %q)) return false
		list.value = %q
		list.dispatchEvent(new Event("change", {bubbles: true}))
		return true
	})()`, id, value, value))
}

// answer presses the button of an open dialog.
func (b *browser) answer(words string) {
	b.t.Helper()
	path := fmt.Sprintf(`//*[@role="dialog"]//button[normalize-space()=%q]`, words)
	b.run("click "+words, chromedp.WaitVisible(path), chromedp.Click(path, chromedp.NodeVisible))
}

// clickIn presses the first button or link that shows these words, whatever else
// it is called for those who hear it.
func (b *browser) clickIn(words string) {
	b.t.Helper()
	b.until("click "+words, fmt.Sprintf(`(() => {
		const control = [...document.querySelectorAll("main a, main button")].find(e => e.innerText.trim() === %q)
		if (!control) return false
		control.click()
		return true
	})()`, words))
}

// numberOf returns the management number of a certificate on the page.
func (b *browser) numberOf(id string) string {
	b.t.Helper()
	return ask[string](b, "number", fmt.Sprintf(`fetch("/api/portal/certificates/mine/" + %q, {headers: {Authorization: JSON.parse(sessionStorage.session).token}})
		.then(r => r.json()).then(c => c.number)`, id), awaited)
}
