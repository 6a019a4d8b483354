package certificate

import (
	"encoding/hex"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/sealed"
	"examhall/modules/translog"
)

// Printed is what stands on a certificate. It never changes after the issue.
type Printed struct {
	Code, Number, PrintNo               string
	Name, IDType, IDNumber              string
	Gender, BirthDate                   string
	Title, Level, Specialty             string
	ApproveDate, Issuer, Medium, Layout string
	ReissueNo                           int
	ReissueDate                         string
}

// PrintedOf reads what stands on a certificate from its row.
func PrintedOf(r *core.Record) Printed {
	return Printed{
		Code: r.GetString("code"), Number: r.GetString("number"), PrintNo: r.GetString("print_no"),
		Name: r.GetString("name"), IDType: r.GetString("id_type"), IDNumber: sealed.Plain(r, "id_number"),
		Gender: r.GetString("gender"), BirthDate: r.GetString("birth_date"),
		Title: r.GetString("title"), Level: r.GetString("level"), Specialty: r.GetString("specialty"),
		ApproveDate: r.GetString("approve_date"), Issuer: r.GetString("issuer"), Medium: r.GetString("medium"),
		Layout: r.GetString("layout"), ReissueNo: r.GetInt("reissue_no"), ReissueDate: r.GetString("reissue_date"),
	}
}

// Digest returns a hash of what is printed, for the leaf of an issue: whoever
// dates a certificate back or changes a name later does not fit the log. Of the
// number of the identity it covers the mask only, so that the rest cannot be
// tried out by those who may check the leaf.
func (p Printed) Digest() string {
	sum := translog.Commit(nil, p.Number, p.Name, sealed.Masked(sealed.KindIDNumber, sealed.Public, p.IDNumber), p.Gender, p.BirthDate,
		p.Title, p.Level, p.Specialty, p.ApproveDate, p.Issuer, strconv.Itoa(p.ReissueNo), p.ReissueDate)
	return hex.EncodeToString(sum[:])
}

// PrintedColumns lists the columns that are printed, or that say how: they stay
// as they were on the day of issue.
func PrintedColumns() []string {
	return []string{
		"number", "code", "name", "name_key", "id_type", "id_number", "id_number_idx", "gender", "birth_date", "title", "level", "specialty",
		"approve_date", "issuer", "medium", "layout", "project", "session", "registration", "batch", "reissue_no", "reissue_date", "replaces", "issued", "log_index",
	}
}

// Values lists the names of what layouts of certificates are filled with.
func Values() []string {
	return []string{
		"title", "name", "id_number", "gender", "birth_month", "level", "specialty", "approve_date", "number", "print_no", "issuer",
		"reissue_date", "purpose", "recipient", "expires", "host",
	}
}

// Values returns what is printed, as it is printed, by the name that layouts
// have for it.
func (p Printed) Values() map[string]string {
	return map[string]string{
		"title": p.Title, "name": p.Name, "id_number": p.IDNumber, "gender": map[string]string{Male: "男", Female: "女"}[p.Gender],
		"birth_month": Chinese(p.BirthDate[:min(len(p.BirthDate), len("2006-01"))]), "level": p.Level, "specialty": p.Specialty,
		"approve_date": Chinese(p.ApproveDate), "number": p.Number, "print_no": p.PrintNo, "issuer": p.Issuer, "reissue_date": Chinese(p.ReissueDate),
	}
}

// Chinese writes a date, or a month, as certificates have it: 2019年05月26日. What
// is neither stays as it is.
func Chinese(date string) string {
	if t, err := time.Parse(time.DateOnly, date); err == nil {
		return t.Format("2006年01月02日")
	}
	if t, err := time.Parse("2006-01", date); err == nil {
		return t.Format("2006年01月")
	}
	return date
}
