package certificates

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/credential"
)

// verdict is what the page says first, and what to do next.
type verdict struct {
	colour, icon string // done, failed or waiting
	title, text  modules.Text
}

// good is the verdict of what is as it should be.
func good(title modules.Text) verdict {
	return verdict{"done", "checkbox-circle-fill", title, modules.T(
		"以下内容由签发单位签名，未被改动。请与手中的证书逐项对照。",
		"The authority signed what is shown below, and nothing was changed. Compare it with the certificate in your hand, line by line.")}
}

func bad(title, text modules.Text) verdict {
	return verdict{"failed", "close-circle-fill", title, text}
}

func over(title, text modules.Text) verdict { return verdict{"waiting", "time-line", title, text} }

// verdict returns what to say about a finding.
func (f *finding) verdict() verdict {
	if f.genuine() {
		return f.standing()
	}
	switch f.kind {
	case foreign:
		return bad(modules.T("不是本单位签发的证书", "Not issued by this authority"), modules.T(
			"二维码自称由 "+f.issuer+" 签发，请到该单位核验。本页无法判断其真伪。",
			"The code says that "+f.issuer+" issued it: check it there. This page cannot tell whether that is true."))
	case unknownKey:
		return bad(modules.T("签名密钥未知，请勿采信", "Unknown signing key: do not trust it"), modules.T(
			"二维码自称由本单位签发，但所用密钥不是本单位的。请以证书持有人在本平台下载的证书为准，或联系签发单位。",
			"The code claims to be ours, but we never had its key. Rely on a copy that the holder downloads here, or ask the authority."))
	case forged:
		return bad(modules.T("内容与签名不符，请勿采信", "The signature does not fit: do not trust it"), modules.T(
			"内容可能被改动过，也可能抄录有误。请直接扫描证书原件上的二维码再试；仍不符请联系签发单位。",
			"Something was changed, or copied wrongly. Scan the code on the original; if it still does not fit, ask the authority."))
	}
	return bad(modules.T("无法识别这个二维码", "This code cannot be read"), modules.T(
		"网址不完整，或不是证书二维码的内容。请重新扫描，或完整复制网址后再试。",
		"The address is not complete, or not that of a certificate. Scan the code again, or copy all of the address."))
}

// standing returns what to say about facts that we have signed.
func (f *finding) standing() verdict {
	switch f.kind {
	case certificate.Valid:
		if f.facts.ExpiresAt.IsZero() {
			return good(modules.T("此证书有效", "This certificate is valid"))
		}
		return good(modules.T("此加注副本有效", "This annotated copy is valid"))
	case certificate.Replaced:
		return bad(modules.T("已补发，本证书作废", "Replaced: this certificate is void"), modules.T(
			"持证人已换领新证书。请要求出示补发后的证书。", "The holder has a new one. Ask for the reissued certificate."))
	case certificate.Revoked:
		return bad(modules.T("已撤销", "Revoked"), modules.T(
			"此证书曾经签发，现已由签发单位撤销，不再有效。", "It was issued, and the authority has revoked it since. It is not valid any more."))
	case certificate.Cancelled:
		return bad(modules.T("已注销", "Cancelled"), modules.T(
			"此证书曾经签发，现已注销，不再有效。", "It was issued, and was cancelled since. It is not valid any more."))
	case withdrawn:
		return bad(modules.T("加注副本已被持证人撤回", "The holder has withdrawn this copy"), modules.T(
			"证书本身的状态见下。如仍需使用，请持证人重新加注。", "The certificate itself stands as shown below. Ask the holder for a new copy if you need one."))
	case expired:
		return over(modules.T("加注已过期", "The annotated copy has expired"), modules.T(
			"该副本只在加注有效期内使用，请持证人重新加注。", "The copy may be used until its date only. Ask the holder for a new one."))
	case differing:
		return bad(modules.T("与登记内容不一致，请勿采信", "It differs from the register: do not trust it"), modules.T(
			"签名属于本单位，但登记的内容与二维码不同。请联系签发单位核实。", "The signature is ours, but the register says something else. Ask the authority."))
	}
	return bad(modules.T("没有这本证书的签发记录，请勿采信", "There is no record of this certificate: do not trust it"), modules.T(
		"签名属于本单位，但登记中没有这个编号。请联系签发单位核实。", "The signature is ours, but nothing was issued under this code. Ask the authority."))
}

// line is one field of the page.
type line struct {
	Label string
	Value string
	Rare  []letter // in place of Value, for a name
	State *state   // in place of Value
}

// letter is a character of a name, with its number where few fonts have it.
type letter struct{ Text, Point string }

