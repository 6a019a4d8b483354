package hooks

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// VerifyAudit walks the whole audit trail and returns how many events it has.
// The error names the first broken row: one that was changed, taken out or put
// in, a tail that was cut off, or an application that moved without an event.
//
// It reads everything in one transaction that only reads, so that people can go
// on meanwhile.
func (p *Portal) VerifyAudit(app core.App) (n int64, err error) {
	db, ok := app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return p.verifyAudit(app) // in a transaction already
	}
	tx, err := db.DB().BeginTx(context.Background(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }() // it has changed nothing
	return p.verifyAudit(snapshotApp{app, db.Wrap(tx)})
}

// snapshotApp reads everything as it was at one moment, and locks out nobody.
type snapshotApp struct {
	core.App
	tx dbx.Builder
}

// DB returns the transaction.
func (a snapshotApp) DB() dbx.Builder { return a.tx }

func (p *Portal) verifyAudit(app core.App) (int64, error) {
	known, err := p.signedHeads(app)
	if err != nil {
		return 0, err
	}
	last, err := p.walk(app, known)
	if err != nil {
		return last.Seq, err
	}
	end, err := readHead(app, liveHead)
	if err != nil {
		return last.Seq, err
	}
	if end.Seq > 0 && last.Seq > end.Seq {
		return last.Seq, fmt.Errorf("event %d was put in: event %d was signed as the last", end.Seq+1, end.Seq)
	}
	if end.Seq != last.Seq || end.Hash != last.Hash {
		return last.Seq, fmt.Errorf("the trail ends at event %d, but event %d was signed as the last: its tail was cut off", last.Seq, end.Seq)
	}
	for seq := range known {
		if seq > last.Seq {
			return last.Seq, fmt.Errorf("the trail ends at event %d, but a checkpoint knows event %d: its tail was cut off", last.Seq, seq)
		}
	}
	return last.Seq, p.verifyApplications(app)
}

// signedHeads returns the hash that each signed head vouches for, by seq.
func (p *Portal) signedHeads(app core.App) (map[int64]string, error) {
	list, err := checkpoints(app, -1)
	if err != nil {
		return nil, err
	}
	end, err := readHead(app, liveHead)
	if err != nil {
		return nil, err
	}
	if end.Seq > 0 {
		list = append(list, end)
	}
	known := map[int64]string{}
	for _, h := range list {
		signature, err := hex.DecodeString(h.Signature)
		if err != nil || !p.ring.Verify(h.message(), signature) {
			return nil, fmt.Errorf("the signature of the head at event %d is wrong", h.Seq)
		}
		known[h.Seq] = h.Hash
	}
	return known, nil
}

// walk checks event after event and returns the last one.
func (p *Portal) walk(app core.App, known map[int64]string) (event, error) {
	rows, err := app.DB().NewQuery("SELECT e.*, COALESCE(v.data, '') AS data FROM events e " +
		"LEFT JOIN versions v ON v.service = e.service AND v.record = e.record AND v.rev = e.rev AND e.content != '' ORDER BY e.seq").Rows()
	if err != nil {
		return event{}, err
	}
	defer rows.Close()
	var last event
	for rows.Next() {
		var row struct {
			event
			Data string
		}
		if err := rows.ScanStruct(&row); err != nil {
			return last, err
		}
		if err := p.follows(last, row.event, row.Data, known); err != nil {
			return last, err
		}
		last = row.event
	}
	return last, rows.Err()
}

// follows reports why an event cannot be the one after the given one.
func (p *Portal) follows(last, e event, data string, known map[int64]string) error {
	where := fmt.Sprintf("event %d (%s of %s %s)", e.Seq, e.Action, e.Service, e.Record)
	if e.Seq != last.Seq+1 {
		return fmt.Errorf("%s follows event %d: rows between them are missing", where, last.Seq)
	}
	if e.Hash != e.digest(last.Hash) {
		return fmt.Errorf("%s was changed: its hash does not fit", where)
	}
	if hash, ok := known[e.Seq]; ok && hash != e.Hash {
		return fmt.Errorf("%s is not the one that was signed", where)
	}
	if e.Content == "" || data == "" {
		return nil // a version may be gone after its time; the trail stays whole
	}
	clear, err := p.ring.Open(versionContext, data)
	if err != nil {
		return fmt.Errorf("%s: its version cannot be opened: %w", where, err)
	}
	if sum := sha256.Sum256([]byte(clear)); hex.EncodeToString(sum[:]) != e.Content {
		return fmt.Errorf("%s: what the application said then was changed", where)
	}
	return nil
}

