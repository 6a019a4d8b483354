package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(records, nil)
}

// records makes the side rows that the workflow writes in the transaction of
// every change. They are closed: people read them through routes that know who
// may see what.
func records(app core.App) error {
	candidates, err := app.FindCollectionByNameOrId("candidates")
	if err != nil {
		return err
	}

	// applications is 业务查询: one row per application of any business, with
	// the same id as the application itself.
	applications := core.NewBaseCollection("applications")
	applications.Fields.Add(
		code("service", true), code("owner", true), code("number", true), code("session", false),
		code("status", true), code("waits_for", true), text("reply", 500), code("claimed_by", false),
		whole("rev"), whole("resubmits"),
		&core.DateField{Name: "due"},
		&core.DateField{Name: "submitted"},
		&core.DateField{Name: "changed"}, // when the status last changed: the queue is oldest first
		&core.DateField{Name: "updated"},
	)
	applications.AddIndex("idx_applications_owner", false, "owner, updated, id", "")
	applications.AddIndex("idx_applications_queue", false, "service, status, changed, id", "")
	applications.AddIndex("idx_applications_due", false, "due, service", "due != ''")

	// events is the audit trail: append-only, hash-chained, without values.
	events := core.NewBaseCollection("events")
	events.Fields.Add(
		whole("seq"),
		code("service", true), code("record", true), code("owner", false), whole("rev"),
		code("action", true), code("from", false), code("to", false),
		choice("actor_kind", true, "candidate", "staff", "system", "admin"),
		code("actor", false), code("via", false),
		text("fields", 2000),   // names of what changed, comma-separated
		code("content", false), // SHA-256 of the version row
		code("at", true),
		code("hash", true),
	)
	events.AddIndex("idx_events_seq", true, "seq", "")
	events.AddIndex("idx_events_record", false, "record, seq", "")

	heads := core.NewBaseCollection("event_heads")
	heads.Fields.Add(whole("seq"), code("hash", false), text("signature", 200), code("at", false))

	// versions holds what an application said at each rev, sealed: the
	// timeline reads the replies from it and the desk the differences.
	versions := core.NewBaseCollection("versions")
	versions.Fields.Add(
		code("service", true), code("record", true), whole("rev"), code("action", true), code("at", true),
		sealedField("data", "secret", 200000, false, true),
	)
	versions.AddIndex("idx_versions_record", true, "record, rev", "")

	replaced := core.NewBaseCollection("replaced_files")
	replaced.Fields.Add(
		code("service", true), code("record", true), code("slot", true), whole("rev"), text("name", 255),
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 20 << 20, Protected: true},
		&core.AutodateField{Name: "created", OnCreate: true},
	)
	replaced.AddIndex("idx_replaced_files_record", false, "record, slot", "")

	notifications := core.NewBaseCollection("notifications")
	notifications.ListRule = rule(holder + ` && owner = @request.auth.id`)
	notifications.ViewRule = notifications.ListRule
	notifications.Fields.Add(
		to("owner", candidates, true),
		code("service", true), code("record", true), code("number", false), code("action", true), code("status", false),
		&core.DateField{Name: "due"},
		&core.DateField{Name: "at"},
		&core.DateField{Name: "read"},
	)
	notifications.AddIndex("idx_notifications_owner", false, "owner, at, id", "")

	outbox := core.NewBaseCollection("outbox")
	outbox.Fields.Add(
		choice("channel", true, "sms", "mail", "webhook"),
		code("template", true), code("lang", false),
		sealedField("recipient", "secret", 500, true, true),
		sealedField("params", "secret", 10000, false, true),
		choice("state", true, "pending", "sent", "dead"),
		whole("attempts"),
		&core.DateField{Name: "next"},
		&core.DateField{Name: "sent"},
		&core.AutodateField{Name: "created", OnCreate: true},
	)
	outbox.AddIndex("idx_outbox_pending", false, "state, next", "")

	return saveAll(app, applications, events, heads, versions, replaced, notifications, outbox)
}
