package modules

import (
	"fmt"
	"maps"
	"slices"
)

// Form among the fields of a transition stands for all that the candidate
// fills in, with the fields that the operator added in the dashboard.
const Form = "*"

// Transition is one allowed move of an application. Editing is a move as well,
// from a state to itself.
type Transition struct {
	Action string // a verb, unique in the workflow: "submit"
	Label  Text   // the words on the button
	From   []State
	To     State
	By     Role

	// Fields lists what may change together with the move. Nil means nothing,
	// for staff as well: facts about a case never change silently.
	Fields []string

	Reasoned bool // the authority must write a reply
	Internal bool // between members of staff: the candidate sees neither the reply nor the move
	Decides  bool // counts for [FourEyes]
	Confirm  Text // what is asked before the move, if anything
	Message  Text // what the candidate is told after it, if anything

	Guards []Guard // all must agree
	Effect Effect  // runs after the save, in the same transaction
}

// WritesForm reports whether the candidate fills in the form with this move.
func (t Transition) WritesForm() bool { return slices.Contains(t.Fields, Form) }

// Workflow lists the states and the moves of a business. What is not listed is
// forbidden.
type Workflow struct {
	States      map[State]StateInfo
	Transitions []Transition
}

// With returns the workflow with more transitions.
func (w Workflow) With(more ...Transition) Workflow {
	w.Transitions = append(slices.Clone(w.Transitions), more...)
	return w
}

// Without returns the workflow without the given actions.
func (w Workflow) Without(actions ...string) Workflow {
	w.Transitions = slices.DeleteFunc(slices.Clone(w.Transitions), func(t Transition) bool {
		return slices.Contains(actions, t.Action)
	})
	return w
}

// State returns the workflow with a state added or replaced.
func (w Workflow) State(s State, info StateInfo) Workflow {
	w.States = maps.Clone(w.States)
	if w.States == nil {
		w.States = map[State]StateInfo{}
	}
	w.States[s] = info
	return w
}

// Change returns the workflow with one of its transitions changed.
func (w Workflow) Change(action string, change func(*Transition)) Workflow {
	w.Transitions = slices.Clone(w.Transitions)
	i := slices.IndexFunc(w.Transitions, func(t Transition) bool { return t.Action == action })
	if i < 0 {
		panic(fmt.Sprintf("workflow has no action %q", action))
	}
	t := w.Transitions[i]
	t.From, t.Guards = slices.Clone(t.From), slices.Clone(t.Guards)
	change(&t)
	w.Transitions[i] = t
	return w
}

// Find returns the transition between two states.
func (w Workflow) Find(from, to State) (Transition, bool) {
	for _, t := range w.Transitions {
		if t.To == to && slices.Contains(t.From, from) {
			return t, true
		}
	}
	return Transition{}, false
}

// Action returns the transition with the given name.
func (w Workflow) Action(name string) (Transition, bool) {
	for _, t := range w.Transitions {
		if t.Action == name {
			return t, true
		}
	}
	return Transition{}, false
}

// Names returns every state of the workflow in order of first use.
func (w Workflow) Names() []State {
	var list []State
	for _, t := range w.Transitions {
		if !slices.Contains(list, t.To) {
			list = append(list, t.To)
		}
	}
	return list
}

// From returns the transitions that start in a state, in order.
func (w Workflow) From(s State) []Transition {
	var list []Transition
	for _, t := range w.Transitions {
		if slices.Contains(t.From, s) {
			list = append(list, t)
		}
	}
	return list
}

// check reports the first contradiction in the workflow.
func (w Workflow) check() error {
	moves, actions := map[[2]State]string{}, map[string]bool{}
	for _, t := range w.Transitions {
		if actions[t.Action] {
			return fmt.Errorf("two transitions are called %q", t.Action)
		}
		actions[t.Action] = true
		if err := w.checkMove(t, moves); err != nil {
			return fmt.Errorf("action %q: %w", t.Action, err)
		}
	}
	if len(w.From(None)) == 0 {
		return fmt.Errorf("no action starts an application")
	}
	return nil
}

func (w Workflow) checkMove(t Transition, moves map[[2]State]string) error {
	if info, ok := w.States[t.To]; !ok || info.Title.ZH == "" || info.Title.EN == "" || info.WaitsFor == "" || info.Tone == "" {
		return fmt.Errorf("state %q lacks its words, its tone or whom it waits for", t.To)
	}
	if t.Label.ZH == "" || t.Label.EN == "" || t.By == "" {
		return fmt.Errorf("it lacks its words or its role")
	}
	for _, from := range t.From {
		if from != None && !slices.Contains(w.Names(), from) {
			return fmt.Errorf("it starts in %q, which no action reaches", from)
		}
		if other, ok := moves[[2]State{from, t.To}]; ok {
			return fmt.Errorf("%q leads from %q to %q already", other, from, t.To)
		}
		moves[[2]State{from, t.To}] = t.Action
	}
	return nil
}
