package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	migrations.Register(people, nil)
}

// people makes those who act: candidates, staff, and the superusers that staff
// enter the dashboard with.
func people(app core.App) error {
	if users, err := app.FindCollectionByNameOrId("users"); err == nil {
		if err := app.Delete(users); err != nil { // PocketBase's sample
			return err
		}
	}

	candidates := core.NewAuthCollection("candidates")
	candidates.ViewRule = rule(`id = @request.auth.id`)
	candidates.Fields.Add(
		&core.TextField{Name: "username", Required: true, Pattern: `^[A-Za-z][A-Za-z0-9_]{3,19}$`, Presentable: true},
		&core.TextField{Name: "name", Required: true, Max: 50},
		choice("id_type", true, "resident", "hmt_residence", "hm_permit", "tw_permit", "passport", "foreign_permanent"),
		sealedField("id_number", "id_number", 30, true, false),
		&core.TextField{Name: "id_number_idx", Hidden: true, Max: 100},
		sealedField("mobile", "mobile", 20, false, false),
		&core.TextField{Name: "mobile_idx", Hidden: true, Max: 100},
		&core.SelectField{Name: "lang", MaxSelect: 1, Values: []string{"zh", "en"}},
		choice("gender", false, "male", "female"),
		&core.TextField{Name: "birth_date", Pattern: `^\d{4}-\d{2}-\d{2}$`}, // of who has no number that says so
		&core.TextField{Name: "ethnicity", Max: 20},
		choice("education", false, "secondary", "college", "bachelor", "master", "doctor", "other"),
		&core.TextField{Name: "employer", Max: 100},
		&core.FileField{Name: "photo", MaxSelect: 1, MaxSize: 1 << 20, MimeTypes: []string{"image/jpeg"}, Protected: true},
	)
	candidates.Fields.Add(stamps()...)
	candidates.Fields.GetByName(core.FieldNameEmail).(*core.EmailField).Required = false
	candidates.AddIndex("idx_candidates_username", true, "username COLLATE NOCASE", "")
	candidates.AddIndex("idx_candidates_id_number", true, "id_number_idx", "id_number_idx != ''")
	candidates.AddIndex("idx_candidates_mobile", false, "mobile_idx", "mobile_idx != ''")
	candidates.PasswordAuth = core.PasswordAuthConfig{Enabled: true, IdentityFields: []string{"username"}}
	closeAccount(candidates, 12*3600)

	staff := core.NewAuthCollection("staff")
	staff.ViewRule = rule(`id = @request.auth.id`)
	staff.Fields.Add(
		&core.TextField{Name: "name", Required: true, Max: 50, Presentable: true},
		&core.SelectField{Name: "roles", MaxSelect: 4, Values: []string{"operator", "finance", "cert", "auditor"}}, // and those of the businesses
		&core.BoolField{Name: "active"},
	)
	staff.Fields.Add(stamps()...)
	staff.PasswordAuth.Enabled = false // they enter by the dashboard only
	closeAccount(staff, 12*3600)

	if err := saveAll(app, candidates, staff); err != nil {
		return err
	}

	superusers, err := app.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		return err
	}
	superusers.Fields.Add(choice("role", false, "admin"), to("staff", staff, false))
	superusers.AuthToken.Duration = 12 * 3600
	superusers.AuthAlert.Enabled = false
	return app.Save(superusers)
}

// closeAccount switches off every way into an account but those that a
// migration opens on purpose. seconds is how long a login lasts.
func closeAccount(c *core.Collection, seconds int64) {
	c.AuthRule = types.Pointer("")
	c.AuthAlert.Enabled = false
	c.OTP.Enabled, c.MFA.Enabled, c.OAuth2.Enabled = false, false, false
	c.AuthToken.Duration = seconds
	c.FileToken.Duration = 120
}
