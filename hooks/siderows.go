package hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// writeSideRows writes what else a change leaves behind, in its transaction.
// They are raw inserts, so that one change is broadcast once.
func (p *Portal) writeSideRows(s *modules.Step) error {
	if err := mirror(s); err != nil {
		return err
	}
	if err := list(s); err != nil {
		return err
	}
	content, err := p.keepVersion(s)
	if err != nil {
		return err
	}
	if err := p.record(s, content); err != nil {
		return err
	}
	return p.tell(s)
}

// list keeps the row of the application in 业务查询 up to date.
func list(s *modules.Step) error {
	r := s.Record
	row := dbx.Params{
		"id": r.Id, "service": s.Definition.Name, "owner": r.GetString("owner"), "number": r.GetString("number"),
		"session": r.GetString("session"), "status": r.GetString("status"), "waits_for": r.GetString("waits_for"),
		"reply": r.GetString("reply"), "claimed_by": r.GetString("claimed_by"), "rev": r.GetInt("rev"),
		"resubmits": r.GetInt("resubmits"), "due": dated(r, "due"), "submitted": dated(r, "submitted"),
		"updated": dateTime(s.Now).String(),
	}
	if s.From != s.Transition.To {
		row["changed"] = dateTime(s.Now).String()
	}
	if s.From == modules.None {
		return insert(s.App, "applications", row)
	}
	_, err := s.App.NonconcurrentDB().Update("applications", row, dbx.HashExp{"id": r.Id}).Execute()
	return err
}

// insert writes a row past PocketBase's hooks: nobody may subscribe to it.
func insert(app core.App, table string, row dbx.Params) error {
	_, err := app.NonconcurrentDB().Insert(table, row).Execute()
	return err
}

func containsState(list []modules.State, s modules.State) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
