package certificates

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/credential"
)

// verified is the answer to programs: what was signed, what holds today, and the
// proof that it is in the log.
type verified struct {
	Verdict string        `json:"verdict"`
	Issuer  string        `json:"issuer,omitempty"` // whom a foreign token names
	Checked time.Time     `json:"checked"`
	KID     string        `json:"kid,omitempty"`
	Signed  *signedFields `json:"signed,omitempty"`
	Status  string        `json:"status,omitempty"`
	Log     *proof        `json:"log,omitempty"`
}

// signedFields are the facts under the names of their columns.
type signedFields struct {
	Code        string     `json:"code"`
	Number      string     `json:"number"`
	PrintNo     string     `json:"print_no,omitempty"`
	Name        string     `json:"name"`
	IDNumber    string     `json:"id_number"`
	Gender      string     `json:"gender,omitempty"`
	BirthMonth  string     `json:"birth_month,omitempty"`
	Title       string     `json:"title"`
	Level       string     `json:"level,omitempty"`
	Specialty   string     `json:"specialty,omitempty"`
	ApproveDate string     `json:"approve_date"`
	Issuer      string     `json:"issuer,omitempty"`
	Reissued    string     `json:"reissue_date,omitempty"`
	Purpose     string     `json:"purpose,omitempty"`
	Recipient   string     `json:"recipient,omitempty"`
	Issued      time.Time  `json:"issued"`
	Expires     *time.Time `json:"expires,omitempty"`
	Index       int64      `json:"index"`
}

func fieldsOf(f credential.Facts) *signedFields {
	s := &signedFields{
		f.Code, f.Number, f.PrintNo, f.Name, f.IDNumber, f.Gender, f.BirthMonth, f.Title, f.Level, f.Specialty,
		f.ApproveDate, f.Issuer, f.Reissued, f.Purpose, f.Recipient, f.IssuedAt, nil, f.Index,
	}
	if !f.ExpiresAt.IsZero() {
		s.Expires = &f.ExpiresAt
	}
	return s
}

// verifyJSON answers a program.
func (o *Office) verifyJSON(e *core.RequestEvent, status int, f finding) error {
	v := verified{Verdict: f.kind, Issuer: f.issuer, Checked: o.portal.Now().UTC(), KID: f.kid}
	if f.genuine() {
		v.Signed, v.Status = fieldsOf(f.facts), f.row.Status
	}
	if v.Status != "" {
		p, err := o.prove(e.App, f.row.LogIndex)
		if err != nil {
			return err
		}
		v.Log = p
	}
	return e.JSON(status, v)
}
