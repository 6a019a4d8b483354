package certificates

import (
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// searchable is an exam whose certificates the public may search.
type searchable struct {
	ID     string `db:"id" json:"-"`
	Code   string `db:"code" json:"code"`
	Name   string `db:"name" json:"name"`
	NameEN string `db:"name_en" json:"name_en"`
	From   int    `db:"year_from" json:"year_from,omitempty"` // years of the exam with results
	To     int    `db:"year_to" json:"year_to,omitempty"`
}

// In returns the name of the exam in a language.
func (x searchable) In(lang string) string {
	if lang == "en" && x.NameEN != "" {
		return x.NameEN
	}
	return x.Name
}

// searchables keeps the exams that may be searched: every search asks for one.
type searchables struct {
	app core.App
	now func() time.Time

	mu   sync.Mutex
	list []searchable
	read time.Time // by the real clock
}

func newSearchables(app core.App, now func() time.Time) *searchables {
	s := &searchables{app: app, now: now}
	forget := func(e *core.RecordEvent) error {
		s.mu.Lock()
		s.read = time.Time{}
		s.mu.Unlock()
		return e.Next()
	}
	for _, c := range []string{"exam_projects", "exam_sessions"} {
		app.OnRecordAfterCreateSuccess(c).BindFunc(forget)
		app.OnRecordAfterUpdateSuccess(c).BindFunc(forget)
		app.OnRecordAfterDeleteSuccess(c).BindFunc(forget)
	}
	return s
}

// all returns the exams, by name. It says nothing about how many certificates
// there are.
func (s *searchables) all() ([]searchable, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.read) < fresh {
		return s.list, nil
	}
	at, err := types.ParseDateTime(s.now())
	if err != nil {
		return nil, err
	}
	list := []searchable{}
	err = s.app.DB().NewQuery(`
		SELECT p.id, p.code, p.name, p.name_en, COALESCE(MIN(s.year), 0) AS year_from, COALESCE(MAX(s.year), 0) AS year_to
		FROM exam_projects p LEFT JOIN exam_sessions s
			ON s.project = p.id AND s.year > 0 AND s.score_published != '' AND s.score_published <= {:now}
		WHERE p.search_enabled GROUP BY p.id ORDER BY p.name, p.id`).Bind(dbx.Params{"now": at.String()}).All(&list)
	if err != nil {
		return nil, err
	}
	s.list, s.read = list, time.Now()
	return list, nil
}

// find returns the exam with a code. An exam that is not searched and one that
// does not exist are the same.
func (s *searchables) find(code string) (searchable, bool, error) {
	list, err := s.all()
	for _, x := range list {
		if x.Code == code {
			return x, true, err
		}
	}
	return searchable{}, false, err
}
