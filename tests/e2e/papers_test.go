package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	downloads "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// TestPapers is the story in writing: the form that is printed with what was
// typed, signed and uploaded, the receipt of the filing, and the decision.
func TestPapers(t *testing.T) {
	for _, c := range []struct {
		user, name string
		width      int
	}{
		{"yandi", "严𬱖", phone},
		{"abudula", "阿卜杜拉·买买提", desktop},
	} {
		t.Run(c.user, func(t *testing.T) {
			candidate, reviewer := open(t, c.width), open(t, desktop)
			candidate.login(c.user)
			candidate.visit("/services/score_reviews/new")
			candidate.tick("审计案例分析")
			candidate.fillBeside("复核理由", reason)
			candidate.fill("phone", "13800138123")
			form := candidate.download("下载预填申请表")
			wantAll(t, form, "成绩复核申请表", c.name, "审计案例分析", reason, "138****8123", "申请人（签名）")
			candidate.shot("form with blank")

			candidate.upload("id_card", scan(t, "front"))
			candidate.upload("admission_ticket", scan(t, "ticket"))
			candidate.upload("statement", scan(t, "signed"))
			candidate.tick("我已阅读并同意")
			candidate.click("提交")
			candidate.see("提交成功")
			number := regexp.MustCompile(`CJFH\d{14}`).FindString(ask[string](candidate, "number", `document.body.innerText`))
			candidate.click("查看申请")
			candidate.see("待受理")
			candidate.axe("detail with papers")
			wantAll(t, candidate.download("下载回执"), "受理回执", number, c.name, "审计案例分析", "签名的成绩复核申请表")

			reviewer.enter("reviewer@examhall.test")
			reviewer.openCase(number)
			wantAll(t, reviewer.download("受理回执"), number, c.name)
			reviewer.decide("不予受理", "所附准考证不是本次考试的准考证")
			candidate.see("不予受理")
			letter := candidate.download("下载决定书")
			wantAll(t, letter, "成绩复核不予受理决定书", number, c.name, "所附准考证不是本次考试的准考证", "救济途径")
			candidate.clean()
			reviewer.clean()
		})
	}
}

// download presses a button and returns what the document says that comes,
// without spaces.
func (b *browser) download(words string) string {
	b.t.Helper()
	dir := b.t.TempDir()
	b.run("let files in", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, downloads.SetDownloadBehavior, downloads.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: dir})
		return err
	}))
	b.click(words)
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		files, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
		if err != nil {
			b.t.Fatal(err)
		}
		if len(files) == 1 {
			return said(b.t, files[0])
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.failed(words, os.ErrNotExist)
	return ""
}

// said returns the text of a document without spaces.
func said(t *testing.T, file string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal("pdftotext:", err)
	}
	return strings.Join(strings.Fields(string(out)), "")
}

// wantAll wants every one of some texts in a document.
func wantAll(t *testing.T, document string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(document, text) {
			t.Errorf("the document does not say %q:\n%s", text, document)
		}
	}
}
