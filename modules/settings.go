package modules

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules/calendar"
)

// Settings are the rows with which operators narrow or fill the businesses, and
// the exam sessions. They are few, every step needs them and they seldom change, so that a process
// keeps them. Who gets Settings must not change them.
type Settings struct {
	Calendar  *calendar.Calendar // the days off and working weekends
	Windows   []WindowRow
	Rules     []RuleRow // those in force
	Materials []MaterialRow

	sessions map[string]*core.Record // by id
	schema   *core.Collection        // of the sessions
	version  string
}

// WindowRow says when a service takes applications; an empty session means
// every one.
type WindowRow struct {
	Service, Session string
	Opens, Closes    types.DateTime
}

// RuleRow forbids an action of a service, in the filter language of PocketBase.
type RuleRow struct {
	Service, Action, Rule string
	Field, Message        string
}

// MaterialRow says what a service asks for in one slot. An empty project or
// session means every one.
type MaterialRow struct {
	Service, Slot, Project, Session string
	Need                            string // required, optional, hidden
	Label, Hint                     string
	LabelEN                         string `db:"label_en"`
	HintEN                          string `db:"hint_en"`
	MaxSize                         int64  `db:"max_size"` // bytes; 0 means the limit of the collection
}

// SettingsTables lists the tables that [Settings] are read from. Triggers renew
// the version of the settings with every change of them.
func SettingsTables() []string {
	return []string{"exam_sessions", "windows", "holidays", "rules", "material_templates"}
}

// settingsKey is where the app keeps the settings.
const settingsKey = "examhallSettings"

// ReadSettings returns the settings as app sees them: inside a transaction
// those of the transaction. It asks the database for their version each time,
// since another process, such as an import, may have changed them.
func ReadSettings(app core.App) (*Settings, error) {
	var version string
	if err := app.DB().Select("version").From("settings_version").Row(&version); err != nil {
		return nil, err
	}
	schema, err := app.FindCachedCollectionByNameOrId("exam_sessions")
	if err != nil {
		return nil, err
	}
	kept, ok := app.Store().Get(settingsKey).(*Settings)
	if ok && kept.version == version && kept.schema == schema {
		return kept, nil
	}
	s, err := loadSettings(app)
	if err != nil {
		return nil, err
	}
	s.version, s.schema = version, schema // read before the rows, so that they are never older
	app.Store().Set(settingsKey, s)
	return s, nil
}

func loadSettings(app core.App) (*Settings, error) {
	s := &Settings{}
	days := []struct{ Date, Kind string }{}
	for _, q := range []struct {
		table string
		where dbx.Expression
		rows  any
	}{
		{"holidays", nil, &days},
		{"windows", nil, &s.Windows},
		{"rules", dbx.HashExp{"active": true}, &s.Rules},
		{"material_templates", nil, &s.Materials},
	} {
		if err := app.DB().Select("*").From(q.table).Where(q.where).All(q.rows); err != nil {
			return nil, err
		}
	}
	sessions, err := app.FindAllRecords("exam_sessions")
	if err != nil {
		return nil, err
	}
	s.sessions = make(map[string]*core.Record, len(sessions))
	for _, r := range sessions {
		s.sessions[r.Id] = r
	}
	kinds := make(map[string]calendar.Kind, len(days))
	for _, d := range days {
		kinds[d.Date] = calendar.Kind(d.Kind)
	}
	s.Calendar = calendar.New(kinds)
	return s, nil
}

// Settings returns the settings, read once in a step.
func (s *Step) Settings() (*Settings, error) {
	if s.settings != nil {
		return s.settings, nil
	}
	var err error
	s.settings, err = ReadSettings(s.App)
	return s.settings, err
}

// Session returns the exam session 考试批次 that the application belongs to. The
// record is the caller's own.
func (s *Step) Session() (*core.Record, error) {
	id := s.Record.GetString("session")
	if s.session != nil && s.session.Id == id {
		return s.session, nil
	}
	settings, err := s.Settings()
	if err != nil {
		return nil, err
	}
	kept, ok := settings.sessions[id]
	if !ok {
		return nil, missing("registration")
	}
	s.session = kept.Clone()
	return s.session, nil
}

// Calendar returns the days off and working weekends that the authority keeps
// in the collection "holidays".
func (s *Step) Calendar() (*calendar.Calendar, error) {
	settings, err := s.Settings()
	if err != nil {
		return nil, err
	}
	return settings.Calendar, nil
}
