package certificates

import (
	"encoding/hex"
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
	app  core.App
	hash func(kind, text string) string

	mu      sync.Mutex
	waiting []lookup
	lost    int
	closed  bool
}

// newSearchLog returns a log whose lines are kept for 190 days.
func newSearchLog(app core.App, hash func(kind, text string) string, now func() time.Time) *searchLog {
	l := &searchLog{app: app, hash: hash}
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
	err := l.app.AuxRunInTransaction(func(tx core.App) error { return l.write(tx.AuxNonconcurrentDB(), list) })
	if err != nil {
		l.app.Logger().Error("log of searches", "count", len(list), "error", err)
	}
}

func (l *searchLog) write(db dbx.Builder, list []lookup) error {
	type count struct{ certificate, month string }
	counts := map[count]int{}
	insert := db.NewQuery("INSERT INTO searches (at, network, exam, subject, hit) VALUES ({:at}, {:network}, {:exam}, {:subject}, {:hit})").Prepare()
	defer insert.Close()
	for _, x := range list {
		network := l.hash("search.network", hex.EncodeToString(x.network[:]))
		_, err := insert.Bind(dbx.Params{
			"at": x.at.Unix(), "network": network[:16], "exam": x.exam, "subject": hex.EncodeToString(x.subject[:]), "hit": len(x.found) > 0,
		}).Execute()
		if err != nil {
			return err
		}
		for _, id := range x.found {
			counts[count{id, x.at.In(calendar.Zone).Format(monthForm)}]++
		}
	}
	upsert := db.NewQuery(`INSERT INTO search_counts (certificate, month, n) VALUES ({:certificate}, {:month}, {:n})
		ON CONFLICT (certificate, month) DO UPDATE SET n = n + excluded.n`).Prepare()
	defer upsert.Close()
	for c, n := range counts {
		if _, err := upsert.Bind(dbx.Params{"certificate": c.certificate, "month": c.month, "n": n}).Execute(); err != nil {
			return err
		}
	}
	return nil
}

// prune removes what is older than the law wants (GB/T 22239: six months).
func (l *searchLog) prune(now time.Time) error {
	_, err := l.app.AuxNonconcurrentDB().NewQuery("DELETE FROM searches WHERE at < {:at}").Bind(dbx.Params{"at": now.Add(-logKept).Unix()}).Execute()
	if err == nil {
		_, err = l.app.AuxNonconcurrentDB().NewQuery("DELETE FROM search_counts WHERE month < {:month}").
			Bind(dbx.Params{"month": now.Add(-logKept).In(calendar.Zone).Format(monthForm)}).Execute()
	}
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
