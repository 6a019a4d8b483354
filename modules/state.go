package modules

// State is a value of the status field of an application.
type State string

// The states that businesses share. None is the state before the record exists.
const (
	None        State = ""
	Submitted   State = "submitted"
	UnderReview State = "under_review"
	Returned    State = "returned"
	Approved    State = "approved"
	Rejected    State = "rejected"
	Withdrawn   State = "withdrawn"
	Expired     State = "expired"
)

// Party is whom an application waits for.
type Party string

// The parties. An application that waits for Nobody is closed.
const (
	ForCandidate Party = "candidate"
	ForAuthority Party = "authority"
	ForNobody    Party = "nobody"
)

// Tone is how a state looks: its colour and its icon.
type Tone string

// The tones. Only Failed is red and only Done is green.
const (
	Waiting Tone = "waiting"
	Action  Tone = "action" // the candidate must do something
	Done    Tone = "done"
	Failed  Tone = "failed"
	Void    Tone = "void"
)

// StateInfo is what people read about a state, and whose turn it is.
type StateInfo struct {
	Title    Text // 待审核
	Tone     Tone
	WaitsFor Party
	Next     Text // what happens next, in a sentence
	Term     Term // how long the candidate has; for the authority see Definition.Term

	// Locked is what candidates are told who want a move that there is none of
	// from here; nil is transition_denied.
	Locked Problem
	Letter Letter // what a decision says that ends here
}

// Letter is what a decision 决定书 says that ends in a state. What is empty is
// made from the titles of the business and of the state.
type Letter struct {
	Title   Text // 成绩复核答复书
	Finding Text // the sentence that decides, before results and reasons
	Remedy  Text // 救济途径: what can be done against it, or that nothing can
}

// Term is a period that the rules give somebody, in working days. The zero
// value is no limit.
type Term struct {
	Workdays int
}

// None reports whether there is no limit.
func (t Term) None() bool { return t.Workdays == 0 }
