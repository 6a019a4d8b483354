package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(papers, nil)
}

// papers keeps decisions 决定书 as they were made, sealed, so that the file stays
// the same whatever a later release prints. It has no use for PocketBase's API.
func papers(app core.App) error {
	_, err := app.NonconcurrentDB().NewQuery(`
		CREATE TABLE papers (
			record TEXT NOT NULL, kind TEXT NOT NULL, rev INTEGER NOT NULL,
			at TEXT NOT NULL, sha256 TEXT NOT NULL, data TEXT NOT NULL,
			PRIMARY KEY (record, kind, rev)
		)`).Execute()
	return err
}
