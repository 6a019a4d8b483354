package certificates

import (
	"encoding/hex"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/mod/sumdb/tlog"

	"examhall/modules/calendar"
	"examhall/modules/certificate"
	"examhall/modules/translog"
)

// source reads the public files of the log from the database.
func (o *Office) source(app core.App) translog.Source {
	return func(path string) ([]byte, error) {
		switch path {
		case "key":
			return []byte(o.log.Verifier()), nil
		case "checkpoint":
			_, signed, err := o.checkpoint(app)
			return signed, err
		}
		data, _, err := translog.TileFile(app.DB(), path)
		return data, err
	}
}

// VerifyLog checks the log in the database against every checkpoint that was
// published, and then every certificate against the log. It returns how many
// leaves there are. The error names the first certificate that was changed,
// dated back, put in or taken out.
func (o *Office) VerifyLog(app core.App) (int64, error) {
	kept, err := translog.AllKept(app.DB())
	if err != nil {
		return 0, err
	}
	older := make([][]byte, len(kept))
	for i, k := range kept {
		older[i] = []byte(k.Note)
	}
	head, err := translog.Verify(o.source(app), o.log.Verifier(), older...)
	if err != nil {
		return head.N, err
	}
	w := &walk{office: o, app: app, size: head.N, kept: kept}
	if err := w.events(); err != nil {
		return head.N, err
	}
	return head.N, w.certificates()
}

// walk compares the events of certificates with the leaves of the log.
type walk struct {
	office *Office
	app    core.App
	size   int64
	kept   []translog.Kept // by day
}

// event is an event with a leaf, and the certificate that it is about.
type event struct {
	Leaf                                             int64
	Kind, At, Salt, Certificate                      string
	Code, Number, Name, Gender, Title, Level, Issuer *string
	Specialty, Annotation                            *string
	ReissueNo                                        *int    `db:"reissue_no"`
	ReissueDate                                      *string `db:"reissue_date"`
	ApproveDate                                      *string `db:"approve_date"`
	BirthDate                                        *string `db:"birth_date"`
	IDNumber                                         *string `db:"id_number"`
	Issued                                           *string
}

// events wants an event for every leaf, and what it says to be what was hashed.
func (w *walk) events() error {
	const most = 2000
	for next := int64(1); next <= w.size; {
		var list []event
		err := w.app.DB().NewQuery(`SELECT e.leaf, e.kind, e.at, e.salt, e.certificate, c.code, c.number, c.reissue_no, c.name, c.id_number,
			c.gender, c.birth_date, c.title, c.level, c.specialty, c.approve_date, c.issuer, c.reissue_date, c.issued, a.code AS annotation
			FROM certificate_events e LEFT JOIN certificates c ON c.id = e.certificate LEFT JOIN annotations a ON a.id = e.annotation AND e.annotation != ''
			WHERE e.leaf >= {:next} ORDER BY e.leaf LIMIT {:most}`).Bind(dbx.Params{"next": next, "most": most}).All(&list)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fmt.Errorf("leaf %d has no event: it was deleted", next-1)
		}
		hashes, err := translog.Hashes(w.app.DB(), next-1, min(int64(len(list)), w.size-next+1))
		if err != nil {
			return err
		}
		for i, e := range list {
			if e.Leaf != next {
				return fmt.Errorf("leaf %d has no event: it was deleted", next-1)
			}
			if e.Leaf > w.size {
				return fmt.Errorf("event %d of certificate %s is not in the log", e.Leaf, e.Certificate)
			}
			if err := w.event(e, hashes[i]); err != nil {
				return err
			}
			next++
		}
	}
	return nil
}

