package demo

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/integrity"
	"examhall/modules/violation"
)

// nextYear is the key of the session for which one can register now.
const nextYear = "ny"

// notice is a 违纪违规告知书 to one of the named candidates, and what became of it.
type notice struct {
	user, exam, code string
	clause, penalty  string
	served           int // days before the day of the demo
	moves            []move
}

// onRecord is somebody in 诚信档案库, and their registration for the next year.
type onRecord struct {
	user, kind string
	began, end int // years from the day of the demo; 0 is no end
	moves      []move
}

// addDiscipline makes notices with their appeals, the archive, and reviews of
// those who are in it. An installation without these businesses has none.
func (f *filler) addDiscipline(tx core.App) error {
	_, appeals := f.portal.Set().Find(violation.Collection)
	_, reviews := f.portal.Set().Find(integrity.Collection)
	if !appeals || !reviews {
		return nil
	}
	if err := errors.Join(f.addNextYear(tx), f.addAppeals(tx), f.addReviews(tx)); err != nil {
		return err
	}
	f.clock.at = f.plan.Now
	p, err := f.newPlayer(tx, violation.Collection)
	if err != nil {
		return err
	}
	return p.markSent(f.plan.Now)
}

// addNextYear makes a session that is open for registration.
func (f *filler) addNextYear(tx core.App) error {
	x, year := find(openNow), f.plan.Now.Year()+1
	return add(tx, "exam_sessions", key("session", nextYear), map[string]any{
		"project": key("project", openNow), "code": fmt.Sprintf("%s%d", x.code, year), "year": year,
		"title": fmt.Sprintf("%d年度%s", year, x.name), "title_en": fmt.Sprintf("%s %d", x.nameEN, year),
		"reg_opens": dateTime(daysBefore(f.plan.Now, 40, 9, 0)), "reg_closes": dateTime(daysBefore(f.plan.Now, -14, 17, 0)),
	})
}

// step is a move so many days ago, the n-th of its story.
func (f *filler) step(days, n int, by string, to modules.State, with map[string]any) move {
	return move{at: f.when(days, n), by: by, to: to, with: with}
}

func replied(text string) map[string]any { return map[string]any{"reply": text} }

// notices lists them: an appeal in every state, and some that were not answered.
func (f *filler) notices() []notice {
	found := func(end modules.State) map[string]any {
		return map[string]any{"proposal": string(end), "findings": "经调取监控录像并询问监考人员，逐条核实申诉事由。", "new_clause": "6", "new_penalty": "subject_void"}
	}
	number := func(n int) map[string]any {
		return map[string]any{"decision_no": fmt.Sprintf("示例人考决〔%d〕%d号", f.plan.Now.Year(), n), "reply": "经复核，决定如下，详见复核认定。"}
	}
	ended := func(days int, end modules.State, n int) []move {
		return []move{
			f.step(days-1, 1, "", modules.Submitted, nil), f.step(days-3, 2, "reviewer", violation.Accepted, nil),
			f.step(days-8, 3, "reviewer", violation.Reviewing, found(end)), f.step(days-12, 4, "approver", end, number(n)),
		}
	}
	return []notice{
		{"zhangsan", openLonger, "01", "6", "subject_void", 2, nil},
		{"liyan", openNow, "01", "6", "subject_void", 1, nil},
		{"chankayan", openNow, "01", "7", "all_void_5y", 1, nil},
		{"lisi", openNow, "02", "11", "subject_void", 30, nil}, // not answered in time
		{"yandi", openLonger, "01", "6", "subject_void", 4, []move{f.step(2, 1, "", modules.Submitted, nil)}},
		{"abudula", openLonger, "01", "6", "subject_void", 8, []move{
			f.step(6, 1, "", modules.Submitted, nil), f.step(2, 2, "reviewer2", modules.Returned, replied("请说明视频证据的来源和调取方式。")),
		}},
		{"ouyangnana", openLonger, "01", "9", "all_void_5y", 9, []move{f.step(7, 1, "", modules.Submitted, nil), f.step(4, 2, "reviewer", violation.Accepted, nil)}},
		{"wangzhe", openLonger, "01", "7", "all_void_5y", 12, []move{
			f.step(10, 1, "", modules.Submitted, nil), f.step(7, 2, "reviewer2", violation.Accepted, nil), f.step(3, 3, "reviewer2", violation.Reviewing, found(violation.Changed)),
		}},
		{"lijie", closed, "01", "6", "subject_void", 60, []move{
			f.step(58, 1, "", modules.Submitted, nil), f.step(55, 2, "reviewer", violation.Refused, replied("所附材料与告知书所列事实无关，不予受理。")),
		}},
		{"hokahou", extended, "02", "7", "all_void_5y", 35, ended(35, violation.Upheld, 1)},
		{"linyijun", unscored, "02", "7", "all_void_5y", 13, ended(13, violation.Changed, 2)},
		{"wenjing", closedLong, "02", "6", "subject_void", 90, ended(90, violation.Revoked, 3)},
	}
}

