package letters_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/refund"
	"examhall/modules/refund/refundtest"
)

const form = "/api/portal/services/" + reviews + "/form"

// print posts what a page holds and returns what the form says.
func print(h *modulestest.Hall, values m) string {
	h.T.Helper()
	raw, err := json.Marshal(values)
	if err != nil {
		h.T.Fatal(err)
	}
	return text(h.T, ask(h, "li", http.MethodPost, form, string(raw)))
}

// TestForm holds what was typed so far, for a signature, and stores nothing.
func TestForm(t *testing.T) {
	h := open(t)
	paper := print(h, m{
		"slot": "statement", "registration": modulestest.Registration, "phone": "138 0000 0000", "employer": "第一公司",
		"items": []m{{"subject": modulestest.Practice, "reason": "估分与公布成绩相差较大"}, {"subject": modulestest.Drafting, "reason": ""}},
	})
	wantAll(t, paper, "成绩复核申请表", "姓名 李䶮", "居民身份证", "11010519491231002X", "考试 2026年度一级造价工程师", "138****0000", "工作单位 第一公司",
		"案例分析", "公布成绩：53.9", "估分与公布成绩相差较大", "计量", "申请人声明", "仅核查计分、登分", "申请人（签名）", "年 月 日", "2026年11月23日 10:00")
	wantNone(t, paper, "13800000000", "业务编号")
	for _, table := range []string{reviews, "versions", "events", "papers"} {
		var n int
		if err := h.App.DB().Select("COUNT(*)").From(table).Row(&n); err != nil || n != 0 {
			t.Errorf("%s has %d rows, %v", table, n, err)
		}
	}
}

// TestFormOfNothing leaves lines to fill in by hand, whatever is sent.
func TestFormOfNothing(t *testing.T) {
	h := open(t)
	for _, body := range []string{
		`{}`, `{"items":"x","phone":{},"employer":[1],"registration":7}`, `{"items":[null,{"subject":null,"reason":5},{"subject":{"a":1}}]}`,
		`{"registration":"` + modulestest.WangRegistration + `","items":[{"subject":"` + modulestest.WangsOwn + `"}]}`, `{"application":"none"}`,
	} {
		w := ask(h, "li", http.MethodPost, form, body)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
			continue
		}
		paper := text(t, w)
		wantAll(t, paper, "成绩复核申请表", "李䶮", "手机号码", "申请人（签名）")
		wantNone(t, paper, "一级造价", "50.0", "案例分析") // nothing of wang's
	}
}

// TestFormOfAnApplication begins with what was submitted, and takes stars as
// what they stand for.
func TestFormOfAnApplication(t *testing.T) {
	h := open(t)
	id := submit(h, m{"employer": "第一公司"})
	paper := print(h, m{"application": id, "phone": "138****0000", "employer": "第二公司"})
	wantAll(t, paper, "CJFH20261123000001", "138****0000", "第二公司", "案例分析", "估分与公布成绩相差较大")
	wantNone(t, paper, "第一公司")
	raw := `{"application":"` + id + `"}`
	w := ask(h, "wang", http.MethodPost, form, raw)
	wantNone(t, text(t, w), "CJFH20261123000001", "第一公司", "李䶮")
}

// TestWhoPrintsForms: candidates, where a business has a form.
func TestWhoPrintsForms(t *testing.T) {
	h := open(t)
	for _, c := range []struct {
		as, url string
		code    int
	}{
		{"", form, 401}, {"reviewer", form, 403}, {"admin", form, 403}, {"li", form, 200},
		{"li", "/api/portal/services/none/form", 404},
	} {
		if w := ask(h, c.as, http.MethodPost, c.url, `{}`); w.Code != c.code {
			t.Errorf("%s %s: %d, want %d", c.as, c.url, w.Code, c.code)
		}
	}
	if w := ask(h, "li", http.MethodPost, form, `{"slot":"id_card"}`); w.Code != 404 {
		t.Errorf("a slot without a form: %d", w.Code)
	}
}

// TestFormOfRefund asks for what the route of the money needs, names the bank,
// and adds up the amount; the card shows its end only.
func TestFormOfRefund(t *testing.T) {
	h := modulestest.New(t, refund.Definition())
	refundtest.Open(h)
	order := refundtest.Order(h, nil)
	subjects := refundtest.Subjects(h, order)
	raw, err := json.Marshal(m{
		"payment": order, "items": refundtest.Items(subjects...), "reason": "cancelled", "explanation": "考试已由官方公告取消",
		"route": "bank_card", "account_name": "李䶮", "card_no": refundtest.Card, "bank": refundtest.Bank, "branch": "深圳南山支行",
	})
	if err != nil {
		t.Fatal(err)
	}
	paper := text(t, ask(h, "li", http.MethodPost, "/api/portal/services/refunds/form", string(raw)))
	name := h.Find("banks", refundtest.Bank).GetString("name")
	wantAll(t, paper, "考试退费申请表", "退费原因 考试取消", "退款方式 银行卡", "户名 李䶮", "银行 "+name, "开户支行全称 深圳南山支行", "0006",
		"申请金额 "+modules.Yuan(refundtest.Price*len(subjects))+" 元", "申请人（签名）")
	wantNone(t, paper, refundtest.Card)
	paper = text(t, ask(h, "li", http.MethodPost, "/api/portal/services/refunds/form", `{"route":"original","bank":"`+modulestest.ID("wang")+`"}`))
	wantNone(t, paper, "户名", "开户支行", "王喆")
	other := text(t, ask(h, "wang", http.MethodPost, "/api/portal/services/refunds/form", string(raw)))
	wantNone(t, other, "缴费订单", modules.Yuan(refundtest.Price))
}
