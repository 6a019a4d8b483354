package demo

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// table is the rows for one table, as they are inserted in bulk.
type table struct {
	name    string
	columns []string
	rows    [][]any
}

func (t *table) add(values ...any) { t.rows = append(t.rows, values) }

// insert writes all rows with one statement. They travel as one JSON text,
// which SQLite takes apart faster than it takes a thousand parameters.
func (t *table) insert(tx core.App) error {
	if len(t.rows) == 0 {
		return nil
	}
	data, err := json.Marshal(t.rows)
	if err != nil {
		return err
	}
	picks := make([]string, len(t.columns))
	for i := range picks {
		picks[i] = fmt.Sprintf("json_extract(value, '$[%d]')", i)
	}
	_, err = tx.NonconcurrentDB().NewQuery(fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM json_each({:rows})",
		t.name, strings.Join(t.columns, ", "), strings.Join(picks, ", "))).Bind(dbx.Params{"rows": string(data)}).Execute()
	if err != nil {
		return fmt.Errorf("%s: %w", t.name, err)
	}
	return nil
}

// insertAll writes the tables in the given order.
func insertAll(tx core.App, tables ...*table) error {
	for _, t := range tables {
		if err := t.insert(tx); err != nil {
			return err
		}
	}
	return nil
}

// key returns an id of 15 characters that begins with the given ones.
func key(parts ...string) string {
	return (strings.Join(parts, "") + "000000000000000")[:15]
}
