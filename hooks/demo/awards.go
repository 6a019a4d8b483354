package demo

import (
	"errors"
	"fmt"
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules"
	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// award is an earlier session of an exam, of which only the results are left:
// who has passed gets a certificate.
type award struct {
	key, exam string
	published int // days before the day of the demo
	specialty string
	medium    string
}

// The awards of the demo.
const (
	lastYear  = "zl" // 一级造价工程师 of last year: everybody with a name has it
	paperOnly = "rl" // 软考 of last year: on paper
	inBulk    = "xf" // 一级注册消防工程师: what --certificates asks for
)

func awards() []award {
	return []award{
		{lastYear, closed, 375, "土木建筑工程", "both"},
		{paperOnly, unscored, 330, "", "paper"},
		{inBulk, inBulk, 200, "", "electronic"},
	}
}

// paperOnes lists who passed [paperOnly], and where their certificate is.
func paperOnes() map[string]string {
	return map[string]string{
		"zhangsan": certificate.Ready, "lisi": certificate.Making, "wangwu": certificate.Ready, "abudula": certificate.Collected,
		"liyan": certificate.Ready, "wenjing": certificate.Collected, "linyijun": certificate.Ready,
		"yandi": certificate.Collected, "guliba": certificate.Collected, "changming": certificate.Collected, "ouyangnana": certificate.Collected,
		"chenhong": certificate.Collected, "chankayan": certificate.Collected, "hokahou": certificate.Collected,
	}
}

// clerk is who issues in the demo.
func clerk() modules.Actor {
	return modules.Actor{Kind: modules.KindStaff, ID: key("cert"), Roles: []modules.Role{modules.Cert}}
}

// addAwards makes the earlier sessions and issues to everybody with a name. One
// certificate is revoked, one replaced, and one shows a number of 15 digits.
func (f *filler) addAwards(tx core.App) error {
	for _, a := range awards() {
		if err := f.addAward(tx, a); err != nil {
			return err
		}
	}
	for _, p := range people() {
		if err := f.pass(tx, lastYear, p.user); err != nil {
			return err
		}
		if _, paper := paperOnes()[p.user]; paper {
			if err := f.pass(tx, paperOnly, p.user); err != nil {
				return err
			}
		}
	}
	for _, a := range awards()[:2] {
		if err := f.issueAward(tx, a); err != nil {
			return err
		}
	}
	return errors.Join(f.sendOut(tx), f.endSome(tx), f.adoptOld(tx))
}

func (f *filler) addAward(tx core.App, a award) error {
	x, now := find(a.exam), f.plan.Now
	first := daysBefore(now, a.published+70, 9, 0)
	return add(tx, "exam_sessions", key("session", a.key), map[string]any{
		"project": key("project", a.exam), "code": fmt.Sprintf("%s%dA", x.code, first.Year()), "year": first.Year(),
		"title": fmt.Sprintf("%d年度%s", first.Year(), x.name), "title_en": fmt.Sprintf("%s %d", x.nameEN, first.Year()),
		"exam_from": first.Format(time.DateOnly), "exam_to": first.AddDate(0, 0, 1).Format(time.DateOnly),
		"score_published": dateTime(daysBefore(now, a.published, 10, 0)), "score_review_days": 30,
	})
}

// pass adds the registration of somebody who has passed, with a photo.
func (f *filler) pass(tx core.App, session, user string) error {
	a := awardOf(session)
	file, err := filesystem.NewFileFromBytes(portrait(), "photo.jpg")
	if err != nil {
		return err
	}
	file.Name = "photo.jpg"
	return add(tx, "registrations", registrationID(session, user), map[string]any{
		"candidate": key(user), "session": key("session", session), "ticket_no": ticketOf(user, session), "specialty": a.specialty,
		"status": "paid", "result": "passed", "photo": file,
	})
}

func awardOf(key string) award {
	for _, a := range awards() {
		if a.key == key {
			return a
		}
	}
	panic("demo: no award " + key) // a literal of this package is wrong
}

// issueAward issues to everybody of an earlier session, a month after its scores.
func (f *filler) issueAward(tx core.App, a award) error {
	approved := daysBefore(f.plan.Now, a.published-25, 10, 0).Format(time.DateOnly)
	f.clock.at = daysBefore(f.plan.Now, a.published-30, 10, 0)
	run, err := f.office.Begin(tx, key("session", a.key), approved, a.medium, clerk())
	if err != nil {
		return err
	}
	if err := f.office.Drain(tx); err != nil {
		return err
	}
	run, err = tx.FindRecordById("certificate_batches", run.Id)
	if err == nil {
		f.report.Certificates += run.GetInt("issued")
	}
	return err
}

// certificateOf returns the certificate of a named candidate from an award.
func certificateOf(tx core.App, session, user string) (*core.Record, error) {
	return tx.FindFirstRecordByFilter("certificates", "registration = {:id} && reissue_no = 0", dbx.Params{"id": registrationID(session, user)})
}

// sendOut gives every certificate on paper its sheet and its place.
func (f *filler) sendOut(tx core.App) error {
	f.clock.at = daysBefore(f.plan.Now, 280, 14, 0)
	n := 0
	for _, p := range people() {
		for _, sheet := range [][2]string{{paperOnly, paperOnes()[p.user]}, {lastYear, certificate.Ready}} {
			session, place := sheet[0], sheet[1]
			if place == "" || place == certificate.Making {
				continue
			}
			r, err := certificateOf(tx, session, p.user)
			if err != nil {
				return err
			}
			n++
			r.Set("print_no", fmt.Sprintf("SL%08d", 24000+n))
			if err := carry(tx, r, certificate.Ready, place); err != nil {
				return err
			}
		}
	}
	return nil
}

// carry takes the paper of a certificate through some places.
func carry(tx core.App, r *core.Record, places ...string) error {
	for _, place := range places {
		if r.GetString("distribution") == place {
			continue
		}
		modules.Sign(r, clerk())
		r.Set("distribution", place)
		if err := tx.Save(r); err != nil {
			return err
		}
	}
	return nil
}

// endSome revokes one certificate and replaces another.
func (f *filler) endSome(tx core.App) error {
	f.clock.at = daysBefore(f.plan.Now, 120, 15, 0)
	revoked, err := certificateOf(tx, lastYear, "lijie")
	if err != nil {
		return err
	}
	modules.Sign(revoked, clerk())
	revoked.Load(map[string]any{"status": certificate.Revoked, "void_reason": "经查实，该考生报考时提交的工作年限证明不实（示例）", "void_document": "示例人考撤字〔2026〕3号"})
	if err := tx.Save(revoked); err != nil {
		return err
	}
	f.clock.at = daysBefore(f.plan.Now, 90, 15, 0)
	lost, err := certificateOf(tx, lastYear, "guojun")
	if err != nil {
		return err
	}
	fresh, err := f.office.Reissue(tx, lost, clerk())
	if err != nil {
		return err
	}
	f.report.Certificates++
	fresh.Set("print_no", "SL00025001")
	return carry(tx, fresh, certificate.Ready)
}

// adoptOld enters a certificate of the last century: on it stands a number of 15
// digits.
func (f *filler) adoptOld(tx core.App) error {
	f.clock.at = daysBefore(f.plan.Now, 60, 9, 0)
	_, err := f.office.Adopt(tx, map[string]any{
		"number": "98440115026370", "print_no": "0001998", "holder": key("zhangsan"), "project": key("project", historic),
		"name": "张三", "id_type": sealed.Resident, "id_number": "110105491231002", "gender": certificate.Female, "birth_date": "1949-12-31",
		"title": "职称外语等级考试合格证书", "level": "B", "approve_date": "1998-05-20", "issuer": "示例省人事厅", "medium": "paper",
		"distribution": certificate.Collected,
	}, clerk())
	f.report.Certificates++
	return err
}

// addBulk fills the session for it until it has as many certificates as the plan
// asks for.
func (f *filler) addBulk() error {
	have, err := f.app.CountRecords("registrations", dbx.HashExp{"session": key("session", inBulk)})
	if err != nil {
		return err
	}
	for from := int(have); from < f.plan.Certificates; from += chunk {
		b := f.newBatch()
		for i := from; i < min(from+chunk, f.plan.Certificates); i++ {
			f.enrolHolder(b, i+1)
		}
		if err := f.app.RunInTransaction(b.insert); err != nil {
			return err
		}
	}
	if f.plan.Certificates == 0 {
		return nil
	}
	err = f.issueAward(f.app, awardOf(inBulk))
	var nobody validation.Errors
	if errors.As(err, &nobody) && have >= int64(f.plan.Certificates) {
		return nil // an earlier run has issued to all of them
	}
	return err
}
