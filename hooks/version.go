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
	Values map[string]any `json:"values"`
}

// keepVersion writes the version of this step, sealed, and returns the SHA-256
// of its clear text for the audit trail.
func (p *Portal) keepVersion(s *modules.Step) (string, error) {
	v := version{Salt: rand.Text(), Reply: s.Record.GetString("reply"), Values: map[string]any{}}
	for _, f := range s.Record.Collection().Fields {
		name := f.GetName()
		if modules.Envelope(name) {
			continue
		}
		v.Values[name] = s.Record.GetRaw(name)
		if f.Type() == sealed.Type {
			v.Values[name] = sealed.Plain(s.Record, name)
		}
	}
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

// versionContext binds the ciphertext to its column.
const versionContext = "versions.data"

// versions returns what an application said at each rev, by rev.
func (p *Portal) versions(app core.App, service, id string) (map[int]version, error) {
	rows := []struct {
		Rev  int
		Data string
	}{}
	err := app.DB().Select("rev", "data").From("versions").Where(dbx.HashExp{"service": service, "record": id}).All(&rows)
	if err != nil {
		return nil, err
	}
	list := map[int]version{}
	for _, r := range rows {
		clear, err := p.ring.Open(versionContext, r.Data)
		if err != nil {
			return nil, err
		}
		var v version
		if err := json.Unmarshal([]byte(clear), &v); err != nil {
			return nil, err
		}
		list[r.Rev] = v
	}
	return list, nil
}
