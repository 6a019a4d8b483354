package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestDeskCertificates looks for a certificate, and issues to a session, as those
// do who issue certificates.
func TestDeskCertificates(t *testing.T) {
	t.Parallel()
	b := open(t, desktop)
	b.enter("cert@examhall.test")
	b.click("证书")
	b.see("考试批次")
	b.see("批量制证")
	b.shot("desk-certificates")
	b.write(`input[name=q]`, "98440115026370")
	b.click("查找")
	const row = `//tr[.//*[normalize-space()="98440115026370"]]`
	b.run("open it", chromedp.WaitVisible(row), chromedp.Click(row))
	b.see("1998-05-20")
	b.see("撤销")
	b.shot("desk-certificate")
	b.clean()
}
