package violation

import (
	"slices"
	"strings"

	"github.com/pocketbase/dbx"

	"examhall/modules"
)

// stranger wants somebody who has had no part in the record of the violation: not
// who wrote it down, and not who served the notice.
func stranger(s *modules.Step) error {
	notice, err := s.About()
	if err != nil {
		return err
	}
	if notice.GetString("recorder") == s.Actor.ID {
		return modules.Invalid("status", "same_reviewer", "Somebody else must do this step.")
	}
	return modules.Uninvolved(s)
}

// sound wants a change that says by which rule and to what: another penalty, which
// the rule allows and which is no heavier. Who answers a notice is never worse off
// for it (行政处罚法 Art. 45).
func sound(s *modules.Step) error {
	if s.Record.GetString("proposal") != string(Changed) {
		s.Record.Set("new_clause", "")
		s.Record.Set("new_penalty", "")
		return nil
	}
	if err := modules.Require("new_clause", "new_penalty")(s); err != nil {
		return err
	}
	notice, err := s.About()
	if err != nil {
		return err
	}
	clause, penalty := s.Record.GetString("new_clause"), s.Record.GetString("new_penalty")
	switch {
	case !fits(clause, penalty):
		return modules.Invalid("new_penalty", "penalty_mismatch", "This article has another penalty.")
	case rank(penalty) > rank(notice.GetString("penalty")):
		return modules.Invalid("new_penalty", "penalty_heavier", "An appeal never makes it worse.")
	case penalty == notice.GetString("penalty") && clause == notice.GetString("clause"):
		return modules.Invalid("new_penalty", "penalty_same", "This changes nothing.")
	}
	return nil
}

// fits reports whether an article allows a penalty.
func fits(clause, penalty string) bool { return slices.Contains(clauses()[clause], penalty) }

// rank orders penalties by weight.
func rank(penalty string) int { return slices.Index(penalties(), penalty) }

// proposed wants the end that was proposed: who disagrees sends it back.
func proposed(to modules.State) modules.Guard {
	return func(s *modules.Step) error {
		if s.Record.GetString("proposal") == string(to) {
			return nil
		}
		return modules.Invalid("status", "not_proposed", "Something else was proposed: send it back.")
	}
}

// unused wants a number that no other decision has.
func unused(s *modules.Step) error {
	return free(s.App.DB(), strings.TrimSpace(s.Record.GetString("decision_no")), s.Record.GetString("violation"))
}

func free(db dbx.Builder, number, except string) error {
	var n int
	if number == "" {
		return nil // said elsewhere
	}
	err := db.Select("COUNT(*)").From(Notices).Where(dbx.HashExp{"decision_no": number}).AndWhere(dbx.Not(dbx.HashExp{"id": except})).Row(&n)
	if err == nil && n > 0 {
		return modules.Invalid("decision_no", "decision_used", "There is a decision with this number.")
	}
	return err
}
