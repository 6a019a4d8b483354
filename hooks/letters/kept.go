package letters

import (
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
)

// keepContext binds the sealed papers to their column.
const keepContext = "papers.data"

// keep returns a paper as it was made the first time, and makes it now if this
// is the first time. A paper holds names and results, so it lies sealed.
func (o *Office) keep(app core.App, f *hooks.Filing, kind string, write func() ([]byte, error)) ([]byte, error) {
	key := dbx.HashExp{"record": f.Record.Id, "kind": kind, "rev": f.Record.GetInt("rev")}
	if data, err := o.kept(app, key); err != nil || data != nil {
		return data, err
	}
	data, err := write()
	if err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		first, err := o.kept(tx, key) // somebody may have asked at the same moment
		if err != nil || first != nil {
			data = first
			return err
		}
		sum := sha256.Sum256(data)
		_, err = tx.NonconcurrentDB().Insert("papers", dbx.Params{
			"record": key["record"], "kind": kind, "rev": key["rev"], "at": f.At.UTC().Format("2006-01-02 15:04:05.000Z"),
			"sha256": hex.EncodeToString(sum[:]), "data": o.portal.Ring().Seal(keepContext, base64.StdEncoding.EncodeToString(data)),
		}).Execute()
		return err
	})
	return data, err
}

// kept returns the paper that is kept, or nothing.
func (o *Office) kept(app core.App, key dbx.HashExp) ([]byte, error) {
	var sealed string
	err := app.DB().Select("data").From("papers").Where(key).Row(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	clear, err := o.portal.Ring().Open(keepContext, sealed)
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(clear)
}
