package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pocketbase/dbx"

	"examhall/modules/certificate"
	"examhall/modules/database"
	"examhall/modules/sealed"
)

// openSearch starts a server of its own with demo exams, and puts certificates of
// one person into its database: a valid reissue, the sheet that it replaced, and
// a revoked one of another exam.
func openSearch(t *testing.T, flags ...string) server {
	t.Helper()
	own := server{bin: hall.bin, dir: filepath.Join(t.TempDir(), "data")}
	if err := command(own.bin, "demo", "--dir", own.dir, "--candidates", "0"); err != nil {
		t.Fatal(err)
	}
	own.issueSearched(t)
	stop, err := own.start(flags...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return own
}

func (s *server) issueSearched(t *testing.T) {
	t.Helper()
	ring, err := sealed.Load(filepath.Join(s.dir, "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := database.Connect(filepath.Join(s.dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.NewQuery("UPDATE exam_projects SET search_enabled = (code IN ('YJJZS', 'YJZJS', 'SJ'))").Execute(); err != nil {
		t.Fatal(err)
	}
	for i, row := range []dbx.Params{
		{"status": certificate.Valid, "reissue_no": 1, "reissue_date": "2026-06-01", "print_no": "P00000002"},
		{"status": certificate.Replaced, "print_no": "P00000001"},
		{"status": certificate.Revoked, "title": "中华人民共和国一级造价工程师职业资格证书", "specialty": "土木建筑工程", "exam": "YJZJS", "voided": "2026-08-01 02:00:00.000Z"},
	} {
		const name, number = "阿卜杜拉·买买提", "11010519491231002X"
		project := ""
		exam, ok := row["exam"]
		if !ok {
			exam = "YJJZS"
		}
		if err := db.NewQuery("SELECT id FROM exam_projects WHERE code = {:code}").Bind(dbx.Params{"code": exam}).Row(&project); err != nil {
			t.Fatal(err)
		}
		all := dbx.Params{
			"id": fmt.Sprintf("searched%07d", i), "code": fmt.Sprintf("SEARCHEDAAAAAAA%c", 'A'+i), "number": "202511010201000017", "name": name, "project": project,
			"id_type": sealed.Resident, "id_number": ring.Seal("certificates.id_number", number), "name_key": certificate.Key(name),
			"search_key": certificate.SearchKey(ring, project, number, certificate.Key(name)), "title": "中华人民共和国一级建造师执业资格证书",
			"level": "一级", "specialty": "建筑工程", "approve_date": "2025-10-18", "issuer": "示例省人力资源和社会保障厅、示例省住房和城乡建设厅",
			"medium": "both", "issued": "2025-10-20 02:00:00.000Z",
		}
		for column, value := range row {
			if column != "exam" {
				all[column] = value
			}
		}
		if exam != "YJJZS" {
			all["number"] = "202510020201000018"
		}
		if _, err := db.Insert("certificates", all).Execute(); err != nil {
			t.Fatal(err)
		}
	}
}

// follow presses the button or link of a selector and waits for the page that it
// leads to. What is asked of a page that goes away is an error.
func (b *browser) follow(selector string) {
	b.t.Helper()
	const loaded = `document.readyState === "complete" ? performance.timeOrigin : 0`
	b.run("find "+selector, chromedp.WaitVisible(chromedp.CSS(selector)), chromedp.ScrollIntoView(chromedp.CSS(selector)))
	before := ask[float64](b, "the page before", loaded)
	b.run("press "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if now, err := chromedp.Run(b.ctx, chromedp.Evaluate[float64](loaded)); err == nil && now != 0 && now != before {
			return
		} else if time.Now().After(end) {
			b.failed("follow "+selector, err)
		}
	}
}

// typeInto types into an empty field, without the help of a script.
func (b *browser) typeInto(id, value string) {
	b.t.Helper()
	b.run("type into "+id, chromedp.WaitVisible(css(id)), chromedp.SendKeys(css(id), value))
}

// TestSearch plays actions 72 to 75 at both sizes: exam, form, result, detail.
// On the way it looks at every page and every state, in both languages.
func TestSearch(t *testing.T) {
	own := openSearch(t, "--captcha=off")
	for _, width := range []int{phone, desktop} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b := open(t, width)
			b.run("open the home page", chromedp.Navigate(own.url+"/?lang=zh"))
			b.follow(`a.card[href="/certificates"]`)
			b.see("请选择证书对应的考试")
			b.axe("exams")
			b.follow(`a[href="/certificates/YJJZS"]`)
			b.see("证书管理号或证书印制号")
			b.axe("form")
			b.fill("name", "买买提")
			b.fill("id_number", "11010519491231002x")
			b.follow(`button[value="search"]`)
			b.see("未查询到符合条件的证书信息，请核对后重试")
			b.see("三种原因")
			if kept := ask[string](b, "what was typed", `document.getElementById("id_number").value`); kept != "11010519491231002x" {
				t.Error("the form keeps", kept)
			}
			b.axe("miss")
			b.fill("name", "阿卜杜拉•买买提")
			b.follow(`button[value="search"]`)
			b.see("证书查询结果")
			b.see("已补发，本证书作废")
			b.axe("results")
			b.follow(`.search__list li:first-child a.button`)
			b.see("证书详情")
			b.see("1****************X")
			b.see("2025************17")
			b.axe("detail")
			address := ask[string](b, "the address", `location.pathname`)
			b.run("go on in English", chromedp.Navigate(own.url+address+"?lang=en"))
			b.see("Issued by")
			b.axe("detail-en")
			other := open(t, width)
			other.run("open somebody else's", chromedp.Navigate(own.url+address+"?lang=zh"))
			other.see("查询结果已失效")
			other.axe("over")
			b.run("search by the old number", chromedp.Navigate(own.url+"/certificates/YJJZS?lang=zh"))
			b.fill("name", "阿卜杜拉·买买提")
			b.fill("id_number", "11010519491231002X")
			b.fill("number", "P00000001")
			b.follow(`button[value="search"]`)
			b.see("已补发，本证书作废")
			b.gone("建筑工程")
			b.axe("replaced")
			b.run("another exam", chromedp.Navigate(own.url+"/certificates/YJZJS?lang=zh"))
			b.fill("name", "阿卜杜拉·买买提")
			b.fill("id_number", "11010519491231002X")
			b.follow(`button[value="search"]`)
			b.follow(`.search__list a.button`)
			b.see("已撤销")
			b.axe("revoked")
			b.clean()
		})
	}
}

