package certificates

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
	"examhall/modules/translog"
)

// issued tells what one call of issue has written.
type issued struct {
	ids         []string // of the certificates, in the order of their numbers
	first, last string   // numbers
	held        int
}

// issue makes the certificates of some people, in their order, in the
// transaction tx: rows, numbers, events, leaves of the log, and one row of the
// audit trail. Whoever cannot get one is held, and takes no number.
func (o *Office) issue(tx core.App, p *plan, people []person, batch string, by modules.Actor) (issued, error) {
	now := o.portal.Now()
	if err := o.makeReady(p, people); err != nil {
		return issued{}, err
	}
	ready, held := parted(people)
	done := issued{held: len(held)}
	if err := hold(tx, held, batch, now); err != nil || len(ready) == 0 {
		return done, err
	}
	count, err := reserve(tx, p, len(ready))
	if err != nil {
		return done, err
	}
	keys, err := o.keys(tx)
	if err != nil {
		return done, err
	}
	w := newWriter(p, ready, batch, by, now)
	w.kid = keys.KID()
	for i, x := range ready {
		codes, _ := p.specialty(x.Specialty) // who has no code is held
		w.numbers[i] = p.rule.Number(codes, count+1+i)
	}
	done.ids, done.first, done.last = w.ids, w.numbers[0], w.numbers[len(ready)-1]
	content, err := o.write(tx, w)
	if err != nil {
		return done, err
	}
	if err := o.message(tx, toldIssued, w.ids); err != nil {
		return done, err
	}
	act := hooks.Act{Service: "certificates", Record: batch, Action: "issue", To: certificate.Valid, Actor: by, Content: content}
	if batch == "" {
		act.Record, act.Owner = w.ids[0], ready[0].Candidate
	}
	return done, o.portal.Append(tx, act)
}

// parted tells those who get a certificate from those who are held.
func parted(people []person) (ready, held []person) {
	for _, x := range people {
		if x.problem == "" {
			ready = append(ready, x)
		} else {
			held = append(held, x)
		}
	}
	return ready, held
}

// hold keeps who got no certificate and why. Somebody who is held again stays
// in one row.
func hold(tx core.App, held []person, batch string, now time.Time) error {
	list := rows{
		table: "certificate_holds", same: dbx.Params{"batch": batch, "at": dateTime(now)},
		columns: []string{"id", "registration", "problem", "params"},
		tail:    "ON CONFLICT (registration) WHERE resolved = '' DO UPDATE SET batch = excluded.batch, problem = excluded.problem, params = excluded.params, at = excluded.at",
	}
	ids := newIDs(len(held))
	for i, x := range held {
		params, err := asJSON(x.params)
		if err != nil {
			return err
		}
		list.add(ids[i], x.Registration, x.problem, params)
	}
	return list.insert(tx)
}

// reserve takes n numbers from the counter of a plan and returns the last one
// before them. The writer is alone in its transaction, so no number is taken
// twice; and numbers of a transaction that fails go back.
func reserve(tx core.App, p *plan, n int) (int, error) {
	var last int
	err := tx.NonconcurrentDB().NewQuery(`INSERT INTO number_sequences (id, key, last) VALUES ({:id}, {:key}, {:n})
		ON CONFLICT (key) DO UPDATE SET last = last + excluded.last RETURNING last`).
		Bind(dbx.Params{"id": newIDs(1)[0], "key": p.rule.Key(p.codes), "n": n}).Row(&last)
	if err != nil {
		return 0, err
	}
	if last > p.rule.Most() {
		return 0, fmt.Errorf("the numbers of the exam end at %d", p.rule.Most())
	}
	return last - n, nil
}

// writer holds what is written for people who get a certificate.
type writer struct {
	plan                         *plan
	people                       []person
	ids, codes, numbers, eventID []string
	salts                        []certificate.Salt
	batch, kid                   string
	by                           modules.Actor
	now                          time.Time
}

