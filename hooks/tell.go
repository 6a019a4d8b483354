package hooks

import (
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// tell writes what the candidate is told about a step: a message in the app,
// and a short text in the outbox, from which it can be sent after the commit. Both
// name the application and hold nothing personal.
func (p *Portal) tell(s *modules.Step) error {
	if s.Transition.Message == (modules.Text{}) {
		return nil
	}
	r := s.Record
	err := insert(s.App, "notifications", dbx.Params{
		"id": core.GenerateDefaultRandomId(), "owner": r.GetString("owner"), "service": s.Definition.Name, "record": r.Id,
		"number": r.GetString("number"), "action": s.Transition.Action, "status": r.GetString("status"),
		"due": dated(r, "due"), "at": dateTime(s.Now).String(), "read": "",
	})
	if err != nil {
		return err
	}
	return p.text(s)
}

// text queues a text message to the mobile that the application was made with.
func (p *Portal) text(s *modules.Step) error {
	mobile := snapshotOf(s.Record)["mobile"]
	if mobile == "" {
		return nil
	}
	params, err := json.Marshal(map[string]string{"number": s.Record.GetString("number"), "due": dated(s.Record, "due")})
	if err != nil {
		return err
	}
	return insert(s.App, "outbox", dbx.Params{
		"id": core.GenerateDefaultRandomId(), "channel": "sms", "template": s.Definition.Name + "/" + s.Transition.Action,
		"recipient": p.ring.Seal("outbox.recipient", mobile), "params": p.ring.Seal("outbox.params", string(params)),
		"state": "pending", "attempts": 0, "next": dateTime(s.Now).String(), "created": dateTime(s.Now).String(),
	})
}

// snapshotOf returns who the candidate was when the application was submitted.
func snapshotOf(r *core.Record) map[string]string {
	who := map[string]string{}
	if err := json.Unmarshal([]byte(sealed.Plain(r, "snapshot")), &who); err != nil {
		return nil // no snapshot: the row was not made by the workflow
	}
	return who
}
