package certificates

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// sitter is a registration at the desk, whose photo may still be to come.
type sitter struct {
	ID     string `json:"id"`
	Title  string `json:"title"` // of the session
	Name   string `json:"name"`
	Ticket string `json:"ticket_no" db:"ticket_no"`
	Photo  bool   `json:"photo"`
	Issued bool   `json:"issued"`
}

// registrations looks registrations up by the number of an admission ticket, or
// by the number of the identity of the person. Either way an index finds them,
// which one condition with OR over both tables would not.
func (o *Office) registrations(e *core.RequestEvent) error {
	list := []sitter{}
	asked := sealed.Normalise(sealed.KindIDNumber, e.Request.URL.Query().Get("q"))
	if len(asked) < 6 || len(asked) > 32 {
		return e.JSON(http.StatusOK, map[string]any{"items": list})
	}
	index, twin := o.portal.Ring().Index(sealed.KindIDNumber, asked), ""
	if other := certificate.Twin(asked); other != "" {
		twin = o.portal.Ring().Index(sealed.KindIDNumber, other)
	}
	err := e.App.DB().NewQuery(`SELECT r.id, s.title, c.name, r.ticket_no, r.photo <> '' AS photo, NOT (` + unissued + `) AS issued
		FROM registrations r JOIN candidates c ON c.id = r.candidate JOIN exam_sessions s ON s.id = r.session
		WHERE r.id IN (SELECT id FROM registrations WHERE ticket_no <> '' AND ticket_no = {:ticket}
			UNION SELECT x.id FROM candidates p JOIN registrations x ON x.candidate = p.id
				WHERE p.id_number_idx <> '' AND p.id_number_idx IN ({:index}, {:twin}))
		ORDER BY s.exam_from DESC, r.id LIMIT 20`).
		Bind(dbx.Params{"ticket": asked, "index": index, "twin": twin}).All(&list)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"items": list})
}
