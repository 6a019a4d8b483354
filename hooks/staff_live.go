package hooks

import (
	"slices"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// bindStaffLive ends what staff receive live as soon as they may no longer
// have it. PocketBase remembers who opened a connection for up to half an hour
// and never asks the middleware again.
func bindStaffLive(app core.App) {
	app.OnRecordAfterUpdateSuccess("staff").BindFunc(func(e *core.RecordEvent) error {
		if !e.Record.GetBool("active") {
			forget(e.App, e.Record.Id)
		}
		return e.Next()
	})
	app.OnRecordAfterUpdateSuccess(core.CollectionNameSuperusers).BindFunc(func(e *core.RecordEvent) error {
		if loginChanged(e.Record) {
			forget(e.App, e.Record.Id, e.Record.Original().GetString("staff"))
		}
		return e.Next()
	})
	app.OnRecordAfterDeleteSuccess(core.CollectionNameSuperusers).BindFunc(func(e *core.RecordEvent) error {
		forget(e.App, e.Record.Id, e.Record.GetString("staff"))
		return e.Next()
	})
}

// loginChanged reports whether the row now stands for somebody else, or has a
// new password.
func loginChanged(r *core.Record) bool {
	old := r.Original()
	return old.GetString("role") != r.GetString("role") || old.GetString("staff") != r.GetString("staff") ||
		old.TokenKey() != r.TokenKey()
}

// forget makes guests of the live clients of the given accounts.
func forget(app core.App, ids ...string) {
	for _, client := range app.SubscriptionsBroker().Clients() {
		auth, ok := client.Get(apis.RealtimeClientAuthKey).(*core.Record)
		if ok && auth != nil && auth.Collection().Name != "candidates" && slices.Contains(ids, auth.Id) {
			client.Unset(apis.RealtimeClientAuthKey)
		}
	}
}
