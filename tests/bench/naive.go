package main

import (
	"bytes"

	"github.com/jung-kurt/gofpdf"
	"rsc.io/qr"

	"examhall/modules/pdf"
)

// naive makes the certificate of templates/pdf/professional.json with gofpdf's
// own UTF-8 fonts, as its manual shows: the baseline. It leaves out what would
// make it slower still: the guilloches and the bold titles.
func naive(font, seal []byte, d pdf.Document) ([]byte, error) {
	p := gofpdf.New("P", "mm", "A4", "")
	p.SetAutoPageBreak(false, 0)
	p.AddUTF8FontFromBytes("song", "", font)
	p.SetTitle(d.Title, true)
	p.AddPage()
	p.SetDrawColor(176, 141, 79)
	p.SetLineWidth(0.5)
	p.Rect(10.5, 10.5, 189, 276, "D")
	p.Rect(19.5, 19.5, 171, 258, "D")
	p.SetTextColor(143, 29, 24)
	for _, t := range []struct {
		y, size float64
		text    string
	}{{40, 20, "中华人民共和国"}, {54, 29, "专业技术人员职业资格证书"}} {
		p.SetFont("song", "", t.size)
		p.SetXY(25, t.y)
		p.CellFormat(160, 10, t.text, "", 0, "C", false, 0, "")
	}
	p.SetTextColor(29, 29, 31)
	p.SetFont("song", "", 12.5)
	p.SetXY(34, 78)
	p.MultiCell(142, 7.7, "　　本证书由"+d.Values["issuer"]+"批准颁发，它表明持证人通过国家统一组织的考试，取得"+d.Values["title"]+"职业资格。", "", "L", false)
	naiveFields(p, d.Values)
	p.SetFont("song", "", 8.5)
	p.Text(67, 240, "扫描二维码，或登录 "+d.Values["host"])
	p.Text(67, 245, "核验本证书当前是否有效。")
	p.RegisterImageOptionsReader("photo", gofpdf.ImageOptions{ImageType: "JPG"}, bytes.NewReader(d.Photo))
	p.ImageOptions("photo", 150, 108, 26, 36.4, false, gofpdf.ImageOptions{}, 0, "")
	if err := naiveCode(p, d.QR); err != nil {
		return nil, err
	}
	p.RegisterImageOptionsReader("seal", gofpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(seal))
	p.ImageOptions("seal", 136, 218, 40, 40, false, gofpdf.ImageOptions{}, 0, "")
	var out bytes.Buffer
	err := p.Output(&out)
	return out.Bytes(), err
}

func naiveFields(p *gofpdf.Fpdf, v map[string]string) {
	y := 110.0
	for _, f := range [][2]string{
		{"姓　　名", "name"}, {"证件号码", "id_number"}, {"性　　别", "gender"}, {"出生年月", "birth_month"}, {"级　　别", "level"},
		{"专　　业", "specialty"}, {"批准日期", "approve_date"}, {"管 理 号", "number"}, {"签发单位", "issuer"},
	} {
		p.SetFont("song", "", 12)
		p.SetXY(34, y)
		p.CellFormat(24, 9, f[0], "", 0, "L", false, 0, "")
		size := 14.0
		for ; size > 6; size -= 0.5 {
			p.SetFontSize(size)
			if p.GetStringWidth(v[f[1]]) <= 84 {
				break
			}
		}
		p.SetXY(62, y)
		p.CellFormat(84, 9, v[f[1]], "B", 0, "L", false, 0, "")
		y += 12.4
	}
}

func naiveCode(p *gofpdf.Fpdf, text string) error {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return err
	}
	p.SetFillColor(0, 0, 0)
	m := 29 / float64(code.Size)
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				p.Rect(34+float64(x)*m, 228+float64(y)*m, m, m, "F")
			}
		}
	}
	return nil
}
