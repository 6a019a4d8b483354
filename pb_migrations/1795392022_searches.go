package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(searches, nil)
}

// searches makes the log of the public search 证书查询, beside the request log
// and apart from the data, so that guests never wait for the one writer. It
// holds hashes only; at is in seconds, and rows are in its order. Search counts are what holders are told.
func searches(app core.App) error {
	_, err := app.AuxNonconcurrentDB().NewQuery(`
		CREATE TABLE searches (at INTEGER NOT NULL, network TEXT NOT NULL, exam TEXT NOT NULL, subject TEXT NOT NULL, hit INTEGER NOT NULL);
		CREATE TABLE search_counts (certificate TEXT NOT NULL, month TEXT NOT NULL, n INTEGER NOT NULL,
			PRIMARY KEY (certificate, month)) WITHOUT ROWID;
	`).Execute()
	return err
}
