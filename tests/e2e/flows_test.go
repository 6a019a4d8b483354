package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
)

const reason = "与平时水平相差较大，请核查计分是否有误"

// TestNothingTypedIsLost reloads a form, lets the session end and loses a race:
// what was typed is there each time.
func TestNothingTypedIsLost(t *testing.T) {
	b := open(t, phone)
	b.login("wenjing")
	b.visit("/services/score_reviews/new")
	b.tick("专业工程管理与实务")
	b.fillBeside("复核理由", reason)
	b.run("the draft is kept", chromedp.Sleep(draftDelay))
	b.visit("/services/score_reviews/new")
	b.see("已恢复您上次未提交的内容")
	b.wantTyped(reason)

	b.fill("phone", "13800138123")
	b.upload("id_card", scan(t, "front"))
	b.upload("admission_ticket", scan(t, "ticket"))
	b.upload("statement", scan(t, "form"))
	b.tick("我已阅读并同意")
	revoke(t, "wenjing")
	b.click("提交")
	b.see("登录已过期")
	b.axe("expired")
	b.fill("password", password)
	b.click("登录")
	b.gone("登录已过期")
	b.wantTyped(reason)
	b.click("提交")
	b.see("提交成功")
	b.clean()
}

// TestEditedTwice edits an application in two windows: the second is told, and
// keeps its words.
func TestEditedTwice(t *testing.T) {
	first, second := open(t, desktop), open(t, phone)
	const edit = "/applications/score_reviews/appjzwangwu0000/edit"
	for _, b := range []*browser{first, second} {
		b.login("wangwu")
		b.visit(edit)
		b.see("工作单位")
	}
	first.fill("employer", "第一公司")
	first.click("提交")
	first.see("修改已提交")
	second.fill("employer", "第二公司")
	second.click("提交")
	second.see("这件申请已被更新")
	second.axe("conflict")
	second.click("重新载入")
	second.see("已载入最新内容")
	second.click("提交")
	second.see("修改已提交")
	second.clean()
}

// TestTwoReviewers: one claims a case, the other reads who has it.
func TestTwoReviewers(t *testing.T) {
	one, other := open(t, desktop), open(t, desktop)
	one.enter("reviewer@examhall.test")
	other.enter("reviewer2@examhall.test")
	number := ask[string](one, "a case", `[...document.querySelectorAll("tr")].map(r => r.innerText).filter(r => r.includes("阿卜杜拉"))[0].match(/CJFH\d{14}/)[0]`)
	one.openCase(number)
	other.openCase(number)
	one.click("认领")
	one.see("我已认领")
	other.click("受理")
	other.see("确定")
	other.run("confirm", chromedp.Click(`(//button[normalize-space()="受理"])[last()]`, chromedp.NodeVisible))
	other.see("审核员甲")
	one.click("放回")
	one.see("尚未有人认领")
	other.clean()
	one.clean()
}

// draftDelay is how long a form waits before it keeps what was typed.
const draftDelay = 1_000_000_000

// wantTyped wants a text in one of the fields.
func (b *browser) wantTyped(text string) {
	b.t.Helper()
	b.see("复核理由")
	if !ask[bool](b, "typed", fmt.Sprintf(`[...document.querySelectorAll("textarea, input")].some(e => e.value === %q)`, text)) {
		b.failed("what was typed", fmt.Errorf("%q is gone", text))
	}
}

// revoke ends every session of a candidate, as an administrator can.
func revoke(t *testing.T, user string) {
	t.Helper()
	login := api(t, http.MethodPost, "/api/collections/_superusers/auth-with-password", "", map[string]any{"identity": "admin@examhall.test", "password": password})
	token := login["token"].(string)
	id := (user + "000000000000000")[:15]
	api(t, http.MethodPatch, "/api/collections/candidates/records/"+id, token, map[string]any{"tokenKey:autogenerate": ""})
}

// api asks the server and wants a good answer.
func api(t *testing.T, method, path, token string, body any) map[string]any {
	t.Helper()
	return apiAt(t, hall.url, method, path, token, body)
}

// apiAt is [api] of another server.
func apiAt(t *testing.T, url, method, path, token string, body any) map[string]any {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(method, url+path, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", token)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer := map[string]any{}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || response.StatusCode != http.StatusOK {
		t.Fatal(method, path, response.StatusCode, answer, err)
	}
	return answer
}
