// Package modules says what a business of ExamHall is made of.
//
// A business (成绩复核, 考试退费, …) is a [Definition]: its data lives in a
// PocketBase collection of the same name, its process in the workflow of the
// definition. Each business has a folder of its own below this one; copy
// modules/dummy to start another.
package modules

import (
	"cmp"
	"fmt"
	"regexp"
	"time"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
)

// Module is one business. A plain [Definition] is a module already; a business
// with code of its own defines a type and may implement [Binder] as well.
type Module interface {
	Define() Definition
}

// Binder is implemented by modules that add hooks or routes of their own.
// Bind is called once, after the shared hooks are bound.
type Binder interface {
	Bind(app core.App) error
}

// Definition declares a business. It is data: it has no side effects, and the
// candidate pages and the desk draw themselves from it.
type Definition struct {
	Name   string // collection and URL segment: "score_reviews"
	Prefix string // of the business number 业务编号: "CJFH"
	Icon   string // a Remix icon: "ri-file-search-line"

	Title Text // 成绩复核
	Intro Text // what it is for, in one or two sentences
	Apply Text // the button that starts an application: 申请成绩复核

	// Menu is what the menu calls it where that is not the title: 失信人员 is the
	// menu of 失信人员资格审核.
	Menu Text

	// Registered says that an application belongs to one registration 报名 of
	// its owner, and thereby to an exam session.
	Registered bool

	// About says that an application belongs to another record of its owner.
	About *About

	// Yields says which record an application makes, if it does.
	Yields *Yields

	Fields     []Field
	Rows       []Rows
	Commitment *Commitment // nil asks for none
	Workflow   Workflow
	Unique     Unique

	// Eligible says who may apply at all. It decides which registrations the
	// form offers, and runs whenever the form is written: facts may have
	// changed since the submit.
	Eligible []Guard

	// Concerns says whether a business that is for few people is for the owner of
	// the step; nil is for everybody. Pages explain it in place of the button.
	Concerns func(*Step) (Concern, error)

	// Checks look at what was filled in. They run whenever the form is
	// written: on submit, edit and resubmit.
	Checks []Guard

	// Derive fills in what follows from the form, such as an amount, in columns
	// that the candidate does not write. It runs whenever the form is written, after
	// everything has agreed and before the save.
	Derive Effect

	// Choices lists what rows with a [Rows.Choice] and fields with [Pick] may
	// pick from, each with the reason where it may not be picked. Keys are names
	// of Rows and of Fields.
	Choices func(*Step) (map[string][]Choice, error)

	// Window is the default time in which applications are taken; nil means
	// always. A row of the collection "windows" replaces it.
	Window Window

	// Late is what those are told who come after the window, with its ends as
	// "from" and "to"; nil is window_closed.
	Late Problem

	// Readers are roles of staff, as staff.roles has them, that read these
	// applications for the sake of another business: who judges an appeal reads
	// what it is about.
	Readers []string

	// Warn tells candidates what they should know before they apply, by what is
	// known about them. It forbids nothing.
	Warn func(*Step) ([]Text, error)

	// Later does what follows from time alone, beyond the deadlines of
	// applications. It runs every few minutes, finds its own work, and works in
	// transactions of its own.
	Later func(app core.App, now time.Time) error

	// Term is how long the authority has; the zero value promises nothing.
	// The clock stands still while an application waits for the candidate.
	Term Term
}

// Define implements [Module].
func (d Definition) Define() Definition { return d }

// Commitment is the 承诺书 that a candidate accepts with an application.
type Commitment struct {
	Version string `json:"version"`
	Text    Text   `json:"text"`
}

// Concern is whether a business is for somebody.
type Concern struct {
	Problem Problem // why it is not; nil where it is
	Note    Text    // what is on record about them that makes it theirs
}

// concerned is the guard behind [Definition.Concerns].
func concerned(s *Step) error {
	if s.Definition.Concerns == nil {
		return nil
	}
	c, err := s.Definition.Concerns(s)
	if err != nil || c.Problem == nil {
		return err
	}
	return validation.Errors{cmp.Or(s.Definition.Chosen(), "status"): c.Problem}
}

// Unique limits a business to one active application for each combination of
// the values of Fields. An application in one of the Frees states is not active.
type Unique struct {
	Fields []string
	Frees  []State

	// Problem is what a second application is told; nil is duplicate_active.
	Problem Problem
}

// Set holds the modules of one application, in menu order.
type Set struct {
	modules []Module
	list    []Definition
	byName  map[string]Definition
}

// NewSet checks the given modules and returns them as a set.
func NewSet(modules ...Module) (*Set, error) {
	s := &Set{modules: modules, byName: map[string]Definition{}}
	for _, m := range modules {
		d := m.Define()
		if _, ok := s.byName[d.Name]; ok {
			return nil, fmt.Errorf("module %q: registered twice", d.Name)
		}
		if err := d.check(); err != nil {
			return nil, fmt.Errorf("module %q: %w", d.Name, err)
		}
		s.list = append(s.list, d)
		s.byName[d.Name] = d
	}
	return s, nil
}

// check reports the first contradiction in the definition.
func (d Definition) check() error {
	if !regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(d.Name) {
		return fmt.Errorf("the name must be a lower-case word")
	}
	if !regexp.MustCompile(`^[A-Z]{2,6}$`).MatchString(d.Prefix) {
		return fmt.Errorf("the prefix %q must be 2 to 6 capital letters", d.Prefix)
	}
	for _, f := range d.Fields {
		if d.Envelope(f.GetName()) {
			return fmt.Errorf("field %q is part of every application", f.GetName())
		}
		if f.Blank != nil && (f.Type() != core.FieldTypeFile || f.Filler() != Candidate || f.Blank.Title.ZH == "") {
			return fmt.Errorf("field %q: a blank belongs to a material of the candidate and has a title", f.GetName())
		}
	}
	return d.Workflow.check()
}

// Find returns the definition with the given name.
func (s *Set) Find(name string) (Definition, bool) {
	d, ok := s.byName[name]
	return d, ok
}

// Definitions returns all definitions in menu order.
func (s *Set) Definitions() []Definition { return s.list }

// Names returns the collection names, ready to tag PocketBase hooks with.
func (s *Set) Names() []string {
	names := make([]string, len(s.list))
	for i, d := range s.list {
		names[i] = d.Name
	}
	return names
}

// Bind lets every module that is a [Binder] bind its own hooks.
func (s *Set) Bind(app core.App) error {
	for _, m := range s.modules {
		b, ok := m.(Binder)
		if !ok {
			continue
		}
		if err := b.Bind(app); err != nil {
			return fmt.Errorf("module %q: %w", m.Define().Name, err)
		}
	}
	return nil
}
