package e2e

import "testing"

// TestProfile plays 信息修改 of the manual, §11: the list, the application, its
// change and its details; then the approval, which ends the login of who is called
// otherwise from then on.
func TestProfile(t *testing.T) {
	for _, c := range []struct {
		name, user, item, field, value, better string
		width                                  int
	}{
		{"phone", "linyijun", "姓名", "new_name", "林怡均", "林怡钧", phone},
		{"desktop", "oneil", "工作单位", "new_employer", "示例建设公司", "示例建设有限公司", desktop},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, c.width)
			b.login(c.user)
			b.click("信息修改") // 66
			b.see("申请信息修改")
			b.axe("list")
			b.click("申请信息修改") // 67
			b.see("修改项")
			b.see("您已取得证书")
			b.axe("form")
			b.click("保存")
			b.see("请检查以下内容")
			b.axe("errors")
			b.tick(c.item)
			b.see("新" + c.item)
			b.fill(c.field, c.value)
			b.pick("reason", "changed")
			b.fill("explanation", "个人信息已有变更，现申请修改。")
			b.upload("id_card", scan(t, "front"), scan(t, "back"))
			if c.item == "姓名" {
				b.tick("证件")
				b.see("新证件号码")
				b.click("保存")
				b.see("姓名和证件号码不能在同一次申请中修改")
				b.tick("证件")
				b.upload("proof", scan(t, "police"))
			}
			b.tick("我已阅读并同意")
			b.click("保存") // 68
			b.see("提交成功")
			change := number(b, "XXXG")
			want(t, b.application(c.user, "profile_changes", change), map[string]string{"status": "submitted", c.field: c.value})

			b.visit("/services/profile_changes")
			b.click("修改 " + change) // 69
			b.see("情况说明")
			b.fill(c.field, c.better)
			b.click("保存") // 70
			b.see("修改已提交")
			want(t, b.application(c.user, "profile_changes", change), map[string]string{"rev": "2", c.field: c.better})
			b.visit("/services/profile_changes")
			b.click("详情 " + change) // 71
			b.see(c.better)
			b.see("原值")
			b.axe("details")

			office := open(t, desktop)
			office.enter("reviewer2@examhall.test")
			office.openCase(change)
			office.see("新" + c.item)
			office.see(c.better)
			office.see("第 1 项") // of what it said
			office.axeDesk("case", ".desk-case")
			office.decide("通过", "")
			office.clean()
			want(t, b.application(c.user, "profile_changes", change), map[string]string{"status": "approved"})
			if c.item == "姓名" {
				b.visit("/services")
				b.see("登录")
				b.login(c.user)
			}
			b.visit("/me")
			if c.item == "姓名" {
				b.see(c.better)
			}
			b.visit("/applications")
			b.see(change)
			b.clean()
		})
	}
}
