package hooks

import "github.com/pocketbase/pocketbase/core"

// bindBackup keeps the keys out of backups: whoever finds one must not be able
// to read it.
func bindBackup(app core.App) {
	app.OnBackupCreate().BindFunc(func(e *core.BackupEvent) error {
		e.Exclude = append(e.Exclude, KeyFile)
		return e.Next()
	})
}
