package certificates

import (
	"encoding/hex"
	"errors"
	"net/http"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/mod/sumdb/tlog"

	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/translog"
)

// bindLog publishes the transparency log, and signs it once a day: whoever
// keeps a checkpoint notices when anything before it changes.
func (o *Office) bindLog(app core.App) error {
	ring := o.portal.Ring()
	key, err := translog.NewKey(ring.PublicKey(), ring.Sign)
	if err != nil {
		return err
	}
	o.log = key
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		g := e.Router.Group("/log")
		g.Bind(apis.SkipSuccessActivityLog(), apis.Gzip())
		g.GET("/key", o.publishLogKey)
		g.GET("/checkpoint", o.publishCheckpoint)
		g.GET("/checkpoints", o.publishAllKept)
		g.GET("/tile/{path...}", publishTile)
		return e.Next()
	})
	app.Cron().MustAdd("examhall_log", "6 * * * *", func() { // the first hour of the day in which the server runs
		if err := o.KeepCheckpoint(app); err != nil {
			app.Logger().Error("checkpoint of the log", "error", err)
		}
	})
	return nil
}

// KeepCheckpoint publishes the present head of the log under today's date. A
// day has one checkpoint: the first.
func (o *Office) KeepCheckpoint(app core.App) error {
	return app.RunInTransaction(func(tx core.App) error {
		return o.log.Keep(tx.NonconcurrentDB(), o.portal.Now().In(calendar.Zone).Format(time.DateOnly))
	})
}

// mirrored lets every other site read what is public.
func mirrored(e *core.RequestEvent, cache string) {
	e.Response.Header().Set("Access-Control-Allow-Origin", "*")
	e.Response.Header().Set("Cache-Control", cache)
}

func (o *Office) publishLogKey(e *core.RequestEvent) error {
	mirrored(e, "public, max-age=3600")
	return e.String(http.StatusOK, o.log.Verifier()+"\n")
}

func (o *Office) publishCheckpoint(e *core.RequestEvent) error {
	_, signed, err := o.checkpoint(e.App)
	if err != nil {
		return err
	}
	mirrored(e, "no-cache")
	return e.Blob(http.StatusOK, "text/plain; charset=utf-8", signed)
}

// checkpoint returns the present head with its signature.
func (o *Office) checkpoint(app core.App) (tlog.Tree, []byte, error) {
	head, err := translog.Head(app.DB())
	if err != nil {
		return head, nil, err
	}
	signed, err := o.log.Checkpoint(head)
	return head, signed, err
}

// publishAllKept lists the checkpoint of every day.
func (o *Office) publishAllKept(e *core.RequestEvent) error {
	list, err := translog.AllKept(e.App.DB())
	if err != nil {
		return err
	}
	mirrored(e, "no-cache")
	return e.JSON(http.StatusOK, map[string]any{"key": o.log.Verifier(), "checkpoints": list})
}

// publishTile answers with a tile. One that is whole never changes.
func publishTile(e *core.RequestEvent) error {
	data, whole, err := translog.TileFile(e.App.DB(), "tile/"+e.Request.PathValue("path"))
	if errors.Is(err, translog.ErrNoTile) {
		return e.NotFoundError("", nil)
	}
	if err != nil {
		return err
	}
	mirrored(e, "public, max-age=60")
	if whole {
		mirrored(e, "public, max-age=31536000, immutable")
	}
	return e.Blob(http.StatusOK, "application/octet-stream", data)
}

// proof says that the issue of a certificate, or of an annotated copy, is in the
// log: what its leaf covers, and the hashes that lead from it to the checkpoint.
type proof struct {
	Index      int64            `json:"index"`
	Salt       string           `json:"salt"`
	Values     []string         `json:"values"` // the leaf is SHA-256 over the salt and these, each as "length:value,"
	Leaf       string           `json:"leaf"`
	Hashes     tlog.RecordProof `json:"hashes"`
	Checkpoint string           `json:"checkpoint"`
	Key        string           `json:"key"`
}

// prove makes the proof for a leaf.
func (o *Office) prove(app core.App, index int64) (*proof, error) {
	h, salt, err := readLeaf(app, index)
	if err != nil {
		return nil, err
	}
	head, signed, err := o.checkpoint(app)
	if err != nil {
		return nil, err
	}
	hashes, err := translog.Proof(app.DB(), index, head.N)
	if err != nil {
		return nil, err
	}
	leaf := h.Leaf(salt)
	return &proof{
		Index: index, Salt: hex.EncodeToString(salt[:]), Values: h.Values(), Leaf: hex.EncodeToString(leaf[:]), Hashes: hashes,
		Checkpoint: string(signed), Key: o.log.Verifier(),
	}, nil
}

// readLeaf reads what a leaf is about.
func readLeaf(app core.App, index int64) (h certificate.Happening, salt certificate.Salt, err error) {
	var row struct{ Kind, Certificate, Annotation, At, Salt string }
	err = app.DB().Select("kind", "certificate", "annotation", "at", "salt").From("certificate_events").
		Where(dbx.HashExp{"leaf": index + 1}).One(&row)
	if err != nil {
		return h, salt, err
	}
	if raw, err := hex.DecodeString(row.Salt); err == nil && len(raw) == len(salt) {
		salt = certificate.Salt(raw)
	}
	c, err := app.FindRecordById("certificates", row.Certificate)
	if err != nil {
		return h, salt, err
	}
	code := ""
	if row.Annotation != "" {
		a, err := app.FindRecordById("annotations", row.Annotation)
		if err != nil {
			return h, salt, err
		}
		code = a.GetString("code")
	}
	return happeningOf(row.Kind, c, code, row.At), salt, nil
}
