package certificates

import (
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// show answers with one certificate, as its reader may see it.
func (o *Office) show(e *core.RequestEvent, r *core.Record, status int) error {
	if err := apis.EnrichRecord(e, r); err != nil {
		return err
	}
	return e.JSON(status, r)
}
