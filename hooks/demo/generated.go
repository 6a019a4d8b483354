package demo

import (
	"fmt"
	"math/rand/v2"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
)

// chunk is how many generated candidates one transaction adds.
const chunk = 1000

// onceIn is how many generated candidates there are to one application.
const onceIn = 50

// addGenerated makes the candidates that the plan asks for and the database
// lacks. While one chunk is written, the next is sealed on another core.
func (f *filler) addGenerated() error {
	have, err := f.app.CountRecords("candidates", dbx.NewExp("id >= 'demo0' AND id < 'demo:'"))
	if err != nil {
		return err
	}
	stop := make(chan struct{})
	defer close(stop)
	for b := range f.prepare(int(have), stop) {
		err := f.app.RunInTransaction(func(tx core.App) error {
			if err := b.insert(tx); err != nil {
				return err
			}
			return f.playAll(tx, b.stories)
		})
		if err != nil {
			return err
		}
		f.report.Candidates += len(b.candidates.rows)
	}
	return nil
}

// prepare sends the chunks after the first have candidates, until all are sent
// or stop is closed.
func (f *filler) prepare(have int, stop <-chan struct{}) <-chan *batch {
	out := make(chan *batch, 1)
	go func() {
		defer close(out)
		for from := have; from < f.plan.Candidates; from += chunk {
			b := f.newBatch()
			for i := from; i < min(from+chunk, f.plan.Candidates); i++ {
				f.generate(b, i+1)
			}
			select {
			case out <- b:
			case <-stop:
				return
			}
		}
	}()
	return out
}

// generate adds the i-th candidate, who depends on the seed and nothing else.
func (f *filler) generate(b *batch, i int) {
	r := rand.New(rand.NewPCG(f.plan.Seed, uint64(i)))
	id, name := fmt.Sprintf("demo%011d", i), nameOf(r)
	mobile := fmt.Sprintf("1%d%d%08d", 3+r.IntN(7), r.IntN(10), i%100_000_000)
	b.enrol(f.ring, id, fmt.Sprintf("demo%06d", i), name, idNumber(i, 100), mobile, security.RandomString(50))

	keys := sittings(r)
	if i%onceIn == 0 {
		keys[0] = plotOf(i).exam
	}
	for n, k := range keys {
		if n > 0 && k == keys[0] {
			continue
		}
		e := enrolment{
			id: fmt.Sprintf("reg%d%011d", n, i), candidate: id, exam: find(k), ticket: fmt.Sprintf("44%d%08d", n, i),
			subject: func(code string) string { return fmt.Sprintf("sub%d%s%09d", n, code, i) },
		}
		if list := e.exam.specialties; len(list) > 0 {
			e.specialty = list[r.IntN(len(list))]
		}
		e.grades = grades(r, e.exam)
		if n == 0 && i%onceIn == 0 {
			b.stories = append(b.stories, f.generatedStory(r, i, e, mobile))
		}
		b.sit(e)
	}
}

// enrolHolder adds the i-th candidate whose certificate [filler.addBulk] issues.
func (f *filler) enrolHolder(b *batch, i int) {
	r := rand.New(rand.NewPCG(f.plan.Seed, 1<<40+uint64(i)))
	id := fmt.Sprintf("hold%011d", i)
	b.enrol(f.ring, id, fmt.Sprintf("holder%07d", i), nameOf(r), idNumber(i, 500), fmt.Sprintf("1%010d", 5_000_000_000+i), security.RandomString(50))
	list := find(inBulk).specialties
	b.registrations.add(fmt.Sprintf("regh%011d", i), id, key("session", inBulk), fmt.Sprintf("45%08d", i), list[r.IntN(len(list))], "paid", "passed")
}

// sittings returns the exams that somebody sits: one, or two of four times.
func sittings(r *rand.Rand) []string {
	all := []string{openNow, openNow, openNow, openLonger, closed, closed, extended, extended, unscored, closedLong}
	list := []string{all[r.IntN(len(all))]}
	if r.IntN(4) == 0 {
		list = append(list, all[r.IntN(len(all))])
	}
	return list
}

// grades returns what the papers of an exam brought: most a score around the
// pass mark, a few something else.
func grades(r *rand.Rand, x exam) []grade {
	list := make([]grade, len(x.papers))
	for i, p := range x.papers {
		switch n := r.IntN(100); {
		case x.published == 0:
			list[i] = flagged("pending")
		case n < 4:
			list[i] = flagged("absent")
		case n < 6:
			list[i] = flagged([]string{"violation", "zero", "void"}[r.IntN(3)])
		default:
			part := min(0.98, max(0.1, 0.63+0.13*r.NormFloat64()))
			list[i] = scored(int(part*float64(p.full)/5) * 5)
		}
	}
	return list
}
