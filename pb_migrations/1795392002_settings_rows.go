package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(settingsRows, nil)
}

// settingsRows makes the rows with which operators narrow or fill a business in
// the dashboard, without a release.
func settingsRows(app core.App) error {
	projects, err := app.FindCollectionByNameOrId("exam_projects")
	if err != nil {
		return err
	}
	sessions, err := app.FindCollectionByNameOrId("exam_sessions")
	if err != nil {
		return err
	}

	windows := core.NewBaseCollection("windows")
	windows.Fields.Add(
		code("service", true),
		to("session", sessions, false),
		&core.DateField{Name: "opens", Required: true},
		&core.DateField{Name: "closes", Required: true},
	)
	windows.AddIndex("idx_windows_service", true, "service, session", "")

	holidays := core.NewBaseCollection("holidays")
	holidays.Fields.Add(
		&core.TextField{Name: "date", Required: true, Pattern: `^\d{4}-\d{2}-\d{2}$`, Presentable: true},
		choice("kind", true, "off", "work"),
		text("name", 50),
	)
	holidays.AddIndex("idx_holidays_date", true, "date", "")

	rules := core.NewBaseCollection("rules")
	rules.Fields.Add(
		code("service", true), code("action", true),
		&core.TextField{Name: "rule", Required: true, Max: 2000},
		code("field", true),
		&core.TextField{Name: "message", Required: true, Max: 200},
		&core.BoolField{Name: "active"},
	)
	rules.AddIndex("idx_rules_service", false, "service, action", "")

	materials := core.NewBaseCollection("material_templates")
	materials.Fields.Add(
		code("service", true), code("slot", true),
		to("project", projects, false), to("session", sessions, false),
		choice("need", true, "required", "optional", "hidden"),
		text("label", 100), text("label_en", 200), text("hint", 300), text("hint_en", 600),
		whole("max_size"), // bytes; 0 means the limit of the collection
	)
	materials.AddIndex("idx_material_templates_slot", true, "service, slot, project, session", "")

	replies := core.NewBaseCollection("canned_replies")
	replies.Fields.Add(
		code("service", false), code("action", false), // none means every one
		&core.TextField{Name: "text", Required: true, Max: 500, Presentable: true},
		whole("position"),
	)

	notices := core.NewBaseCollection("notices")
	notices.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true},
		text("title_en", 300),
		&core.TextField{Name: "body", Required: true, Max: 20000},
		text("body_en", 40000),
		&core.DateField{Name: "published"},
		&core.BoolField{Name: "pinned"},
	)
	notices.Fields.Add(stamps()...)
	notices.AddIndex("idx_notices_published", false, "pinned, published", "")

	for _, c := range []*core.Collection{windows, holidays, rules, materials, replies, notices} {
		c.ListRule, c.ViewRule = rule(operator), rule(operator)
		c.CreateRule, c.UpdateRule, c.DeleteRule = rule(operator), rule(operator), rule(operator)
	}
	holidays.ListRule, holidays.ViewRule = rule(staffer), rule(staffer)
	replies.ListRule, replies.ViewRule = rule(staffer), rule(staffer)

	if err := saveAll(app, windows, holidays, rules, materials, replies, notices); err != nil {
		return err
	}
	// One row with one random text, which triggers renew with every change of
	// the rows that decide applications: who keeps a copy of them compares it.
	_, err = app.NonconcurrentDB().NewQuery(`CREATE TABLE settings_version (version TEXT NOT NULL);
		INSERT INTO settings_version (version) VALUES ('')`).Execute()
	return err
}
