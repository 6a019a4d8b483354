package hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// bindRev wants every update over HTTP to say which rev it was made from. The
// comparison itself happens in the transaction of the save.
func bindRev(app core.App, p *Portal) {
	app.OnRecordUpdateRequest(p.set.Names()...).BindFunc(func(e *core.RecordRequestEvent) error {
		body, err := rawBody(e.RequestEvent)
		if err != nil {
			return err
		}
		rev, ok := body["rev"].(float64)
		if !ok {
			return answer(modules.Invalid("rev", "rev_required", "Send the rev that you have read."))
		}
		e.Record.Set("rev", rev) // and nothing that a modifier such as "rev+" made of it
		return e.Next()
	})
}
