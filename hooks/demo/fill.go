package demo

import (
	"errors"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/hooks/certificates"
	"examhall/modules/sealed"
)

// filler is one run.
type filler struct {
	app    core.App
	portal *hooks.Portal
	office *certificates.Office
	ring   *sealed.Ring
	clock  *clock
	plan   Plan
	report Report
	sheets map[string][]byte
}

// fill adds what the database lacks. Each part is one transaction, so that a
// run which was broken off is continued by the next.
func (f *filler) fill() error {
	begun, err := f.adopt()
	if err != nil {
		return err
	}
	f.sheets = map[string][]byte{}
	f.clock.at = f.plan.Now
	if !begun {
		if err := f.app.RunInTransaction(f.addNamed); err != nil {
			return err
		}
	}
	if err := f.addGenerated(); err != nil {
		return err
	}
	return f.addBulk()
}

// addNamed makes the authority, its exams and everybody who has a name of
// their own.
func (f *filler) addNamed(tx core.App) error {
	err := errors.Join(f.addExams(tx), f.addSettings(tx), f.addStaff(tx), f.addPeople(tx))
	if err != nil {
		return err
	}
	if err := f.playAll(tx, f.stories()); err != nil {
		return err
	}
	if err := f.addQualifications(tx); err != nil {
		return err
	}
	if err := f.addAwards(tx); err != nil {
		return err
	}
	if err := f.addDiscipline(tx); err != nil {
		return err
	}
	if err := errors.Join(f.addReissues(tx), f.addAmendments(tx)); err != nil {
		return err
	}
	if err := f.addMoney(tx); err != nil {
		return err
	}
	return mark{Seed: f.plan.Seed, Now: f.plan.Now}.write(tx)
}

// playAll takes applications through the workflow.
func (f *filler) playAll(tx core.App, list []story) error {
	p, err := f.newPlayer(tx, service)
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := p.play(s); err != nil {
			return err
		}
		f.report.Applications++
	}
	f.clock.at = f.plan.Now
	return p.markSent(f.plan.Now)
}
