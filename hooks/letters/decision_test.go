package letters_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// TestLetter answers what was asked, with the reasons and what can be done.
func TestLetter(t *testing.T) {
	h := open(t)
	id := submit(h, m{"items": scorereviewtest.About(modulestest.Practice, modulestest.Economics)})
	if got := get(h, "li", own(id, "letter")).Code; got != http.StatusNotFound {
		t.Fatalf("before the decision: %d", got)
	}
	h.Travel(modulestest.Start().Add(40 * 24 * time.Hour))
	move(h, "reviewer", id, "accepted", nil)
	move(h, "reviewer", id, "reporting", m{"results": []m{
		{"subject": modulestest.Practice, "outcome": "changed", "score": 552, "document": "核〔2026〕7号"},
		{"subject": modulestest.Economics, "outcome": "unchanged"},
	}})
	if got := get(h, "reviewer", desk(id, "letter")).Code; got != http.StatusNotFound {
		t.Fatalf("while the markers look at it: %d", got)
	}
	move(h, "approver", id, "completed", m{"reply": "漏计 1.3 分，已更正"})
	w := get(h, "li", own(id, "letter"))
	paper := text(t, w)
	wantAll(t, paper, "人事考试中心", "成绩复核答复书", "业务编号：CJFH20261123000001", "李䶮：", "（证件号码 110*************2X）", "于2026年11月23日提交的2026年度一级造价工程师考试成绩复核申请收悉",
		"复核结果答复如下", "案例分析", "主观题，公布成绩：53.9", "结论：成绩更正", "更正后成绩：55.2", "反馈文号：核〔2026〕7号", "工程经济", "公布成绩：缺考", "结论：复核无误",
		"理由和说明", "漏计 1.3 分，已更正", "救济途径", "最终结果", "违纪申诉", "2027年1月2日", scorereviewtest.Reason)
	wantNone(t, paper, "11010519491231002X", "REVIEWER", "APPROVER", "English")
	if got := w.Header().Get("Content-Disposition"); !strings.HasSuffix(got, "-CJFH20261123000001.pdf") {
		t.Error(got)
	}
}

// TestLetterStays is the same file for ever, whatever changes around it.
func TestLetterStays(t *testing.T) {
	h := open(t)
	id := submit(h, nil)
	complete(h, id, "漏计 1.3 分，已更正")
	first := get(h, "li", own(id, "letter"))
	text(t, first)
	session, li := h.Find("exam_sessions", modulestest.Session), h.Find("candidates", modulestest.ID("li"))
	session.Set("title", "改名的考试")
	li.Set("name", "李改名")
	for _, err := range []error{h.App.Save(session), h.App.Save(li)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	h.Travel(modulestest.Start().Add(400 * 24 * time.Hour))
	same(t, first, get(h, "li", own(id, "letter")))
	same(t, first, get(h, "auditor", desk(id, "letter")))
	for _, sql := range []string{"UPDATE papers SET data = ''", "DELETE FROM papers"} {
		if _, err := h.App.NonconcurrentDB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s: somebody may change what was said", sql)
		}
	}
	if n := strings.Count(strings.Join(h.Stored(), " "), "pdf"); n != 0 {
		t.Errorf("%d letters lie open in the storage", n)
	}
}

// TestNoLetter: nobody has decided what was withdrawn or has expired.
func TestNoLetter(t *testing.T) {
	h := open(t)
	withdrawn := submit(h, nil)
	move(h, "li", withdrawn, "withdrawn", nil)
	returned := submit(h, nil)
	move(h, "reviewer", returned, "returned", m{"reply": "请补正材料"})
	h.Travel(modulestest.Start().Add(30 * 24 * time.Hour))
	if _, err := h.Portal.Expire(h.App); err != nil {
		t.Fatal(err)
	}
	if got := h.Find(reviews, returned).GetString("status"); got != "expired" {
		t.Fatal(got)
	}
	for _, id := range []string{withdrawn, returned} {
		if got := get(h, "li", own(id, "letter")).Code; got != http.StatusNotFound {
			t.Errorf("%d, want 404", got)
		}
		wantAll(t, text(t, get(h, "li", own(id, "receipt"))), "受理回执")
	}
}

// TestRefusal says why, and that the subject stays free.
func TestRefusal(t *testing.T) {
	h := open(t)
	id := submit(h, nil)
	move(h, "reviewer", id, "rejected", m{"reply": "所附准考证不是本次考试的准考证"})
	paper := text(t, get(h, "li", own(id, "letter")))
	wantAll(t, paper, "成绩复核不予受理决定书", "决定对您的申请不予受理", "所附准考证不是本次考试的准考证", "可以补充、更正后重新申请")
	wantNone(t, paper, "办理结果")
}