// addAppeals serves the notices and plays the appeals.
func (f *filler) addAppeals(tx core.App) error {
	p, err := f.newPlayer(tx, violation.Collection)
	if err != nil {
		return err
	}
	for i, n := range f.notices() {
		id := key("vio", n.exam, n.user)
		err := add(tx, violation.Notices, id, map[string]any{
			"candidate": key(n.user), "registration": registrationID(n.exam, n.user), "subject": subjectID(n.exam, n.code, n.user), "subject_code": n.code,
			"ticket_no": ticketOf(n.user, n.exam), "notice_no": fmt.Sprintf("示例人考告〔%d〕%d号", f.plan.Now.Year(), i+1),
			"occurred": find(n.exam).held(f.plan.Now).Format("2006-01-02") + " 10:20", "fact": "开考后在座位上发现本人手机处于开机状态",
			"clause": n.clause, "penalty": n.penalty, "status": "notified", "served": dateTime(daysBefore(f.plan.Now, n.served, 9, 0)), "recorder": key("operator"),
		})
		if err != nil || len(n.moves) == 0 {
			if err != nil {
				return err
			}
			continue
		}
		err = p.play(story{id: key("vap", n.exam, n.user), owner: candidate(key(n.user)), moves: n.moves, form: map[string]any{
			"violation": id, "kind": "facts", "demand": "revoke", "phone": mobileOf(n.user),
			"reason":   "本人入场前已将手机关机并交存，座位上的手机不是本人的，请调取考场监控录像核实。",
			"evidence": p.file("receipt.png", "示例材料", scan), "id_card": p.materials()["id_card"],
		}})
		if err != nil {
			return err
		}
		f.report.Applications++
	}
	return nil
}

// recorded lists who is in the archive: most with a review, two who may ask for
// one, and one whose time is over.
func (f *filler) recorded() []onRecord {
	return []onRecord{
		{"liyan", "serious", -2, 3, nil},
		{"chankayan", "especially_serious", -6, 0, nil},
		{"oneil", "serious", -6, -1, nil},
		{"chenhong", "serious", -1, 4, []move{f.step(1, 1, "", modules.Submitted, nil)}},
		{"guojun", "false_commitment", -2, 1, []move{
			f.step(5, 1, "", modules.Submitted, nil), f.step(2, 2, "reviewer", modules.Returned, replied("工作年限证明未加盖单位公章。")),
		}},
		{"abudula", "serious", -3, 2, []move{f.step(6, 1, "", modules.Submitted, nil), f.step(3, 2, "reviewer2", modules.UnderReview, nil)}},
		{"yandi", "serious", -4, 1, []move{f.step(14, 1, "", modules.Submitted, nil), f.step(9, 2, "reviewer", modules.Approved, nil)}},
		{"lijie", "especially_serious", -3, 0, []move{
			f.step(16, 1, "", modules.Submitted, nil), f.step(11, 2, "reviewer2", modules.Rejected, replied("从事专业工作年限不足，不符合报考条件。")),
		}},
		{"changming", "false_commitment", -1, 2, []move{f.step(8, 1, "", modules.Submitted, nil), f.step(7, 2, "", modules.Withdrawn, nil)}},
	}
}

// addReviews fills the archive and plays the reviews.
func (f *filler) addReviews(tx core.App) error {
	p, err := f.newPlayer(tx, integrity.Collection)
	if err != nil {
		return err
	}
	day := func(years int) string { return f.plan.Now.AddDate(years, 0, -3).Format(time.DateOnly) }
	for i, r := range f.recorded() {
		row := map[string]any{
			"candidate": key(r.user), "kind": r.kind, "decision_no": fmt.Sprintf("示例人考决〔%d〕%d号", f.plan.Now.Year()+r.began, 101+i), "start": day(r.began), "status": "active",
		}
		if r.end != 0 {
			row["end"] = day(r.end)
		}
		if err := errors.Join(add(tx, "integrity_records", key("arc", r.user), row), f.registerNext(tx, r.user)); err != nil {
			return err
		}
		if len(r.moves) == 0 {
			continue
		}
		if err := p.play(story{id: key("int", r.user), owner: candidate(key(r.user)), moves: r.moves, form: p.pledged(r.user)}); err != nil {
			return err
		}
		f.report.Applications++
	}
	return nil
}

// registerNext registers somebody for the next year; they have not paid.
func (f *filler) registerNext(tx core.App, user string) error {
	id := registrationID(nextYear, user)
	err := add(tx, "registrations", id, map[string]any{
		"candidate": key(user), "session": key("session", nextYear), "specialty": find(openNow).specialties[0], "status": "registered", "pre_review": "required",
	})
	for _, x := range find(openNow).papers {
		err = errors.Join(err, add(tx, "registration_subjects", subjectID(nextYear, x.code, user), map[string]any{
			"registration": id, "code": x.code, "name": x.name, "name_en": x.nameEN, "type": x.kind, "pass_mark": x.pass, "flag": "pending", "status": "active",
		}))
	}
	return err
}

// pledged is what somebody on record fills in and uploads.
func (p *player) pledged(user string) map[string]any {
	form := p.proven(proof{user: user, exam: nextYear})
	delete(form, "condition")
	form["statement"] = "本人已深刻认识错误，遵守考试纪律。本次报考条件见所附证明材料。"
	form["subjects"] = asJSON([]map[string]any{{"subject": subjectID(nextYear, "01", user)}, {"subject": subjectID(nextYear, "02", user)}})
	for _, slot := range []string{"degree_certificate", "chsi_report", "social_insurance", "pledge"} {
		form[slot] = p.file(slot+".png", "示例材料", scan)
	}
	return form
}
