package demo

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// price is what a paper costs in the demo, in fen.
const price = 6100

// banks are some that refunds go to, by their codes in the clearing system.
func banks() [][2]string {
	return [][2]string{
		{"102", "中国工商银行"}, {"103", "中国农业银行"}, {"104", "中国银行"}, {"105", "中国建设银行"}, {"301", "交通银行"},
		{"308", "招商银行"}, {"403", "中国邮政储蓄银行"},
	}
}

// orderID returns the id of the order with which somebody paid for an exam, and
// of the one with which they paid for it again.
func orderID(exam, user string) string  { return key("pay", exam, user) }
func secondID(exam, user string) string { return key("two", exam, user) }

// addMoney makes the banks, the orders of everybody with a name, and what became
// of some of them: refunds and bills in every state. An installation without
// these businesses has none.
func (f *filler) addMoney(tx core.App) error {
	if _, ok := f.portal.Set().Find("refunds"); !ok {
		return nil
	}
	for _, b := range banks() {
		if err := add(tx, "banks", key("bank", b[0]), map[string]any{"code": b[0], "name": b[1], "active": true}); err != nil {
			return err
		}
	}
	for _, p := range people() {
		for _, s := range p.sittings {
			if err := f.addOrder(tx, orderID(s.exam, p.user), p.user, s, 60); err != nil {
				return err
			}
		}
	}
	if err := f.openMoney(tx); err != nil {
		return err
	}
	p, err := f.newPlayer(tx, "refunds")
	if err != nil {
		return err
	}
	for _, r := range append(f.refunds(p), f.claims(p)...) {
		if err := f.file(tx, r); err != nil {
			return err
		}
		f.report.Applications++
	}
	f.clock.at = f.plan.Now
	return p.markSent(f.plan.Now)
}

// addOrder makes an order that was paid so many days before the exam.
func (f *filler) addOrder(tx core.App, id, user string, s sitting, before int) error {
	x := find(s.exam)
	items, refunded := []map[string]any{}, 0
	for i, paper := range x.papers[:len(s.grades)] {
		item := map[string]any{"subject": subjectID(s.exam, paper.code, user), "amount": price}
		if s.grades[i].status == "refunded" && id == orderID(s.exam, user) {
			item["refunded"], refunded = true, refunded+price
		}
		items = append(items, item)
	}
	paid := x.held(f.plan.Now).AddDate(0, 0, -before)
	return add(tx, "payments", id, map[string]any{
		"candidate": key(user), "registration": registrationID(s.exam, user), "order_no": fmt.Sprintf("%s%s", paid.Format("20060102150405"), x.code+user),
		"amount": price * len(items), "refunded": refunded, "items": items, "channel": []string{"wechat", "alipay", "unionpay"}[len(user)%3], "paid": paid,
	})
}

// openMoney lets refunds and bills of some exams be asked for around the day of
// the demo.
func (f *filler) openMoney(tx core.App) error {
	for _, x := range []string{openNow, openLonger, extended, unscored, closed} {
		r, err := tx.FindRecordById("exam_sessions", key("session", x))
		if err != nil {
			return err
		}
		r.Set("bill_closes", daysBefore(f.plan.Now, -60, 23, 59).Add(59*time.Second))
		if x != closed {
			r.Set("refund_opens", daysBefore(f.plan.Now, 90, 9, 0))
			r.Set("refund_closes", daysBefore(f.plan.Now, -30, 23, 59).Add(59*time.Second))
			r.Set("refund_reasons", map[string]string{"duplicate": "", "cancelled": "", "system_fault": "", "force_majeure": "", "other": ""})
		}
		if err := tx.Save(r); err != nil {
			return err
		}
	}
	return nil
}

// filed is an application that is made by a form and moved by deeds.
type filed struct {
	service, user string
	form          map[string]any
	second        string // the exam that was paid for twice, if one was
	deeds         []deed
}

// deed is a move: so many days ago, by somebody, to a state.
type deed struct {
	days int
	by   string // empty is the candidate
	to   string
	with map[string]any
}

// file plays one application.
func (f *filler) file(tx core.App, r filed) error {
	if r.second != "" {
		if err := f.addSecond(tx, r); err != nil {
			return err
		}
	}
	c, err := tx.FindCachedCollectionByNameOrId(r.service)
	if err != nil {
		return err
	}
	d, _ := f.portal.Set().Find(r.service)
	record := core.NewRecord(c)
	record.Id = key(map[string]string{"refunds": "rfd", "bill_claims": "bcl"}[r.service], r.form["payment"].(string)[3:])
	record.Load(r.form)
	record.Load(map[string]any{"owner": key(r.user), "phone": mobileOf(r.user)})
	if d.Commitment != nil {
		record.Set("commitment", d.Commitment.Version)
	}
	for i, m := range r.deeds {
		actor, err := actorIn(tx, r, m.by)
		if err != nil {
			return err
		}
		f.clock.at = f.when(m.days, i+1)
		modules.Sign(record, actor)
		record.Load(m.with)
		record.Set("status", m.to)
		if err := tx.Save(record); err != nil {
			return fmt.Errorf("%s of %s to %s: %w", r.service, r.user, m.to, err)
		}
		if record, err = tx.FindRecordById(c, record.Id); err != nil {
			return err
		}
	}
	return nil
}

// addSecond makes the order of somebody who paid twice.
func (f *filler) addSecond(tx core.App, r filed) error {
	for _, p := range people() {
		for _, s := range p.sittings {
			if p.user == r.user && s.exam == r.second {
				return f.addOrder(tx, secondID(s.exam, p.user), p.user, s, 59)
			}
		}
	}
	return fmt.Errorf("%s did not sit %s", r.user, r.second)
}

// actorIn returns who acts in a business.
func actorIn(tx core.App, r filed, by string) (modules.Actor, error) {
	switch by {
	case "":
		return candidate(key(r.user)), nil
	case bySystem:
		return modules.Portal(), nil
	}
	staff, err := tx.FindRecordById("staff", key(by))
	return modules.ActorOf(staff, r.service), err
}
