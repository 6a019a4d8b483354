package hooks

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// bindBackup keeps the keys out of backups, since whoever finds one must not be
// able to read it, and in their place when a backup is restored: PocketBase
// replaces the whole folder, and nothing opens without them.
func bindBackup(app core.App) {
	keep := func(e *core.BackupEvent) error {
		e.Exclude = append(e.Exclude, KeyFile, developmentKey)
		return e.Next()
	}
	app.OnBackupCreate().BindFunc(keep)
	app.OnBackupRestore().BindFunc(keep)
}

// errOtherKeys says that the key file is not the one that the data was sealed with.
var errOtherKeys = errors.New("the key file does not open this data. Put back the " + KeyFile + " that belongs to it")

// fitKeys refuses to start with other keys than those of the data: nobody would
// be found by their ID number, and every certificate would seem to be forged.
func (p *Portal) fitKeys(app core.App) error {
	var sealed string
	err := app.DB().Select("id_number").From("candidates").Where(dbx.NewExp("id_number != ''")).Limit(1).Row(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // nothing is sealed yet
	}
	if err != nil {
		return err
	}
	if _, err := p.ring.Open("candidates.id_number", sealed); err != nil {
		return errOtherKeys
	}
	return nil
}
