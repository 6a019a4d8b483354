package certificates

import (
	"database/sql"
	"errors"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// detail is what the public sees of one certificate: enough to check a sheet
// that lies on the table, and nothing that is not on it.
type detail struct {
	Title       string `json:"title"`
	Level       string `json:"level"`
	Specialty   string `json:"specialty"`
	ApproveDate string `json:"approve_date"`
	Status      string `json:"status"`
	Voided      string `json:"voided"` // the day, if it is not valid any more
	Name        string `json:"name"`   // as it was typed
	IDNumber    string `json:"id_number"`
	Number      string `json:"number"`
	PrintNo     string `json:"print_no"`
	Issuer      string `json:"issuer"`
	Reissued    bool   `json:"reissued"`
	ReissueDate string `json:"reissue_date"`
}

// detail returns the certificate that a token opens, as it is now.
func (s *search) detail(e *core.RequestEvent, token string) (d detail, ok bool, err error) {
	p, ok := readPass(e, s.portal.Ring(), token, s.portal.Now())
	if !ok {
		return d, false, nil
	}
	r, err := e.App.FindRecordById("certificates", p.Certificate)
	if errors.Is(err, sql.ErrNoRows) {
		return d, false, nil
	}
	if err != nil {
		return d, false, err
	}
	return detailOf(r, p), true, nil
}

func detailOf(r *core.Record, p pass) detail {
	d := detail{
		Title: r.GetString("title"), Level: r.GetString("level"), Specialty: r.GetString("specialty"),
		ApproveDate: r.GetString("approve_date"), Status: r.GetString("status"), Issuer: r.GetString("issuer"),
		IDNumber: sealed.Masked(sealed.KindIDNumber, sealed.Public, sealed.Plain(r, "id_number")),
		Number:   shownNumber(r.GetString("number"), p.Typed), PrintNo: shownNumber(r.GetString("print_no"), p.Typed),
		Reissued: r.GetInt("reissue_no") > 0, ReissueDate: r.GetString("reissue_date"),
	}
	d.Name = typedName(r.GetString("id_type"), p.Name)
	if voided := r.GetDateTime("voided"); d.Status != certificate.Valid && !voided.IsZero() {
		d.Voided = voided.Time().In(calendar.Zone).Format("2006-01-02")
	}
	return d
}

// typedName returns a name as its searcher typed it, with one separator: the
// search completes no name, not even by a dot.
func typedName(idType, typed string) string {
	name, err := certificate.Display(idType, typed)
	if err != nil {
		return strings.TrimSpace(typed)
	}
	return name
}

// shownNumber returns a number whole to who has typed it, and else its ends.
func shownNumber(number, typed string) string {
	n := len(number) // it has digits and capitals only
	switch {
	case number == typed || n == 0:
		return number
	case n >= 12:
		return number[:4] + strings.Repeat("*", n-6) + number[n-2:]
	case n >= 6:
		return number[:1] + strings.Repeat("*", n-2) + number[n-1:]
	}
	return strings.Repeat("*", n)
}
