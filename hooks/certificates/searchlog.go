package certificates

import (
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/calendar"
)

const (
	logDelay  = 2 * time.Second // from a search to its line
	logMost   = 50_000          // lines that wait; further ones are lost, and counted
	logKept   = 190 * 24 * time.Hour
	logJob    = "examhall_searches"
	logJobAt  = "17 3 * * *"
	monthForm = "2006-01"
)

// lookup is one search, as it is kept: no name, no number, no address, but
// hashes of them that only this installation can compare.
type lookup struct {
	at      time.Time
	network key
	exam    string // an id
	subject key
	found   []string // ids of certificates
}

// searchLog writes searches in batches. What a crash loses is two seconds.
type searchLog struct {
	app    core.App
	secret []byte // of the hashes of addresses

	mu      sync.Mutex
	waiting []lookup
	lost    int
	closed  bool
}

// newSearchLog returns a log whose lines are kept for 190 days.
func newSearchLog(app core.App, secret []byte, now func() time.Time) *searchLog {
	l := &searchLog{app: app, secret: secret}
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		l.close()
		return e.Next()
	})
	app.Cron().MustAdd(logJob, logJobAt, func() {
		if err := l.prune(now()); err != nil {
			app.Logger().Error("old searches", "error", err)
		}
	})
	return l
}

// add keeps a search until it is written.
func (l *searchLog) add(x lookup) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) >= logMost {
		l.lost++
		return
	}
	if len(l.waiting) == 0 && !l.closed {
		time.AfterFunc(logDelay, l.flush)
	}
	l.waiting = append(l.waiting, x)
}

// close writes what waits, since nothing will later.
func (l *searchLog) close() {
	l.flush()
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
}

// flush writes what waits.
func (l *searchLog) flush() {
	l.mu.Lock()
	list, lost, closed := l.waiting, l.lost, l.closed
	l.waiting, l.lost = nil, 0
	l.mu.Unlock()
	if len(list) == 0 || closed {
		return
	}
	if lost > 0 {
		l.app.Logger().Warn("searches without a line in the log", "count", lost)
	}
	if err := l.write(list); err != nil {
		l.app.Logger().Error("log of searches", "count", len(list), "error", err)
	}
}

// write writes searches in one transaction. It goes past the query builder, to
// insert many rows at once: most of what one row costs is its statement.
func (l *searchLog) write(list []lookup) error {
	tx, err := l.app.AuxNonconcurrentDB().(*dbx.DB).DB().Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing after a commit
	network := hmac.New(sha256.New, l.secret)
	lines, counts := make([]any, 0, 5*len(list)), map[[2]string]int{}
	for _, x := range list {
		network.Reset()
		network.Write(x.network[:])
		lines = append(lines, x.at.Unix(), hex.EncodeToString(network.Sum(nil)[:8]), x.exam, hex.EncodeToString(x.subject[:]), len(x.found) > 0)
		for _, id := range x.found {
			counts[[2]string{id, x.at.In(calendar.Zone).Format(monthForm)}]++
		}
	}
	found := make([]any, 0, 3*len(counts))
	for c, n := range counts {
		found = append(found, c[0], c[1], n)
	}
	err = errors.Join(
		insert(tx, "INSERT INTO searches (at, network, exam, subject, hit) VALUES ", "(?,?,?,?,?)", "", lines),
		insert(tx, "INSERT INTO search_counts (certificate, month, n) VALUES ", "(?,?,?)",
			" ON CONFLICT (certificate, month) DO UPDATE SET n = n + excluded.n", found),
	)
	if err != nil {
		return err
	}
	return tx.Commit()
}

// insert inserts rows of values, up to 50 with each statement. There are few
// different statements, so that they stay prepared.
func insert(tx *sql.Tx, into, row, onConflict string, values []any) error {
	width := strings.Count(row, "?")
	for len(values) > 0 {
		n := 1
		if len(values) >= 50*width {
			n = 50
		}
		if _, err := tx.Exec(into+strings.Repeat(row+",", n-1)+row+onConflict, values[:n*width]...); err != nil {
			return err
		}
		values = values[n*width:]
	}
	return nil
}

// prune removes what is older than the law wants (GB/T 22239: six months). Rows
// are in the order of time, so that it looks at the oldest only, some at a time.
func (l *searchLog) prune(now time.Time) error {
	db := l.app.AuxNonconcurrentDB()
	for {
		done, err := db.NewQuery(`DELETE FROM searches WHERE rowid IN (SELECT rowid FROM searches ORDER BY rowid LIMIT 5000) AND at < {:at}`).
			Bind(dbx.Params{"at": now.Add(-logKept).Unix()}).Execute()
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); n < 5000 || err != nil {
			break
		}
	}
	_, err := db.NewQuery("DELETE FROM search_counts WHERE month < {:month}").
		Bind(dbx.Params{"month": now.Add(-logKept).In(calendar.Zone).Format(monthForm)}).Execute()
	return err
}

// Searched returns how often certificates were found this month by the public
// search, by their ids: what a holder is told about it. It is a count, since who
// has searched is nobody else's business.
func (o *Office) Searched(app core.App, ids ...string) (map[string]int, error) {
	var rows []struct {
		Certificate string
		N           int
	}
	list := make([]any, len(ids))
	for i, id := range ids {
		list[i] = id
	}
	err := app.AuxDB().Select("certificate", "n").From("search_counts").
		Where(dbx.In("certificate", list...)).AndWhere(dbx.HashExp{"month": o.portal.Now().In(calendar.Zone).Format(monthForm)}).All(&rows)
	found := map[string]int{}
	for _, r := range rows {
		found[r.Certificate] = r.N
	}
	return found, err
}
