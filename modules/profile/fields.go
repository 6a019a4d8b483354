package profile

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// The items that can be changed. The identity is type and number together.
const (
	name     = "name"
	identity = "identity"
)

// item is something that can be changed: the columns of candidates, and of the
// application with a prefix.
type item struct {
	name    string
	label   modules.Text
	columns []string
}

func items() []item {
	return []item{
		{name, modules.T("姓名", "Name"), []string{"name"}},
		{identity, modules.T("证件", "Identity card"), []string{"id_type", "id_number"}},
		{"gender", modules.T("性别", "Gender"), []string{"gender"}},
		{"birth_date", modules.T("出生日期", "Date of birth"), []string{"birth_date"}},
		{"ethnicity", modules.T("民族", "Ethnic group"), []string{"ethnicity"}},
		{"mobile", modules.T("手机号码", "Mobile"), []string{"mobile"}},
		{"email", modules.T("邮箱", "E-mail"), []string{"email"}},
		{"education", modules.T("学历", "Education"), []string{"education"}},
		{"employer", modules.T("工作单位", "Employer"), []string{"employer"}},
		{"photo", modules.T("照片", "Photo"), []string{"photo"}},
	}
}

// asked is the column of the application for a column of candidates.
func asked(column string) string { return "new_" + column }

func fields() []modules.Field {
	return append(append(append(request(), values()...), materials()...), kept()...)
}

// request is what is to be changed, and why.
func request() []modules.Field {
	var names []string
	var words []modules.Option
	for _, x := range items() {
		names, words = append(names, x.name), append(words, modules.Option{Value: x.name, Label: x.label})
	}
	return []modules.Field{
		{
			Field: &core.SelectField{Name: "items", MaxSelect: len(names), Required: true, Values: names}, Words: words,
			Label: modules.T("修改项", "What is to be changed"), Hint: modules.T("可以多选；姓名和证件不能在同一次申请中修改", "Several are possible, but not name and identity card together"),
		},
		{
			Field: &core.SelectField{Name: "reason", MaxSelect: 1, Required: true, Values: []string{"changed", "typing", "office", "other"}},
			Label: modules.T("修改原因", "Reason"),
			Words: []modules.Option{
				{Value: "changed", Label: modules.T("证件信息变更", "The document has changed")},
				{Value: "typing", Label: modules.T("填报错误", "I mistyped it")},
				{Value: "office", Label: modules.T("工作人员录入错误", "The office mistyped it")},
				{Value: "other", Label: modules.T("其他", "Other")},
			},
		},
		{
			Field: &core.TextField{Name: "explanation", Required: true, Min: 10, Max: 500}, Label: modules.T("情况说明", "Explanation"),
		},
	}
}

// values are the new ones; each is asked for with its item.
func values() []modules.Field {
	photo := modules.Scan(asked("photo"), 1)
	photo.MimeTypes, photo.MaxSize = []string{"image/jpeg"}, 1<<20
	list := []modules.Field{
		{Field: &core.TextField{Name: asked("name"), Max: 50}, Label: modules.T("新姓名", "New name"), Hint: modules.T("与身份证件一致；少数民族姓名请使用间隔号“·”", "As on your identity card")},
		{Field: &core.SelectField{Name: asked("id_type"), MaxSelect: 1, Values: idTypes()}, Label: modules.T("新证件类型", "New kind of document"), Words: idWords()},
		{Field: &sealed.Field{Name: asked("id_number"), Kind: sealed.KindIDNumber, Max: 30}, Label: modules.T("新证件号码", "New number")},
		{Field: &core.SelectField{Name: asked("gender"), MaxSelect: 1, Values: []string{"male", "female"}}, Label: modules.T("新性别", "New gender"), Words: []modules.Option{
			{Value: "male", Label: modules.T("男", "Male")}, {Value: "female", Label: modules.T("女", "Female")},
		}},
		{Field: &core.TextField{Name: asked("birth_date"), Max: 10, Pattern: `^\d{4}-\d{2}-\d{2}$`}, Label: modules.T("新出生日期", "New date of birth")},
		{Field: &core.TextField{Name: asked("ethnicity"), Max: 20}, Label: modules.T("新民族", "New ethnic group"), Hint: modules.T("如：汉族", "Such as Han")},
		{Field: &sealed.Field{Name: asked("mobile"), Kind: sealed.KindMobile, Max: 20}, Label: modules.T("新手机号码", "New mobile")},
		{Field: &core.EmailField{Name: asked("email")}, Label: modules.T("新邮箱", "New e-mail")},
		{Field: &core.SelectField{Name: asked("education"), MaxSelect: 1, Values: []string{"secondary", "college", "bachelor", "master", "doctor", "other"}}, Label: modules.T("新学历", "New education"), Words: []modules.Option{
			{Value: "secondary", Label: modules.T("中专", "Secondary")}, {Value: "college", Label: modules.T("大专", "College")},
			{Value: "bachelor", Label: modules.T("本科", "Bachelor")}, {Value: "master", Label: modules.T("硕士", "Master")},
			{Value: "doctor", Label: modules.T("博士", "Doctor")}, {Value: "other", Label: modules.T("其他", "Other")},
		}},
		{Field: &core.TextField{Name: asked("employer"), Max: 100}, Label: modules.T("新工作单位", "New employer")},
		{Field: photo, Label: modules.T("新照片", "New photo"), Hint: modules.T("JPEG，白底证件照", "JPEG, on white")},
	}
	for i, f := range list {
		list[i].Must, list[i].When = true, &modules.When{Column: "items", Values: []string{itemOf(f.GetName())}}
	}
	return list
}