// verifyApplications wants every application of the trail to be there, its
// status and rev to be those of its last event, and what it says to be what it
// said then.
func (p *Portal) verifyApplications(app core.App) error {
	for _, d := range p.set.Definitions() {
		if err := verifyPresent(app, d); err != nil {
			return err
		}
		stray := struct {
			Number, Status, Last string
			Rev                  int
		}{}
		err := app.DB().NewQuery(fmt.Sprintf(`SELECT a.number, a.status, a.rev, COALESCE(e."to", '') AS last FROM %s a
			LEFT JOIN events e ON e.record = a.id AND e.service = {:service}
				AND e.seq = (SELECT MAX(seq) FROM events x WHERE x.record = a.id)
			WHERE e.rev IS NOT a.rev OR e."to" IS NOT a.status LIMIT 1`, d.Name)).
			Bind(dbx.Params{"service": d.Name}).One(&stray)
		if err == nil {
			return fmt.Errorf("%s %s stands in %q at rev %d, but its last event led to %q", d.Name, stray.Number, stray.Status, stray.Rev, stray.Last)
		}
		if !noRows(err) {
			return err
		}
		if err := p.verifyContents(app, d); err != nil {
			return err
		}
	}
	return nil
}

// verifyPresent reports the first event of an application that is gone.
func verifyPresent(app core.App, d modules.Definition) error {
	var gone event
	err := app.DB().NewQuery(fmt.Sprintf(`SELECT e.* FROM events e WHERE e.service = {:service}
		AND NOT EXISTS (SELECT 1 FROM %s a WHERE a.id = e.record) ORDER BY e.seq LIMIT 1`, d.Name)).
		Bind(dbx.Params{"service": d.Name}).One(&gone)
	if noRows(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("event %d (%s of %s %s): the application is gone", gone.Seq, gone.Action, gone.Service, gone.Record)
}

// verifyContents compares every application with its last version, which the
// trail vouches for. It reads them in pieces, by id.
func (p *Portal) verifyContents(app core.App, d modules.Definition) error {
	for last := ""; ; {
		records := []*core.Record{}
		err := app.RecordQuery(d.Name).AndWhere(dbx.NewExp("id > {:last}", dbx.Params{"last": last})).OrderBy("id").Limit(500).All(&records)
		if err != nil || len(records) == 0 {
			return err
		}
		for _, r := range records {
			if err := p.verifyContent(app, r); err != nil {
				return err
			}
		}
		last = records[len(records)-1].Id
	}
}

func (p *Portal) verifyContent(app core.App, r *core.Record) error {
	var sealed string
	err := app.DB().Select("data").From("versions").Where(dbx.HashExp{"record": r.Id, "rev": r.GetInt("rev")}).Row(&sealed)
	if noRows(err) {
		return nil // a version may be gone after its time
	}
	if err != nil {
		return err
	}
	said, err := p.openVersion(sealed)
	if err != nil {
		return err
	}
	now, err := saysNow(r)
	if err != nil {
		return err
	}
	for name, value := range said.Values {
		if r.Collection().Fields.GetByName(name) != nil && !same(value, now.Values[name]) {
			return fmt.Errorf("%s %s: %s is not what rev %d said", r.Collection().Name, r.GetString("number"), name, r.GetInt("rev"))
		}
	}
	if said.Reply != now.Reply {
		return fmt.Errorf("%s %s: the reply is not what rev %d said", r.Collection().Name, r.GetString("number"), r.GetInt("rev"))
	}
	return nil
}
