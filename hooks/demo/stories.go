package demo

import (
	"fmt"
	"math/rand/v2"
	"time"

	"examhall/modules"
	"examhall/modules/calendar"
)

// tale is an application of one of the named candidates.
type tale struct {
	user, exam string
	codes      []string // of the papers to review
	reason     string
	beats      []beat
}

// stories lists the applications of the named candidates: one in every state,
// and one for every way through the workflow.
func (f *filler) stories() []story {
	var list []story
	for _, t := range append(f.runningTales(), closedTales()...) {
		list = append(list, f.told(t))
	}
	return list
}

// runningTales are those that wait for somebody.
func (f *filler) runningTales() []tale {
	const doubt = "估分与公布成绩相差较大，请核查各题得分合计。"
	ticket := upload{"admission_ticket", "ticket_corrected.png", "准考证"}
	asked := f.askedForTwoDays()
	return []tale{
		{"wangwu", openNow, []string{"04"}, "案例题第三题作答完整，请核查是否漏登分。", []beat{submitted(1)}},
		{"changming", openNow, []string{"04"}, doubt, []beat{submitted(2), submitted(1)}},
		{"lisi", openLonger, []string{"02"}, doubt, []beat{
			submitted(asked + 2), returned(asked, "reviewer", cannedReplies()["return"][0]),
		}},
		{"abudula", openLonger, []string{"02"}, doubt, []beat{
			submitted(12), returned(9, "reviewer2", cannedReplies()["return"][3]), resubmitted(6, ticket),
		}},
		{"ouyangnana", openLonger, []string{"03"}, doubt, []beat{submitted(9), accepted(5, "reviewer")}},
		{"wangzhe", openLonger, []string{"02", "03"}, doubt, []beat{
			submitted(14), accepted(12, "reviewer"), reported(6, "reviewer", corrected("02", 602), confirmed("03")),
		}},
		{"guliba", openLonger, []string{"03"}, doubt, []beat{
			submitted(16), accepted(14, "reviewer2"), reported(9, "reviewer2", corrected("03", 612)), sentBack(6, cannedReplies()["send_back"][1]),
		}},
	}
}

// closedTales are those that wait for nobody.
func closedTales() []tale {
	const doubt = "与平时水平相差较大，请核查计分、登分是否有误。"
	replies := cannedReplies()
	return []tale{
		{"zhangsan", openLonger, []string{"02"}, doubt, []beat{
			submitted(18), accepted(16, "reviewer"), reported(10, "reviewer", confirmed("02")), completed(5, replies["complete"][0]),
		}},
		{"guojun", closed, []string{"04"}, doubt, []beat{
			submitted(70), accepted(68, "reviewer"), reported(50, "reviewer", corrected("04", 726)), completed(45, replies["complete"][2]),
		}},
		{"liyan", closed, []string{"04"}, doubt, []beat{
			submitted(66), accepted(64, "reviewer2"), reported(48, "reviewer2", confirmed("04")), completed(44, replies["complete"][0]),
		}},
		{"oneil", closed, []string{"02"}, "I sat this paper and signed the attendance list; the mark says absent.", []beat{
			submitted(72), accepted(70, "reviewer2"), reported(52, "reviewer2", present("02", 715)), completed(46, replies["complete"][3]),
		}},
		{"chenhong", closed, []string{"03"}, "本人在考试中并无违纪行为，请核查违纪标记。", []beat{
			submitted(71), rejected(68, "reviewer", replies["reject"][4]),
		}},
		{"yandi", openLonger, []string{"02"}, doubt, []beat{submitted(13), withdrawn(12)}},
		{"lijie", closed, []string{"04"}, doubt, []beat{
			submitted(69), returned(66, "reviewer", replies["return"][4]), expired(54),
		}},
	}
}

// askedForTwoDays returns how many days ago an application must have been
// returned for its time to end in two days, or as soon after as the calendar
// allows.
func (f *filler) askedForTwoDays() int {
	c := calendar.New(calendar.Days(calendar.Holidays()))
	soon := daysBefore(f.plan.Now, -2, 0, 0)
	days := 1
	for c.AddWorkdays(f.when(days+1, 1), 5).After(soon) {
		days++
	}
	return days
}

func (f *filler) told(t tale) story {
	subject := func(code string) string { return subjectID(t.exam, code, t.user) }
	s := story{
		id: key("app", t.exam, t.user), registration: registrationID(t.exam, t.user), phone: mobileOf(t.user),
		employer: "示例科技有限公司", moves: f.moves(t.beats, 0, subject), owner: candidate(key(t.user)),
	}
	for _, code := range t.codes {
		s.items = append(s.items, item{Subject: subject(code), Reason: t.reason})
	}
	return s
}

// candidate returns a candidate as the one who acts.
func candidate(id string) modules.Actor {
	return modules.Actor{Kind: modules.KindCandidate, ID: id, Roles: []modules.Role{modules.Candidate}}
}

// plot is what happens to the application of a generated candidate.
type plot struct {
	exam, code string
	beats      []beat
}

// plotOf returns the plot of the i-th generated candidate; they take turns.
func plotOf(i int) plot {
	first, second := "reviewer", "reviewer2"
	if i/onceIn%2 == 1 {
		first, second = second, first
	}
	replies := cannedReplies()
	plots := []plot{
		{openNow, "04", []beat{submitted(1)}},
		{openLonger, "02", []beat{submitted(9), accepted(6, first)}},
		{closed, "04", []beat{submitted(68), accepted(66, first), reported(50, first, confirmed("04")), completed(44, replies["complete"][0])}},
		{openLonger, "03", []beat{submitted(11), accepted(9, second), reported(5, second, corrected("03", 603))}},
		{openLonger, "02", []beat{submitted(7), returned(1, first, replies["return"][i/onceIn%8])}},
		{closed, "04", []beat{submitted(67), accepted(65, second), reported(51, first, corrected("04", 724)), completed(45, replies["complete"][1])}},
		{closed, "04", []beat{submitted(70), rejected(67, second, replies["reject"][1])}},
		{openLonger, "03", []beat{submitted(5)}},
		{closed, "04", []beat{submitted(62), withdrawn(61)}},
		{closed, "04", []beat{submitted(71), returned(68, second, replies["return"][i/onceIn%8]), expired(56)}},
	}
	return plots[i/onceIn%len(plots)]
}

// generatedStory returns the application of a generated candidate, and lets the
// paper that it is about miss its pass mark by a little.
func (f *filler) generatedStory(r *rand.Rand, i int, e enrolment, phone string) story {
	p := plotOf(i)
	for n, paper := range e.exam.papers {
		if paper.code == p.code {
			e.grades[n] = scored(paper.pass - 5*(1+r.IntN(20)))
		}
	}
	return story{
		id: fmt.Sprintf("app%012d", i), owner: candidate(e.candidate), registration: e.id, phone: phone,
		items: []item{{Subject: e.subject(p.code), Reason: "对该科目公布成绩有疑问，请核查计分、登分。"}},
		moves: f.moves(p.beats, time.Duration(r.IntN(46))*time.Minute, e.subject),
	}
}

// mobileOf returns the mobile of a named candidate.
func mobileOf(user string) string {
	for i, p := range people() {
		if p.user == user {
			return p.mobile(i)
		}
	}
	return ""
}