// event compares one event with its leaf, and its time with the checkpoints
// before and after it.
func (w *walk) event(e event, want tlog.Hash) error {
	where := fmt.Sprintf("leaf %d (%s of certificate %s)", e.Leaf-1, e.Kind, text(e.Number))
	if e.Code == nil {
		return fmt.Errorf("leaf %d (%s): certificate %s was deleted", e.Leaf-1, e.Kind, e.Certificate)
	}
	h := certificate.Happening{Kind: e.Kind, Code: *e.Code, Number: *e.Number, ReissueNo: *e.ReissueNo, Annotation: text(e.Annotation), At: e.At}
	if printing(e.Kind) {
		p, err := w.printed(e)
		if err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		h.Printed = p.Digest()
	}
	raw, err := hex.DecodeString(e.Salt)
	if err != nil || len(raw) != len(certificate.Salt{}) {
		return fmt.Errorf("%s: its salt was changed", where)
	}
	leaf := h.Leaf(certificate.Salt(raw))
	if tlog.RecordHash(leaf[:]) != want {
		return fmt.Errorf("%s: what is printed, the number or the time was changed after it was logged", where)
	}
	return w.dated(e, where)
}

func (w *walk) printed(e event) (certificate.Printed, error) {
	number, err := w.office.portal.Ring().Open("certificates.id_number", text(e.IDNumber))
	return certificate.Printed{
		Number: text(e.Number), Name: text(e.Name), IDNumber: number, Gender: text(e.Gender), BirthDate: text(e.BirthDate),
		Title: text(e.Title), Level: text(e.Level), Specialty: text(e.Specialty), ApproveDate: text(e.ApproveDate), Issuer: text(e.Issuer),
		ReissueNo: *e.ReissueNo, ReissueDate: text(e.ReissueDate),
	}, err
}

// dated wants an event to be not older than the last checkpoint that did not
// know it, and not younger than the first that did.
func (w *walk) dated(e event, where string) error {
	at, err := time.Parse(time.RFC3339, e.At)
	if err != nil {
		return fmt.Errorf("%s: %q is no time", where, e.At)
	}
	if issued, _, _ := strings.Cut(text(e.Issued), "."); printing(e.Kind) && issued != at.UTC().Format(time.DateTime) {
		return fmt.Errorf("%s: it was logged at %s, but its row says %s", where, e.At, text(e.Issued))
	}
	day := at.In(calendar.Zone).Format(time.DateOnly)
	after := sort.Search(len(w.kept), func(i int) bool { return w.kept[i].Size >= e.Leaf })
	if after > 0 && day < w.kept[after-1].Day {
		return fmt.Errorf("%s is dated back: it says %s, but the checkpoint of %s did not know it", where, e.At, w.kept[after-1].Day)
	}
	if after < len(w.kept) && day > w.kept[after].Day {
		return fmt.Errorf("%s is dated forward: it says %s, but the checkpoint of %s knew it", where, e.At, w.kept[after].Day)
	}
	return nil
}

// certificates wants every certificate and every annotated copy to have the
// leaf that it names, and every state to have been logged.
func (w *walk) certificates() error {
	for _, check := range []struct{ query, problem string }{
		{`SELECT c.number FROM certificates c WHERE NOT EXISTS (SELECT 1 FROM certificate_events e
			WHERE e.leaf = c.log_index + 1 AND e.certificate = c.id AND e.kind IN ('issued', 'reissued')) LIMIT 1`,
			"certificate %s was never logged"},
		{`SELECT c.number FROM certificates c WHERE c.status != 'valid' AND NOT EXISTS (SELECT 1 FROM certificate_events e
			WHERE e.certificate = c.id AND e.kind = c.status AND e.leaf > 0) LIMIT 1`,
			"certificate %s is void, but that was never logged"},
		{`SELECT c.number FROM certificate_events e JOIN certificates c ON c.id = e.certificate
			WHERE e.kind IN ('replaced', 'revoked', 'cancelled') AND e.leaf > 0 AND c.status != e.kind LIMIT 1`,
			"certificate %s was logged as void, but its row says otherwise"},
		{`SELECT a.code FROM annotations a WHERE NOT EXISTS (SELECT 1 FROM certificate_events e
			WHERE e.leaf = a.log_index + 1 AND e.annotation = a.id AND e.kind = 'annotated') LIMIT 1`,
			"annotated copy %s was never logged"},
	} {
		var found []string
		if err := w.app.DB().NewQuery(check.query).Column(&found); err != nil {
			return err
		}
		if len(found) > 0 {
			return fmt.Errorf(check.problem, found[0])
		}
	}
	return nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
