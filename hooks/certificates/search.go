package certificates

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

const (
	// missStep is when misses are answered: this long after they came, or a
	// whole multiple of it. Whatever was looked at meanwhile, nobody sees how
	// long it took.
	missStep = 30 * time.Millisecond
	// mostTyped is how many bytes of one field are looked at: a name of 50
	// characters, each with a variation selector, has 400.
	mostTyped = 400
)

// search is the public search 证书查询: whoever knows the name and the ID number
// on a certificate learns whether it is valid, and nobody learns more.
type search struct {
	app    core.App
	portal *hooks.Portal
	exams  *searchables
	limits *limits
	log    *searchLog
}

// bindSearch serves the pages and the routes of the search.
func (o *Office) bindSearch(app core.App) {
	ring, now := o.portal.Ring(), o.portal.Now
	app.OnRecordCreate("certificates").BindFunc(func(e *core.RecordEvent) error {
		fillSearchKey(ring, e.Record)
		return e.Next()
	})
	s := &search{app: app, portal: o.portal, exams: newSearchables(app, now), limits: newLimits(app, now)}
	o.portal.LimitCaptchas(func(e *core.RequestEvent) (time.Duration, error) {
		return s.limits.take(ask{limitCaptcha, networkOf(e)})
	})
	s.log = newSearchLog(app, []byte(ring.Index("search.network", "the networks of visitors")), now)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		s.bindRoutes(e.Router)
		s.bindPages(e.Router)
		return e.Next()
	})
}

// inquiry is what somebody types.
type inquiry struct {
	Exam      string `json:"exam" form:"exam"`
	Name      string `json:"name" form:"name"`
	IDNumber  string `json:"id_number" form:"id_number"`
	Number    string `json:"number" form:"number"` // 证书管理号或证书印制号, or nothing
	CaptchaID string `json:"captcha_id" form:"captcha_id"`
	Captcha   string `json:"captcha" form:"captcha"`
}

// sought is an inquiry as it is compared.
type sought struct {
	exam        searchable
	key, number string // of the name; and what was typed as a number
	searchKey   string
	subject     key // stands for the ID number in limits and in the log
}

// row is what a search reads of a certificate.
type row struct {
	ID, Key, Number, PrintNo, Title, Level, Specialty, ApproveDate, Status string

	ReissueNo int
}

// result is one row of an answer.
type result struct {
	Token       string `json:"token,omitempty"`
	Title       string `json:"title,omitempty"`
	Level       string `json:"level,omitempty"`
	Specialty   string `json:"specialty,omitempty"`
	ApproveDate string `json:"approve_date,omitempty"`
	Status      string `json:"status"`
}

// run answers an inquiry with what was found. The error is a *[refusal] where
// nothing was, or where the inquiry was not looked at.
// Whatever does not match is a miss, and misses are all alike: the same work is
// done for each, and the answer waits for the same time.
func (s *search) run(e *core.RequestEvent, in inquiry) ([]result, error) {
	began := time.Now()
	network := networkOf(e)
	if err := s.admit(ask{limitAddress, network}); err != nil {
		return nil, err
	}
	if err := in.check(s.portal); err != nil {
		return nil, err
	}
	want, err := s.prepare(in)
	if err != nil {
		return nil, err
	}
	// Whoever did not answer the captcha does not use up what is for everybody.
	if err := s.admit(ask{limitAll, key{}}, ask{limitNumber, want.subject}); err != nil {
		return nil, err
	}
	if wait := s.limits.rests(want.subject); wait > 0 {
		return nil, tooMany(wait)
	}
	found, err := s.look(want)
	if err != nil {
		return nil, err
	}
	s.log.add(lookup{at: s.portal.Now(), network: network, exam: want.exam.ID, subject: want.subject, found: ids(found)})
	if len(found) == 0 {
		s.limits.missed(want.subject, network)
		pause(e.Request.Context(), began)
		return nil, notFound()
	}
	return s.results(e, in, want, found)
}

