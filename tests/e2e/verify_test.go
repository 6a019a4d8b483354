package e2e

import (
	"bytes"
	"encoding/hex"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pocketbase/dbx"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
	"rsc.io/qr"

	"examhall/modules/certificate"
	"examhall/modules/credential"
	"examhall/modules/database"
	"examhall/modules/sealed"
	"examhall/modules/translog"
)

// office is a server of its own with one certificate, which a test may stop.
type office struct {
	server
	stop  func()
	token string
}

// openOffice starts a server and puts a certificate into its database.
func openOffice(t *testing.T) *office {
	t.Helper()
	o := &office{server: server{dir: t.TempDir(), bin: hall.bin}}
	stop, err := o.start("--captcha=off")
	if err != nil {
		t.Fatal(err)
	}
	o.stop = stop
	t.Cleanup(stop)
	o.token = o.issue(t)
	return o
}

// issue writes a certificate with its leaf, as the office of the server does.
func (o *office) issue(t *testing.T) string {
	t.Helper()
	ring, err := sealed.Load(filepath.Join(o.dir, "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := credential.New("https://zhengshu.exam.example.cn", ring.SigningKeys())
	if err != nil {
		t.Fatal(err)
	}
	f := credential.Facts{
		Code: certificate.NewCodes(1)[0], Number: "202611010201000017", Name: "陈𬭎", IDNumber: "1****************X", Title: "一级建造师",
		Level: "一级", Specialty: "建筑工程", ApproveDate: "2026-10-18", Issuer: "示例省人力资源和社会保障厅", Gender: "male", BirthMonth: "1949-12",
		IssuedAt: time.Now().Add(-time.Minute).UTC().Truncate(time.Second),
	}
	token, err := keys.Sign(f)
	if err != nil {
		t.Fatal(err)
	}
	db, err := database.Connect(filepath.Join(o.dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	h := certificate.Happening{Kind: "issued", Code: f.Code, Number: f.Number, At: f.IssuedAt.Format(time.RFC3339)}
	index, err := translog.Append(db, [][32]byte{h.Leaf(certificate.Salt{})})
	if err != nil {
		t.Fatal(err)
	}
	for table, row := range map[string]dbx.Params{
		"certificates": {
			"id": "certificate0001", "code": f.Code, "number": f.Number, "name": f.Name, "title": f.Title, "approve_date": f.ApproveDate,
			"id_number": ring.Seal("certificates.id_number", "11010519491231002X"), "status": "valid", "issued": f.IssuedAt.Format("2006-01-02 15:04:05.000Z"), "log_index": index,
		},
		"certificate_events": {
			"id": "event0000000001", "certificate": "certificate0001", "kind": "issued", "at": h.At, "leaf": index + 1, "salt": hex.EncodeToString(make([]byte, 16)),
		},
	} {
		if _, err := db.Insert(table, row).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	return token
}

// at opens a path of the office.
func (o *office) at(b *browser, path string) {
	b.t.Helper()
	b.run("visit "+path, chromedp.Navigate(o.url+path))
}

// other changes one letter of a token.
func other(token string) string {
	at := len(token) - 70
	return token[:at] + map[bool]string{true: "B", false: "A"}[token[at] == 'A'] + token[at+1:]
}

// TestVerifyOnline opens the page behind the QR code, at both sizes and in both
// languages, with and without scripts.
func TestVerifyOnline(t *testing.T) {
	o := openOffice(t)
	for _, width := range []int{phone, desktop} {
		b := open(t, width)
		o.at(b, "/v/"+o.token+"?lang=zh")
		b.see("此证书有效")
		b.see("202611010201000017")
		b.axe("valid")
		b.click("如何自行核验")
		b.axe("proof")
		o.at(b, "/v/"+o.token+"?lang=en")
		b.see("This certificate is valid")
		b.axe("valid-en")
		o.at(b, "/v/"+other(o.token)+"?lang=zh")
		b.see("内容与签名不符")
		b.axe("forged")
		b.clean()
	}
	b := open(t, phone)
	b.withoutScript()
	o.at(b, "/v/"+o.token)
	b.seeText("此证书有效")
}

// TestVerifyOffline opens the page once and then stops the server: codes that are
// pasted or photographed are still checked, and one changed letter is noticed.
func TestVerifyOffline(t *testing.T) {
	o := openOffice(t)
	photo := photograph(t, "HTTPS://ZHENGSHU.EXAM.EXAMPLE.CN/V/"+o.token)
	for _, width := range []int{phone, desktop} {
		t.Run(map[int]string{phone: "phone", desktop: "desktop"}[width], func(t *testing.T) {
			b := open(t, width)
			if width == desktop {
				restart(t, o)
			}
			for _, lang := range []string{"en", "zh"} {
				o.at(b, "/verify/?lang="+lang)
				b.until("be ready", `document.documentElement.dataset.offline === "ready"`)
				b.axe("empty-" + lang)
			}
			o.stop()
			o.at(b, "/verify/")
			check := func(text, says string) {
				b.fill("code", text)
				b.click("核验")
				b.see(says)
			}
			check("https://zhengshu.exam.example.cn/V/"+o.token, "签名真实，内容未被改动")
			b.see("陈𬭎")
			b.see("2026年10月18日")
			b.axe("valid")
			check(other(o.token), "内容与签名不符")
			b.gone("陈𬭎")
			b.axe("forged")
			check(strings.ToLower(o.token[:40]+"\n "+o.token[40:]), "签名真实，内容未被改动")
			check("HTTPS://X/V/"+o.token[:len(o.token)-8], "无法识别")
			b.upload("photo", photo)
			b.see("签名真实，内容未被改动")
			b.clean()
		})
	}
}

// photograph returns a picture of a code as a telephone takes it: held askew, on a
// grey table, in poor light and compressed.
func photograph(t *testing.T, text string) string {
	t.Helper()
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	printed, err := png.Decode(bytes.NewReader(code.PNG()))
	if err != nil {
		t.Fatal(err)
	}
	sheet := image.NewGray(image.Rect(0, 0, 2400, 1800))
	for i := range sheet.Pix {
		sheet.Pix[i] = uint8(120 + i%2400/40) // darker on the left
	}
	sin, cos := math.Sincos(0.12)
	const scale = 1.3
	turn := f64.Aff3{scale * cos, -scale * sin, 700, scale * sin, scale * cos, 300}
	draw.BiLinear.Transform(sheet, turn, printed, printed.Bounds(), draw.Src, nil)
	for i := range sheet.Pix {
		sheet.Pix[i] = uint8(30 + int(sheet.Pix[i])*3/5 + i*7919%13) // little contrast, and noise
	}
	name := filepath.Join(t.TempDir(), "photo.jpg")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(jpeg.Encode(file, sheet, &jpeg.Options{Quality: 60}), file.Close()); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestVerifyOfflineTellsApart says of each code that is not as it should be what
// is wrong with it, in words.
func TestVerifyOfflineTellsApart(t *testing.T) {
	o := openOffice(t)
	db, err := database.Connect(filepath.Join(o.dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.NewQuery("UPDATE certificates SET status = 'revoked'").Execute(); err != nil {
		t.Fatal(err)
	}
	db.Close()
	ring, err := sealed.Load(filepath.Join(o.dir, "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	sign := func(base string, ring *sealed.Ring, f credential.Facts) string {
		keys, err := credential.New(base, ring.SigningKeys())
		if err != nil {
			t.Fatal(err)
		}
		token, err := keys.Sign(f)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	f := credential.Facts{
		Code: certificate.NewCodes(1)[0], Index: 5, Number: "000A", Name: strings.Repeat("𬭎", 50), IDNumber: "E1*******", Title: "Engineer",
		ApproveDate: "1969-12-31", IssuedAt: time.Now().Add(-time.Hour), Purpose: "投标", ExpiresAt: time.Now().Add(-time.Minute),
	}
	late := f
	late.IssuedAt, late.ExpiresAt = time.Now().Add(time.Hour), time.Time{}
	b := open(t, phone)
	o.at(b, "/verify/?lang=zh")
	b.until("be ready", `document.documentElement.dataset.offline === "ready"`)
	o.stop()
	for _, c := range []struct{ token, says, shows string }{
		{o.token, "签名真实，但此证书已作废", "陈𬭎"},
		{sign("https://x.example.cn", ring, f), "签名真实，但加注已过期", f.Name},
		{sign("https://x.example.cn", ring, late), "签名真实，状态请联网核对", "1969年12月31日"},
		{sign("https://other.example.org", sealed.NewRing([]byte("theirs")), f), "不是本单位签发的证书", "other.example.org"},
		{sign("https://127.0.0.1", sealed.NewRing([]byte("theirs")), f), "签名密钥未知", "请勿采信"},
		{"hello", "无法识别", "请完整复制"},
	} {
		b.fill("code", c.token)
		b.click("核验")
		b.see(c.says)
		b.see(c.shows)
	}
	b.clean()
}

// restart lets the office serve again.
func restart(t *testing.T, o *office) {
	t.Helper()
	stop, err := o.start("--captcha=off")
	if err != nil {
		t.Fatal(err)
	}
	o.stop = stop
	t.Cleanup(stop)
}
