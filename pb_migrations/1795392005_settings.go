package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(settings, nil)
}

// settings keeps request logs for as long as GB/T 22239 wants (six months), and
// says whose dashboard it is.
func settings(app core.App) error {
	s := app.Settings()
	s.Meta.AppName = "考生服务大厅 ExamHall"
	s.Logs.MaxDays = 190
	s.Logs.LogIP = true
	s.Logs.LogAuthId = true
	return app.Save(s)
}
