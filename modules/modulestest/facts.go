package modulestest

import (
	"errors"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/calendar"
)

// The exam of the fixture. Its scores were published on Friday 20 November 2026
// at ten; li has four subjects, wang one.
const (
	Project          = "project00000000"
	Session          = "session00000000"
	Unpublished      = "sessionlater000" // its scores are not published
	Registration     = "reglicandidate0"
	LateRegistration = "reglilater00000"
	WangRegistration = "regwangcandidat"

	Law       = "sublaw000000000" // objective, 57.1
	Practice  = "subpractice0000" // subjective, 53.9 of 60: fails by a little
	Economics = "subeconomics000" // objective, absent
	Drafting  = "subdrafting0000" // subjective, 71.0
	WangsOwn  = "subwangs0000000" // subjective, of wang
)

// Published is when the scores of [Session] were published.
func Published() time.Time { return time.Date(2026, 11, 20, 10, 0, 0, 0, calendar.Zone) }

// fill makes the people and facts that every test starts with.
func fill(app core.App) error {
	if err := people(app); err != nil {
		return err
	}
	return errors.Join(
		add(app, "exam_projects", Project, map[string]any{"code": "YJ", "name": "一级造价工程师"}),
		add(app, "exam_sessions", Session, map[string]any{"project": Project, "code": "YJ2026", "title": "2026年度一级造价工程师",
			"year": 2026, "score_published": Published()}),
		add(app, "exam_sessions", Unpublished, map[string]any{"project": Project, "code": "YJ2027", "title": "2027年度一级造价工程师", "year": 2027}),
		add(app, "registrations", Registration, map[string]any{"candidate": ID("li"), "session": Session, "status": "paid", "result": "failed"}),
		add(app, "registrations", LateRegistration, map[string]any{"candidate": ID("li"), "session": Unpublished, "status": "paid"}),
		add(app, "registrations", WangRegistration, map[string]any{"candidate": ID("wang"), "session": Session, "status": "paid"}),
		subject(app, Law, Registration, "01", "法规", "objective", "normal", 571),
		subject(app, Practice, Registration, "02", "案例分析", "subjective", "normal", 539),
		subject(app, Economics, Registration, "03", "工程经济", "objective", "absent", 0),
		subject(app, Drafting, Registration, "04", "计量", "subjective", "normal", 710),
		subject(app, WangsOwn, WangRegistration, "02", "案例分析", "subjective", "normal", 500),
	)
}

func subject(app core.App, id, registration, code, name, kind, flag string, score int) error {
	return add(app, "registration_subjects", id, map[string]any{
		"registration": registration, "code": code, "name": name, "type": kind, "flag": flag, "score": score, "pass_mark": 540, "status": "active",
	})
}

// add saves a record; an empty id is made up.
func add(app core.App, collection, id string, values map[string]any) error {
	_, err := addRecord(app, collection, id, values)
	return err
}

func addRecord(app core.App, collection, id string, values map[string]any) (*core.Record, error) {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.Load(values)
	if id != "" {
		r.Id = id
	}
	return r, app.Save(r)
}

// Add saves a record of a fact and returns it.
func (h *Hall) Add(collection, id string, values map[string]any) *core.Record {
	h.T.Helper()
	r, err := addRecord(h.App, collection, id, values)
	if err != nil {
		h.T.Fatalf("%s: %v", collection, err)
	}
	return r
}

// Find returns a record, or fails the test.
func (h *Hall) Find(collection, id string) *core.Record {
	h.T.Helper()
	r, err := h.App.FindRecordById(collection, id)
	if err != nil {
		h.T.Fatalf("%s %s: %v", collection, id, err)
	}
	return r
}

// Subject adds a subjective subject of 50.0 to a registration and returns its
// id: each subject is reviewed once.
func (h *Hall) Subject(registration string) string {
	h.T.Helper()
	id := core.GenerateDefaultRandomId()
	if err := subject(h.App, id, registration, id, "专业实务", "subjective", "normal", 500); err != nil {
		h.T.Fatal(err)
	}
	return id
}
