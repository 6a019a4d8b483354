package demo

import (
	"fmt"
	"time"

	"examhall/modules"
	"examhall/modules/calendar"
	"examhall/modules/scorereview"
)

// beat is a move of a story as it is written down here: by the day, counted
// back from the day of the demo.
type beat struct {
	days     int
	by       string
	to       modules.State
	reply    string
	findings []finding
	files    []upload // replaced with this move
}

// finding is the result of the review of one paper.
type finding struct {
	code, outcome string
	score         int // where the outcome is a new score
	flag          string
}

// upload is a file with the words that are drawn on it.
type upload struct{ slot, name, title string }

func submitted(days int) beat { return beat{days: days, to: modules.Submitted} }

func withdrawn(days int) beat { return beat{days: days, to: modules.Withdrawn} }

func expired(days int) beat { return beat{days: days, by: bySystem, to: modules.Expired} }

func accepted(days int, by string) beat { return beat{days: days, by: by, to: scorereview.Accepted} }

func returned(days int, by, reply string) beat {
	return beat{days: days, by: by, to: modules.Returned, reply: reply}
}

func rejected(days int, by, reply string) beat {
	return beat{days: days, by: by, to: modules.Rejected, reply: reply}
}

func reported(days int, by string, findings ...finding) beat {
	return beat{days: days, by: by, to: scorereview.Reporting, findings: findings}
}

func sentBack(days int, reply string) beat {
	return beat{days: days, by: "approver", to: scorereview.Accepted, reply: reply}
}

func completed(days int, reply string) beat {
	return beat{days: days, by: "approver", to: scorereview.Completed, reply: reply}
}

// resubmitted is a correction with another file.
func resubmitted(days int, file upload) beat {
	return beat{days: days, to: modules.Submitted, files: []upload{file}}
}

func confirmed(code string) finding { return finding{code: code, outcome: "unchanged"} }

func corrected(code string, score int) finding {
	return finding{code: code, outcome: "changed", score: score}
}

func present(code string, score int) finding {
	return finding{code: code, outcome: "mark_fixed", score: score, flag: "normal"}
}

// when returns the time of the n-th beat of a story. Nobody works on a day off,
// unless waiting for the next working day would lead past the day of the demo.
func (f *filler) when(days, n int) time.Time {
	c := calendar.New(calendar.Days(calendar.Holidays()))
	at := daysBefore(f.plan.Now, days, 9+n, (days*7+n*13)%60)
	for ; days > 1 && !c.Workday(at); days-- {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// moves returns what is played for the beats of a story, each as much later in
// its day as late says.
func (f *filler) moves(beats []beat, late time.Duration, subject func(code string) string) []move {
	list := make([]move, len(beats))
	for n, b := range beats {
		m := move{at: f.when(b.days, n).Add(late), by: b.by, to: b.to, with: map[string]any{}, files: b.files}
		if b.reply != "" {
			m.with["reply"] = b.reply
		}
		if len(b.findings) > 0 {
			m.with["results"] = asJSON(results(b.findings, subject))
		}
		list[n] = m
	}
	return list
}

// results returns findings as the reviewer records them.
func results(findings []finding, subject func(code string) string) []result {
	list := make([]result, len(findings))
	for i, x := range findings {
		list[i] = result{Subject: subject(x.code), Outcome: x.outcome, Flag: x.flag, Document: fmt.Sprintf("示例复核〔第%d号〕", i+1)}
		if x.score > 0 {
			list[i].Score = &x.score
		}
	}
	return list
}