// TestSearchWithoutScript is the same with JavaScript off, and with a captcha:
// the picture, another one, and the sum that a screen reader reads. What was
// typed stays.
func TestSearchWithoutScript(t *testing.T) {
	own := openSearch(t)
	for _, width := range []int{phone, desktop} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b := open(t, width)
			b.withoutScript()
			b.run("open the exams", chromedp.Navigate(own.url+"/certificates?lang=zh"))
			b.seeText("一级建造师")
			b.follow(`a[href="/certificates/YJJZS"]`)
			b.seeText("请输入图中的四位数字")
			b.shot("picture")
			b.typeInto("name", "阿卜杜拉•买买提")
			b.typeInto("id_number", "１１０１０５１９４９１２３１００２ｘ")
			b.follow(`button[value="another"]`)
			b.seeText("请输入图中的四位数字")
			b.follow(`button[value="sum"]`)
			b.seeText("等于多少")
			b.shot("sum")
			b.typeInto("captcha", "999")
			b.follow(`button[value="search"]`)
			b.seeText("验证码错误或已失效")
			b.shot("wrong")
			b.typeInto("captcha", b.solve())
			b.follow(`button[value="search"]`)
			b.seeTitle("证书查询结果")
			b.follow(`.search__list li:first-child a.button`)
			b.seeTitle("证书详情")
			b.seeText("1****************X")
			b.clean()
		})
	}
}

// seeTitle waits for a page by its title, without the help of a script.
func (b *browser) seeTitle(title string) {
	b.t.Helper()
	b.run("see "+title, chromedp.WaitVisible(fmt.Sprintf(`//h1[contains(text(), %q)]`, title)))
}

// solve answers the sum of the page.
func (b *browser) solve() string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS("#captcha_hint")))
	if err != nil {
		b.failed("read the sum", err)
	}
	question, _, _ := strings.Cut(strings.TrimSpace(text), "等于")
	for sign, factor := range map[string]int{"加": 1, "减": -1} {
		if first, second, ok := strings.Cut(question, sign); ok {
			return fmt.Sprint(chinese(first) + factor*chinese(second))
		}
	}
	b.t.Fatal("no sum:", text)
	return ""
}

// chinese reads a number below 100.
func chinese(text string) int {
	n, digit := 0, 0
	for _, r := range text {
		if r == '十' {
			n, digit = 10*max(digit, 1), 0
			continue
		}
		digit = strings.Index("零一二三四五六七八九", string(r)) / len("零")
	}
	return n + digit
}
