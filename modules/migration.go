package modules

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// Migration returns the source of a migration that creates the collections of the
// definition and lets staff have its roles. Save it as pb_migrations/<unix time>_<name>.go, read it, commit
// it; from then on it is frozen.
func Migration(d Definition) (string, error) {
	var parts []string
	for _, c := range d.Collections() {
		data, err := json.MarshalIndent(c, "", "\t")
		if err != nil {
			return "", err
		}
		parts = append(parts, "`"+strings.ReplaceAll(string(data), "`", "` + \"`\" + `")+"`")
	}
	var roles []string
	for _, r := range d.staffRoles() {
		if strings.HasPrefix(r, d.Name+".") {
			roles = append(roles, strconv.Quote(r))
		}
	}
	return fmt.Sprintf(migration, strings.Join(parts, ", "), strings.Join(roles, ", ")), nil
}

// Collections returns the collection of the definition and those that mirror
// its rows.
func (d Definition) Collections() []*core.Collection {
	return append([]*core.Collection{d.Collection()}, d.mirrors()...)
}

// mirrors returns the tables behind [Rows.Once]: one row per chosen value.
func (d Definition) mirrors() []*core.Collection {
	var list []*core.Collection
	for _, r := range d.Rows {
		if r.Once.Table == "" {
			continue
		}
		c := core.NewBaseCollection(r.Once.Table)
		c.Fields.Add(
			&core.TextField{Name: "application", Required: true, Max: 50},
			&core.TextField{Name: r.Choice, Required: true, Max: 50},
			&core.BoolField{Name: "active"},
		)
		c.AddIndex("idx_"+c.Name+"_once", true, r.Choice, "active = 1")
		c.AddIndex("idx_"+c.Name+"_application", true, "application, "+r.Choice, "")
		list = append(list, c)
	}
	return list
}

const migration = `package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

func init() {
	migrations.Register(func(app core.App) error {
		return addBusiness(app, []string{%s}, %s)
	}, nil)
}
`
