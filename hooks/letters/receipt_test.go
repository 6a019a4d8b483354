package letters_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"examhall/modules/dummy"
	"examhall/modules/modulestest"
)

// TestReceipt proves who filed what and when, and shows nothing else.
func TestReceipt(t *testing.T) {
	h := open(t)
	id := submit(h, nil)
	w := get(h, "li", own(id, "receipt"))
	paper := text(t, w)
	var hash string
	if err := h.App.DB().Select("hash").From("events").Where(dbx.HashExp{"record": id}).Row(&hash); err != nil {
		t.Fatal(err)
	}
	r := h.Find(reviews, id)
	wantAll(t, paper, "受理回执", "CJFH20261123000001", "成绩复核", "2026年度一级造价工程师", "李䶮", "居民身份证 110*************2X",
		"2026年11月23日 10:00:00", "第1版", "案例分析", "身份证（1）", "身份证（2）", "准考证", "签名的成绩复核申请表", "考试机构将审核是否受理", "审计记录第 1 号", hash,
		"/.well-known/examhall-audit.json", sum(h, id, r.GetString("statement")), sum(h, id, r.GetStringSlice("id_card")[1]), "第 1 页，共 1 页")
	wantNone(t, paper, "11010519491231002X", "138", "估分与公布成绩", "front", "办理期限")
	for header, want := range map[string]string{
		"Cache-Control":       "private, no-store",
		"Content-Disposition": "attachment; filename*=utf-8''%E5%8F%97%E7%90%86%E5%9B%9E%E6%89%A7-CJFH20261123000001.pdf",
	} {
		if got := w.Header().Get(header); got != want {
			t.Errorf("%s: %s, want %s", header, got, want)
		}
	}
	same(t, w, get(h, "reviewer", desk(id, "receipt")))
}

// TestReceiptOfTheLast is about the last thing that the candidate has sent, and
// nothing that staff do changes it.
func TestReceiptOfTheLast(t *testing.T) {
	h := open(t)
	id := submit(h, nil)
	h.Travel(modulestest.Start().Add(90 * time.Minute))
	move(h, "li", id, "submitted", m{"employer": "第一公司", "admission_ticket": modulestest.Scan("clear.jpg")})
	edited := get(h, "li", own(id, "receipt"))
	wantAll(t, text(t, edited), "第2版", "提交时间 2026年11月23日 10:00:00", "最近一次修改 2026年11月23日 11:30:00", "审计记录第 2 号")
	h.Travel(modulestest.Start().Add(48 * time.Hour))
	complete(h, id, "漏计 1.3 分，已更正")
	same(t, edited, get(h, "li", own(id, "receipt")))
}

// TestReceiptSurvivesItsFiles: the retention of materials ends before that of
// cases.
func TestReceiptSurvivesItsFiles(t *testing.T) {
	h := open(t)
	id := submit(h, nil)
	store, err := h.App.NewFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	r := h.Find(reviews, id)
	if err := store.Delete(r.BaseFilesPath() + "/" + r.GetString("statement")); err != nil {
		t.Fatal(err)
	}
	wantAll(t, text(t, get(h, "li", own(id, "receipt"))), "文件已不再保存")
}

// TestWhoReads: the owner and the staff of the business, by header or by a file
// token in the address. Others are told that there is no such case, and guests
// to log in.
func TestWhoReads(t *testing.T) {
	h := open(t)
	id := submit(h, nil)
	complete(h, id, "漏计 1.3 分，已更正")
	readers := map[string]string{"li": "own", "reviewer": "desk", "reviewer2": "desk", "approver": "desk", "both": "desk", "auditor": "desk", "admin": "desk"}
	for _, who := range append(modulestest.Names(), "") {
		for _, paper := range []string{"receipt", "letter"} {
			for place, url := range map[string]string{"own": own(id, paper), "desk": desk(id, paper)} {
				want := http.StatusNotFound
				switch {
				case who == "":
					want = http.StatusUnauthorized
				case readers[who] == place:
					want = http.StatusOK
				}
				if got := get(h, who, url).Code; got != want {
					t.Errorf("%s reads %s: %d, want %d", who, url, got, want)
				}
				if token := h.FileToken(who); token != "" {
					if got := get(h, "", url+"?token="+token).Code; got != want {
						t.Errorf("%s reads %s with a token: %d, want %d", who, url, got, want)
					}
				}
			}
		}
	}
	for _, url := range []string{"/api/portal/applications/candidates/" + id + "/receipt", own("none", "receipt"), own("none", "letter")} {
		if got := get(h, "li", url).Code; got != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", url, got)
		}
	}
	if got := ask(h, "li", http.MethodGet, own(id, "receipt")+"?token="+h.Token("li"), "").Code; got != http.StatusOK {
		t.Errorf("with a header the token does not matter: %d", got)
	}
	for _, token := range []string{"x", h.Token("li")} { // a session has no place in an address
		if got := get(h, "", own(id, "receipt")+"?token="+token).Code; got != http.StatusUnauthorized {
			t.Errorf("the token %.10s…: %d, want 401", token, got)
		}
	}
}

// TestOtherBusinesses: a business that declares nothing about papers has them
// all the same, with the words of its states.
func TestOtherBusinesses(t *testing.T) {
	h := modulestest.New(t, dummy.Definition())
	a := h.Create("li", "inquiries", m{"status": "submitted", "question": "准考证丢失了，应当如何补办？"})
	if a.Code != http.StatusOK {
		t.Fatal(a.Body)
	}
	const address = "/api/portal/applications/inquiries/"
	wantAll(t, text(t, get(h, "li", address+a.ID()+"/receipt")), "业务咨询", "办理期限：2026年12月7日 23:59前")
	approve := h.Update("reviewer", "inquiries", a.ID(), m{"status": "approved", "rev": 1})
	if approve.Code != http.StatusOK {
		t.Fatal(approve.Body)
	}
	wantAll(t, text(t, get(h, "li", address+a.ID()+"/receipt")), "办理期限：2026年12月7日 23:59前")
	paper := text(t, get(h, "li", address+a.ID()+"/letter"))
	wantAll(t, paper, "业务咨询决定书", "提交的业务咨询申请收悉。经审核，决定：审核通过。", "李䶮：")
	wantNone(t, paper, "救济途径", "理由和说明", "附：您的申请")
	if w := ask(h, "li", http.MethodPost, "/api/portal/services/inquiries/form", `{}`); w.Code != http.StatusNotFound {
		t.Errorf("a form that nobody declared: %d", w.Code)
	}
}

// BenchmarkReceipt is how long a receipt takes with four files.
func BenchmarkReceipt(b *testing.B) {
	h := open(b)
	id := submit(h, nil)
	for b.Loop() {
		if w := get(h, "li", own(id, "receipt")); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}

// BenchmarkForm is how long the form takes.
func BenchmarkForm(b *testing.B) {
	h := open(b)
	for b.Loop() {
		if w := ask(h, "li", http.MethodPost, form, `{"registration":"`+modulestest.Registration+`"}`); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}
