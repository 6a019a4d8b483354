package demo

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules"
)

// service is the business that most stories are of.
const service = "score_reviews"

// story is an application and what happened to it.
type story struct {
	id           string
	owner        modules.Actor
	registration string
	phone        string
	employer     string
	items        []item
	form         map[string]any // what is filled in, in other businesses
	moves        []move         // the first one is the submission
}

// item is a subject of the application and why.
type item struct {
	Subject string `json:"subject"`
	Reason  string `json:"reason"`
}

// result is what the markers found. Score is set where the outcome has one.
type result struct {
	Subject  string `json:"subject"`
	Outcome  string `json:"outcome"`
	Score    *int   `json:"score,omitempty"`
	Flag     string `json:"flag,omitempty"`
	Document string `json:"document,omitempty"`
}

// move is one step of a story. By is the user name of a member of staff, empty
// for the candidate, or the system.
type move struct {
	at    time.Time
	by    string
	to    modules.State
	with  map[string]any
	files []upload
}

const bySystem = "system"

// player plays stories through the workflow: each move is a record that
// somebody saves on the day on which it is said to have happened.
type player struct {
	tx         core.App
	clock      *clock
	collection *core.Collection
	commitment string
	staff      map[string]modules.Actor
	sheets     map[string][]byte // drawn once, as drawing costs more than saving
}

// newPlayer returns a player of a business that works in a transaction.
func (f *filler) newPlayer(tx core.App, service string) (*player, error) {
	c, err := tx.FindCachedCollectionByNameOrId(service)
	if err != nil {
		return nil, err
	}
	d, ok := f.portal.Set().Find(service)
	if !ok {
		return nil, fmt.Errorf("demo data needs the business %q", service)
	}
	p := &player{tx: tx, clock: f.clock, collection: c, staff: map[string]modules.Actor{}, sheets: f.sheets}
	if d.Commitment != nil {
		p.commitment = d.Commitment.Version
	}
	for _, a := range Staff() {
		r, err := tx.FindRecordById("staff", key(a.user()))
		if err == nil { // the administrator is no staff
			p.staff[a.user()] = modules.ActorOf(r, service)
		}
	}
	return p, nil
}

// play makes the application and takes it through its moves.
func (p *player) play(s story) error {
	for i, m := range s.moves {
		r, err := p.record(s, i)
		if err != nil {
			return err
		}
		p.clock.at = m.at
		modules.Sign(r, p.actor(s, m))
		r.Load(m.with)
		for _, u := range m.files {
			r.Set(u.slot, p.file(u.name, u.title, scan))
		}
		r.Set("status", string(m.to))
		if err := p.tx.Save(r); err != nil {
			return fmt.Errorf("%s: move %d to %s: %w", s.id, i, m.to, err)
		}
	}
	return nil
}

// record returns the application as the next move finds it.
func (p *player) record(s story, i int) (*core.Record, error) {
	if i > 0 {
		return p.tx.FindRecordById(p.collection, s.id)
	}
	r := core.NewRecord(p.collection)
	r.Id = s.id
	if s.form != nil {
		r.Load(s.form)
		r.Load(map[string]any{"owner": s.owner.ID, "commitment": p.commitment})
		return r, nil
	}
	r.Load(map[string]any{
		"owner": s.owner.ID, "registration": s.registration, "commitment": p.commitment, "phone": s.phone,
		"employer": s.employer, "items": asJSON(s.items),
	})
	r.Load(p.materials())
	return r, nil
}

func (p *player) actor(s story, m move) modules.Actor {
	switch m.by {
	case "":
		return s.owner
	case bySystem:
		return modules.Portal()
	}
	return p.staff[m.by]
}

// materials returns what is uploaded with a new application.
func (p *player) materials() map[string]any {
	return map[string]any{
		"id_card": []*filesystem.File{
			p.file("id_front.jpg", "身份证人像面", photo),
			p.file("id_back.jpg", "身份证国徽面", photo),
		},
		"admission_ticket": p.file("ticket.png", "准考证", scan),
		"statement":        p.file("statement.pdf", "成绩复核申请表 签名", document),
	}
}

// file returns an upload. Its name in the storage is the given one, where
// PocketBase would add something random.
func (p *player) file(name, title string, draw func(string) []byte) *filesystem.File {
	data := p.sheets[name]
	if data == nil {
		data = draw(title)
		p.sheets[name] = data
	}
	f, err := filesystem.NewFileFromBytes(data, name)
	if err != nil {
		panic(err) // only an empty file fails
	}
	f.Name = name
	return f
}

// markSent keeps the messages of the past from being sent today.
func (p *player) markSent(now time.Time) error {
	_, err := p.tx.NonconcurrentDB().Update("outbox", dbx.Params{"state": "sent", "sent": dbx.NewExp("next")},
		dbx.NewExp("state = 'pending' AND next <= {:now}", dbx.Params{"now": dateTime(now).String()})).Execute()
	return err
}

// asJSON returns rows as a form sends them.
func asJSON(rows any) string {
	data, err := json.Marshal(rows)
	if err != nil {
		panic(err) // plain structs always marshal
	}
	return string(data)
}
