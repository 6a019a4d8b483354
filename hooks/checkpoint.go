package hooks

import (
	"encoding/hex"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/calendar"
)

// Checkpoint keeps the present head of the audit trail under today's date. A
// day has one checkpoint: the first.
func (p *Portal) Checkpoint(app core.App) error {
	return app.RunInTransaction(func(tx core.App) error {
		id := checkpointID(p.now().In(calendar.Zone))
		today, err := readHead(tx, id)
		if err != nil || today.Seq > 0 {
			return err
		}
		last, err := readHead(tx, liveHead)
		if err != nil || last.Seq == 0 {
			return err
		}
		last.At = dateTime(p.now()).String()
		return p.writeHead(tx, id, last)
	})
}

// publishCheckpoints answers anybody with the signed heads of the last 400 days
// and the key to check them with. They hold nothing personal.
func (p *Portal) publishCheckpoints(e *core.RequestEvent) error {
	list, err := checkpoints(e.App, 400)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"algorithm": "Ed25519", "public_key": hex.EncodeToString(p.ring.PublicKey()), "checkpoints": list,
	})
}

func checkpoints(app core.App, n int64) ([]head, error) {
	list := []head{}
	err := app.DB().Select("seq", "hash", "at", "signature").From("event_heads").
		Where(dbx.Not(dbx.HashExp{"id": liveHead})).OrderBy("seq DESC").Limit(n).All(&list)
	return list, err
}