// TestForeigners read what it is about in English as well.
func TestForeigners(t *testing.T) {
	h := open(t)
	li := h.Find("candidates", modulestest.ID("li"))
	li.Set("name", "O'NEIL MARY-ANN")
	li.Set("id_type", "passport")
	li.Set("id_number", "E12345678")
	if err := h.App.Save(li); err != nil {
		t.Fatal(err)
	}
	id := submit(h, nil)
	complete(h, id, "漏计 1.3 分，已更正")
	wantAll(t, text(t, get(h, "li", own(id, "letter"))), "O'NEIL MARY-ANN：", "E12****78", "the Chinese text is the decision",
		"Score corrected - Corrected score 55.2", "The result is final")
	wantAll(t, text(t, get(h, "li", own(id, "receipt"))), "was filed on 23 November 2026 at 10:00:00, Beijing time", "护照 E12****78")
}

// TestLongLetter holds the longest reasons of twenty subjects, on as many pages
// as they need, and loses nothing.
func TestLongLetter(t *testing.T) {
	h := open(t)
	long := strings.Repeat("本人对该科目成绩有疑问，估分与公布成绩相差较大。", 25)[:1500] // 500 characters
	rows := []m{}
	for i := range 20 {
		rows = append(rows, m{"subject": h.Subject(modulestest.Registration), "reason": string(rune('A'+i)) + long[:1497]})
	}
	reply := strings.Repeat("经核查，计分、登分无误。", 41)
	id := submit(h, m{"items": rows})
	complete(h, id, reply)
	w := get(h, "li", own(id, "letter"))
	paper := text(t, w)
	for i := range 20 {
		wantAll(t, paper, string(rune('A'+i))+"本人对该科目")
	}
	if got := strings.Count(paper, "专业实务"); got != 40 {
		t.Errorf("%d subjects", got)
	}
	pages := regexp.MustCompile(`第(\d+)页，共(\d+)页`).FindAllStringSubmatch(paper, -1)
	if last := pages[len(pages)-1]; len(pages) < 5 || last[1] != last[2] || last[1] != strconv.Itoa(len(pages)) {
		t.Errorf("pages %v", pages)
	}
	if got := strings.Count(paper, "成绩相差较大。"); got < 400 { // 500 characters, but where lines of two columns meet
		t.Errorf("%d sentences of the reasons", got)
	}
	wantAll(t, text(t, get(h, "li", own(id, "receipt"))), "专业实务、专业实务")
}

// TestLetterOnce asks for a letter from several sides at once: all get the one
// that is kept.
func TestLetterOnce(t *testing.T) {
	h := open(t)
	id := submit(h, nil)
	complete(h, id, "漏计 1.3 分，已更正")
	answers := make([]*httptest.ResponseRecorder, 8)
	var asking sync.WaitGroup
	for i := range answers {
		as, url := "li", own(id, "letter")
		if i%2 == 1 {
			as, url = "approver", desk(id, "letter")
		}
		token := h.Token(as)
		asking.Go(func() {
			r := httptest.NewRequest(http.MethodGet, url, http.NoBody)
			r.Header.Set("Authorization", token)
			answers[i] = httptest.NewRecorder()
			h.Mux.ServeHTTP(answers[i], r)
		})
	}
	asking.Wait()
	for _, a := range answers[1:] {
		same(t, answers[0], a)
	}
	var n int
	if err := h.App.DB().Select("COUNT(*)").From("papers").Row(&n); err != nil || n != 1 {
		t.Errorf("%d letters are kept, %v", n, err)
	}
}

// TestLetterIsSealed: nobody who copies the database reads a letter.
func TestLetterIsSealed(t *testing.T) {
	h := open(t)
	id := submit(h, nil)
	move(h, "reviewer", id, "rejected", m{"reply": "超出受理范围"})
	w := get(h, "li", own(id, "letter"))
	var row struct{ Data, SHA256 string }
	if err := h.App.DB().Select("data", "sha256").From("papers").One(&row); err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256(w.Body.Bytes())
	if row.SHA256 != hex.EncodeToString(hash[:]) || strings.Contains(row.Data, base64.StdEncoding.EncodeToString([]byte("%PDF-1"))[:6]) {
		t.Error("the letter lies open, or its hash is another")
	}
}

// TestSignature wants the letter to be signed as a whole.
func TestSignature(t *testing.T) {
	h := open(t)
	id := submit(h, nil)
	move(h, "reviewer", id, "rejected", m{"reply": "超出受理范围"})
	for _, paper := range []string{"receipt", "letter"} {
		file := filepath.Join(t.TempDir(), paper+".pdf")
		if err := os.WriteFile(file, get(h, "li", own(id, paper)).Body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("pdfsig", "-nocert", file).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "Signature is Valid") || !strings.Contains(string(out), "Total document signed") {
			t.Errorf("%s: %v\n%s", paper, err, out)
		}
	}
}