// itemOf returns the item that a column of the application belongs to.
func itemOf(column string) string {
	for _, x := range items() {
		for _, c := range x.columns {
			if asked(c) == column {
				return x.name
			}
		}
	}
	panic("profile: no item has " + column) // a literal of this file is wrong
}

func idTypes() []string {
	var list []string
	for _, w := range idWords() {
		list = append(list, w.Value)
	}
	return list
}

func idWords() []modules.Option {
	return []modules.Option{
		{Value: sealed.Resident, Label: modules.T("居民身份证", "Resident identity card")},
		{Value: sealed.HMTResidence, Label: modules.T("港澳台居民居住证", "Residence permit for Hong Kong, Macao, Taiwan")},
		{Value: sealed.HMPermit, Label: modules.T("港澳居民来往内地通行证", "Mainland travel permit, Hong Kong and Macao")},
		{Value: sealed.TWPermit, Label: modules.T("台湾居民来往大陆通行证", "Mainland travel permit, Taiwan")},
		{Value: sealed.Passport, Label: modules.T("护照", "Passport")},
		{Value: sealed.ForeignPermanent, Label: modules.T("外国人永久居留身份证", "Permanent residence card")},
	}
}

func materials() []modules.Field {
	person := &modules.When{Column: "items", Values: []string{name, identity}}
	return []modules.Field{
		{
			Field: modules.Scan("id_card", 2), Must: true, Label: modules.T("身份证正反面", "Identity card, both sides"),
			Hint: modules.T("人像面和国徽面，四角完整、字迹清楚", "With all corners and readable"),
		},
		{
			Field: modules.Scan("proof", 5), Must: true, When: person, Label: modules.T("户口本变更页或公安机关证明", "Proof of the police"),
			Hint: modules.T("证明修改前后是同一人", "That both are the same person"),
		},
		{
			Field: modules.Scan("old_document", 2), When: person, Label: modules.T("原证件", "Old document"), Hint: modules.T("仍持有的请上传", "If you still have it"),
		},
	}
}

// kept is what ExamHall notes beside the application. The blind index is that of
// the new number.
func kept() []modules.Field {
	return []modules.Field{
		{Field: &sealed.Field{Name: "before", Kind: sealed.KindSecret, Max: 5000}, By: modules.System, Label: modules.T("原值", "What it said")},
		{Field: &core.TextField{Name: asked("id_number_idx"), Max: 100}, By: modules.System, Label: modules.T("新证件号码索引", "Index of the new number")},
	}
}

// former shows what the account said about each item when it was applied for.
func former() modules.Rows {
	var options []modules.Option
	for _, x := range items() {
		options = append(options, modules.Option{Value: x.name, Label: x.label})
	}
	return modules.Rows{
		Name: "former", By: modules.System, Max: len(options), Label: modules.T("原值", "What it said"),
		ShownIn: []modules.State{
			modules.Submitted, modules.UnderReview, modules.Returned, modules.Approved, modules.Rejected, modules.Withdrawn, modules.Expired,
		},
		Fields: []modules.RowField{
			{Name: "item", Type: modules.RowSelect, Label: modules.T("修改项", "Item"), Options: options},
			{Name: "value", Type: modules.RowText, Label: modules.T("原值", "What it said"), Max: 500},
		},
	}
}
