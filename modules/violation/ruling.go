package violation

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/marks"
)

// ruling is a decision about a notice and what it does: to the notice itself, to
// the marks and to the archive. All of it is one transaction, signed by who
// decides.
type ruling struct {
	app    core.App
	save   func(*core.Record) error
	notice *core.Record
	number string // 决定文号
	by     string // staff who decides
	now    time.Time
}

func rulingOf(s *modules.Step) (ruling, error) {
	notice, err := s.About()
	return ruling{app: s.App, save: s.Save, notice: notice, number: s.Record.GetString("decision_no"), by: s.Actor.ID, now: s.Now}, err
}

// uphold issues the decision that was intended.
func uphold(s *modules.Step) error {
	x, err := rulingOf(s)
	if err != nil {
		return err
	}
	return x.decide(decided)
}

// change issues a decision by another rule.
func change(s *modules.Step) error {
	x, err := rulingOf(s)
	if err != nil {
		return err
	}
	x.notice.Set("clause", s.Record.GetString("new_clause"))
	x.notice.Set("penalty", s.Record.GetString("new_penalty"))
	return x.decide(changed)
}

// revoke takes the finding back, with all that it did.
func revoke(s *modules.Step) error {
	x, err := rulingOf(s)
	if err != nil {
		return err
	}
	return x.decide(revoked)
}

func (x ruling) day() string { return x.now.In(calendar.Zone).Format(time.DateOnly) }

// decide writes what is decided. What an earlier decision about the notice did is
// taken back first.
func (x ruling) decide(status string) error {
	x.notice.Set("status", status)
	x.notice.Set("decision_no", x.number)
	x.notice.Set("decided_on", x.day())
	x.notice.Set("reopened_until", "")
	if err := x.save(x.notice); err != nil {
		return err
	}
	if err := x.remark(); err != nil {
		return err
	}
	return x.archive(status)
}

// remark gives back what this notice made void, and then makes void what the
// decisions about the registration say: another one may still stand.
func (x ruling) remark() error {
	registration, err := x.app.FindRecordById("registrations", x.notice.GetString("registration"))
	if err != nil {
		return err
	}
	subjects, err := x.app.FindRecordsByFilter("registration_subjects", "registration = {:id}", "code", 0, 0, dbx.Params{"id": registration.Id})
	if err != nil {
		return err
	}
	standing, err := x.app.FindRecordsByFilter(Notices, "registration = {:id} && (status = 'decided' || status = 'changed')", "decided_on", 0, 0,
		dbx.Params{"id": registration.Id})
	if err != nil {
		return err
	}
	for _, subject := range subjects {
		if err := x.restore(subject); err != nil {
			return err
		}
		for _, notice := range standing {
			if err := x.impose(notice, subject.Id); err != nil {
				return err
			}
		}
	}
	return x.book(x.notice).Settle(registration)
}

// book names the notice as what orders a change of marks, so that they can be
// given back.
func (x ruling) book(notice *core.Record) marks.Book {
	return marks.Book{
		App: x.app, Save: x.save, Service: Notices, Application: notice.GetString("notice_no"), Document: notice.GetString("decision_no"),
		Proposer: notice.GetString("recorder"), Approver: x.by,
	}
}

// impose makes a subject void where a decision says so. The score goes with it;
// the history keeps it.
func (x ruling) impose(notice *core.Record, id string) error {
	subject, err := x.app.FindRecordById("registration_subjects", id) // anew: a save compares with what was loaded
	if err != nil {
		return err
	}
	flag := "void"
	if subject.Id == notice.GetString("subject") {
		flag = "violation"
	} else if notice.GetString("penalty") == subjectVoid {
		return nil
	}
	if now := subject.GetString("flag"); now == flag || now == "violation" {
		return nil
	}
	return x.book(notice).Write(subject, 0, flag)
}

// restore gives a subject back what the notice made void. Where the mark came with
// the results there is no history: the score behind it stands, and without one it
// has still to be entered.
func (x ruling) restore(subject *core.Record) error {
	flag := subject.GetString("flag")
	if flag != "violation" && flag != "void" {
		return nil
	}
	var last []struct {
		Score int    `db:"old_score"`
		Flag  string `db:"old_flag"`
		New   string `db:"new_flag"`
	}
	err := x.app.DB().Select("old_score", "old_flag", "new_flag").From("score_history").Where(dbx.HashExp{
		"subject": subject.Id, "service": Notices, "application": x.notice.GetString("notice_no"),
	}).OrderBy("rowid DESC").Limit(1).All(&last)
	if err != nil {
		return err
	}
	switch {
	case len(last) > 0 && last[0].New == flag:
		return x.book(x.notice).Write(subject, last[0].Score, last[0].Flag)
	case len(last) > 0 || flag != "violation" || subject.Id != x.notice.GetString("subject"):
		return nil // it is void for another reason
	case subject.GetInt("score") > 0:
		return x.book(x.notice).Write(subject, subject.GetInt("score"), "normal")
	}
	return x.book(x.notice).Write(subject, 0, "pending")
}

// archive enters the decision into 诚信档案库, or changes or removes what stands there:
// five years from the day of the decision, or for ever (31号令 Art. 7, 8, 12).
func (x ruling) archive(status string) error {
	rows, err := x.app.FindRecordsByFilter("integrity_records", "violation = {:id}", "", 1, 0, dbx.Params{"id": x.notice.Id})
	if err != nil {
		return err
	}
	kind := map[string]string{fiveYears: "serious", forEver: "especially_serious"}[x.notice.GetString("penalty")]
	if kind == "" || status == revoked {
		if len(rows) == 0 {
			return nil
		}
		rows[0].Set("status", "removed")
		return x.save(rows[0])
	}
	c, err := x.app.FindCachedCollectionByNameOrId("integrity_records")
	if err != nil {
		return err
	}
	row := core.NewRecord(c)
	row.Load(map[string]any{"candidate": x.notice.GetString("candidate"), "violation": x.notice.Id, "start": x.day()})
	if len(rows) > 0 {
		row = rows[0] // from the first decision on
	}
	row.Load(map[string]any{"kind": kind, "decision_no": x.number, "end": "", "status": "active"})
	if kind == "serious" {
		start, err := time.Parse(time.DateOnly, row.GetString("start"))
		if err != nil {
			return err
		}
		row.Set("end", start.AddDate(5, 0, 0).Format(time.DateOnly))
	}
	return x.save(row)
}
