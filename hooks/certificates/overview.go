package certificates

import (
	"errors"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/hooks/press"
	"examhall/modules/certificate"
	"examhall/modules/pdf"
	"examhall/modules/sealed"
)

// sitting is a session on the page 证书, with how many people it has.
type sitting struct {
	ID        string       `json:"id"`
	Title     string       `json:"title"`
	TitleEN   string       `json:"title_en" db:"title_en"`
	ECert     bool         `json:"e_cert" db:"e_cert"`
	Published string       `json:"published"`
	Approved  int          `json:"approved"`
	Issued    int          `json:"issued"`
	Held      int          `json:"held"`
	Run       *core.Record `json:"run" db:"-"` // the last one
}

// overview lists the sessions whose scores are public, the latest first.
func (o *Office) overview(e *core.RequestEvent) error {
	list := []*sitting{}
	err := e.App.DB().NewQuery(`SELECT s.id, s.title, s.title_en, p.e_cert, s.score_published AS published,
		(SELECT COUNT(*) FROM registrations r WHERE r.session = s.id AND ` + approved + `) AS approved,
		(SELECT COUNT(*) FROM certificates c WHERE c.session = s.id AND c.reissue_no = 0) AS issued,
		(SELECT COUNT(*) FROM certificate_holds h JOIN registrations r ON r.id = h.registration WHERE h.resolved = '' AND r.session = s.id) AS held
		FROM exam_sessions s JOIN exam_projects p ON p.id = s.project
		WHERE s.score_published <> '' AND s.score_published <= {:now} ORDER BY s.score_published DESC LIMIT 100`).
		Bind(dbx.Params{"now": dateTime(o.portal.Now())}).All(&list)
	if err != nil {
		return err
	}
	for _, s := range list {
		runs, err := e.App.FindRecordsByFilter("certificate_batches", "session = {:session}", "-started", 1, 0, dbx.Params{"session": s.ID})
		if err != nil {
			return err
		}
		if len(runs) > 0 {
			s.Run = runs[0]
		}
	}
	layouts, err := o.printer.Certificates()
	if err != nil && !errors.Is(err, press.ErrNone) {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"items": list, "layouts": layouts})
}

// heldBack is somebody whose certificate could not be made.
type heldBack struct {
	ID           string             `json:"id"`
	Registration string             `json:"registration"`
	Session      string             `json:"session"`
	Title        string             `json:"title"` // of the session
	Name         string             `json:"name"`
	Ticket       string             `json:"ticket_no" db:"ticket_no"`
	Problem      string             `json:"problem"`
	Params       types.JSONMap[any] `json:"params"`
	At           string             `json:"at"`
}

// holds lists who is held back and why, the newest first.
func (o *Office) holds(e *core.RequestEvent) error {
	list := []heldBack{}
	err := e.App.DB().NewQuery(`SELECT h.id, h.registration, s.id AS session, s.title, c.name, r.ticket_no, h.problem, h.params, h.at
		FROM certificate_holds h JOIN registrations r ON r.id = h.registration JOIN exam_sessions s ON s.id = r.session
		JOIN candidates c ON c.id = r.candidate WHERE h.resolved = '' ORDER BY h.at DESC, h.id DESC LIMIT 200`).All(&list)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"items": list})
}

// find looks certificates up by number, print number, or the number of the
// identity of the holder.
func (o *Office) find(e *core.RequestEvent) error {
	asked := sealed.Normalise(sealed.KindIDNumber, e.Request.URL.Query().Get("q"))
	if len(asked) < 6 || len(asked) > 32 {
		return e.JSON(http.StatusOK, map[string]any{"items": []*core.Record{}})
	}
	records := []*core.Record{}
	ids := []any{o.portal.Ring().Index(sealed.KindIDNumber, asked)}
	if twin := certificate.Twin(asked); twin != "" {
		ids = append(ids, o.portal.Ring().Index(sealed.KindIDNumber, twin))
	}
	err := e.App.RecordQuery("certificates").AndWhere(dbx.Or(
		dbx.NewExp("number >= {:from} AND number < {:to}", dbx.Params{"from": asked, "to": asked + "~"}),
		dbx.NewExp("print_no <> '' AND print_no = {:from}", dbx.Params{"from": asked}),
		dbx.HashExp{"id_number_idx": ids},
	)).OrderBy("number", "reissue_no").Limit(20).All(&records)
	if err != nil {
		return err
	}
	if err := apis.EnrichRecords(e, records); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"items": records})
}

// told is an event on the page of a certificate.
type told struct {
	Kind  string `json:"kind"`
	At    string `json:"at"`
	Kinds string `json:"actor_kind" db:"actor_kind"`
	Who   string `json:"who"`
	Note  string `json:"note"`
	Leaf  int64  `json:"leaf"`
}

// showOne answers with a certificate and all that became of it.
func (o *Office) showOne(e *core.RequestEvent) error {
	r, err := e.App.FindRecordById("certificates", e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", nil)
	}
	history := []told{}
	err = e.App.DB().NewQuery(`SELECT x.kind, x.at, x.actor_kind, COALESCE(s.name, '') AS who, x.note, x.leaf FROM certificate_events x
		LEFT JOIN staff s ON s.id = x.actor WHERE x.certificate = {:id} ORDER BY x.at DESC, x.rowid DESC LIMIT 200`).
		Bind(dbx.Params{"id": r.Id}).All(&history)
	if err != nil {
		return err
	}
	if err := apis.EnrichRecord(e, r); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"certificate": r, "history": history, "void_file": r.GetString("void_file") != ""})
}

// preview shows a layout with its own sample, marked as a specimen.
func (o *Office) preview(e *core.RequestEvent) error {
	known, err := o.printer.Certificates()
	if err != nil && !errors.Is(err, press.ErrNone) {
		return err
	}
	name := e.Request.PathValue("layout")
	if !contains(known, name) {
		return e.NotFoundError("", nil)
	}
	var marks []pdf.Mark
	for mark := range strings.SplitSeq(e.Request.URL.Query().Get("marks"), ",") {
		if mark == pdf.Reissued || mark == pdf.Annotated {
			marks = append(marks, mark)
		}
	}
	file, err := o.printer.Preview(name, marks...)
	if err != nil {
		return err
	}
	return sendFile(e, file)
}
