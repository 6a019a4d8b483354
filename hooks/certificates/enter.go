package certificates

import (
	"crypto/rand"
	"encoding/hex"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
	"examhall/modules/translog"
)

// enter keeps what became of an annotated copy: an event of its certificate, and
// a leaf of the log, whose index it returns, so that nobody can deny later that it
// was made or taken back.
func (o *Office) enter(tx core.App, r, annotation *core.Record, kind string, by modules.Actor) (index int64, err error) {
	index, content, err := o.happen(tx, entry{certificate: r, annotation: annotation, kind: kind, by: by, logged: true})
	if err != nil {
		return index, err
	}
	return index, o.portal.Append(tx, hooks.Act{
		Service: "annotations", Record: annotation.Id, Owner: r.GetString("holder"), Action: kind, Actor: by, Content: content,
	})
}

// entry is one event of a certificate, or of a copy of it.
type entry struct {
	certificate, annotation *core.Record
	kind, note              string
	by                      modules.Actor
	logged                  bool // it gets a leaf of the log
}

// happen writes an event, and returns the index of its leaf and the leaf as the
// audit trail keeps it.
func (o *Office) happen(tx core.App, x entry) (index int64, content string, err error) {
	now := o.portal.Now()
	row := dbx.Params{
		"id": newIDs(1)[0], "certificate": x.certificate.Id, "kind": x.kind, "at": now.UTC().Format(time.RFC3339),
		"actor_kind": x.by.Kind, "actor": x.by.ID, "via": x.by.Via, "note": x.note,
	}
	code := ""
	if x.annotation != nil {
		row["annotation"], code = x.annotation.Id, x.annotation.GetString("code")
	}
	if x.logged {
		var salt certificate.Salt
		rand.Read(salt[:]) // never fails: crypto/rand ends the program instead
		leaf := happeningOf(x.kind, x.certificate, code, row["at"].(string)).Leaf(salt)
		if index, err = translog.Append(tx.NonconcurrentDB(), [][32]byte{leaf}); err != nil {
			return index, "", err
		}
		row["leaf"], row["salt"], content = index+1, hex.EncodeToString(salt[:]), hex.EncodeToString(leaf[:])
	}
	_, err = tx.NonconcurrentDB().Insert("certificate_events", row).Execute()
	return index, content, err
}

// happeningOf returns what the log says about an event of a certificate. code is
// that of the annotated copy, if it is about one.
func happeningOf(kind string, c *core.Record, code, at string) certificate.Happening {
	h := certificate.Happening{
		Kind: kind, Code: c.GetString("code"), Number: c.GetString("number"), ReissueNo: c.GetInt("reissue_no"), Annotation: code, At: at,
	}
	if printing(kind) {
		h.Printed = certificate.PrintedOf(c).Digest()
	}
	return h
}

// printing reports whether an event put something on paper.
func printing(kind string) bool { return kind == "issued" || kind == "reissued" }
