package hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// reader returns who asks for a file: whom the header names, or else the token
// in the address, since links and frames carry no header.
func reader(e *core.RequestEvent) *core.Record {
	if e.Auth != nil {
		return e.Auth
	}
	auth, err := e.App.FindAuthRecordByToken(e.Request.URL.Query().Get("token"), core.TokenTypeFile)
	if err != nil {
		return nil
	}
	return auth
}

// OwnCase returns the application that the address of a file names, if the
// candidate who asks owns it. Everybody else who is logged in gets the answer of
// one that does not exist.
func (p *Portal) OwnCase(e *core.RequestEvent) (modules.Definition, *core.Record, error) {
	d, ok := p.set.Find(e.Request.PathValue("service"))
	owner := reader(e)
	if owner == nil {
		return d, nil, e.UnauthorizedError("", nil) // the page asks to log in again
	}
	if !ok || owner.Collection().Name != "candidates" {
		return d, nil, e.NotFoundError("", nil)
	}
	r, err := e.App.FindFirstRecordByFilter(d.Name, "id = {:id} && owner = {:owner}",
		dbx.Params{"id": e.Request.PathValue("id"), "owner": owner.Id})
	if err != nil {
		return d, nil, e.NotFoundError("", nil)
	}
	return d, r, nil
}

// DeskCase is like [Portal.OwnCase] for the staff of the business.
func (p *Portal) DeskCase(e *core.RequestEvent) (modules.Definition, *core.Record, error) {
	auth := reader(e)
	if auth == nil {
		return modules.Definition{}, nil, e.UnauthorizedError("", nil)
	}
	if auth.Collection().Name == "candidates" {
		return modules.Definition{}, nil, e.NotFoundError("", nil)
	}
	return p.caseFor(e, func(d modules.Definition) bool { return p.reads(auth, d) })
}
