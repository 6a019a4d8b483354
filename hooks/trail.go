package hooks

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// event is one row of the audit trail: who did what to which application, and
// which columns changed. It holds no values. Each row's hash covers the row
// before it, so that none can be changed, taken out or put in unnoticed.
type event struct {
	Seq       int64
	Service   string
	Record    string
	Owner     string
	Rev       int
	Action    string
	From      string
	To        string
	ActorKind string `db:"actor_kind"`
	Actor     string
	Via       string
	Fields    string
	Content   string
	At        string
	Hash      string
}

// digest returns the hash of the event after the given one. Every value is
// written with its length in front, so that no two rows read the same.
func (e event) digest(previous string) string {
	h := sha256.New()
	for _, v := range []string{
		previous, strconv.FormatInt(e.Seq, 10), e.Service, e.Record, e.Owner, strconv.Itoa(e.Rev), e.Action, e.From, e.To,
		e.ActorKind, e.Actor, e.Via, e.Fields, e.Content, e.At,
	} {
		fmt.Fprintf(h, "%d:%s,", len(v), v)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// record appends the event of a step to the trail.
func (p *Portal) record(s *modules.Step, content string) error {
	return p.appendEvent(s.App, event{
		Service: s.Definition.Name, Record: s.Record.Id, Owner: s.Record.GetString("owner"), Rev: s.Record.GetInt("rev"),
		Action: s.Transition.Action, From: string(s.From), To: string(s.Transition.To),
		ActorKind: s.Actor.Kind, Actor: s.Actor.ID, Via: s.Actor.Via,
		Fields: strings.Join(s.Changed, ","), Content: content, At: dateTime(s.Now).String(),
	})
}

// appendEvent numbers, chains and writes an event, and signs the new head. The head
// is read in the same transaction, which has the only write connection.
func (p *Portal) appendEvent(app core.App, e event) error {
	last, err := readHead(app, liveHead)
	if err != nil {
		return err
	}
	e.Seq = last.Seq + 1
	e.Hash = e.digest(last.Hash)
	err = insert(app, "events", dbx.Params{
		"id": core.GenerateDefaultRandomId(), "seq": e.Seq, "service": e.Service, "record": e.Record, "owner": e.Owner,
		"rev": e.Rev, "action": e.Action, "from": e.From, "to": e.To, "actor_kind": e.ActorKind, "actor": e.Actor,
		"via": e.Via, "fields": e.Fields, "content": e.Content, "at": e.At, "hash": e.Hash,
	})
	if err != nil {
		return err
	}
	return p.writeHead(app, liveHead, head{Seq: e.Seq, Hash: e.Hash, At: e.At})
}

// head is the end of the trail at some time, signed: a trail that was cut off
// does not reach it any more.
type head struct {
	Seq       int64  `json:"seq"`
	Hash      string `json:"hash"`
	At        string `json:"at"`
	Signature string `json:"signature"` // Ed25519, hex
}

// liveHead is the id of the head after the last event. Daily checkpoints have
// ids of their own.
const liveHead = "head00000000000"

// message is what the signature of a head covers.
func (h head) message() []byte {
	return fmt.Appendf(nil, "examhall audit %d %s %s", h.Seq, h.Hash, h.At)
}

func readHead(app core.App, id string) (head, error) {
	var h head
	err := app.DB().Select("seq", "hash", "at", "signature").From("event_heads").Where(dbx.HashExp{"id": id}).One(&h)
	if errors.Is(err, sql.ErrNoRows) {
		return head{}, nil
	}
	return h, err
}

func (p *Portal) writeHead(app core.App, id string, h head) error {
	h.Signature = hex.EncodeToString(p.ring.Sign(h.message()))
	_, err := app.NonconcurrentDB().NewQuery(`INSERT INTO event_heads (id, seq, hash, at, signature)
		VALUES ({:id}, {:seq}, {:hash}, {:at}, {:signature})
		ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at, signature = excluded.signature`).
		Bind(dbx.Params{"id": id, "seq": h.Seq, "hash": h.Hash, "at": h.At, "signature": h.Signature}).Execute()
	return err
}
