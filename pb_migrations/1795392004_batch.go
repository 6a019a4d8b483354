package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(batch, nil)
}

// batch lets a client send several changes that happen together or not at all.
// The limits keep one client from holding the only writer for long; one
// application with all its materials is 20 MB.
func batch(app core.App) error {
	s := app.Settings()
	s.Batch.Enabled, s.Batch.MaxRequests, s.Batch.Timeout = true, 50, 3
	s.Batch.MaxBodySize = 32 << 20
	return app.Save(s)
}
