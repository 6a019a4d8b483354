package modules

import (
	"time"

	"examhall/modules/calendar"
)

// State is a value of the status field of an application.
type State string

// The states that businesses share. None is the state before the record exists.
const (
	None        State = ""
	Submitted   State = "submitted"
	UnderReview State = "under_review"
	Returned    State = "returned"
	Approved    State = "approved"
	Rejected    State = "rejected"
	Withdrawn   State = "withdrawn"
	Expired     State = "expired"
)

// Party is whom an application waits for.
type Party string

// The parties. An application that waits for Nobody is closed.
const (
	ForCandidate Party = "candidate"
	ForAuthority Party = "authority"
	ForNobody    Party = "nobody"
)

// Tone is how a state looks: its colour and its icon.
type Tone string

// The tones. Only Failed is red and only Done is green.
const (
	Waiting Tone = "waiting"
	Action  Tone = "action" // the candidate must do something
	Done    Tone = "done"
	Failed  Tone = "failed"
	Void    Tone = "void"
)

// StateInfo is what people read about a state, and whose turn it is.
type StateInfo struct {
	Title    Text // 待审核
	Tone     Tone
	WaitsFor Party
	Next     Text // what happens next, in a sentence
	Term     Term // how long the candidate has; for the authority see Definition.Term

	// Locked is what candidates are told who want a move that there is none of
	// from here; nil is transition_denied.
	Locked Problem
	Letter Letter // what a decision says that ends here
}

// Letter is what a decision 决定书 says that ends in a state. What is empty is
// made from the titles of the business and of the state.
type Letter struct {
	Title   Text // 成绩复核答复书
	Finding Text // the sentence that decides, before results and reasons
	Remedy  Text // 救济途径: what can be done against it, or that nothing can

	// Quotes names the columns of staff that the letter says: the number of the
	// decision and what was found.
	Quotes []string

	// RemedyAt is the remedy where it has dates: those of a decision that was
	// served on the day of at.
	RemedyAt func(at time.Time, days *calendar.Calendar) Text
}

// Remedies returns what can be done against a decision that was served on the
// day of at.
func (l Letter) Remedies(at time.Time, days *calendar.Calendar) Text {
	if l.RemedyAt == nil || at.IsZero() {
		return l.Remedy
	}
	return l.RemedyAt(at, days)
}

// ByLaw is the remedy against an administrative decision: 行政复议 within 60 days
// (行政复议法 Art. 20) or 行政诉讼 within six months (行政诉讼法 Art. 46) of the day on
// which it was served.
func ByLaw(at time.Time, days *calendar.Calendar) Text {
	appeal, suit := days.AddDays(at, 60).In(calendar.Zone), days.AddMonths(at, 6).In(calendar.Zone)
	const zh, en = "2006年1月2日", "2 January 2006"
	return T(
		"不服本决定的，可以自收到之日起60日内（"+appeal.Format(zh)+"前）依法申请行政复议，或者自收到之日起六个月内（"+suit.Format(zh)+"前）依法提起行政诉讼。"+
			"以上日期按本决定通过本系统送达之日计算，含当日。",
		"You may ask for administrative reconsideration within 60 days of receiving this (until "+appeal.Format(en)+
			"), or go to court within six months (until "+suit.Format(en)+"). The dates are counted from the day on which this system served it.",
	)
}

// Term is a period that the rules give somebody, in working days. The zero
// value is no limit.
type Term struct {
	Workdays int
}

// None reports whether there is no limit.
func (t Term) None() bool { return t.Workdays == 0 }
