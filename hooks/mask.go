package hooks

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// bindMask shows each reader what they may see of a record. Sealed values show
// nothing by themselves; columns that staff fill in are hidden from the
// candidate until they are published. Stars that come back in a reader's own
// mask mean "as it was", because the dashboard saves whole records.
func bindMask(app core.App) {
	app.OnRecordEnrich().BindFunc(func(e *core.RecordEnrichEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		var auth *core.Record
		if e.RequestInfo != nil {
			auth = e.RequestInfo.Auth
		}
		sealed.Show(e.Record, audience(auth, e.Record))
		return nil
	})
	app.OnRecordUpdate().BindFunc(func(e *core.RecordEvent) error {
		sealed.Restore(e.Record)
		e.Record.IgnoreUnchangedFields(true)
		return e.Next()
	})
}

// audience returns as whom somebody reads a record.
func audience(auth, r *core.Record) sealed.Audience {
	if auth == nil {
		return sealed.Public
	}
	switch auth.Collection().Name {
	case "candidates":
		owner := r.GetString("owner")
		switch r.Collection().Name {
		case "candidates":
			owner = r.Id
		case "certificates":
			owner = r.GetString("holder")
		}
		if owner == auth.Id {
			return sealed.Own
		}
		return sealed.Public
	case "staff":
		return staffAudience(auth)
	case core.CollectionNameSuperusers:
		return sealed.Staff
	}
	return sealed.Public
}

func staffAudience(auth *core.Record) sealed.Audience {
	roles := auth.GetStringSlice("roles")
	switch {
	case slices.Contains(roles, "cert"):
		return sealed.Cert
	case slices.Contains(roles, "finance"):
		return sealed.Finance
	}
	return sealed.Staff
}

// bindStaffColumns shows hidden columns to those who may see them: staff of the
// business always, the candidate once they are published.
func bindStaffColumns(app core.App, p *Portal) {
	app.OnRecordEnrich(p.set.Names()...).BindFunc(func(e *core.RecordEnrichEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		d, _ := p.set.Find(e.Record.Collection().Name)
		staff := e.RequestInfo != nil && modules.ActorOf(e.RequestInfo.Auth, d.Name).Staff()
		p.unhide(e.Record, d, staff)
		return nil
	})
}

// unhide opens the columns that staff fill in.
func (p *Portal) unhide(r *core.Record, d modules.Definition, staff bool) {
	if staff {
		r.Unhide("claimed_by", "decided_by")
	}
	for column, states := range d.ByStaff() {
		if staff || slices.Contains(states, modules.State(r.GetString("status"))) {
			r.Unhide(column)
		}
	}
}
