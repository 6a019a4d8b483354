package certificates

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
)

// Reissue makes a new certificate in the place of a valid one 补发, in the
// transaction tx: the same number and facts, a code of its own. The old one is
// void from now on.
func (o *Office) Reissue(tx core.App, old *core.Record, by modules.Actor) (*core.Record, error) {
	if old.GetString("status") != certificate.Valid {
		return nil, modules.Invalid("status", "certificate_void", "The certificate is not valid any more.")
	}
	values := map[string]any{
		"reissue_no": old.GetInt("reissue_no") + 1, "replaces": old.Id,
		"reissue_date": o.portal.Now().In(calendar.Zone).Format(time.DateOnly), "holder": old.GetString("holder"),
	}
	for _, column := range certificate.PrintedColumns() {
		if _, own := values[column]; !own && column != "code" && column != "issued" && column != "log_index" && column != "id_number_idx" {
			values[column] = old.Get(column)
		}
	}
	r, err := o.make(tx, values, "reissued", by)
	if err != nil {
		return nil, err
	}
	modules.Sign(old, by)
	old.Set("status", certificate.Replaced)
	old.Set("replaced_by", r.Id)
	return r, tx.Save(old)
}

// Adopt enters a certificate that was issued before ExamHall, with the number
// and the facts that are printed on it, in the transaction tx.
func (o *Office) Adopt(tx core.App, values map[string]any, by modules.Actor) (*core.Record, error) {
	return o.make(tx, values, "issued", by)
}

// make saves a new certificate with its event, its leaf and its row of the audit
// trail. What the values leave open is filled in.
func (o *Office) make(tx core.App, values map[string]any, kind string, by modules.Actor) (*core.Record, error) {
	c, err := tx.FindCachedCollectionByNameOrId("certificates")
	if err != nil {
		return nil, err
	}
	keys, err := o.keys(tx)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.Load(map[string]any{
		"code": certificate.NewCodes(1)[0], "signing_key": keys.KID(), "status": certificate.Valid, "layout": defaultLayout,
		"issued": dateTime(o.portal.Now()), "rev": 1,
	})
	r.Load(values)
	r.Id = newIDs(1)[0]
	r.Set("name_key", certificate.Key(r.GetString("name")))
	if r.GetString("medium") != "electronic" && r.GetString("distribution") == "" {
		r.Set("distribution", certificate.Making)
	}
	index, content, err := o.happen(tx, entry{certificate: r, kind: kind, by: by, logged: true})
	if err != nil {
		return nil, err
	}
	r.Set("log_index", index)
	if err := tx.Save(r); err != nil {
		return nil, err
	}
	err = o.portal.Append(tx, hooks.Act{
		Service: "certificates", Record: r.Id, Owner: r.GetString("holder"), Action: kind, To: certificate.Valid, Actor: by, Content: content,
	})
	if err != nil {
		return nil, err
	}
	return tx.FindRecordById(c, r.Id) // as it is at rest: sealed again, the number would count as changed
}
