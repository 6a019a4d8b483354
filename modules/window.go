package modules

import (
	"cmp"
	"slices"
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Window returns when a business takes applications for the session of a step.
// Both ends belong to it. A zero opening means not yet known.
type Window func(*Step) (opens, closes time.Time, err error)

// Opening returns when applications are taken: what the row of "windows" says
// for this service and session, else for this service, else the default of the
// definition. Always is true where there is no limit.
func (s *Step) Opening() (opens, closes time.Time, always bool, err error) {
	settings, err := s.Settings()
	if err != nil {
		return opens, closes, false, err
	}
	if row, ok := settings.window(s.Definition.Name, s.Record.GetString("session")); ok {
		return row.Opens.Time(), row.Closes.Time(), false, nil
	}
	if s.Definition.Window == nil {
		return opens, closes, true, nil
	}
	opens, closes, err = s.Definition.Window(s)
	return opens, closes, false, err
}

// window returns the row for a service and session, else that for the service.
func (s *Settings) window(service, session string) (WindowRow, bool) {
	for _, want := range []string{session, ""} {
		i := slices.IndexFunc(s.Windows, func(w WindowRow) bool { return w.Service == service && w.Session == want })
		if i >= 0 {
			return s.Windows[i], true
		}
	}
	return WindowRow{}, false
}

// open is the guard of the window. The last second belongs to it.
func open(s *Step) error {
	opens, closes, always, err := s.Opening()
	if err != nil || always {
		return err
	}
	field := cmp.Or(s.Definition.Chosen(), "status")
	params := map[string]any{"from": stamp(opens), "to": stamp(closes)}
	switch {
	case opens.IsZero() || s.Now.Before(opens):
		return InvalidWith(field, "window_not_open", "Applications open on {{.from}}.", params)
	case s.Over(closes) && s.Definition.Late != nil:
		return validation.Errors{field: s.Definition.Late.SetParams(params)}
	case s.Over(closes):
		return InvalidWith(field, "window_closed", "Applications closed on {{.to}}.", params)
	}
	return nil
}

// stamp writes a time as PocketBase does, or nothing.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(types.DefaultDateLayout)
}

// Openers returns the guards that decide whether somebody may apply at all,
// before anything is filled in. What a record is says more than the time: of a
// certificate without paper, that it has none.
func (s *Step) Openers() []Guard {
	if s.Definition.About != nil {
		return append(append([]Guard{concerned, standing}, s.Definition.Eligible...), open, once)
	}
	return append(append([]Guard{concerned, open}, s.Definition.Eligible...), once)
}
