package modules

import (
	"database/sql"
	"errors"
	"slices"

	"github.com/pocketbase/pocketbase/core"
)

// About says that an application is about one record of its owner: the
// certificate of a mailing, the order of a refund. The application has a column
// for it, which is set once, by the submit.
type About struct {
	Column     string // of the application: "certificate"
	Collection string // "certificates"
	Owner      string // the column there that names the owner: "holder"
	Label      Text   // 证书

	// Title and Note say which record it is, to its owner.
	Title, Note func(*core.Record) Text

	// Secret says of a record that its owner does not know of it yet: it is as if it
	// were not there. Nil keeps none secret.
	Secret func(*core.Record) bool

	// When lists the states of an application in which another one can be made
	// about it; none is for records that are no applications. See says what is
	// done with one that was made: 申诉详情.
	When []State
	See  Text

	// Menu is the page of the app from which such applications are made, where
	// the business has none of its own.
	Menu *Menu
}

// Hides reports whether a record is not there yet for its owner.
func (a *About) Hides(r *core.Record) bool { return a.Secret != nil && a.Secret(r) }

// Menu is an entry of the menu that leads to records rather than to one
// business: 证书管理 leads to certificates, which can be mailed.
type Menu struct {
	Path  string `json:"path"` // "/my/certificates"
	Title Text   `json:"title"`
	Intro Text   `json:"intro"`
	Icon  string `json:"icon"`
}

// relation returns the column of the application.
func (a *About) relation() core.Field {
	return &core.RelationField{Name: a.Column, CollectionId: Ref(a.Collection), Required: true, MaxSelect: 1}
}

// Envelope reports whether a column belongs to the application itself rather than
// to what is filled in.
func (d Definition) Envelope(name string) bool {
	return Envelope(name) || (d.About != nil && name == d.About.Column)
}

// Chosen returns the column that says what an application is about: a
// registration, a record of another kind, or nothing.
func (d Definition) Chosen() string {
	switch {
	case d.About != nil:
		return d.About.Column
	case d.Registered:
		return "registration"
	}
	return ""
}

// About returns the record that the application is about.
func (s *Step) About() (*core.Record, error) {
	a := s.Definition.About
	id := s.Record.GetString(a.Column)
	if s.about != nil && s.about.Id == id {
		return s.about, nil
	}
	r, err := s.App.FindRecordById(a.Collection, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, missing(a.Column)
	}
	s.about = r
	return r, err
}

// SessionOf returns the exam session that a record belongs to: its own, or that
// of its registration.
func SessionOf(app core.App, r *core.Record) (string, error) {
	if r.Collection().Fields.GetByName("session") != nil {
		return r.GetString("session"), nil
	}
	registration := r.GetString("registration")
	if registration == "" {
		return "", nil
	}
	of, err := app.FindRecordById("registrations", registration)
	if err != nil {
		return "", err
	}
	return of.GetString("session"), nil
}

// mine wants the record that the application is about to be the owner's. Somebody
// else's gets the answer of one that does not exist.
func mine(s *Step) error {
	a := s.Definition.About
	if a == nil {
		return nil
	}
	r, err := s.About()
	if err != nil {
		return err
	}
	if r.GetString(a.Owner) != s.Record.GetString("owner") || a.Hides(r) {
		return missing(a.Column)
	}
	return nil
}

// standing wants the application that another one is about to be in a state for
// it: an appeal is against a refusal.
func standing(s *Step) error {
	a := s.Definition.About
	if a == nil || len(a.When) == 0 {
		return nil
	}
	r, err := s.About()
	if err != nil || slices.Contains(a.When, State(r.GetString("status"))) {
		return err
	}
	return InvalidWith(a.Column, "not_eligible", "Its state does not allow this.", map[string]any{
		"reason": T("该业务当前的状态不适用", "its present state does not allow this"),
	})
}

// Yields says that an application makes a record of its owner: a reissue makes a
// certificate. Its row in the lists then leads on to what can be applied for about
// that record: to have it mailed.
type Yields struct {
	Column     string // of the application, filled in by the system
	Collection string
}
