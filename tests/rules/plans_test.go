package rules_test

import (
	"context"
	dbsql "database/sql"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"examhall/modules"
	"examhall/modules/dummy"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/scorereview/scorereviewtest"
)

// small lists what may be read from end to end: tables that stay small, and
// what a query makes itself.
var small = []string{
	"settings_version", "exam_sessions", "windows", "holidays", "rules", "material_templates", "canned_replies", "event_heads",
	"q", "CONSTANT",
}

// TestPlans says that nothing that people wait for reads a table that grows from
// end to end, nor sorts more than the page that it shows.
func TestPlans(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, scorereview.Definition(), dummy.Definition())
	id := reach(h, scorereview.Reporting)
	returned := reach(h, modules.Returned)
	forgetStatistics(h)
	queries := spy(h)
	for _, deed := range []struct {
		what string
		do   func()
		want string // in one of the plans
	}{
		{"submit", func() { reach(h, modules.Submitted) }, "idx_score_reviews_number"},
		{"complete", func() { play(h, id, "complete") }, "idx_events_record"},
		{"my applications", get(h, "li", "applications"), "idx_applications_owner (owner=?)"},
		{"my next applications", get(h, "li", "applications?after=2026-11-23 00:00:00.000Z~a"), "idx_applications_owner (owner=? AND (updated,id)<(?,?))"},
		{"one of mine", get(h, "li", "applications/score_reviews/"+id), "idx_events_record (record=?"},
		{"my messages", get(h, "li", "notifications"), "idx_notifications_owner (owner=?)"},
		{"queue of one service", get(h, "reviewer", "desk/queue?service=score_reviews"), "idx_applications_queue (service=? AND status=?)"},
		{"queue of all services", get(h, "both", "desk/queue"), "MERGE (UNION ALL)"},
		{"the rest of the queue", get(h, "both", "desk/queue?mine=1&after=2026-11-23 00:00:00.000Z~a"), "(service=? AND status=? AND (changed,id)>(?,?))"},
		{"case", get(h, "reviewer", "desk/score_reviews/"+returned), "idx_versions_record (record=?"},
		{"expire", func() {
			if _, err := h.Portal.Expire(h.App); err != nil {
				t.Error(err)
			}
		}, "idx_score_reviews_status (status=? AND due"},
	} {
		queries.reset()
		deed.do()
		plans := queries.explain(t, h)
		for _, p := range plans {
			if p.slow() {
				t.Errorf("%s: %s\n%s", deed.what, p.query, strings.Join(p.steps, "\n"))
			}
		}
		if !slices.ContainsFunc(plans, func(p plan) bool { return strings.Contains(strings.Join(p.steps, "\n"), deed.want) }) {
			t.Errorf("%s: no plan has %q: %v", deed.what, deed.want, plans)
		}
	}
}

func get(h *modulestest.Hall, as, path string) func() {
	return func() {
		path := strings.ReplaceAll(path, " ", "%20")
		if a := h.Send(as, http.MethodGet, "/api/portal/"+path, nil); a.Code != http.StatusOK {
			h.T.Errorf("%s: %d %s", path, a.Code, a.Body)
		}
	}
}

// play makes one move of an application.
func play(h *modulestest.Hall, id, action string) { scorereviewtest.Book().Play(h, id, action) }

// forgetStatistics lets SQLite take every table for a large one. The few rows of
// the fixture would make it read them from end to end.
func forgetStatistics(h *modulestest.Hall) {
	h.T.Helper()
	for _, text := range []string{"DELETE FROM sqlite_stat1", "ANALYZE sqlite_schema"} {
		if _, err := h.App.NonconcurrentDB().NewQuery(text).Execute(); err != nil {
			h.T.Fatal(text, err)
		}
	}
	h.App.ConcurrentDB().(*dbx.DB).DB().SetMaxIdleConns(0) // connections that still know them
}

// plan is how SQLite answers a query.
type plan struct {
	query string
	steps []string
}

// slow reports whether the plan takes longer the more rows there are.
func (p plan) slow() bool {
	paged := strings.Contains(p.query, "LIMIT") && !strings.Contains(p.query, "UNION ALL")
	return slices.ContainsFunc(p.steps, func(step string) bool {
		table, scans := strings.CutPrefix(step, "SCAN ")
		table, _, _ = strings.Cut(table, " ")
		return scans && !slices.Contains(small, table) && !strings.Contains(table, "_pb_") && !strings.HasPrefix(table, "_") ||
			paged && strings.HasPrefix(step, "USE TEMP B-TREE")
	})
}

// queries are what a hall asks its database.
type queries struct {
	mu   sync.Mutex
	list []string
}

// spy notes every query from now on.
func spy(h *modulestest.Hall) *queries {
	q := &queries{}
	for _, b := range []dbx.Builder{h.App.ConcurrentDB(), h.App.NonconcurrentDB()} {
		db := b.(*dbx.DB)
		db.QueryLogFunc = func(_ context.Context, _ time.Duration, text string, _ *dbsql.Rows, _ error) { q.note(text) }
		db.ExecLogFunc = func(_ context.Context, _ time.Duration, text string, _ dbsql.Result, _ error) { q.note(text) }
	}
	return q
}

func (q *queries) note(text string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = append(q.list, text)
}

func (q *queries) reset() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = nil
}

// explain returns the plans of the queries so far.
func (q *queries) explain(t *testing.T, h *modulestest.Hall) []plan {
	t.Helper()
	q.mu.Lock()
	list := slices.Clone(q.list)
	q.mu.Unlock()
	var plans []plan
	for _, text := range list {
		text = strings.ReplaceAll(text, "<nil>", "NULL") // as dbx writes it
		if strings.HasPrefix(text, "EXPLAIN") {
			continue
		}
		rows := []struct{ Detail string }{}
		if err := h.App.ConcurrentDB().NewQuery("EXPLAIN QUERY PLAN " + text).All(&rows); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		p := plan{query: text}
		for _, r := range rows {
			p.steps = append(p.steps, strings.TrimSpace(r.Detail))
		}
		plans = append(plans, p)
	}
	return plans
}
