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
	var salt certificate.Salt
	rand.Read(salt[:]) // never fails: crypto/rand ends the program instead
	at := o.portal.Now().UTC().Format(time.RFC3339)
	leaf := certificate.Happening{
		Kind: kind, Code: r.GetString("code"), Number: r.GetString("number"), ReissueNo: r.GetInt("reissue_no"),
		Annotation: annotation.GetString("code"), At: at,
	}.Leaf(salt)
	first, err := translog.Append(tx.NonconcurrentDB(), [][32]byte{leaf})
	if err != nil {
		return first, err
	}
	_, err = tx.NonconcurrentDB().Insert("certificate_events", dbx.Params{
		"id": certificate.NewIDs(1)[0], "certificate": r.Id, "annotation": annotation.Id, "kind": kind, "at": at,
		"actor_kind": by.Kind, "actor": by.ID, "leaf": first + 1, "salt": hex.EncodeToString(salt[:]),
	}).Execute()
	if err != nil {
		return first, err
	}
	return first, o.portal.Append(tx, hooks.Act{
		Service: "annotations", Record: annotation.Id, Owner: r.GetString("holder"), Action: kind, Actor: by, Content: hex.EncodeToString(leaf[:]),
	})
}
