package letters

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/region"
	"examhall/modules/sealed"
)

// day writes a date as official papers have it: 2026年11月23日.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006年1月2日")
}

// second writes a time to the second.
func second(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006年1月2日 15:04:05")
}

// minute writes a deadline.
func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006年1月2日 15:04")
}

// namer returns what records are called that a field points to, as far as the
// reader may see them.
type namer func(f *core.RelationField, ids []string) string

// said returns what a field of an application says, for people. A sealed value
// shows what its own candidate sees of it on the pages.
func said(r *core.Record, f modules.Field, names namer) string {
	name := f.GetName()
	if f.Input == "region" {
		return region.Name(r.GetString(name))
	}
	switch field := f.Field.(type) {
	case *sealed.Field:
		return sealed.Masked(field.Kind, sealed.Own, sealed.Plain(r, name))
	case *core.BoolField:
		return yes(r.GetBool(name))
	case *core.DateField:
		return day(r.GetDateTime(name).Time())
	case *core.NumberField:
		return strconv.FormatFloat(r.GetFloat(name), 'f', -1, 64)
	case *core.SelectField:
		var list []string
		for _, value := range r.GetStringSlice(name) {
			list = append(list, word(f.Words, value))
		}
		return strings.Join(list, "、")
	case *core.RelationField:
		return names(field, r.GetStringSlice(name))
	}
	return written(r.GetString(name))
}

// word returns what people read for a value, or the value itself.
func word(options []modules.Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label.ZH
		}
	}
	return value
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// written turns a pure date into words and leaves other texts as they are.
func written(s string) string {
	if at, err := time.ParseInLocation(time.DateOnly, s, calendar.Zone); err == nil {
		return day(at)
	}
	if at, err := time.Parse(types.DefaultDateLayout, s); err == nil {
		return minute(at)
	}
	return s
}

// cell returns what a column of a row says.
func cell(f modules.RowField, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case bool:
		return yes(v)
	case float64:
		if f.Tenths {
			return strconv.FormatFloat(v/10, 'f', 1, 64)
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return word(f.Options, written(v))
	}
	return fmt.Sprint(value)
}

// item is what a row is about: what it has chosen, or its number.
func item(row map[string]any, n int) (name, note string) {
	label, _ := row["label"].(modules.Text)
	more, _ := row["note"].(modules.Text)
	return cmp.Or(label.ZH, fmt.Sprintf("第%d项", n)), more.ZH
}

// entry is a row as papers have it. Where there is nothing but a choice, what
// helps to choose stands for the rest.
func entry(rows modules.Rows, row map[string]any, n int, blank bool) map[string]string {
	name, note := item(row, n)
	text := details(rows, row, blank)
	if len(rows.Fields) == 1 && rows.Choice != "" {
		note, text = "", note
	}
	return map[string]string{"name": name, "note": note, "text": text}
}

// details lists what else a row says. One column needs no label. blank leaves
// room to write where a column is empty.
func details(rows modules.Rows, row map[string]any, blank bool) string {
	var lines []string
	columns := rows.Fields
	for _, f := range columns {
		text := cell(f, row[f.Name])
		switch {
		case f.Type == modules.RowChoice, text == "" && !blank:
			continue
		case len(columns) > 2 || rows.Choice == "" && len(columns) > 1:
			text = f.Label.ZH + "：" + text
		case text == "":
			text = "\n\n"
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// price adds what the rows cost.
func (f *facts) price(totals []hooks.Total) {
	for _, t := range totals {
		if t.Fen != 0 {
			f.add(t.Label.ZH, modules.Yuan(t.Fen)+" 元")
		}
	}
}

// labelOf returns what stands beside a field. One that the administrator added
// has only its name.
func labelOf(f modules.Field) string { return cmp.Or(f.Label.ZH, f.GetName()) }

// idType returns what an identity document is called.
func idType(kind string) string {
	switch kind {
	case sealed.Resident:
		return "居民身份证"
	case sealed.HMTResidence:
		return "港澳台居民居住证"
	case sealed.HMPermit:
		return "港澳居民来往内地通行证"
	case sealed.TWPermit:
		return "台湾居民来往大陆通行证"
	case sealed.Passport:
		return "护照"
	case sealed.ForeignPermanent:
		return "外国人永久居留身份证"
	}
	return kind
}

// facts are the lines of a paper that name something, by what it is.
type facts []map[string]string

// add adds a line, unless it says nothing.
func (f *facts) add(label, text string) {
	if text != "" {
		*f = append(*f, map[string]string{"label": label, "text": text})
	}
}

// asked lists what the candidate filled in: the rows of an application.
func asked(f *hooks.Filing) []map[string]string { return rowsBy(f, true) }

// found lists what the authority filled in: its results.
func found(f *hooks.Filing) []map[string]string { return rowsBy(f, false) }

func rowsBy(f *hooks.Filing, candidate bool) []map[string]string {
	var list []map[string]string
	for _, rows := range f.Definition.Rows {
		if (rows.Filler() == modules.Candidate) != candidate {
			continue
		}
		for i, row := range f.Rows[rows.Name] {
			list = append(list, entry(rows, row, i+1, false))
		}
	}
	return list
}