// admit counts a search, or says how long to wait.
func (s *search) admit(asks ...ask) error {
	wait, err := s.limits.take(asks...)
	if err == nil && wait > 0 {
		return tooMany(wait)
	}
	return err
}

// prepare makes of what was typed what certificates are looked up by. It does
// the same work whether the exam exists and whatever the number looks like.
func (s *search) prepare(in inquiry) (sought, error) {
	exam, _, err := s.exams.find(in.Exam)
	ring, id := s.portal.Ring(), certificate.Canonical(short(in.IDNumber))
	w := sought{exam: exam, key: certificate.Key(short(in.Name)), number: sealed.Normalise(sealed.KindIDNumber, short(in.Number))}
	w.searchKey = certificate.SearchKey(ring, exam.ID, id, w.key)
	w.subject = subjectOf(ring.Index(sealed.KindIDNumber, id))
	return w, err
}

// fillSearchKey makes a certificate that is saved as a record findable. Those
// that are issued in bulk have the key already.
func fillSearchKey(ring *sealed.Ring, r *core.Record) {
	key := certificate.Key(r.GetString("name"))
	r.Set("name_key", key)
	r.Set("search_key", certificate.SearchKey(ring, r.GetString("project"), sealed.Plain(r, "id_number"), key))
}

// short returns what was typed, or a text that nothing has where it is so long
// that looking at it would cost more than a search.
func short(typed string) string {
	if len(typed) > mostTyped {
		return "-"
	}
	return typed
}

// subjectOf stands for an ID number: half of its blind index.
func subjectOf(index string) (k key) {
	if raw, err := hex.DecodeString(index); err == nil {
		copy(k[:], raw)
	}
	return k
}

// look returns the certificates that match in everything, the latest first. The
// name and the number are compared here and not in SQL, which may be printed in
// a log. It goes past the query builder, since this is what a busy day consists of.
func (s *search) look(want sought) ([]row, error) {
	db := s.app.ConcurrentDB().(*dbx.DB).DB()
	list, err := db.QueryContext(context.Background(), lookSQL, want.searchKey)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	var found []row
	for list.Next() {
		var r row
		err := list.Scan(&r.ID, &r.Key, &r.Number, &r.PrintNo, &r.Title, &r.Level, &r.Specialty, &r.ApproveDate, &r.Status, &r.ReissueNo)
		if err != nil {
			return nil, err
		}
		if want.key != "" && r.Key == want.key && (want.number == "" || want.number == r.Number || want.number == r.PrintNo) {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.ApproveDate, a.ApproveDate), cmp.Compare(b.ReissueNo, a.ReissueNo), cmp.Compare(a.ID, b.ID))
	})
	return found, list.Err()
}

const lookSQL = `SELECT id, name_key, number, print_no, title, level, specialty, approve_date, status, reissue_no FROM certificates
	WHERE search_key = ?1`

// results returns what may be shown of the rows. Who asks by the number of a
// sheet that was replaced learns that it is void, and nothing else.
func (s *search) results(e *core.RequestEvent, in inquiry, want sought, found []row) ([]result, error) {
	p := pass{
		Search: newSearchID(), Until: s.portal.Now().Add(tokenTime).Unix(), Browser: browser(e), Name: in.Name, Typed: want.number,
	}
	list := make([]result, len(found))
	for i, r := range found {
		list[i].Status = r.Status
		if r.Status == certificate.Replaced && want.number != "" && want.number == r.PrintNo {
			continue
		}
		p.Certificate = r.ID
		token, err := p.write(s.portal.Ring())
		if err != nil {
			return nil, err
		}
		list[i] = result{token, r.Title, r.Level, r.Specialty, r.ApproveDate, r.Status}
	}
	return list, nil
}

func ids(rows []row) []string {
	list := make([]string, len(rows))
	for i, r := range rows {
		list[i] = r.ID
	}
	return list
}

// pause waits until a whole number of steps has passed.
func pause(ctx context.Context, began time.Time) {
	steps := time.Since(began)/missStep + 1
	select {
	case <-time.After(time.Until(began.Add(steps * missStep))):
	case <-ctx.Done():
	}
}
