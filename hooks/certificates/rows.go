package certificates

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/certificate"
)

// rows are inserted into one table at once. What is the same in all of them is
// said once; the rest travels as one JSON text, which SQLite takes apart faster
// than it takes ten thousand parameters.
type rows struct {
	table   string
	same    dbx.Params // by column
	columns []string   // of the values that differ
	values  [][]any
	tail    string // ON CONFLICT …
}

func (r *rows) add(values ...any) { r.values = append(r.values, values) }

// insert writes all rows with one statement.
func (r *rows) insert(tx core.App) error {
	if len(r.values) == 0 {
		return nil
	}
	text, err := asJSON(r.values)
	if err != nil {
		return err
	}
	params := dbx.Params{"rows": text}
	var columns, picks []string
	for i, name := range r.columns {
		columns, picks = append(columns, "`"+name+"`"), append(picks, fmt.Sprintf("value ->> %d", i))
	}
	for name, value := range r.same {
		params["same_"+name] = value
		columns, picks = append(columns, "`"+name+"`"), append(picks, "{:same_"+name+"}")
	}
	_, err = tx.NonconcurrentDB().NewQuery(fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM json_each({:rows}) WHERE true %s",
		r.table, strings.Join(columns, ", "), strings.Join(picks, ", "), r.tail)).Bind(params).Execute()
	if err != nil {
		return fmt.Errorf("%s: %w", r.table, err)
	}
	return nil
}

// newIDs returns ids for rows. They count up with the real time and not with the
// clock of the portal, which may stand still.
func newIDs(n int) []string { return certificate.NewIDs(time.Now(), n) }
