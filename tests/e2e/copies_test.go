package e2e

import (
	"fmt"
	"testing"

	"github.com/pocketbase/dbx"
)

// TestCopies makes annotated copies 加注 until there may be no more, and takes one
// back.
func TestCopies(t *testing.T) {
	for _, c := range []struct {
		name, user string
		width      int
	}{
		{"phone", "ouyangnana", phone},
		{"desktop", "changming", desktop},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := hold(t, c.user, dbx.Params{"medium": "both"})
			b := open(t, c.width)
			b.login(c.user)
			b.visit("/my/certificates/" + id)
			b.see("下载证书原件")
			b.click("加注下载")
			b.see("接收单位")
			b.axe("wish")
			b.click("生成并下载")
			b.see("应为 2 到 50 个字")
			b.axe("wish errors")
			b.fill("copy-purpose", "投标报名")
			b.fill("copy-recipient", "某某建设集团有限公司")
			b.tick("7 天")
			b.click("生成并下载")
			b.see("有效的副本（1/3）")
			b.see("下载 1 次")
			for i, purpose := range []string{"入职", "职称评审"} {
				b.click("加注下载")
				b.fill("copy-purpose", purpose)
				b.click("生成并下载")
				b.see(fmt.Sprintf("有效的副本（%d/3）", i+2))
			}
			b.see("有效的加注副本最多 3 份，请先撤回不再使用的副本")
			b.axe("copies")
			b.click("撤回 入职")
			b.see("确定撤回这份副本吗")
			b.axe("take back")
			b.answer("撤回")
			b.see("已过期或已撤回的副本（1）")
			b.see("有效的副本（2/3）")
			b.see("生成加注副本")
			b.axe("taken back")
			kind := ask[string](b, "the file", fmt.Sprintf(`(async () => {
				const headers = {headers: {Authorization: JSON.parse(sessionStorage.session).token}}
				const c = await fetch("/api/portal/certificates/mine/%s", headers).then(r => r.json())
				const file = await fetch("/api/portal/annotations/" + c.copies.items[0].id + "/pdf", headers)
				return file.status + " " + (await file.text()).slice(0, 5)
			})()`, id), awaited)
			if kind != "200 %PDF-" {
				t.Error(kind)
			}
			b.clean()
		})
	}
}
