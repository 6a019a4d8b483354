package hooks

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// version is what an application said at one rev. The salt keeps anybody from
// guessing a short value by the hash that the audit trail holds.
type version struct {
	Salt   string         `json:"salt"`
	Reply  string         `json:"reply"`
	Note   string         `json:"note,omitempty"` // what the authority wrote to itself
	Action string         `json:"-"`              // the move that it came with
	Values map[string]any `json:"values"`
}

// keepVersion writes the version of this step, sealed, and returns the SHA-256
// of its clear text for the audit trail.
func (p *Portal) keepVersion(s *modules.Step) (string, error) {
	v := says(s.Record)
	v.Salt, v.Note = rand.Text(), s.Note
	clear, err := json.Marshal(v) // sorts the keys: the same content has the same hash
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(clear)
	return hex.EncodeToString(sum[:]), insert(s.App, "versions", dbx.Params{
		"id": core.GenerateDefaultRandomId(), "service": s.Definition.Name, "record": s.Record.Id,
		"rev": s.Record.GetInt("rev"), "action": s.Transition.Action, "at": dateTime(s.Now).String(),
		"data": p.ring.Seal(versionContext, string(clear)),
	})
}

// says returns what an application says, without a salt.
func says(r *core.Record) version {
	v := version{Reply: r.GetString("reply"), Values: map[string]any{}}
	for _, f := range r.Collection().Fields {
		name := f.GetName()
		if modules.Envelope(name) {
			continue
		}
		v.Values[name] = r.GetRaw(name)
		if f.Type() == sealed.Type {
			v.Values[name] = sealed.Plain(r, name)
		}
	}
	return v
}

// saysNow returns what an application says in the form in which versions come
// back, so that the two can be compared.
func saysNow(r *core.Record) (version, error) {
	raw, err := json.Marshal(says(r))
	if err != nil {
		return version{}, err
	}
	var v version
	return v, json.Unmarshal(raw, &v)
}

// versionContext binds the ciphertext to its column.
const versionContext = "versions.data"

// versions returns what an application said at each rev, by rev.
func (p *Portal) versions(app core.App, service, id string) (map[int]version, error) {
	rows := []struct {
		Rev          int
		Action, Data string
	}{}
	err := app.DB().Select("rev", "action", "data").From("versions").Where(dbx.HashExp{"service": service, "record": id}).All(&rows)
	if err != nil {
		return nil, err
	}
	list := map[int]version{}
	for _, r := range rows {
		v, err := p.openVersion(r.Data)
		if err != nil {
			return nil, err
		}
		v.Action = r.Action
		list[r.Rev] = v
	}
	return list, nil
}

// openVersion opens the version in a row.
func (p *Portal) openVersion(data string) (version, error) {
	var v version
	clear, err := p.ring.Open(versionContext, data)
	if err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(clear), &v)
}
