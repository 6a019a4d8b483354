package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(certificates, nil)
}

// certificates makes what is issued 证书 and what is kept about it. Nobody
// writes these rows by PocketBase's own API: certificates are issued, revoked
// and sent by routes and by the workflow of mailings.
func certificates(app core.App) error {
	named := map[string]*core.Collection{}
	for _, name := range []string{"candidates", "registrations", "exam_projects", "exam_sessions"} {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return err
		}
		named[name] = c
	}
	list := []*core.Collection{certificateTable(named)}
	list = append(list, certificateSideRows()...)
	list = append(list, issuing(named)...)
	if err := saveAll(app, list...); err != nil {
		return err
	}
	_, err := app.NonconcurrentDB().NewQuery(transparencyLog).Execute()
	return err
}

// certificateReaders may read what is kept about certificates.
const certificateReaders = `(@request.auth.collectionName = "staff" && (@request.auth.roles:each ?= "cert" || @request.auth.roles:each ?= "auditor"))`

// certificateTable holds one row for each sheet: a reissue 补发 is a row of its
// own with the same management number.
func certificateTable(named map[string]*core.Collection) *core.Collection {
	c := core.NewBaseCollection("certificates")
	c.ListRule = rule(`(` + holder + ` && holder = @request.auth.id) || ` + certificateReaders)
	c.ViewRule = c.ListRule
	c.Fields.Add(
		&core.TextField{Name: "number", Required: true, Max: 32, Pattern: `^[0-9A-Z]{8,32}$`, Presentable: true}, // 管理号
		&core.TextField{Name: "print_no", Max: 16, Pattern: `^[A-Z]{0,4}\d{6,12}$`},                              // 印制号: of the sheet of paper
		&core.TextField{Name: "code", Hidden: true, Required: true, Max: 16, Pattern: `^[A-Z2-7]{16}$`},          // in the QR code
		to("holder", named["candidates"], false),                                                                 // imported ones may have no account yet
		to("registration", named["registrations"], false),
		code("batch", false), // the run that issued it
		to("project", named["exam_projects"], true),
		to("session", named["exam_sessions"], false),

		// What is printed, as it was on the day of issue.
		&core.TextField{Name: "name", Required: true, Max: 50},
		&core.TextField{Name: "name_key", Hidden: true, Max: 100}, // what a typed name is compared with
		choice("id_type", true, "resident", "hmt_residence", "hm_permit", "tw_permit", "passport", "foreign_permanent"),
		sealedField("id_number", "id_number", 30, true, false),
		&core.TextField{Name: "id_number_idx", Hidden: true, Max: 100},
		&core.TextField{Name: "search_key", Hidden: true, Max: 24}, // hash of exam, ID number and name: what the public search looks up
		choice("gender", false, "male", "female"),
		&core.TextField{Name: "birth_date", Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.TextField{Name: "title", Required: true, Max: 100},
		text("level", 50), text("specialty", 100),
		&core.TextField{Name: "approve_date", Required: true, Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.TextField{Name: "issuer", Required: true, Max: 200}, // several are separated by 、
		choice("medium", true, "paper", "electronic", "both"),
		&core.FileField{Name: "photo", MaxSelect: 1, MaxSize: 1 << 20, MimeTypes: []string{"image/jpeg"}, Protected: true},
		code("layout", true), // a file of templates/pdf
		&core.TextField{Name: "signing_key", Hidden: true, Max: 50}, // kid of the key that signs its QR code

		choice("status", true, "valid", "replaced", "revoked", "cancelled"),
		choice("distribution", false, "making", "ready", "mailing", "shipped", "collected", "returned_mail"), // none without paper
		whole("reissue_no"), // 0 is the original
		&core.TextField{Name: "reissue_date", Pattern: `^\d{4}-\d{2}-\d{2}$`},
		code("replaces", false), code("replaced_by", false),
		text("void_reason", 500), text("void_document", 100),
		&core.FileField{Name: "void_file", MaxSelect: 1, MaxSize: 5 << 20, Protected: true, Hidden: true},
		&core.DateField{Name: "voided"},
		&core.TextField{Name: "pdf_sha256", Hidden: true, Max: 64}, // of the first PDF that was made
		&core.DateField{Name: "issued"},
		whole("log_index"), // of the leaf of its issue
		whole("rev"),
	)
	c.AddIndex("idx_certificates_code", true, "code", "")
	c.AddIndex("idx_certificates_number", true, "number, reissue_no", "")
	c.AddIndex("idx_certificates_print_no", true, "print_no", "print_no != ''")
	c.AddIndex("idx_certificates_registration", true, "registration, reissue_no", "registration != ''")
	c.AddIndex("idx_certificates_search", false, "search_key", "")
	c.AddIndex("idx_certificates_batch", false, "batch, number", "batch != ''")
	c.AddIndex("idx_certificates_session", false, "session, reissue_no", "")
	c.AddIndex("idx_certificates_holder", false, "holder, issued", "holder != ''")
	c.AddIndex("idx_certificates_void", false, "log_index", "status != 'valid'") // of the status list
	return c
}

// certificateSideRows are what happened to certificates, and annotated copies.
func certificateSideRows() []*core.Collection {
	events := core.NewBaseCollection("certificate_events")
	events.Fields.Add(
		code("certificate", true), code("annotation", false),
		choice("kind", true, "issued", "reissued", "replaced", "revoked", "cancelled", "annotated", "annotation_withdrawn",
			"downloaded", "printed", "distributed"),
		code("at", true), // RFC 3339 in UTC, as it went into the leaf
		choice("actor_kind", true, "candidate", "staff", "system", "admin"),
		code("actor", false), code("via", false), text("note", 500),
		whole("leaf"),       // 1 + index in the transparency log; 0 is none
		code("salt", false), // 16 bytes, hex
	)
	events.AddIndex("idx_certificate_events_certificate", false, "certificate, at", "")
	events.AddIndex("idx_certificate_events_leaf", true, "leaf", "leaf != 0")

	annotations := core.NewBaseCollection("annotations")
	annotations.ListRule = rule(`(` + holder + ` && holder = @request.auth.id) || ` + certificateReaders)
	annotations.ViewRule = annotations.ListRule
	annotations.Fields.Add(
		code("certificate", true), code("holder", true),
		&core.TextField{Name: "code", Hidden: true, Required: true, Max: 16},
		&core.TextField{Name: "purpose", Required: true, Max: 50},
		text("recipient", 100),
		whole("days"),
		&core.DateField{Name: "issued"}, &core.DateField{Name: "expires"}, &core.DateField{Name: "withdrawn"},
		whole("downloads"),
		&core.TextField{Name: "signing_key", Hidden: true, Max: 50},
		whole("log_index"), // of the leaf of its making
	)
	annotations.AddIndex("idx_annotations_code", true, "code", "")
	annotations.AddIndex("idx_annotations_certificate", false, "certificate, expires", "")
	annotations.AddIndex("idx_annotations_withdrawn", false, "log_index", "withdrawn != ''") // of the status list
	return []*core.Collection{events, annotations}
}

// issuing holds the runs that issue in bulk, whom they held back and why, the
// counters of management numbers, and the limits of the public search.
func issuing(named map[string]*core.Collection) []*core.Collection {
	batches := core.NewBaseCollection("certificate_batches")
	batches.ListRule, batches.ViewRule = rule(certificateReaders), rule(certificateReaders)
	batches.Fields.Add(
		to("session", named["exam_sessions"], true),
		code("approve_date", true), code("medium", true), code("layout", true), text("issuer", 200),
		choice("status", true, "running", "paused", "done", "failed"),
		whole("total"), whole("issued"), whole("held"),
		text("after_specialty", 100), code("after", false), // the registration that the last whole chunk ended with
		code("first_number", false), code("last_number", false),
		code("actor", true),
		&core.DateField{Name: "started"}, &core.DateField{Name: "finished"},
		text("problem", 500),
	)
	batches.AddIndex("idx_certificate_batches_session", false, "session, started", "")
	batches.AddIndex("idx_certificate_batches_open", true, "session", "status IN ('running', 'paused')") // one at a time

	holds := core.NewBaseCollection("certificate_holds")
	holds.ListRule, holds.ViewRule = rule(certificateReaders), rule(certificateReaders)
	holds.Fields.Add(
		code("batch", false), to("registration", named["registrations"], true),
		code("problem", true), // an error code: glyph_missing
		&core.JSONField{Name: "params", MaxSize: 2000},
		&core.DateField{Name: "at"}, &core.DateField{Name: "resolved"},
	)
	holds.AddIndex("idx_certificate_holds_registration", true, "registration", "resolved = ''")

	sequences := core.NewBaseCollection("number_sequences")
	sequences.Fields.Add(code("key", true), whole("last"))
	sequences.AddIndex("idx_number_sequences_key", true, "key", "")

	limits := core.NewBaseCollection("limits")
	for _, r := range []**string{&limits.ListRule, &limits.ViewRule, &limits.CreateRule, &limits.UpdateRule, &limits.DeleteRule} {
		*r = rule(operator)
	}
	limits.Fields.Add(code("name", true), whole("most"), whole("seconds"))
	limits.AddIndex("idx_limits_name", true, "name, seconds", "")
	return []*core.Collection{batches, holds, sequences, limits}
}

// transparencyLog is the log of RFC 6962: its hashes, in tiles of 256, and the
// signed checkpoints that were published. It has no use for PocketBase's API.
const transparencyLog = `
	CREATE TABLE log_tiles (level INTEGER NOT NULL, n INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, n)) WITHOUT ROWID;
	CREATE TABLE log_size (size INTEGER NOT NULL);
	INSERT INTO log_size (size) VALUES (0);
	CREATE TABLE log_checkpoints (day TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
`
