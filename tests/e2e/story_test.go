package e2e

import (
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestStory is what the product is for: a candidate applies for a score review,
// a reviewer returns it, the open page changes by itself, the candidate
// corrects it, another reviewer accepts and reports it, and an approver
// completes it with a corrected score.
func TestStory(t *testing.T) {
	for _, c := range []struct {
		name, user, score string
		width             int
	}{
		{"phone", "liyan", "96.4", phone},
		{"desktop", "chankayan", "97.1", desktop},
	} {
		t.Run(c.name, func(t *testing.T) {
			candidate, reviewer := open(t, c.width), open(t, desktop)

			candidate.login(c.user)
			candidate.axe("hub")
			candidate.click("成绩复核")
			candidate.click("申请成绩复核")
			candidate.see("专业工程管理与实务")
			candidate.axe("form")
			candidate.click("提交") // empty: every problem at once
			candidate.see("请检查以下内容")
			candidate.axe("errors")
			candidate.tick("专业工程管理与实务")
			candidate.fillBeside("复核理由", "估分与公布成绩相差较大，请核查计分")
			candidate.fill("phone", "13800138123")
			candidate.upload("id_card", scan(t, "front"), scan(t, "back"))
			candidate.upload("admission_ticket", scan(t, "ticket"))
			candidate.upload("statement", scan(t, "form"))
			candidate.tick("我已阅读并同意")
			candidate.click("提交")
			candidate.see("提交成功")
			candidate.axe("done")
			number := regexp.MustCompile(`CJFH\d{14}`).FindString(ask[string](candidate, "number", `document.body.innerText`))
			candidate.click("查看申请")
			candidate.see("待受理")
			candidate.axe("detail")

			reviewer.enter("reviewer@examhall.test")
			reviewer.see(number)
			reviewer.axeDesk("queue", ".desk-queue")
			reviewer.openCase(number)
			reviewer.axeDesk("case", ".desk-case")
			reviewer.decide("退回补正", "准考证照片不清楚，请重新上传")
			candidate.see("退回补正") // by itself
			candidate.see("准考证照片不清楚，请重新上传")
			candidate.axe("returned")
			candidate.click("修改")
			candidate.upload("admission_ticket", scan(t, "clear ticket"))
			candidate.click("提交")
			candidate.see("修改已提交")
			candidate.click("查看申请")

			reviewer2 := open(t, desktop)
			reviewer2.enter("reviewer2@examhall.test")
			reviewer2.openCase(number)
			reviewer2.decide("受理", "")
			candidate.see("已受理")
			reviewer2.see("上报复核")
			reviewer2.choose("desk_results_0_outcome", 2) // 成绩更正
			reviewer2.fill("desk_results_0_score", c.score)
			reviewer2.fill("desk_results_0_document", "核〔2026〕7号")
			reviewer2.decide("上报复核", "")
			candidate.see("已上报复核中")

			approver := open(t, desktop)
			approver.enter("approver@examhall.test")
			approver.openCase(number)
			approver.decide("办结", "漏登一题，已更正")
			candidate.see("已办结")
			candidate.see(c.score)
			candidate.axe("completed")
			candidate.visit("/applications")
			candidate.see(number)
			candidate.axe("query")
			candidate.visit("/messages")
			candidate.see("您的成绩复核已办结")
			candidate.axe("messages")
			for _, b := range []*browser{candidate, reviewer, reviewer2, approver} {
				b.clean()
			}
		})
	}
}

// scan makes a photograph of a page.
func scan(t *testing.T, name string) string {
	t.Helper()
	page := image.NewGray(image.Rect(0, 0, 600, 800))
	for y := range 800 {
		for x := range 600 {
			page.SetGray(x, y, color.Gray{Y: uint8(235 - (x*y)%23)})
		}
	}
	path := filepath.Join(t.TempDir(), name+".jpg")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := jpeg.Encode(f, page, nil); err != nil {
		t.Fatal(err)
	}
	return path
}
