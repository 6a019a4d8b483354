package hooks

import (
	"cmp"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// deskEntry is one line of the history as staff see it: with who it was.
type deskEntry struct {
	entry
	ActorName string   `json:"actor_name"`
	Fields    []string `json:"fields"`
	Rev       int      `json:"rev"`
}

// difference is a value that the candidate changed since the version that was
// looked at before.
type difference struct {
	Field  string       `json:"field"`
	Label  modules.Text `json:"label"`
	Before any          `json:"before"`
	After  any          `json:"after"`
}

// attachment is one material, or one that was replaced.
type attachment struct {
	Slot  string       `json:"slot"`
	Label modules.Text `json:"label"`
	Name  string       `json:"name"`
	MIME  string       `json:"mime"`
	URL   string       `json:"url"` // needs ?token=
	At    string       `json:"at,omitempty"`
}

// answerCase serves one application to the desk.
func (p *Portal) answerCase(e *core.RequestEvent) error {
	d, r, err := p.caseOf(e)
	if err != nil {
		return err
	}
	out := map[string]any{}
	for name, load := range map[string]func() (any, error){
		"owner":         func() (any, error) { return p.ownerOf(e, r) },
		"session_title": func() (any, error) { return sessionTitle(e.App, r) },
		"about":         func() (any, error) { return p.subjectOf(e.App, d, r) },
		"linked":        func() (any, error) { return p.filedAbout(e.App, d, r) },
		"claimed_name":  func() (any, error) { return staffName(e.App, r.GetString("claimed_by")) },
		"actions":       func() (any, error) { return p.possible(e.App, d, r, e.Auth) },
		"timeline":      func() (any, error) { return p.history(e.App, d, r.Id) },
		"diff":          func() (any, error) { return p.differences(e.App, d, r, e.Auth) },
		"replaced":      func() (any, error) { return replacedFiles(e.App, d, r.Id) },
		"canned":        func() (any, error) { return cannedReplies(e.App, d.Name) },
		"picked":        func() (any, error) { return p.picked(e.App, d, r) },
		"rows":          func() (any, error) { return p.rowsOf(e.App, d, r, nil) },
		"profile_diff":  func() (any, error) { return profileDiff(e, r) },
	} {
		if out[name], err = load(); err != nil {
			return err
		}
	}
	out["claimed_by"] = r.GetString("claimed_by")
	out["files"], out["papers"] = filesOf(d, r), papers(d, r)
	if err := apis.EnrichRecord(e, r); err != nil {
		return err
	}
	out["record"] = r
	return e.JSON(http.StatusOK, out)
}

// ownerOf returns the candidate as they are now beside who they were when they
// applied, both masked for the reader.
func (p *Portal) ownerOf(e *core.RequestEvent, r *core.Record) (any, error) {
	owner, err := e.App.FindRecordById("candidates", r.GetString("owner"))
	if err != nil {
		return nil, err
	}
	to := audience(e.Auth, owner)
	return map[string]any{
		"name": owner.GetString("name"), "id_type": owner.GetString("id_type"),
		"id_number": sealed.Masked(sealed.KindIDNumber, to, sealed.Plain(owner, "id_number")),
		"mobile":    sealed.Masked(sealed.KindMobile, to, sealed.Plain(owner, "mobile")),
	}, nil
}

// profileDiff returns what has changed about the candidate since the
// application was submitted: a decision refers to who they were then.
func profileDiff(e *core.RequestEvent, r *core.Record) (any, error) {
	owner, err := e.App.FindRecordById("candidates", r.GetString("owner"))
	if err != nil {
		return nil, err
	}
	to, then, list := audience(e.Auth, owner), snapshotOf(r), []difference{}
	for _, f := range []struct {
		name, kind string
		label      modules.Text
	}{
		{"name", "", modules.T("姓名", "Name")},
		{"id_number", sealed.KindIDNumber, modules.T("证件号码", "ID number")},
		{"mobile", sealed.KindMobile, modules.T("手机号码", "Mobile")},
	} {
		before, after := then[f.name], owner.GetString(f.name)
		if f.kind != "" {
			after = sealed.Plain(owner, f.name)
		}
		if then == nil || before == after {
			continue
		}
		if f.kind != "" {
			before, after = sealed.Masked(f.kind, to, before), sealed.Masked(f.kind, to, after)
		}
		list = append(list, difference{f.name, f.label, before, after})
	}
	return list, nil
}

// history returns what happened to an application as the desk reads it, with the
// names of staff and the reasons that were given at the time.
func (p *Portal) history(app core.App, d modules.Definition, id string) ([]deskEntry, error) {
	events, err := eventsOf(app, d.Name, id)
	if err != nil {
		return nil, err
	}
	said, err := p.versions(app, d.Name, id)
	if err != nil {
		return nil, err
	}
	list := []deskEntry{}
	for _, ev := range events {
		line := deskEntry{Fields: strings.FieldsFunc(ev.Fields, func(c rune) bool { return c == ',' }), Rev: ev.Rev}
		line.entry = entry{
			At: ev.At, Who: ev.ActorKind, Action: ev.Action, Label: labelOf(d, ev.Action), From: modules.State(ev.From), To: modules.State(ev.To),
		}
		if ev.ActorKind == modules.KindStaff {
			line.Who = "authority"
			line.Reply = replyOf(said[ev.Rev], ev.Action)
			if line.ActorName, err = staffName(app, ev.Actor); err != nil {
				return nil, err
			}
		}
		list = append(list, line)
	}
	return list, nil
}

// replyOf returns what came with a move. A claim has the rev of the move before
// it, and no words of its own.
func replyOf(v version, action string) string {
	if v.Action != action {
		return ""
	}
	return cmp.Or(v.Note, v.Reply)
}

// differences compares what the candidate wrote last with what they had written
// before that.
func (p *Portal) differences(app core.App, d modules.Definition, r, reader *core.Record) ([]difference, error) {
	events, err := eventsOf(app, d.Name, r.Id)
	if err != nil {
		return nil, err
	}
	written := slices.DeleteFunc(events, func(ev event) bool { return ev.ActorKind != modules.KindCandidate || ev.Action == "withdraw" })
	if len(written) < 2 {
		return []difference{}, nil
	}
	said, err := p.versions(app, d.Name, r.Id)
	if err != nil {
		return nil, err
	}
	last := len(written) - 1
	return compare(d, said[written[last-1].Rev], said[written[last].Rev], r, audience(reader, r)), nil
}

// compare lists the values that differ, sealed ones as the reader may see them.
func compare(d modules.Definition, before, after version, r *core.Record, to sealed.Audience) []difference {
	list := []difference{}
	for _, f := range r.Collection().Fields {
		name := f.GetName()
		if d.Envelope(name) || same(before.Values[name], after.Values[name]) {
			continue
		}
		diff := difference{Field: name, Label: labelOfField(d, name), Before: before.Values[name], After: after.Values[name]}
		if s, ok := f.(*sealed.Field); ok {
			diff.Before = sealed.Masked(s.Kind, to, textOf(diff.Before))
			diff.After = sealed.Masked(s.Kind, to, textOf(diff.After))
		}
		list = append(list, diff)
	}
	return list
}

func textOf(value any) string {
	s, _ := value.(string)
	return s
}

func labelOfField(d modules.Definition, name string) modules.Text {
	if f, ok := d.Field(name); ok {
		return f.Label
	}
	if r, ok := d.FindRows(name); ok {
		return r.Label
	}
	return modules.T(name, name)
}

// filesOf returns the materials of an application.
func filesOf(d modules.Definition, r *core.Record) []attachment {
	list := []attachment{}
	for _, f := range r.Collection().Fields {
		if f.Type() != core.FieldTypeFile {
			continue
		}
		for _, name := range r.GetStringSlice(f.GetName()) {
			list = append(list, attachment{f.GetName(), labelOfField(d, f.GetName()), name, mime.TypeByExtension(path.Ext(name)), "/api/files/" + r.BaseFilesPath() + "/" + name, ""})
		}
	}
	return list
}

// replacedFiles returns the materials that were replaced and are kept for the
// time of disputes.
func replacedFiles(app core.App, d modules.Definition, id string) ([]attachment, error) {
	records, err := app.FindRecordsByFilter("replaced_files", "service = {:service} && record = {:id}", "created", 0, 0,
		dbx.Params{"service": d.Name, "id": id})
	list := []attachment{}
	for _, r := range records {
		list = append(list, attachment{
			r.GetString("slot"), labelOfField(d, r.GetString("slot")), r.GetString("name"), mime.TypeByExtension(path.Ext(r.GetString("file"))),
			"/api/portal/desk/" + d.Name + "/" + id + "/replaced/" + r.Id, r.GetDateTime("created").String(),
		})
	}
	return list, err
}

// cannedReplies returns the replies that the operator has prepared.
func cannedReplies(app core.App, service string) (any, error) {
	list := []struct {
		Text   string `json:"text"`
		Action string `json:"action"`
	}{}
	err := app.DB().Select("text", "action").From("canned_replies").
		Where(dbx.HashExp{"service": []any{service, ""}}).OrderBy("position", "id").All(&list)
	return list, err
}
