package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// markID is the id of the row of PocketBase's _params that says: this database
// holds demo data, made from this seed, about this day.
const markID = "examhall_demo"

// mark is what that row says.
type mark struct {
	Seed uint64    `json:"seed"`
	Now  time.Time `json:"now"`
}

// readMark returns what an earlier run left, and whether there was one.
func readMark(app core.App) (mark, bool, error) {
	var rows []string
	err := app.DB().Select("value").From("_params").Where(dbx.HashExp{"id": markID}).Column(&rows)
	if err != nil || len(rows) == 0 {
		return mark{}, false, err
	}
	var m mark
	err = json.Unmarshal([]byte(rows[0]), &m)
	return m, true, err
}

func (m mark) write(tx core.App) error {
	value, err := json.Marshal(m)
	if err != nil {
		return err
	}
	at := dateTime(m.Now).String()
	_, err = tx.NonconcurrentDB().Insert("_params", dbx.Params{
		"id": markID, "value": string(value), "created": at, "updated": at,
	}).Execute()
	return err
}

// adopt makes the plan fit the database: it continues an earlier run, or
// begins in an empty database. Anything else is somebody's own data, into which
// accounts with a known password must never go.
func (f *filler) adopt() (begun bool, err error) {
	m, begun, err := readMark(f.app)
	if err != nil {
		return false, err
	}
	if begun && m.Seed != f.plan.Seed {
		return false, fmt.Errorf("this database was filled from seed %d; use that or an empty folder", m.Seed)
	}
	if begun {
		f.plan.Now = m.Now
		return true, nil
	}
	n, err := f.app.CountRecords("candidates")
	if err == nil && n > 0 {
		err = errors.New("this database holds candidates that are no demo data; demo data needs a folder of its own")
	}
	return false, err
}
