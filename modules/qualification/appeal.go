package qualification

import (
	"cmp"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// Accepted is 申诉成立: the review is approved.
const Accepted modules.State = "accepted"

// appealWorkdays is how long after a refusal an appeal may be made, in working
// days, where the session says nothing else.
const appealWorkdays = 10

// AppealDefinition declares the 申诉 against a refusal: once, with proofs, and
// decided by somebody who has had no part in the review.
func AppealDefinition() modules.Definition {
	review := Definition()
	return modules.Definition{
		Name: Appeals, Prefix: "ZGSS", Icon: "ri-scales-3-line",
		Title: modules.T("资格复核申诉", "Appeal against a qualification review"),
		Intro: modules.T("对资格复核结果有异议的，可以申诉一次，由其他审核人员处理。", "If you do not agree with a review, you may appeal once. Somebody else decides."),
		Apply: modules.T("申诉", "Appeal"),
		About: &modules.About{
			Column: "review", Collection: Reviews, Owner: "owner", When: []modules.State{modules.Rejected},
			Label: review.Title, See: modules.T("申诉详情", "See the appeal"),
			Menu:  &modules.Menu{Path: "/services/" + Reviews, Title: review.Title, Intro: review.Intro, Icon: review.Icon},
			Title: func(r *core.Record) modules.Text { return modules.T(r.GetString("number"), r.GetString("number")) },
			Note:  func(r *core.Record) modules.Text { return modules.T(r.GetString("reply"), r.GetString("reply")) },
		},
		Fields: []modules.Field{
			{
				Field: &core.TextField{Name: "reason", Required: true, Min: 10, Max: 1000}, Label: modules.T("申诉理由", "Grounds"),
				Hint: modules.T("请针对审核意见逐条说明事实和依据", "Answer each point of the decision with facts"),
			},
			{
				Field: modules.Scan("evidence", 5), Must: true, Label: modules.T("申诉材料", "Proofs"),
				Hint: modules.T("支持申诉理由的证明材料，至少一份", "At least one proof of what you state"),
			},
		},
		Workflow: appealWorkflow(),
		Unique:   modules.Unique{Fields: []string{"review"}, Problem: modules.NewProblem("appeal_used", "This decision has been appealed against.", nil)},
		Window:   appealWindow,
		Late:     modules.NewProblem("appeal_expired", "The time to appeal ended on {{.to}}.", nil),
		Term:     modules.Term{Workdays: 10},
	}
}

// appealWindow is open from the refusal for some working days.
func appealWindow(s *modules.Step) (opens, closes time.Time, err error) {
	review, err := s.About()
	if err != nil {
		return opens, closes, err
	}
	session, err := s.Session()
	if err != nil {
		return opens, closes, err
	}
	days, err := s.Calendar()
	if err != nil {
		return opens, closes, err
	}
	opens = review.GetDateTime("decided").Time()
	return opens, days.AddWorkdays(opens, cmp.Or(session.GetInt("appeal_workdays"), appealWorkdays)), nil
}

// appealWorkflow leaves the candidate no edit: an appeal is corrected only when
// the authority asks.
func appealWorkflow() modules.Workflow {
	others := []modules.Guard{modules.Uninvolved}
	open := []modules.State{modules.Submitted}
	return modules.Workflow{States: appealStates(), Transitions: []modules.Transition{
		{Action: "submit", Label: modules.T("保存", "Save"), From: []modules.State{modules.None}, To: modules.Submitted, By: modules.Candidate,
			Fields: []string{modules.Form}, Effect: onReview(pending), Message: modules.T("已收到您的申诉。", "We have received your appeal.")},
		{Action: "resubmit", Label: modules.T("保存", "Save"), From: []modules.State{modules.Returned}, To: modules.Submitted, By: modules.Candidate,
			Fields: []string{modules.Form}, Message: modules.T("已收到您补充的申诉材料。", "We have received what you added to your appeal.")},
		{Action: "return", Label: modules.T("要求补充", "Ask for more"), From: open, To: modules.Returned, By: modules.Reviewer, Reasoned: true, Decides: true,
			Guards: others, Message: modules.T("您的申诉需要补充，请按意见修改后重新提交。", "Your appeal needs more. Please add what the reply says and submit it again.")},
		{Action: "accept", Label: modules.T("申诉成立", "Allow"), From: open, To: Accepted, By: modules.Reviewer, Reasoned: true, Decides: true,
			Guards: others, Effect: overturn, Confirm: modules.T("申诉成立后，资格复核即改为审核通过。确定吗？", "The review becomes approved. Allow the appeal?"),
			Message: modules.T("您的申诉成立，资格复核已改为审核通过。", "Your appeal was allowed: your qualification is confirmed.")},
		{Action: "uphold", Label: modules.T("申诉不成立", "Dismiss"), From: open, To: modules.Rejected, By: modules.Reviewer, Reasoned: true, Decides: true,
			Guards: others, Effect: onReview(failed), Message: modules.T("您的申诉不成立，维持原审核结果，请查看意见。", "Your appeal was dismissed. Please read the reply.")},
		{Action: "expire", Label: modules.T("逾期失效", "Expire"), From: []modules.State{modules.Returned}, To: modules.Expired, By: modules.System,
			Effect: onReview(failed), Message: modules.T("您未在期限内补充，申诉已失效，维持原审核结果。", "You did not add to your appeal in time; it has expired and the decision stands.")},
	}}
}

// appealStates are the words of every state of an appeal, and whose turn it is.
func appealStates() map[modules.State]modules.StateInfo {
	return map[modules.State]modules.StateInfo{
		modules.Submitted: {Title: modules.T("申诉待处理", "Submitted"), Tone: modules.Waiting, WaitsFor: modules.ForAuthority,
			Next: modules.T("申诉由未参与原审核的人员处理，请留意通知。", "Somebody who had no part in the review decides. Watch for messages.")},
		modules.Returned: {Title: modules.T("要求补充", "Returned"), Tone: modules.Action, WaitsFor: modules.ForCandidate, Term: modules.Term{Workdays: 5},
			Next: modules.T("请按意见补充并重新提交，逾期申诉将失效。", "Please add what the reply says and submit it again before it expires.")},
		Accepted: {Title: modules.T("申诉成立", "Allowed"), Tone: modules.Done, WaitsFor: modules.ForNobody,
			Next: modules.T("资格复核已改为审核通过。", "Your qualification is confirmed."), Letter: decision("您的申诉理由成立，资格复核结果改为通过。", "Your appeal is allowed: your qualification is confirmed.")},
		modules.Rejected: {Title: modules.T("申诉不成立", "Dismissed"), Tone: modules.Failed, WaitsFor: modules.ForNobody,
			Next: modules.T("维持原审核结果，本次申诉为最终处理。", "The decision stands. This is final."), Letter: decision("您的申诉理由不成立，维持原资格复核结果。", "Your appeal is dismissed: the decision stands.")},
		modules.Expired: {Title: modules.T("逾期失效", "Expired"), Tone: modules.Void, WaitsFor: modules.ForNobody,
			Next: modules.T("维持原审核结果。", "The decision stands.")},
	}
}

// decision is the letter about an appeal, which is the last word here.
func decision(zh, en string) modules.Letter {
	return modules.Letter{
		Title: modules.T("资格复核申诉处理决定书", "Decision on an appeal"), Finding: modules.T(zh, en),
		Remedy: modules.T("本决定为最终处理，同一审核结果不再受理申诉。", "This is final: a decision is appealed against once."),
	}
}

// onReview returns the effect that says how the registration of the review
// stands.
func onReview(outcome string) modules.Effect {
	return func(s *modules.Step) error {
		review, err := s.About()
		if err != nil {
			return err
		}
		registration, err := s.App.FindRecordById("registrations", review.GetString("registration"))
		if err != nil {
			return err
		}
		return markOne(s, registration, outcome)
	}
}

// overturn approves the review in the same transaction.
func overturn(s *modules.Step) error {
	review, err := s.About()
	if err != nil {
		return err
	}
	review.Set("status", string(modules.Approved))
	review.Set("reply", s.Record.GetString("reply"))
	return s.Save(review)
}
