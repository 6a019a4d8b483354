package certificates

import (
	"fmt"
	"net/http"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
)

// mostAtOnce is how many certificates staff name in one request.
const mostAtOnce = 500

// handout says which paper lies where now.
type handout struct {
	IDs   []string `json:"ids" form:"ids"`
	Batch string   `json:"batch" form:"batch"` // all of a run that may go there
	To    string   `json:"to" form:"to"`       // ready or collected
}

// distribute notes that paper lies ready 可领取, or was handed over 已领取. What
// goes by mail moves with its mailing.
func (o *Office) distribute(e *core.RequestEvent) error {
	var h handout
	if err := e.BindBody(&h); err != nil {
		return e.BadRequestError("The request is not readable.", err)
	}
	moved := 0
	err := e.App.RunInTransaction(func(tx core.App) (err error) {
		if err := h.check(); err != nil {
			return err
		}
		if h.Batch != "" {
			moved, err = o.moveBatch(tx, h, actorOf(e))
		} else {
			moved, err = len(h.IDs), o.moveEach(tx, h, actorOf(e))
		}
		return err
	})
	if err != nil {
		return hooks.Answer(err)
	}
	return e.JSON(http.StatusOK, map[string]any{"moved": moved})
}

func (h handout) check() error {
	problems := validation.Errors{}
	if h.To != certificate.Ready && h.To != certificate.Collected {
		problems["to"] = modules.NewProblem("validation_in_invalid", "Choose one of the list.", nil)
	}
	if n := len(h.IDs); h.Batch == "" && (n == 0 || n > mostAtOnce) {
		problems["ids"] = modules.NewProblem("row_count", "Name {{.min}} to {{.max}}.", map[string]any{"min": 1, "max": mostAtOnce})
	}
	return problems.Filter()
}

// moveEach moves the named ones, all or none, and tells what is wrong with each.
func (o *Office) moveEach(tx core.App, h handout, by modules.Actor) error {
	problems := validation.Errors{}
	for i, id := range h.IDs {
		field := fmt.Sprintf("ids.%d", i)
		r, err := tx.FindRecordById("certificates", id)
		if err != nil {
			problems[field] = modules.NewProblem("validation_missing_rel_records", "There is no such certificate.", nil)
			continue
		}
		switch from := r.GetString("distribution"); {
		case r.GetString("status") != certificate.Valid:
			problems[field] = modules.NewProblem("certificate_void", "The certificate is not valid any more.", nil)
		case from == h.To || !byHand(from, h.To):
			problems[field] = modules.NewProblem("transition_denied", "It is {{.from}}.", map[string]any{"from": from, "to": h.To})
		default:
			modules.Sign(r, by)
			r.Set("distribution", h.To)
			if err := tx.Save(r); err != nil {
				return err
			}
		}
	}
	return problems.Filter()
}

// byHand reports whether staff may move paper so. What is on its way by mail
// moves with the mailing only.
func byHand(from, to string) bool {
	return certificate.MayMove(from, to) && from != certificate.Mailing && from != certificate.Shipped
}

// moveBatch moves whatever of a run may go there.
func (o *Office) moveBatch(tx core.App, h handout, by modules.Actor) (int, error) {
	from := map[string][]any{
		certificate.Ready:     {certificate.Making, certificate.ReturnedMail},
		certificate.Collected: {certificate.Ready, certificate.ReturnedMail},
	}[h.To]
	which := dbx.And(dbx.HashExp{"batch": h.Batch, "status": certificate.Valid, "distribution": from}, dbx.NewExp("batch <> ''"))
	var ids []string
	if err := tx.DB().Select("id").From("certificates").Where(which).Column(&ids); err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		return 0, modules.Invalid("batch", "nobody_to_move", "No certificate of this run can go there.")
	}
	_, err := tx.NonconcurrentDB().Update("certificates", dbx.Params{"distribution": h.To, "rev": dbx.NewExp("rev + 1")}, which).Execute()
	if err != nil {
		return 0, err
	}
	pairs := make([][2]string, len(ids))
	for i, id := range ids {
		pairs[i] = [2]string{id, h.To}
	}
	if h.To == certificate.Ready {
		if err := o.message(tx, toldReady, ids); err != nil {
			return 0, err
		}
	}
	return len(ids), o.tellMany(tx, "distributed", h.Batch, pairs, by)
}
