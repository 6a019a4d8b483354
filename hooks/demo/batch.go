package demo

import (
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/sealed"
)

// batch is what one bulk insert adds.
type batch struct {
	at            string // when the rows say that they were made
	candidates    table
	registrations table
	subjects      table
	stories       []story // of the candidates of the batch
}

func (f *filler) newBatch() *batch {
	return &batch{
		at: dateTime(f.plan.Now).String(),
		candidates: table{name: "candidates", columns: []string{
			"id", "username", "name", "id_type", "id_number", "id_number_idx", "mobile", "mobile_idx",
			"password", "tokenKey", "verified", "created", "updated",
		}},
		registrations: table{name: "registrations", columns: []string{
			"id", "candidate", "session", "ticket_no", "specialty", "status", "result",
		}},
		subjects: table{name: "registration_subjects", columns: []string{
			"id", "registration", "code", "name", "name_en", "type", "ticket_no", "score", "pass_mark", "flag", "status",
		}},
	}
}

func (b *batch) insert(tx core.App) error {
	return insertAll(tx, &b.candidates, &b.registrations, &b.subjects)
}

// enrol adds a candidate with a resident identity card.
func (b *batch) enrol(ring *sealed.Ring, id, user, name, number, mobile, token string) {
	b.candidates.add(
		id, user, name, sealed.Resident,
		ring.Seal("candidates.id_number", number), ring.Index(sealed.KindIDNumber, number),
		ring.Seal("candidates.mobile", mobile), ring.Index(sealed.KindMobile, mobile),
		passwordHash, token, true, b.at, b.at,
	)
}

// enrolment is a registration with its subjects.
type enrolment struct {
	id, candidate     string
	exam              exam
	specialty, ticket string
	grades            []grade
	subject           func(code string) string // the id of the subject with a code
}

// sit adds a registration and what its papers brought.
func (b *batch) sit(e enrolment) {
	b.registrations.add(e.id, e.candidate, key("session", e.exam.key), e.ticket, e.specialty, "paid", e.outcome())
	for i, p := range e.exam.papers {
		g := e.grades[i]
		b.subjects.add(e.subject(p.code), e.id, p.code, p.name, p.nameEN, p.kind, e.ticket+p.code, g.score, p.pass, g.flag, g.status)
	}
}

// outcome says whether the registration passes: every paper that was not
// refunded has a score of its pass mark or more.
func (e enrolment) outcome() string {
	if e.exam.published == 0 {
		return "pending"
	}
	for i, p := range e.exam.papers {
		g := e.grades[i]
		if g.status == "active" && (g.flag != "normal" || g.score < p.pass) {
			return "failed"
		}
	}
	return "passed"
}
