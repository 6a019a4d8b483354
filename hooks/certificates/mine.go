package certificates

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// own is a certificate in the list of its holder.
type own struct {
	ID           string `json:"id"`
	Number       string `json:"number"`
	PrintNo      string `json:"print_no"`
	Title        string `json:"title"`
	Level        string `json:"level"`
	Specialty    string `json:"specialty"`
	ApproveDate  string `json:"approve_date"`
	Medium       string `json:"medium"`
	Distribution string `json:"distribution"`
	Status       string `json:"status"`
	ReissueNo    int    `json:"reissue_no"`
	ReissueDate  string `json:"reissue_date"`

	// Services says for each business about certificates what may be applied for.
	Services map[string]hooks.Prospect `json:"services"`
}

// whole is a certificate as its holder sees all of it.
type whole struct {
	own
	Name         string      `json:"name"`
	IDType       string      `json:"id_type"`
	IDNumber     string      `json:"id_number"` // masked
	Gender       string      `json:"gender"`
	BirthDate    string      `json:"birth_date"`
	Issuer       string      `json:"issuer"`
	Issued       string      `json:"issued"`
	VoidReason   string      `json:"void_reason"`
	VoidDocument string      `json:"void_document"`
	Voided       string      `json:"voided"`
	Replaces     string      `json:"replaces"`
	ReplacedBy   string      `json:"replaced_by"`
	History      []happening `json:"history"`
	Copies       copies      `json:"copies"`
	Searches     int         `json:"searches"` // how often the public search found it this month
}

// happening is something that became of a certificate. Who of the authority did
// it stays inside.
type happening struct {
	Kind string `json:"kind"`
	To   string `json:"to"` // where the paper went, of "distributed"
	At   string `json:"at"`
	Who  string `json:"who"` // candidate, authority, system
}

// bindMine serves 证书管理 to candidates: their own certificates and nobody
// else's.
func (o *Office) bindMine(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		holder := apis.RequireAuth("candidates")
		e.Router.GET("/api/portal/certificates/mine", o.answerMine).Bind(holder)
		e.Router.GET("/api/portal/certificates/mine/{id}", o.answerOne).Bind(holder)
		return e.Next()
	})
}

// answerMine lists the certificates of a candidate, the newest first.
func (o *Office) answerMine(e *core.RequestEvent) error {
	records, err := e.App.FindRecordsByFilter("certificates", "holder = {:holder}", "-approve_date,-reissue_no,-number", 0, 0, dbx.Params{"holder": e.Auth.Id})
	if err != nil {
		return err
	}
	prospects, err := o.portal.Prospects(e.App, "certificates", e.Auth)
	if err != nil {
		return err
	}
	list := []own{}
	for _, r := range records {
		list = append(list, ownOf(r, prospects[r.Id]))
	}
	return e.JSON(http.StatusOK, map[string]any{"items": list})
}

// answerOne tells a candidate everything about one certificate of theirs.
func (o *Office) answerOne(e *core.RequestEvent) error {
	r, err := o.held(e)
	if err != nil {
		return err
	}
	prospects, err := o.portal.Prospects(e.App, "certificates", e.Auth)
	if err != nil {
		return err
	}
	history, err := historyOf(e.App, r.Id)
	if err != nil {
		return err
	}
	copies, err := o.copiesOf(e.App, r)
	if err != nil {
		return err
	}
	searches, err := o.Searched(e.App, r.Id)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, whole{
		own: ownOf(r, prospects[r.Id]), Name: r.GetString("name"), IDType: r.GetString("id_type"),
		IDNumber: sealed.Masked(sealed.KindIDNumber, sealed.Own, sealed.Plain(r, "id_number")),
		Gender:   r.GetString("gender"), BirthDate: r.GetString("birth_date"), Issuer: r.GetString("issuer"),
		Issued: r.GetDateTime("issued").String(), VoidReason: r.GetString("void_reason"), VoidDocument: r.GetString("void_document"),
		Voided: r.GetDateTime("voided").String(), Replaces: r.GetString("replaces"), ReplacedBy: r.GetString("replaced_by"),
		History: history, Copies: copies, Searches: searches[r.Id],
	})
}

// held returns the certificate that a request names, if it is the sender's.
func (o *Office) held(e *core.RequestEvent) (*core.Record, error) {
	r, err := e.App.FindFirstRecordByFilter("certificates", "id = {:id} && holder = {:holder}",
		dbx.Params{"id": e.Request.PathValue("id"), "holder": e.Auth.Id})
	if err != nil {
		return nil, e.NotFoundError("", nil)
	}
	return r, nil
}

func ownOf(r *core.Record, services map[string]hooks.Prospect) own {
	if services == nil {
		services = map[string]hooks.Prospect{}
	}
	p := certificate.PrintedOf(r)
	return own{
		ID: r.Id, Number: p.Number, PrintNo: p.PrintNo, Title: p.Title, Level: p.Level, Specialty: p.Specialty,
		ApproveDate: p.ApproveDate, Medium: p.Medium, Distribution: r.GetString("distribution"), Status: r.GetString("status"),
		ReissueNo: p.ReissueNo, ReissueDate: p.ReissueDate, Services: services,
	}
}

// historyOf returns what became of a certificate, the newest first. Downloads are
// counted beside the copies, and print runs are no concern of the holder.
func historyOf(app core.App, id string) ([]happening, error) {
	list := []happening{}
	err := app.DB().Select("kind", "at", "(CASE kind WHEN 'distributed' THEN note ELSE '' END) AS [[to]]", "(CASE actor_kind WHEN 'candidate' THEN 'candidate' WHEN 'system' THEN 'system' ELSE 'authority' END) AS who").
		From("certificate_events").Where(dbx.HashExp{"certificate": id}).
		AndWhere(dbx.NotIn("kind", "downloaded", "printed")).OrderBy("at DESC", "rowid DESC").All(&list)
	return list, err
}
