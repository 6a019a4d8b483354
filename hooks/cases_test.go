package hooks

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"maps"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules"
	"examhall/modules/scorereview"
)

// What lies in every office: an exam of zhangsan's whose scores were published
// three days ago, and two notices.
const (
	theSession    = "session00000001"
	registration  = "registration001"
	firstSubject  = "subject00000001"
	secondSubject = "subject00000002"
	published     = "published000001"
	tomorrow      = "tomorrow0000001"
)

// examine makes the exam and the notices.
func examine(app core.App) error {
	zhangsan, err := app.FindAuthRecordByEmail("candidates", "zhangsan@examhall.test")
	if err != nil {
		return err
	}
	now := time.Now()
	subject := func(id string) error {
		return add(app, "registration_subjects", id, map[string]any{
			"registration": registration, "code": id, "name": "案例分析", "type": "subjective", "flag": "normal", "score": 539,
			"pass_mark": 540, "status": "active",
		})
	}
	return errors.Join(
		add(app, "exam_projects", "project00000001", map[string]any{"code": "YJ", "name": "一级造价工程师"}),
		add(app, "exam_sessions", theSession, map[string]any{
			"project": "project00000001", "code": "YJ2026", "title": "2026年度一级造价工程师", "score_published": now.AddDate(0, 0, -3),
		}),
		add(app, "registrations", registration, map[string]any{"candidate": zhangsan.Id, "session": theSession, "status": "paid"}),
		subject(firstSubject), subject(secondSubject),
		add(app, "notices", published, map[string]any{"title": "成绩公布", "body": "成绩已公布。", "published": now.Add(-time.Hour)}),
		add(app, "notices", tomorrow, map[string]any{"title": "明天公布", "body": "明天再说。", "published": now.AddDate(0, 0, 1)}),
	)
}

// add saves a record that no request asks for.
func add(app core.App, collection, id string, values map[string]any) error {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return err
	}
	r := core.NewRecord(c)
	r.Load(values)
	r.Id = id
	return app.Save(r)
}

// apply plays two score reviews of zhangsan's: one was returned, came back with
// another file and waits for a decision; one is completed and changed a score.
func apply(app core.App) error {
	open, err1 := file(app, firstSubject)
	done, err2 := file(app, secondSubject)
	return errors.Join(err1, err2,
		move(app, open, "reviewer", "returned", map[string]any{"reply": "准考证照片不清楚，请重新上传"}),
		move(app, open, "zhangsan", "submitted", map[string]any{"statement": photo("again.jpg")}),
		move(app, done, "reviewer", "accepted", nil),
		move(app, done, "reviewer", "reporting", map[string]any{"results": []map[string]any{
			{"subject": secondSubject, "outcome": "changed", "score": 552, "document": "核〔2026〕7号"},
		}}),
		move(app, done, "approver", "completed", map[string]any{"reply": "漏计分，已更正"}),
	)
}

// file submits a score review of zhangsan's.
func file(app core.App, subject string) (*core.Record, error) {
	c, err := app.FindCollectionByNameOrId("score_reviews")
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	return r, move(app, r, "zhangsan", "submitted", map[string]any{
		"registration": registration, "commitment": scorereview.Definition().Commitment.Version, "phone": "13800000000",
		"items":   []map[string]any{{"subject": subject, "reason": "估分与公布成绩相差较大，请核查计分"}},
		"id_card": []*filesystem.File{photo("front.jpg"), photo("back.jpg")}, "admission_ticket": photo("ticket.jpg"),
		"statement": photo("form.jpg"),
	})
}

// move saves an application as somebody's request does.
func move(app core.App, r *core.Record, as, to string, values map[string]any) error {
	collection := "staff"
	if as == "zhangsan" {
		collection = "candidates"
	}
	who, err := app.FindAuthRecordByEmail(collection, as+"@examhall.test")
	if err == nil && !r.IsNew() { // a record remembers how it was loaded
		r, err = app.FindRecordById("score_reviews", r.Id)
	}
	if err != nil {
		return err
	}
	modules.Sign(r, modules.ActorOf(who, "score_reviews"))
	all := map[string]any{"status": to}
	maps.Copy(all, values)
	r.Load(all)
	return app.Save(r)
}

// photo returns a photograph of a page.
func photo(name string) *filesystem.File {
	var out bytes.Buffer
	err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 40, 60)), nil)
	file, err2 := filesystem.NewFileFromBytes(out.Bytes(), name)
	if errors.Join(err, err2) != nil {
		panic(err) // memory does not fail
	}
	return file
}

// cases are the two score reviews, and the file that was replaced.
type cases struct{ open, done, old *core.Record }

func (o *office) cases(t *testing.T) cases {
	t.Helper()
	open, err1 := o.FindFirstRecordByData("score_reviews", "status", "submitted")
	done, err2 := o.FindFirstRecordByData("score_reviews", "status", "completed")
	old, err3 := o.FindFirstRecordByData("replaced_files", "service", "score_reviews")
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	return cases{open, done, old}
}