func newWriter(p *plan, people []person, batch string, by modules.Actor, now time.Time) *writer {
	n := len(people)
	w := &writer{
		plan: p, people: people, batch: batch, by: by, now: now, numbers: make([]string, n), salts: make([]certificate.Salt, n),
		ids: newIDs(n), codes: certificate.NewCodes(n), eventID: newIDs(n),
	}
	for i := range w.salts {
		rand.Read(w.salts[i][:]) // never fails: crypto/rand ends the program instead
	}
	return w
}

// write inserts the certificates with their events and leaves, and returns a
// hash of the leaves for the audit trail.
func (o *Office) write(tx core.App, w *writer) (string, error) {
	leaves := make([][32]byte, len(w.people))
	sum := sha256.New()
	for i := range w.people {
		leaves[i] = certificate.Happening{
			Kind: "issued", Code: w.codes[i], Number: w.numbers[i], At: w.at(), Printed: w.printed(i).Digest(),
		}.Leaf(w.salts[i])
		sum.Write(leaves[i][:])
	}
	first, err := translog.Append(tx.NonconcurrentDB(), leaves)
	if err != nil {
		return "", err
	}
	certificates, events := w.certificateRows(), w.eventRows()
	for i, x := range w.people {
		index := first + int64(i)
		certificates.add(w.ids[i], w.numbers[i], w.codes[i], x.Candidate, x.Registration, x.Name, x.key, x.IDType, x.IDNumber,
			x.Index, x.searchKey, x.gender, x.birth, x.Specialty, x.Photo, index)
		events.add(w.eventID[i], w.ids[i], index+1, hex.EncodeToString(w.salts[i][:]))
	}
	for _, list := range []*rows{certificates, events} {
		if err := list.insert(tx); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), resolve(tx, w)
}

// printed returns what will stand on a certificate.
func (w *writer) printed(i int) certificate.Printed {
	p, x := w.plan, w.people[i]
	return certificate.Printed{
		Number: w.numbers[i], Name: x.Name, IDNumber: x.number, Gender: x.gender, BirthDate: x.birth, Title: p.title, Level: p.level,
		Specialty: x.Specialty, ApproveDate: p.ApproveDate, Issuer: p.Issuer,
	}
}

// at returns the time of the issue, as it goes into the leaves.
func (w *writer) at() string { return w.now.UTC().Format(time.RFC3339) }

func (w *writer) certificateRows() *rows {
	p := w.plan
	distribution := certificate.Making
	if p.Medium == "electronic" {
		distribution = ""
	}
	return &rows{
		table: "certificates",
		columns: []string{"id", "number", "code", "holder", "registration", "name", "name_key", "id_type", "id_number",
			"id_number_idx", "search_key", "gender", "birth_date", "specialty", "photo", "log_index"},
		same: dbx.Params{
			"batch": w.batch, "project": p.project.Id, "session": p.session.Id, "title": p.title, "level": p.level, "approve_date": p.ApproveDate,
			"issuer": p.Issuer, "medium": p.Medium, "layout": p.Layout, "status": certificate.Valid, "distribution": distribution,
			"issued": dateTime(w.now), "rev": 1, "signing_key": w.kid,
		},
	}
}

func (w *writer) eventRows() *rows {
	return &rows{
		table: "certificate_events", columns: []string{"id", "certificate", "leaf", "salt"},
		same: dbx.Params{"kind": "issued", "at": w.at(), "actor_kind": w.by.Kind, "actor": w.by.ID, "via": w.batch},
	}
}

// resolve closes what was held for people who have their certificate now.
func resolve(tx core.App, w *writer) error {
	registrations := make([]string, len(w.people))
	for i, x := range w.people {
		registrations[i] = x.Registration
	}
	text, err := asJSON(registrations)
	if err != nil {
		return err
	}
	_, err = tx.NonconcurrentDB().NewQuery(`UPDATE certificate_holds SET resolved = {:now}
		WHERE resolved = '' AND registration IN (SELECT value FROM json_each({:list}))`).
		Bind(dbx.Params{"now": dateTime(w.now), "list": text}).Execute()
	return err
}
