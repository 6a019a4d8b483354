package hooks

import (
	"bytes"
	"image"
	"image/jpeg"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules"
	"examhall/modules/scorereview"
)

// whole is an office of the whole product: every hook, route and page that the
// program has, and two score reviews of zhangsan.
type whole struct {
	*office
	portal *Portal

	open string // waits for a decision, was returned once and came back with another file
	done string // is completed, and has changed a score
	old  string // the record of the file that was replaced
}

// openWhole starts such an office.
func openWhole(t *testing.T) *whole {
	t.Helper()
	w := &whole{}
	w.office = openWith(t, func(app core.App) {
		w.portal = MustRegister(app, &Options{
			Modules: []modules.Module{scorereview.Definition()}, Ring: officeRing(),
			Public: os.DirFS("../pb_public"), Templates: os.DirFS("../templates"),
		})
	})
	w.examine(t)
	open := w.apply(t, "subject00000001")
	w.move(t, open, "reviewer", "returned", map[string]any{"reply": "准考证照片不清楚，请重新上传"})
	w.move(t, open, "zhangsan", "submitted", map[string]any{"statement": photo(t, "again.jpg")})
	done := w.apply(t, "subject00000002")
	w.move(t, done, "reviewer", "accepted", nil)
	w.move(t, done, "reviewer", "reporting", map[string]any{"results": []map[string]any{
		{"subject": "subject00000002", "outcome": "changed", "score": 552, "document": "核〔2026〕7号"},
	}})
	w.move(t, done, "approver", "completed", map[string]any{"reply": "漏计分，已更正"})
	old, err := w.FindFirstRecordByData("replaced_files", "record", open.Id)
	if err != nil {
		t.Fatal(err)
	}
	w.open, w.done, w.old = open.Id, done.Id, old.Id
	return w
}

// examine makes an exam whose scores were published three days ago, and a
// published and an unpublished notice.
func (w *whole) examine(t *testing.T) {
	t.Helper()
	now := time.Now()
	add := func(collection, id string, values map[string]any) {
		t.Helper()
		w.add(t, collection, id, values)
	}
	add("exam_projects", "project00000001", map[string]any{"code": "YJ", "name": "一级造价工程师"})
	add("exam_sessions", "session00000001", map[string]any{
		"project": "project00000001", "code": "YJ2026", "title": "2026年度一级造价工程师", "score_published": now.AddDate(0, 0, -3),
	})
	add("registrations", "registration001", map[string]any{
		"candidate": w.people(t)["zhangsan"].Id, "session": "session00000001", "status": "paid",
	})
	for _, id := range []string{"subject00000001", "subject00000002"} {
		add("registration_subjects", id, map[string]any{
			"registration": "registration001", "code": id, "name": "案例分析", "type": "subjective", "flag": "normal", "score": 539,
			"pass_mark": 540, "status": "active",
		})
	}
	add("notices", "published000001", map[string]any{"title": "成绩公布", "body": "成绩已公布。", "published": now.Add(-time.Hour)})
	add("notices", "tomorrow0000001", map[string]any{"title": "明天公布", "body": "明天再说。", "published": now.AddDate(0, 0, 1)})
}

// add saves a record that no request asks for.
func (w *whole) add(t *testing.T, collection, id string, values map[string]any) *core.Record {
	t.Helper()
	c, err := w.FindCollectionByNameOrId(collection)
	if err != nil {
		t.Fatal(err)
	}
	r := core.NewRecord(c)
	r.Load(values)
	r.Id = id
	if err := w.Save(r); err != nil {
		t.Fatalf("%s: %v", collection, err)
	}
	return r
}

// apply submits a score review of zhangsan.
func (w *whole) apply(t *testing.T, subject string) *core.Record {
	t.Helper()
	c, err := w.FindCollectionByNameOrId("score_reviews")
	if err != nil {
		t.Fatal(err)
	}
	r := core.NewRecord(c)
	w.move(t, r, "zhangsan", "submitted", map[string]any{
		"registration": "registration001", "commitment": scorereview.Definition().Commitment.Version, "phone": "13800000000",
		"items":   []map[string]any{{"subject": subject, "reason": "估分与公布成绩相差较大，请核查计分"}},
		"id_card": []*filesystem.File{photo(t, "front.jpg"), photo(t, "back.jpg")}, "admission_ticket": photo(t, "ticket.jpg"),
		"statement": photo(t, "form.jpg"),
	})
	return r
}

// move saves an application as somebody's request does.
func (w *whole) move(t *testing.T, r *core.Record, as, to string, values map[string]any) {
	t.Helper()
	who := w.people(t)[as]
	if staff := who.GetString("staff"); staff != "" {
		var err error
		if who, err = w.FindRecordById("staff", staff); err != nil {
			t.Fatal(err)
		}
	}
	if !r.IsNew() { // a record remembers how it was loaded
		var err error
		if r, err = w.FindRecordById("score_reviews", r.Id); err != nil {
			t.Fatal(err)
		}
	}
	modules.Sign(r, modules.ActorOf(who, "score_reviews"))
	all := map[string]any{"status": to}
	maps.Copy(all, values)
	r.Load(all)
	if err := w.Save(r); err != nil {
		t.Fatalf("%s moves to %s: %v", as, to, err)
	}
}

// photo returns a photograph of a page.
func photo(t *testing.T, name string) *filesystem.File {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 40, 60)), nil); err != nil {
		t.Fatal(err)
	}
	file, err := filesystem.NewFileFromBytes(slices.Clone(out.Bytes()), name)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
