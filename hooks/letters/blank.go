package letters

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/pdf"
)

// emptyRows is how many lines a form offers on which nothing was chosen yet.
const emptyRows = 3

// answerBlank prints the form that a candidate signs by hand, with what the
// page holds at the moment. It stores nothing, and what is missing becomes an
// empty line. The form is no document of the authority, so it is not signed.
func (o *Office) answerBlank(e *core.RequestEvent) error {
	d, ok := o.portal.Set().Find(e.Request.PathValue("service"))
	if !ok {
		return e.NotFoundError("", nil)
	}
	typed := map[string]any{}
	if err := e.BindBody(&typed); err != nil {
		return e.BadRequestError("", err)
	}
	slot, _ := typed["slot"].(string)
	blank := blankOf(d, slot)
	if blank == nil {
		return e.NotFoundError("", nil)
	}
	application, _ := typed["application"].(string)
	f, err := o.portal.Sketch(e.App, d, e.Auth, application, typed)
	if err != nil {
		return err
	}
	doc := filledIn(f, blank, namesFor(e))
	doc.Date = f.At
	o.makePrintable(blankLayout, &doc)
	data, err := o.press.Render(blankLayout, doc)
	if err != nil {
		return problemOf(err)
	}
	return (&paper{blank.Title.ZH + ".pdf", data}).send(e)
}

// blankOf returns the form that goes into a slot, or the only one.
func blankOf(d modules.Definition, slot string) *modules.Blank {
	i := slices.IndexFunc(d.Fields, func(f modules.Field) bool {
		return f.Blank != nil && (slot == "" || f.GetName() == slot)
	})
	if i < 0 {
		return nil
	}
	return d.Fields[i].Blank
}

// filledIn fills in a form. The candidate hands it in themselves, so it has
// their number in full; what else is sealed it shows as the page does.
func filledIn(f *hooks.Filing, b *modules.Blank, names namer) pdf.Document {
	list := facts{
		{"label": "姓名", "text": f.Name},
		{"label": "证件类型", "text": idType(f.IDType)},
		{"label": "证件号码", "text": f.IDNumber},
	}
	if f.Definition.Registered {
		list = append(list, map[string]string{"label": "考试", "text": f.Session.ZH})
	}
	if f.About != nil {
		list.add(f.About.Label.ZH, f.About.Title.ZH+" "+f.About.Note.ZH)
	}
	for _, field := range f.Fields {
		if asksFor(f, field) {
			list = append(list, map[string]string{"label": labelOf(field), "text": said(f.Record, field, names)})
		}
	}
	list.price(f.Totals)
	values := map[string]string{
		"title": b.Title.ZH, "declare": b.Declare.ZH, "name": f.Name, "service": f.Definition.Title.ZH,
		"number": f.Record.GetString("number"), "made": minute(f.At),
	}
	rows := toFillIn(f)
	if len(rows) > 0 {
		values["has_asked"] = "1"
	}
	return pdf.Document{Title: b.Title.ZH, Values: values, Rows: map[string][]map[string]string{"facts": list, "asked": rows}}
}

// namesFor names records for the sender of a request: those that their own rules
// let them see. An id may come from anywhere.
func namesFor(e *core.RequestEvent) namer {
	return func(f *core.RelationField, ids []string) string {
		var list []string
		info, err := e.RequestInfo()
		records, err2 := e.App.FindRecordsByIds(f.CollectionId, ids)
		if errors.Join(err, err2) != nil {
			return ""
		}
		for _, r := range records {
			if may, err := e.App.CanAccessRecord(r, info, r.Collection().ViewRule); err == nil && may {
				list = append(list, cmp.Or(r.GetString("title"), r.GetString("name"), r.GetString("number")))
			}
		}
		return strings.Join(list, "、")
	}
}

// asksFor reports whether a form has a line for a field.
func asksFor(f *hooks.Filing, field modules.Field) bool {
	switch field.Type() {
	case core.FieldTypeFile, core.FieldTypeJSON:
		return false
	}
	return field.Filler() == modules.Candidate && field.Asked(f.Record)
}

// toFillIn lists what is applied for, with room to write where nothing is.
func toFillIn(f *hooks.Filing) []map[string]string {
	list := []map[string]string{}
	for _, rows := range f.Definition.Rows {
		if rows.Filler() != modules.Candidate {
			continue
		}
		typed := f.Rows[rows.Name]
		for i, row := range typed {
			list = append(list, entry(rows, row, i+1, true))
		}
		if len(typed) > 0 {
			continue
		}
		for range emptyRows {
			list = append(list, map[string]string{"text": details(rows, nil, true)})
		}
	}
	return list
}
