// Package violation is 违纪申诉. Whoever is said to have broken the rules of an exam
// is told what is intended, the facts, the reasons and the rule, and may answer
// before it is decided; what they put forward is looked at again by people who
// did not record it. The package keeps the notices as well, and writes what a
// decision does to marks and to the archive 诚信档案库.
//
// Source: 人力资源社会保障部令第31号 Art. 6 to 11 (classes), 12 (archive), 17
// (statement, review, decision), 18 (remedies); 行政处罚法 Art. 45 (an answer never
// makes it worse).
package violation

import (
	"cmp"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/calendar"
)

// Collection is where the appeals are, Notices what they are about.
const (
	Collection = "violation_appeals"
	Notices    = "violations"
)

// The states of an appeal beside the common ones.
const (
	Accepted  modules.State = "accepted"     // 已受理
	Reviewing modules.State = "reviewing"    // 复核中
	Upheld    modules.State = "upheld"       // 维持
	Changed   modules.State = "changed"      // 变更
	Revoked   modules.State = "revoked"      // 撤销认定
	Refused   modules.State = "not_accepted" // 不予受理
)

// statementWorkdays is how long a notice can be answered from its service, in
// working days, where the session says nothing else.
const statementWorkdays = 5

// Business is 违纪申诉 with the notices.
type Business struct{ modules.Definition }

// New returns the business.
func New() Business { return Business{Definition()} }

// Definition declares the business.
func Definition() modules.Definition {
	return modules.Definition{
		Name: Collection, Prefix: "WJSS", Icon: "ri-auction-line",
		Title: modules.T("违纪申诉", "Appeal against a violation"),
		Intro: modules.T("收到违纪违规告知书后，可以在期限内陈述、申辩，或者对事实和适用条款提出异议，每份告知书一次。",
			"Whoever got a notice of a violation may answer it once, in time: state their case, or dispute the facts or the rule."),
		Apply: modules.T("违纪申诉", "Appeal"),
		About: &modules.About{
			Column: "violation", Collection: Notices, Owner: "candidate", When: []modules.State{notified, decided},
			Label: modules.T("违纪违规告知书", "Notice"), Title: title, Note: note,
			Secret: func(r *core.Record) bool { return r.GetString("status") == recorded },
		},
		Concerns: concerns,
		Fields:   fields(),
		Workflow: workflow(),
		Unique:   modules.Unique{Fields: []string{"violation"}, Problem: modules.NewProblem("appeal_used", "This notice has been appealed against.", nil)},
		Window:   window,
		Late:     modules.NewProblem("appeal_expired", "The time to appeal ended on {{.to}}.", nil),
		Term:     modules.Term{Workdays: 15},
	}
}

// concerns says to those who have no notice that there is nothing to do.
func concerns(s *modules.Step) (modules.Concern, error) {
	n, err := s.App.CountRecords(Notices, dbx.HashExp{"candidate": s.Record.GetString("owner")}, dbx.Not(dbx.HashExp{"status": recorded}))
	if err != nil || n > 0 {
		return modules.Concern{}, err
	}
	return modules.Concern{Problem: modules.NewProblem("no_notice", "You have no notice of a violation.", nil)}, nil
}

// window is open from the service of the notice for some working days, or until the
// end of an internal review of what was decided.
func window(s *modules.Step) (opens, closes time.Time, err error) {
	notice, err := s.About()
	if err != nil {
		return opens, closes, err
	}
	session, err := s.Session()
	if err != nil {
		return opens, closes, err
	}
	days, err := s.Calendar()
	if err != nil {
		return opens, closes, err
	}
	opens = notice.GetDateTime("served").Time()
	if opens.IsZero() {
		return opens, closes, nil
	}
	closes = days.AddWorkdays(opens, cmp.Or(session.GetInt("statement_workdays"), statementWorkdays))
	if again := notice.GetDateTime("reopened_until").Time(); again.After(closes) {
		closes = again
	}
	return opens, closes, nil
}

// title returns what a notice is called.
func title(r *core.Record) modules.Text {
	no := r.GetString("notice_no")
	return modules.T("告知书 "+no, "Notice "+no)
}

// note tells what the notice says: when, what, by which rule and with which end.
func note(r *core.Record) modules.Text {
	served := r.GetDateTime("served").Time().In(calendar.Zone)
	penalty := penaltyWords(r.GetString("penalty"))
	return modules.T(
		r.GetString("occurred")+"，"+r.GetString("fact")+"。适用第31号令第"+clauseWord(r.GetString("clause"))+"条，拟给予："+penalty.ZH+"。"+served.Format("2006年1月2日")+"送达",
		r.GetString("occurred")+", "+r.GetString("fact")+". Art. "+r.GetString("clause")+" of Order 31; intended: "+penalty.EN+". Served on "+served.Format("2 January 2006"),
	)
}
