package demo

import (
	"errors"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/profile"
	"examhall/modules/reissue"
)

// loss is the 证书补发 of one of the named candidates, of their paper of
// [paperOnly]. A new sheet is printed in the last beat but one or last.
type loss struct {
	user, reason, sheet string
	beats               []beat
}

// losses lists the reissues: one in every state.
func (f *filler) losses() []loss {
	by := func(days int, who string, to modules.State) beat { return beat{days: days, by: who, to: to} }
	const photo, other = "照片不是白底证件照，请重新上传。", "所填补发原因与证书领取记录不符。"
	asked := f.askedForTwoDays()
	return []loss{
		{"yandi", "lost", "", []beat{submitted(1)}},
		{"guliba", "damaged", "", []beat{submitted(asked + 2), returned(asked, "reviewer", photo)}},
		{"changming", "lost", "", []beat{submitted(9), by(5, "reviewer2", modules.Approved)}},
		{"abudula", "lost", "", []beat{submitted(40), by(36, "reviewer", modules.Approved), by(33, "cert", reissue.Reported), by(20, "cert", reissue.Making)}},
		{"wenjing", "damaged", "SL00026001", []beat{
			submitted(60), by(55, "reviewer", modules.Approved), by(50, "cert", reissue.Reported), by(30, "cert", reissue.Making), by(6, "cert", reissue.Ready),
		}},
		{"ouyangnana", "lost", "SL00026002", []beat{
			submitted(80), by(76, "reviewer2", modules.Approved), by(70, "cert", reissue.Reported), by(50, "cert", reissue.Making), by(30, "cert", reissue.Ready),
			by(12, "cert", reissue.Collected),
		}},
		{"chenhong", "lost", "", []beat{submitted(35), rejected(31, "reviewer", other)}},
	}
}

// addReissues plays the reissues, where the installation has them.
func (f *filler) addReissues(tx core.App) error {
	if _, ok := f.portal.Set().Find("reissues"); !ok {
		return nil
	}
	p, err := f.newPlayer(tx, "reissues")
	if err != nil {
		return err
	}
	for _, l := range f.losses() {
		c, err := certificateOf(tx, paperOnly, l.user)
		if err != nil {
			return err
		}
		moves := f.moves(l.beats, 0, nil)
		for i := range moves {
			if moves[i].to == reissue.Ready {
				moves[i].with["print_no"] = l.sheet
				f.report.Certificates++
			}
		}
		if err := p.play(story{id: key("ri", l.user), owner: candidate(key(l.user)), form: p.missed(f, l, c), moves: moves}); err != nil {
			return err
		}
		f.report.Applications++
	}
	f.clock.at = f.plan.Now
	return p.markSent(f.plan.Now)
}

// missed is what a candidate fills in and uploads for a reissue.
func (p *player) missed(f *filler, l loss, c *core.Record) map[string]any {
	form := map[string]any{
		"certificate": c.Id, "reason": l.reason, "explanation": "搬家整理物品时发现证书已遗失或者损毁，申请补发。", "phone": mobileOf(l.user),
		"happened_on": f.when(90, 0).Format("2006-01-02"), "id_card": p.materials()["id_card"], "photo": p.file("portrait.jpg", "", func(string) []byte { return portrait() }),
	}
	if l.reason == "lost" {
		form["statement"] = p.file("lost.png", "示例材料", scan)
	} else {
		form["damaged_photo"] = p.file("damaged.png", "示例材料", scan)
	}
	return form
}

// amendment is the 信息修改 of one of the named candidates.
type amendment struct {
	user  string
	form  map[string]any
	beats []beat
}

// amendments lists the changes of personal data: one in every state.
func (f *filler) amendments(p *player) []amendment {
	employer := map[string]any{"items": []string{"employer"}, "new_employer": "示例建设有限公司", "reason": "other"}
	mobile := map[string]any{"items": []string{"mobile"}, "new_mobile": "13900139021", "reason": "other"}
	renamed := map[string]any{"items": []string{"name"}, "new_name": "何嘉浩", "reason": "changed", "proof": p.file("police.png", "示例材料", scan)}
	return []amendment{
		{"zhangsan", employer, []beat{submitted(1)}},
		{"wangwu", mobile, []beat{submitted(6), {days: 3, by: "reviewer", to: modules.UnderReview}}},
		{"lisi", renamed, []beat{submitted(3), returned(1, "reviewer2", "公安机关证明不清楚，请重新上传。")}},
		{"abudula", map[string]any{"items": []string{"ethnicity", "education"}, "new_ethnicity": "维吾尔族", "new_education": "bachelor", "reason": "other"}, []beat{
			submitted(20), {days: 16, by: "reviewer", to: modules.Approved},
		}},
		{"yandi", renamed, []beat{submitted(25), rejected(21, "reviewer2", "材料不能证明修改前后为同一人。")}},
		{"wangzhe", employer, []beat{submitted(9), withdrawn(8)}},
	}
}

// addAmendments plays the changes of personal data, where the installation has
// them.
func (f *filler) addAmendments(tx core.App) error {
	name := profile.Definition().Name
	if _, ok := f.portal.Set().Find(name); !ok {
		return nil
	}
	p, err := f.newPlayer(tx, name)
	if err != nil {
		return err
	}
	for _, a := range f.amendments(p) {
		a.form["explanation"], a.form["id_card"] = "个人信息已有变更，现申请修改，材料附后。", p.materials()["id_card"]
		err = errors.Join(err, p.play(story{id: key("pc", a.user), owner: candidate(key(a.user)), form: a.form, moves: f.moves(a.beats, 0, nil)}))
		f.report.Applications++
	}
	f.clock.at = f.plan.Now
	return errors.Join(err, p.markSent(f.plan.Now))
}
