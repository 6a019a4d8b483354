package hooks

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/sealed"
)

// stamp sets what ExamHall itself keeps of an application: its number, its rev,
// when it was submitted and decided, and whose turn it is until when.
func (p *Portal) stamp(s *modules.Step) error {
	r := s.Record
	r.Set("rev", s.Before.GetInt("rev")+1)
	moved := s.From != s.Transition.To
	if moved {
		r.Set("claimed_by", "")
		if same(s.Before.GetRaw("reply"), r.GetRaw("reply")) {
			r.Set("reply", "") // a reply belongs to the move that it came with
		}
	}
	if s.Transition.Internal {
		s.Note = r.GetString("reply")
		r.Set("reply", "") // the record is the candidate's to read
	}
	if s.From == modules.None {
		if err := first(s); err != nil {
			return err
		}
	}
	if moved && s.Transition.WritesForm() {
		r.Set("submitted", dateTime(s.Now))
	}
	if s.Definition.Workflow.States[s.From].WaitsFor == modules.ForCandidate && s.Transition.WritesForm() {
		r.Set("resubmits", r.GetInt("resubmits")+1)
	}
	if !moved {
		return nil
	}
	decide(s)
	return setClock(s)
}

// decide keeps when the case was closed and by whom. One that is opened again is
// not decided.
func decide(s *modules.Step) {
	closes := s.Definition.Workflow.States[s.Transition.To].WaitsFor == modules.ForNobody
	switch {
	case closes && s.Actor.Staff():
		s.Record.Set("decided", dateTime(s.Now))
		s.Record.Set("decided_by", s.Actor.ID)
	case !closes:
		s.Record.Set("decided", "")
		s.Record.Set("decided_by", "")
	}
}

// first stamps a new application with its number and with who the candidate
// was when it was submitted: a decision refers to that.
func first(s *modules.Step) error {
	number, err := nextNumber(s)
	if err != nil {
		return err
	}
	snapshot, err := snapshot(s)
	if err != nil {
		return err
	}
	s.Record.Set("number", number)
	s.Record.Set("snapshot", snapshot)
	return nil
}

// snapshot returns who the owner is now, as JSON.
func snapshot(s *modules.Step) (string, error) {
	owner, err := s.App.FindRecordById("candidates", s.Record.GetString("owner")) // as they are now, not when the upload began
	if err != nil {
		return "", err
	}
	who, err := json.Marshal(map[string]string{
		"name": owner.GetString("name"), "id_type": owner.GetString("id_type"),
		"id_number": sealed.Plain(owner, "id_number"), "mobile": sealed.Plain(owner, "mobile"),
	})
	return string(who), err
}

// nextNumber returns the next business number 业务编号 of the day: prefix, date in
// Shanghai, six digits. The single writer of the transaction makes it gap-free.
func nextNumber(s *modules.Step) (string, error) {
	day := s.Definition.Prefix + s.Now.In(calendar.Zone).Format("20060102")
	var last string
	err := s.App.DB().Select("COALESCE(MAX(number), '')").From(s.Definition.Name).
		Where(dbx.NewExp("number >= {:from} AND number < {:to}", dbx.Params{"from": day, "to": day + "~"})).Row(&last)
	if err != nil {
		return "", err
	}
	n := 0
	if last != "" {
		if n, err = strconv.Atoi(last[len(day):]); err != nil {
			return "", fmt.Errorf("number %q: %w", last, err)
		}
	}
	return fmt.Sprintf("%s%06d", day, n+1), nil
}

// setClock says whose turn it is and until when. While an application waits for
// the candidate, the authority's working days are kept for later.
func setClock(s *modules.Step) error {
	r, info := s.Record, s.Definition.Workflow.States[s.Transition.To]
	before := s.Definition.Workflow.States[s.From].WaitsFor
	r.Set("waits_for", string(info.WaitsFor))
	if info.WaitsFor == modules.ForNobody || (info.Term.None() && s.Definition.Term.None()) {
		r.Set("due", "")
		return nil
	}
	days, err := s.Calendar()
	if err != nil {
		return err
	}
	due := r.GetDateTime("due").Time()
	switch {
	case info.WaitsFor == modules.ForCandidate:
		if before == modules.ForAuthority && !due.IsZero() {
			r.Set("remaining", max(1, days.WorkdaysLeft(s.Now, due)))
		}
		r.Set("due", after(days, s.Now, info.Term.Workdays))
	case s.Definition.Term.None():
		r.Set("due", "")
	case before == modules.ForCandidate:
		r.Set("due", after(days, s.Now, r.GetInt("remaining")))
	case s.From == modules.None || before == modules.ForNobody: // new, or opened again
		r.Set("due", after(days, s.Now, s.Definition.Term.Workdays))
	}
	return nil
}

// after returns the end of the n-th working day, or none.
func after(days *calendar.Calendar, now time.Time, n int) types.DateTime {
	if n == 0 {
		return types.DateTime{}
	}
	return dateTime(days.AddWorkdays(now, n))
}

// dateTime returns a time as PocketBase stores it.
func dateTime(t time.Time) types.DateTime {
	d, _ := types.ParseDateTime(t) // a time.Time always parses
	return d
}

// second returns the running second as text, to compare with the end of a term:
// the last second belongs to it.
func (p *Portal) second() string { return dateTime(p.now().Truncate(time.Second)).String() }

// dated returns a stored date as text for a raw insert.
func dated(r *core.Record, name string) string { return r.GetDateTime(name).String() }
