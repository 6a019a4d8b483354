package letters

import (
	"cmp"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/pdf"
	"examhall/modules/sealed"
)

// letter returns the 决定书 or 答复书 of an application that staff have closed.
// What it says is that of the deciding version, and the file itself is kept from
// the first time on: a release with another layout does not change it.
func (o *Office) letter(app core.App, d modules.Definition, r *core.Record) (*paper, error) {
	f, err := o.portal.Decided(app, d, r)
	if err != nil || f == nil {
		return nil, err
	}
	data, err := o.keep(app, f, decisionLayout, func() ([]byte, error) {
		filed, first, err := o.portal.Filed(app, d, r)
		if err != nil || filed == nil {
			return nil, err
		}
		doc := decided(f, day(first))
		o.makePrintable(decisionLayout, &doc)
		return o.press.Signed(decisionLayout, doc)
	})
	if err != nil {
		return nil, err
	}
	return &paper{titleOf(f).ZH + "-" + f.Record.GetString("number") + ".pdf", data}, nil
}

// titleOf returns what a letter is called.
func titleOf(f *hooks.Filing) modules.Text {
	t, title := f.State().Letter.Title, f.Definition.Title
	return modules.T(cmp.Or(t.ZH, title.ZH+"决定书"), cmp.Or(t.EN, "Decision: "+title.EN))
}

// decided fills in the letter.
func decided(f *hooks.Filing, submitted string) pdf.Document {
	state, title := f.State(), titleOf(f)
	values := map[string]string{
		"title": title.ZH, "number": f.Record.GetString("number"), "name": f.Name,
		"id_number": sealed.Masked(sealed.KindIDNumber, sealed.Own, f.IDNumber),
		"service":   f.Definition.Title.ZH, "exam": f.Session.ZH, "submitted": submitted,
		"finding": cmp.Or(state.Letter.Finding.ZH, "经审核，决定："+state.Title.ZH+"。"),
		"reply":   f.Record.GetString("reply"), "remedy": f.Remedy.ZH, "date": day(f.At),
		"seq": strconv.FormatInt(f.Seq, 10), "hash": f.Hash,
	}
	if foreign(f.IDType) {
		values["english"] = english(f)
	}
	rows := map[string][]map[string]string{"asked": asked(f), "found": append(quoted(f), found(f)...)}
	for name, list := range rows {
		if len(list) > 0 {
			values["has_"+name] = "1"
		}
	}
	return pdf.Document{Title: title.ZH + " " + values["number"], Date: f.At, Values: values, Rows: rows}
}

// quoted lists what the letter says of the columns that staff filled in, after
// what the application is about.
func quoted(f *hooks.Filing) []map[string]string {
	var list []map[string]string
	line := func(name, text string) {
		if text != "" {
			list = append(list, map[string]string{"name": name, "note": "", "text": text})
		}
	}
	quotes := f.State().Letter.Quotes
	if len(quotes) > 0 && f.About != nil {
		line(f.About.Label.ZH, f.About.Title.ZH)
	}
	for _, name := range quotes {
		if field, ok := f.Definition.Field(name); ok {
			line(labelOf(field), said(f.Record, field, nil))
		}
	}
	return list
}

// foreign is true of candidates who may not read Chinese. Their letter explains
// itself in English as well; the Chinese text decides.
func foreign(idType string) bool {
	return idType == sealed.Passport || idType == sealed.ForeignPermanent
}

func english(f *hooks.Filing) string {
	state := f.State()
	text := "Summary in English, for information only; the Chinese text is the decision. " + titleOf(f).EN + ", application " + f.Record.GetString("number")
	if f.Session.EN != "" {
		text += " (" + f.Session.EN + ")"
	}
	text += ": " + cmp.Or(state.Letter.Finding.EN, state.Title.EN+".")
	for _, t := range append(foundEN(f), f.Remedy.EN) {
		if t != "" {
			text += " " + t
		}
	}
	return text
}

// foundEN tells the results in English.
func foundEN(f *hooks.Filing) []string {
	var list []string
	for _, rows := range f.Definition.Rows {
		if rows.Filler() == modules.Candidate {
			continue
		}
		for _, row := range f.Rows[rows.Name] {
			label, _ := row["label"].(modules.Text)
			text := label.EN
			for _, c := range rows.Fields {
				for _, option := range c.Options {
					if option.Value == row[c.Name] {
						text += " - " + option.Label.EN
					}
				}
				if v, ok := row[c.Name].(float64); ok && c.Type == modules.RowWhole {
					text += " - " + c.Label.EN + " " + cell(c, v)
				}
			}
			list = append(list, text+".")
		}
	}
	return list
}
