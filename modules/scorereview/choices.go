package scorereview

import (
	"cmp"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"

	"examhall/modules"
)

// defaultDays is how long after the publication of the scores a review may be
// asked for, in calendar days, where the session says nothing else.
const defaultDays = 30

// window takes applications from the publication of the scores to the end of
// the last day, moved forward off a holiday (民法典 §203).
func window(s *modules.Step) (opens, closes time.Time, err error) {
	session, err := s.Session()
	if err != nil {
		return opens, closes, err
	}
	opens = session.GetDateTime("score_published").Time()
	if opens.IsZero() {
		return opens, closes, nil
	}
	days, err := s.Calendar()
	if err != nil {
		return opens, closes, err
	}
	return opens, days.AddDays(opens, cmp.Or(session.GetInt("score_review_days"), defaultDays)), nil
}

// published wants the scores of the session to be public.
func published(s *modules.Step) error {
	session, err := s.Session()
	if err != nil {
		return err
	}
	at := session.GetDateTime("score_published")
	if at.IsZero() || s.Now.Before(at.Time()) {
		return modules.InvalidWith("registration", "not_eligible", "The scores are not published yet.", map[string]any{
			"reason": modules.T("成绩尚未公布", "the scores are not published yet"),
		})
	}
	return nil
}

// subject is a row of registration_subjects with the review that has taken it.
type subject struct {
	ID, Name, Type, Flag, Status string
	NameEN                       string `db:"name_en"`
	Score                        int    // as it was before this application, if that has changed it
	Taken                        int
}

// choices lists the subjects of the registration, each with the reason where
// it cannot be reviewed. Nothing is listed before the scores are public.
func choices(s *modules.Step) (map[string][]modules.Choice, error) {
	list := []modules.Choice{}
	if published(s) != nil {
		return map[string][]modules.Choice{"items": list}, nil
	}
	rows := []subject{}
	err := s.App.DB().Select("r.id", "r.name", "r.name_en", "r.type", "r.status",
		"COALESCE(h.old_score, r.score) AS score", "COALESCE(h.old_flag, r.flag) AS flag",
		"(SELECT COUNT(*) FROM score_review_subjects t WHERE t.subject = r.id AND t.active = 1 AND t.application != {:id}) AS taken").
		From("registration_subjects r").
		LeftJoin("score_history h", dbx.NewExp("h.subject = r.id AND h.application = {:number}", dbx.Params{"number": s.Record.GetString("number")})).
		Where(dbx.HashExp{"r.registration": s.Record.GetString("registration")}).
		AndBind(dbx.Params{"id": s.Record.Id}).OrderBy("r.code").All(&rows)
	for _, r := range rows {
		list = append(list, modules.Choice{Value: r.ID, Label: modules.T(r.Name, cmp.Or(r.NameEN, r.Name)), Note: r.note(), Problem: r.problem()})
	}
	return map[string][]modules.Choice{"items": list}, err
}

// problem returns why the subject cannot be reviewed, or nil. An objective
// subject is read by machine: only an abnormal result is worth a review.
func (r subject) problem() modules.Problem {
	switch {
	case r.Status == "refunded":
		return notEligible("该科目已退费", "the subject was refunded")
	case r.Flag == "pending":
		return notEligible("该科目成绩尚未公布", "its score is not published yet")
	case r.Taken > 0:
		return modules.NewProblem("once_only", "Each subject is reviewed once.", nil)
	case r.Type == "objective" && r.Flag == "normal" && r.Score != 0:
		return modules.NewProblem("subject_objective", "Objective subjects are read by machine.", nil)
	}
	return nil
}

func notEligible(zh, en string) modules.Problem {
	return modules.NewProblem("not_eligible", "This subject cannot be reviewed.", map[string]any{"reason": modules.T(zh, en)})
}

// note tells the published result and the kind of the subject.
func (r subject) note() modules.Text {
	kind := modules.T("主观题", "subjective")
	if r.Type == "objective" {
		kind = modules.T("客观题", "objective")
	}
	mark := Mark(r.Flag, r.Score)
	return modules.T(kind.ZH+"，公布成绩："+mark.ZH, kind.EN+", published result: "+mark.EN)
}

// Mark returns a result as people read it: the score with one decimal, or the
// mark that stands for it. Zero marks, absence and no score are three things.
func Mark(flag string, tenths int) modules.Text {
	switch flag {
	case "absent":
		return modules.T("缺考", "absent")
	case "violation":
		return modules.T("违纪", "violation")
	case "zero":
		return modules.T("零分", "zero")
	case "void":
		return modules.T("无效", "void")
	case "pending":
		return modules.T("未公布", "not published")
	}
	text := fmt.Sprintf("%d.%d", tenths/10, tenths%10)
	return modules.T(text, text)
}
