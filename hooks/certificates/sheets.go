package certificates

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/certificate"
)

// mostSheets is how many print numbers one transaction registers.
const mostSheets = 10_000

// registerSheet keeps the print number 印制号 of the sheet that one certificate
// is printed on.
func (o *Office) registerSheet(e *core.RequestEvent) error {
	var body struct {
		PrintNo string `json:"print_no" form:"print_no"`
	}
	if err := e.BindBody(&body); err != nil {
		return e.BadRequestError("The request is not readable.", err)
	}
	var r *core.Record
	err := e.App.RunInTransaction(func(tx core.App) (err error) {
		if r, err = tx.FindRecordById("certificates", e.Request.PathValue("id")); err != nil {
			return e.NotFoundError("", nil)
		}
		list, err := certificate.PrintNumbers(body.PrintNo, 1)
		switch {
		case err != nil:
			return modules.Invalid("print_no", "print_no_invalid", "This is no print number.")
		case r.GetString("print_no") != "":
			return modules.Invalid("print_no", "certificate_fixed", "It has a print number.")
		case r.GetString("medium") == "electronic":
			return modules.Invalid("print_no", "no_paper", "This certificate has no paper.")
		case r.GetString("status") != certificate.Valid:
			return modules.Invalid("print_no", "certificate_void", "The certificate is not valid any more.")
		}
		if err := free(tx, list); err != nil {
			return err
		}
		modules.Sign(r, actorOf(e))
		r.Set("print_no", list[0])
		return tx.Save(r)
	})
	if err != nil {
		return hooks.Answer(err)
	}
	return o.show(e, r, http.StatusOK)
}

// registerSheets gives the next certificates of a run, in the order of their
// numbers, the print numbers of a stack of sheets.
func (o *Office) registerSheets(e *core.RequestEvent) error {
	var body struct {
		First string `json:"first" form:"first"`
		Count int    `json:"count" form:"count"` // 0 is as many as there are, up to [mostSheets]
	}
	if err := e.BindBody(&body); err != nil {
		return e.BadRequestError("The request is not readable.", err)
	}
	if body.Count <= 0 || body.Count > mostSheets {
		body.Count = mostSheets
	}
	var numbers []string
	err := e.App.RunInTransaction(func(tx core.App) (err error) {
		numbers, err = o.number(tx, e.Request.PathValue("batch"), body.First, body.Count, actorOf(e))
		return err
	})
	if err != nil {
		return hooks.Answer(err)
	}
	return e.JSON(http.StatusOK, map[string]any{"first": numbers[0], "last": numbers[len(numbers)-1], "count": len(numbers)})
}

// number registers a range of print numbers, all or none.
func (o *Office) number(tx core.App, batch, first string, count int, by modules.Actor) ([]string, error) {
	var ids []string
	err := tx.DB().Select("id").From("certificates").Where(dbx.HashExp{"batch": batch, "print_no": "", "status": certificate.Valid}).
		AndWhere(dbx.NewExp("batch <> '' AND medium <> 'electronic'")).OrderBy("number").Limit(int64(count)).Column(&ids)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, modules.Invalid("batch", "nobody_to_number", "No certificate of this run waits for a print number.")
	}
	numbers, err := certificate.PrintNumbers(first, len(ids))
	if err != nil {
		return nil, modules.Invalid("first", "print_no_invalid", "This is no print number.")
	}
	if err := free(tx, numbers); err != nil {
		return nil, err
	}
	pairs := make([][2]string, len(ids))
	for i, id := range ids {
		pairs[i] = [2]string{id, numbers[i]}
	}
	text, err := asJSON(pairs)
	if err != nil {
		return nil, err
	}
	_, err = tx.NonconcurrentDB().NewQuery(`UPDATE certificates SET print_no = p.value ->> 1, rev = rev + 1
		FROM json_each({:pairs}) p WHERE certificates.id = p.value ->> 0`).Bind(dbx.Params{"pairs": text}).Execute()
	if err != nil {
		return nil, err
	}
	return numbers, o.tellMany(tx, "printed", batch, pairs, by)
}

// free wants print numbers that no sheet has yet.
func free(tx core.App, numbers []string) error {
	text, err := asJSON(numbers)
	if err != nil {
		return err
	}
	var taken string
	err = tx.DB().NewQuery("SELECT COALESCE(MIN(print_no), '') FROM certificates WHERE print_no <> '' AND print_no IN (SELECT value FROM json_each({:list}))").
		Bind(dbx.Params{"list": text}).Row(&taken)
	if err != nil || taken == "" {
		return err
	}
	return modules.InvalidWith("first", "print_no_taken", "The print number {{.number}} is taken.", map[string]any{"number": taken})
}

// tellMany writes the events of many certificates, as pairs of id and note, and
// one row of the audit trail.
func (o *Office) tellMany(tx core.App, kind, batch string, pairs [][2]string, by modules.Actor) error {
	now := o.portal.Now()
	list := rows{table: "certificate_events", columns: []string{"id", "certificate", "note"}, same: dbx.Params{
		"kind": kind, "at": now.UTC().Format(time.RFC3339), "actor_kind": by.Kind, "actor": by.ID, "via": batch,
	}}
	sum := sha256.New()
	ids := newIDs(len(pairs))
	for i, p := range pairs {
		list.add(ids[i], p[0], p[1])
		sum.Write([]byte(p[0] + p[1] + "\n"))
	}
	if err := list.insert(tx); err != nil {
		return err
	}
	return o.portal.Append(tx, hooks.Act{
		Service: "certificates", Record: batch, Action: kind, Actor: by, Content: hex.EncodeToString(sum.Sum(nil)),
	})
}
