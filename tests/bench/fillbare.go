package main

import (
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules/scorereview"
	"examhall/modules/sealed"
)

// fillBare makes what somebody has who takes PocketBase as it is: a collection
// with the columns of an application, one with those of its row in the list of
// applications, and people who may write and read.
func fillBare(app core.App, rows, candidates int) error {
	registrations := core.NewBaseCollection("registrations")
	if err := app.Save(registrations); err != nil {
		return err
	}
	if err := app.Save(bareReviews(registrations)); err != nil {
		return err
	}
	if err := app.Save(bareApplications()); err != nil {
		return err
	}
	for i := range candidates {
		err := errors.Join(
			account(app, "users", id("c", i), map[string]any{"email": fmt.Sprintf("c%d@examhall.test", i), "verified": true}),
			add(app, "registrations", id("g", i), nil),
		)
		if err != nil {
			return err
		}
	}
	if err := app.Save(bareCertificates()); err != nil {
		return err
	}
	return errors.Join(fillApplications(app, rows), fillCertificates(app))
}

// bareReviews has the columns of score_reviews. What is sealed there is plain
// text here; what refers to other records refers to registrations, of which the
// body names one.
func bareReviews(registrations *core.Collection) *core.Collection {
	c := core.NewBaseCollection("score_reviews")
	c.CreateRule = types.Pointer(`@request.auth.collectionName = "users"`)
	for _, f := range scorereview.Definition().Collection().Fields {
		switch f.Type() {
		case sealed.Type:
			f = &core.TextField{Name: f.GetName()}
		case core.FieldTypeRelation:
			f = &core.RelationField{Name: f.GetName(), CollectionId: registrations.Id, MaxSelect: 1}
		}
		c.Fields.Add(f)
	}
	c.AddIndex("idx_bare_owner", false, "owner, created", "")
	c.AddIndex("idx_bare_submission", true, "owner, submission", "submission != ''")
	c.AddIndex("idx_bare_status", false, "status, due", "")
	return c
}

// bareApplications has the columns and the index of applications.
func bareApplications() *core.Collection {
	c := core.NewBaseCollection("applications")
	c.ListRule = types.Pointer(`owner = @request.auth.id`)
	for _, name := range []string{"service", "owner", "number", "session", "status", "waits_for", "reply", "claimed_by"} {
		c.Fields.Add(&core.TextField{Name: name})
	}
	c.Fields.Add(&core.NumberField{Name: "rev"}, &core.NumberField{Name: "resubmits"})
	for _, name := range []string{"due", "submitted", "changed", "updated"} {
		c.Fields.Add(&core.DateField{Name: name})
	}
	c.AddIndex("idx_bare_applications", false, "owner, updated, id", "")
	return c
}
