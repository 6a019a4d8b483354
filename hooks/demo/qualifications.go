package demo

import (
	"errors"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/qualification"
)

// proof is the 资格复核 of one of the named candidates; the beats after the first
// one that appeals are those of the 申诉.
type proof struct {
	user, exam string
	beats      []beat
	appeal     []beat
}

// listedOnly are on a list and have not shown their proofs yet.
func listedOnly() [][2]string {
	return [][2]string{{"zhangsan", openNow}, {"lisi", openNow}, {"liyan", openNow}, {"chankayan", openNow}, {"wenjing", openNow}}
}

// proofs lists the reviews: one in every state, and every end of an appeal.
func (f *filler) proofs() []proof {
	reviewed := func(days int, by string) beat { return beat{days: days, by: by, to: modules.UnderReview} }
	approved := func(days int, by string) beat { return beat{days: days, by: by, to: modules.Approved} }
	allowed := func(days int, by, reply string) beat {
		return beat{days: days, by: by, to: qualification.Accepted, reply: reply}
	}
	const unsealed, short = "工作年限证明未加盖单位公章。", "从事专业工作年限不足，不符合所选报考条件。"
	file := upload{"evidence", "evidence.png", "示例材料"}
	asked := f.askedForTwoDays()
	return []proof{
		{user: "wangwu", exam: openNow, beats: []beat{submitted(1)}},
		{user: "changming", exam: openNow, beats: []beat{submitted(2), withdrawn(1)}},
		{user: "lisi", exam: openLonger, beats: []beat{submitted(asked + 2), returned(asked, "reviewer2", unsealed)}},
		{user: "ouyangnana", exam: openLonger, beats: []beat{submitted(5), reviewed(3, "reviewer")}},
		{user: "wangzhe", exam: openLonger, beats: []beat{submitted(12), approved(8, "reviewer2")}},
		{user: "guliba", exam: openLonger, beats: []beat{submitted(9), rejected(4, "reviewer", short)}},
		{user: "abudula", exam: openLonger, beats: []beat{submitted(11), rejected(6, "reviewer", unsealed)}, appeal: []beat{submitted(3)}},
		{user: "yandi", exam: openLonger, beats: []beat{submitted(15), rejected(11, "reviewer2", short)}, appeal: []beat{
			submitted(9), allowed(5, "reviewer", "补充的劳动合同和社保记录能够证明工作年限，申诉成立。"),
		}},
		{user: "zhangsan", exam: openLonger, beats: []beat{submitted(16), rejected(13, "reviewer", short)}, appeal: []beat{
			submitted(10), returned(8, "reviewer2", "请补充2016年以前的社保缴费记录。"), resubmitted(7, file),
			rejected(4, "reviewer2", "补充材料仍不能证明工作年限，维持原审核结果。"),
		}},
		{user: "guojun", exam: closed, beats: []beat{submitted(72), approved(68, "reviewer")}},
		{user: "chenhong", exam: closed, beats: []beat{submitted(71), rejected(66, "reviewer2", unsealed)}},
		{user: "lijie", exam: closed, beats: []beat{submitted(70), returned(66, "reviewer", unsealed), expired(54)}},
	}
}

// addQualifications opens reviews, puts candidates on the lists and plays what
// became of them.
func (f *filler) addQualifications(tx core.App) error {
	errs := []error{
		f.openReviews(tx, openNow, -11), f.openReviews(tx, openLonger, -5), f.openReviews(tx, closed, 60),
	}
	for _, l := range listedOnly() {
		errs = append(errs, enlist(tx, l[0], l[1]))
	}
	for _, p := range f.proofs() {
		errs = append(errs, enlist(tx, p.user, p.exam))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return f.playProofs(tx)
}

// openReviews sets when a session takes reviews: from its scores until some days
// before the day of the demo.
func (f *filler) openReviews(tx core.App, exam string, until int) error {
	r, err := tx.FindRecordById("exam_sessions", key("session", exam))
	if err != nil {
		return err
	}
	r.Set("review_opens", dateTime(find(exam).publishedAt(f.plan.Now)))
	r.Set("review_closes", dateTime(daysBefore(f.plan.Now, until, 17, 0)))
	r.Set("review_conditions", asJSON([]map[string]any{
		{"value": "1", "label": "取得大学专科学历，从事相关工作满4年", "label_en": "College and 4 years of work"},
		{"value": "2", "label": "取得大学本科学历，从事相关工作满3年", "label_en": "Bachelor and 3 years of work"},
		{"value": "3", "label": "取得硕士学位，从事相关工作满1年", "label_en": "Master and 1 year of work", "materials": []string{"degree_certificate"}},
	}))
	return tx.Save(r)
}

// enlist puts a registration on the list: it is outside of the commitment regime.
func enlist(tx core.App, user, exam string) error {
	r, err := tx.FindRecordById("registrations", registrationID(exam, user))
	if err != nil {
		return err
	}
	r.Set("review_listed", true)
	r.Set("commitment", "not_chosen")
	return tx.Save(r)
}

// playProofs plays the reviews and, after each, its appeal.
func (f *filler) playProofs(tx core.App) error {
	reviews, err1 := f.newPlayer(tx, qualification.Reviews)
	appeals, err2 := f.newPlayer(tx, qualification.Appeals)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	for _, p := range f.proofs() {
		moves := f.moves(append(append([]beat{}, p.beats...), p.appeal...), 0, nil)
		review := story{id: key("qr", p.exam, p.user), owner: candidate(key(p.user)), form: reviews.proven(p), moves: moves[:len(p.beats)]}
		if err := reviews.play(review); err != nil {
			return err
		}
		f.report.Applications++
		if len(p.appeal) == 0 {
			continue
		}
		err := appeals.play(story{id: key("qa", p.exam, p.user), owner: review.owner, moves: moves[len(p.beats):], form: map[string]any{
			"review": review.id, "reason": "本人从2016年起一直从事相关专业工作，现补充劳动合同和社保缴费记录，请重新核实工作年限。",
			"evidence": appeals.file("contract.png", "示例材料", scan),
		}})
		if err != nil {
			return err
		}
		f.report.Applications++
	}
	f.clock.at = f.plan.Now
	return reviews.markSent(f.plan.Now)
}

// proven is what a candidate fills in and uploads for a review.
func (p *player) proven(x proof) map[string]any {
	return map[string]any{
		"registration": registrationID(x.exam, x.user), "phone": mobileOf(x.user), "education": "bachelor", "degree": "bachelor",
		"school": "示例大学", "major": "工程管理", "graduated": "2016-07", "diploma_no": "100001201605000123", "chsi_code": "A1B2C3D4E5F6",
		"employer": "示例科技有限公司", "uscc": "91350100M000100Y43", "years": 8, "condition": "2",
		"history": asJSON([]map[string]any{
			{"from": "2016-08", "until": "2020-06", "employer": "示例建设有限公司", "position": "技术员"},
			{"from": "2020-07", "until": "", "employer": "示例科技有限公司", "position": "工程师"},
		}),
		"id_card": p.materials()["id_card"], "diploma": p.file("diploma.png", "示例材料", scan), "work_proof": p.file("work.png", "示例材料", scan),
	}
}