// letters tells the rare characters of a name from the others: what lies outside
// of the basic plane, and extension A.
func letters(name string) []letter {
	var list []letter
	for _, c := range name {
		l := letter{Text: string(c)}
		if c > 0xFFFF || c >= 0x3400 && c < 0x4E00 {
			l.Point = fmt.Sprintf("U+%X", c)
		}
		list = append(list, l)
	}
	return list
}

// page is what the template shows.
type page struct {
	Colour, Icon, Verdict, Text string
	Signed, Today               []line
	Token                       string
	Index                       int64
	KID                         string
}

// verifyHTML draws the page.
func (o *Office) verifyHTML(e *core.RequestEvent, status int, f finding) error {
	lang, v := hooks.Language(e), f.verdict()
	p := page{Colour: v.colour, Icon: v.icon, Verdict: v.title.In(lang), Text: v.text.In(lang), Token: f.token}
	if f.genuine() {
		p.Signed, p.Index, p.KID = signedLines(f.facts, lang), f.facts.Index, f.kid
		p.Today = f.todayLines(o.portal.Now(), lang)
	}
	return o.portal.Page(e, status, "verify", modules.T("证书核验", "Check a certificate"), p)
}

// signedLines lists what was signed, without what the code does not say.
func signedLines(f credential.Facts, lang string) []line {
	all := []struct {
		label modules.Text
		value string
	}{
		{modules.T("姓名", "Name"), f.Name},
		{modules.T("证件号码", "ID number"), f.IDNumber},
		{modules.T("性别", "Sex"), sex(f.Gender).In(lang)},
		{modules.T("出生年月", "Born"), dateText(f.BirthMonth, lang)},
		{modules.T("资格名称", "Qualification"), f.Title},
		{modules.T("级别", "Level"), f.Level},
		{modules.T("专业", "Specialty"), f.Specialty},
		{modules.T("管理号", "Certificate number"), f.Number},
		{modules.T("印制号", "Print number"), f.PrintNo},
		{modules.T("批准日期", "Approved"), dateText(f.ApproveDate, lang)},
		{modules.T("签发单位", "Issued by"), f.Issuer},
		{modules.T("补发日期", "Reissued"), dateText(f.Reissued, lang)},
		{modules.T("用途", "Purpose"), f.Purpose},
		{modules.T("使用单位", "For"), f.Recipient},
		{modules.T("加注有效期至", "Copy valid until"), moment(f.ExpiresAt, lang)},
	}
	var list []line
	for i, l := range all {
		if l.value == "" {
			continue
		}
		one := line{Label: l.label.In(lang), Value: l.value}
		if i == 0 {
			one.Rare = letters(l.value)
		}
		list = append(list, one)
	}
	return list
}

// todayLines lists what holds today, and since when.
func (f *finding) todayLines(now time.Time, lang string) []line {
	list := []line{{Label: modules.T("查询时间", "Asked").In(lang), Value: moment(now, lang)}}
	if f.kind == unrecorded || f.kind == differing {
		return list
	}
	standing := stateOf(f.row.Status, lang)
	list = append(list, line{Label: modules.T("证书状态", "Certificate").In(lang), State: &standing})
	if !f.row.Voided.IsZero() {
		list = append(list, line{Label: modules.T("作废时间", "Void since").In(lang), Value: moment(f.row.Voided.Time(), lang)})
	}
	if !f.row.Withdrawn.IsZero() {
		list = append(list, line{Label: modules.T("撤回时间", "Copy withdrawn").In(lang), Value: moment(f.row.Withdrawn.Time(), lang)})
	}
	return list
}

func sex(gender string) modules.Text {
	switch gender {
	case "male":
		return modules.T("男", "Male")
	case "female":
		return modules.T("女", "Female")
	}
	return modules.Text{ZH: gender, EN: gender}
}

// dateText writes YYYY-MM-DD or YYYY-MM as people read it.
func dateText(date, lang string) string {
	for layout, words := range map[string][2]string{
		time.DateOnly: {"2006年1月2日", "2 January 2006"}, "2006-01": {"2006年1月", "January 2006"},
	} {
		if t, err := time.Parse(layout, date); err == nil {
			return t.Format(wording(words, lang))
		}
	}
	return date
}

// moment writes a time as people read it in Beijing.
func moment(t time.Time, lang string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format(wording([2]string{"2006年1月2日 15:04", "2 January 2006 15:04"}, lang))
}

func wording(words [2]string, lang string) string {
	if lang == "en" {
		return words[1]
	}
	return words[0]
}
