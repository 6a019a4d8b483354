package qualification

import (
	"time"

	"examhall/modules"
)

// defaultWorkdays is how long the review is open from the publication of the
// scores, in working days, where the session says nothing else.
const defaultWorkdays = 10

// window is what the notice says, kept in the session, else ten working days
// from the scores.
func window(s *modules.Step) (opens, closes time.Time, err error) {
	session, err := s.Session()
	if err != nil {
		return opens, closes, err
	}
	opens, closes = session.GetDateTime("review_opens").Time(), session.GetDateTime("review_closes").Time()
	if opens.IsZero() {
		opens = session.GetDateTime("score_published").Time()
	}
	if opens.IsZero() || !closes.IsZero() {
		return opens, closes, nil
	}
	days, err := s.Calendar()
	if err != nil {
		return opens, closes, err
	}
	return opens, days.AddWorkdays(opens, defaultWorkdays), nil
}

// listed wants a registration that must show its proofs: one that passed and was
// drawn, or that is outside of the commitment regime.
func listed(s *modules.Step) error {
	r, err := s.Registration()
	if err != nil || r.GetBool("review_listed") {
		return err
	}
	return modules.InvalidWith("registration", "not_eligible", "The registration is not on the list.", map[string]any{
		"reason": modules.T("您不在本批次资格复核名单中，无需申请", "you are not on the list of this session and need not apply"),
	})
}
