package certificates

import (
	"maps"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// bindReissues makes the new certificate when a reissue 补发 says that it is made,
// in the same transaction and after the guards of the reissue have agreed.
func (o *Office) bindReissues(app core.App) {
	app.OnRecordUpdateExecute("reissues").BindFunc(func(e *core.RecordEvent) error {
		r := e.Record
		if r.GetString("status") != "ready" || r.GetString("replacement") != "" {
			return e.Next()
		}
		old, err := e.App.FindRecordById("certificates", r.GetString("certificate"))
		if err != nil {
			return err
		}
		changes, err := reissueChanges(e.App, r, old)
		if err != nil {
			return err
		}
		by := modules.Signer(r)
		by.Via = r.GetString("number")
		fresh, err := o.replace(e.App, old, changes, by)
		if err != nil {
			return err
		}
		r.Set("replacement", fresh.Id)
		return e.Next()
	})
}

// reissueChanges returns what the new sheet says that the old one does not: its
// number, the photo of today, and, where the old one was wrong, who the holder is
// by the profile.
func reissueChanges(app core.App, r, old *core.Record) (map[string]any, error) {
	changes := map[string]any{"print_no": r.GetString("print_no"), "distribution": certificate.Ready}
	if name := r.GetString("photo"); name != "" {
		data, err := storedFile(app, r.BaseFilesPath()+"/"+name)
		if err != nil {
			return nil, err
		}
		if changes["photo"], err = filesystem.NewFileFromBytes(data, "photo.jpg"); err != nil {
			return nil, err
		}
	}
	if r.GetString("reason") != "correction" {
		return changes, nil
	}
	holder, err := app.FindRecordById("candidates", old.GetString("holder"))
	if err != nil {
		return nil, err
	}
	changes["name"], changes["id_type"], changes["id_number"] = holder.GetString("name"), holder.GetString("id_type"), sealed.Plain(holder, "id_number")
	if gender, birth := certificate.Person(holder.GetString("id_type"), sealed.Plain(holder, "id_number")); birth != "" {
		changes["gender"], changes["birth_date"] = gender, birth
	}
	return changes, nil
}

// storedFile reads a file of a record.
func storedFile(app core.App, path string) ([]byte, error) {
	store, err := app.NewFilesystem()
	if err != nil {
		return nil, err
	}
	defer store.Close()
	return read(store, path)
}

// Reissue makes a new certificate in the place of a valid one 补发, in the
// transaction tx: the same number and facts, a code of its own. The old one is
// void from now on.
func (o *Office) Reissue(tx core.App, old *core.Record, by modules.Actor) (*core.Record, error) {
	return o.replace(tx, old, nil, by)
}

// replace is [Office.Reissue] with some values changed.
func (o *Office) replace(tx core.App, old *core.Record, changes map[string]any, by modules.Actor) (*core.Record, error) {
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
	maps.Copy(values, changes)
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
