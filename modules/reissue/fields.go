package reissue

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// The reasons.
const (
	lost        = "lost"        // 遗失
	damaged     = "damaged"     // 损毁
	uncollected = "uncollected" // 超期未领取
	correction  = "correction"  // 信息更正（换发）
)

func fields() []modules.Field { return append(append(request(), materials()...), sheet()...) }

// request is why a new certificate is needed.
func request() []modules.Field {
	return []modules.Field{
		{
			Field: &core.SelectField{Name: "reason", MaxSelect: 1, Required: true, Values: []string{lost, damaged, uncollected, correction}},
			Label: modules.T("补发原因", "Reason"),
			Words: []modules.Option{
				{Value: lost, Label: modules.T("遗失", "Lost")},
				{Value: damaged, Label: modules.T("损毁", "Damaged")},
				{Value: uncollected, Label: modules.T("超期未领取", "Never collected")},
				{Value: correction, Label: modules.T("信息更正（换发）", "Corrected data")},
			},
		},
		{
			Field: &core.TextField{Name: "explanation", Required: true, Min: 10, Max: 500},
			Label: modules.T("情况说明", "Explanation"),
		},
		{
			Field: &core.TextField{Name: "happened_on", Max: 10, Pattern: `^\d{4}-\d{2}-\d{2}$`}, Must: true,
			When:  &modules.When{Column: "reason", Values: []string{lost, damaged}},
			Label: modules.T("遗失或损毁日期", "Lost or damaged on"),
		},
		{
			Field: &sealed.Field{Name: "phone", Kind: sealed.KindMobile, Max: 20, Required: true},
			Label: modules.T("手机号码", "Mobile phone"),
			Hint:  modules.T("用于接收办理结果，请保持畅通", "We send the result here"),
		},
	}
}

// materials are what proves it, by the reason. Whether a notice in a newspaper is
// wanted is the operator's to say.
func materials() []modules.Field {
	photo := modules.Scan("photo", 1)
	photo.MimeTypes, photo.MaxSize = []string{"image/jpeg"}, 1<<20
	only := func(reason string) *modules.When { return &modules.When{Column: "reason", Values: []string{reason}} }
	return []modules.Field{
		{
			Field: modules.Scan("id_card", 2), Must: true, Label: modules.T("身份证", "Identity card"),
			Hint: modules.T("人像面和国徽面，四角完整、字迹清楚", "Both sides, with all corners and readable"),
		},
		{
			Field: photo, Must: true, Label: modules.T("近期白底证件照", "Recent photo on white"),
			Hint: modules.T("JPEG，建议 295×413 像素，将印在新证书上", "JPEG, about 295 by 413 pixels; it is printed on the new certificate"),
		},
		{
			Field: modules.Scan("statement", 1), Must: true, When: only(lost), Label: modules.T("签名的遗失声明", "Signed statement of the loss"),
			Hint: modules.T("手写签名后拍照或扫描", "Sign by hand, then photograph or scan it"),
			Blank: &modules.Blank{
				Title: modules.T("证书遗失声明", "Statement of a lost certificate"),
				Declare: modules.T("本人声明上述证书确已遗失。如找回原证书，本人将交回发证机构，不再使用。",
					"The certificate is lost. If I find it again I hand it back to the authority and do not use it."),
			},
		},
		{
			Field: modules.Scan("newspaper", 1), When: only(lost), Label: modules.T("登报遗失声明", "Notice of the loss in a newspaper"),
			Hint: modules.T("没有可以不传", "Leave it out if there is none"),
		},
		{
			Field: modules.Scan("damaged_photo", 2), Must: true, When: only(damaged), Label: modules.T("损毁证书照片", "Picture of the damaged certificate"),
		},
		{
			Field: modules.Scan("evidence", 5), Must: true, When: only(correction), Label: modules.T("更正依据", "Proof of what is right"),
			Hint: modules.T("如户口本变更页、公安机关证明；信息应先通过“信息修改”更正", "Such as a notice of the police; have your profile changed first"),
		},
	}
}

// sheet is what the authority records, and what the reissue has made.
func sheet() []modules.Field {
	return []modules.Field{
		{
			Field: &core.TextField{Name: "print_no", Max: 16, Pattern: `^[A-Z]{0,4}\d{6,12}$`}, By: modules.Cert, Once: true,
			ShownIn: []modules.State{Ready, Collected, Delivered}, Label: modules.T("新印制号", "Number of the new sheet"),
			Hint: modules.T("最多 4 个大写字母加 6 到 12 位数字", "At most 4 capitals, then 6 to 12 digits"),
		},
		{
			Field: &core.RelationField{Name: "replacement", CollectionId: modules.Ref("certificates"), MaxSelect: 1}, By: modules.System,
			Label: modules.T("新证书", "New certificate"),
		},
	}
}
