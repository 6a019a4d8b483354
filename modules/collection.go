package modules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules/sealed"
)

// Collection returns the collection that the definition asks for. Migrations
// are generated from it and then frozen; nothing changes a live collection.
func (d Definition) Collection() *core.Collection {
	c := core.NewBaseCollection(d.Name)
	c.ListRule = types.Pointer(d.readers())
	c.ViewRule = c.ListRule
	c.CreateRule = types.Pointer(`@request.auth.collectionName = "candidates"`)
	c.UpdateRule = types.Pointer(d.writers())

	c.Fields.Add(d.envelopeBefore()...)
	if d.About != nil {
		c.Fields.Add(d.About.relation())
	}
	for _, f := range d.Fields {
		f.SetHidden(f.Filler() != Candidate)
		c.Fields.Add(f.Field)
	}
	for _, r := range d.Rows {
		c.Fields.Add(&core.JSONField{Name: r.Name, MaxSize: 1 << 18, Hidden: r.Filler() != Candidate})
	}
	c.Fields.Add(d.envelopeAfter()...)
	d.addIndexes(c)
	return c
}

func (d Definition) envelopeBefore() []core.Field {
	return []core.Field{
		&core.TextField{Name: "number", Max: 30, Presentable: true},
		&core.RelationField{Name: "owner", CollectionId: AuthRef("candidates"), Required: true, MaxSelect: 1},
		&core.SelectField{Name: "status", Values: states(d.Workflow.Names()), Required: true, MaxSelect: 1},
		&core.RelationField{Name: "session", CollectionId: Ref("exam_sessions"), MaxSelect: 1},
		&core.RelationField{Name: "registration", CollectionId: Ref("registrations"), Required: d.Registered, MaxSelect: 1},
	}
}

func (d Definition) envelopeAfter() []core.Field {
	return []core.Field{
		&core.TextField{Name: "reply", Max: 500},
		&core.NumberField{Name: "rev", OnlyInt: true},
		&core.SelectField{Name: "waits_for", Values: []string{string(ForCandidate), string(ForAuthority), string(ForNobody)}, MaxSelect: 1},
		&core.DateField{Name: "due"},
		&core.DateField{Name: "submitted"},
		&core.DateField{Name: "decided"},
		&core.RelationField{Name: "decided_by", CollectionId: AuthRef("staff"), MaxSelect: 1, Hidden: true},
		&core.RelationField{Name: "claimed_by", CollectionId: AuthRef("staff"), MaxSelect: 1, Hidden: true},
		&core.NumberField{Name: "remaining", OnlyInt: true, Hidden: true},
		&core.NumberField{Name: "resubmits", OnlyInt: true},
		&core.TextField{Name: "commitment", Max: 50},
		&core.TextField{Name: "submission", Max: 64, Hidden: true},
		&sealed.Field{Name: "snapshot", Kind: sealed.KindSecret, Max: 5000, Hidden: true},
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	}
}

func (d Definition) addIndexes(c *core.Collection) {
	c.AddIndex("idx_"+d.Name+"_number", true, "number", "")
	c.AddIndex("idx_"+d.Name+"_owner", false, "owner, created", "")
	c.AddIndex("idx_"+d.Name+"_submission", true, "owner, submission", "submission != ''")
	c.AddIndex("idx_"+d.Name+"_status", false, "status, due", "")
	if len(d.Unique.Fields) > 0 {
		active := fmt.Sprintf("status NOT IN ('%s')", strings.Join(states(d.Unique.Frees), "', '"))
		c.AddIndex("idx_"+d.Name+"_unique", true, strings.Join(d.Unique.Fields, ", "), active)
	}
	for _, f := range d.Fields {
		if name := f.GetName(); f.Once {
			c.AddIndex("idx_"+d.Name+"_"+name, true, name, name+" != ''")
		}
	}
}

// readers returns the rule of who sees an application: its owner, the staff of
// its business, those who must know it for another one, and auditors.
func (d Definition) readers() string {
	return d.ownerRule() + " || " + staffRule(append(append(d.staffRoles(), d.Readers...), string(Auditor)))
}

// writers returns the rule of who may try to change an application at all. The
// workflow decides whether they may.
func (d Definition) writers() string {
	roles := d.staffRoles()
	if len(roles) == 0 {
		return d.ownerRule()
	}
	return d.ownerRule() + " || " + staffRule(roles)
}

func (d Definition) ownerRule() string {
	return `(@request.auth.collectionName = "candidates" && owner = @request.auth.id)`
}

// staffRule admits staff with one of the roles. Roles are compared with :each,
// because ?= alone matches parts of words in a select with several values.
func staffRule(roles []string) string {
	tests := make([]string, len(roles))
	for i, r := range roles {
		tests[i] = fmt.Sprintf(`@request.auth.roles:each ?= %q`, r)
	}
	return `(@request.auth.collectionName = "staff" && (` + strings.Join(tests, " || ") + `))`
}

// staffRoles returns the values of staff.roles that act in the business.
func (d Definition) staffRoles() []string {
	var list []string
	for _, t := range d.Workflow.Transitions {
		name := d.RoleName(t.By)
		if t.By.personal() && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// RoleName returns how staff.roles names a role in this business: reviewers and
// approvers are appointed for each business, the others for all.
func (d Definition) RoleName(r Role) string {
	if r == Reviewer || r == Approver {
		return d.Name + "." + string(r)
	}
	return string(r)
}

// envelope lists the columns that every application has.
func envelope() []string {
	return []string{
		"id", "number", "owner", "status", "session", "registration", "reply", "rev", "waits_for", "due", "submitted",
		"decided", "decided_by", "claimed_by", "remaining", "resubmits", "commitment", "submission", "snapshot", "created", "updated",
	}
}

// Envelope reports whether a column belongs to every application rather than to
// its business.
func Envelope(name string) bool { return slices.Contains(envelope(), name) }
