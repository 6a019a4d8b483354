package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/database"
	"examhall/modules/sealed"
)

// piece is how many rows the baseline writes in one transaction: as many as a
// run of certificates does.
const piece = 2000

// issued is what a child says about a run: CPU seconds and those of the clock.
type issued struct {
	Ours    float64 `json:"ours"`
	Raw     float64 `json:"raw"`
	Seconds float64 `json:"seconds"`
	Rows    int     `json:"rows"` // of all tables
}

// issue compares a run that issues certificates to everybody of a session with
// plain inserts of all the rows that it writes: certificates, their events, the
// tiles of the log, the audit trail.
func (b *bench) issue() error {
	c, err := command("issue", filepath.Join(b.dir, "issue"), strconv.Itoa(b.issued))
	if err != nil {
		return err
	}
	out, err := c.Output()
	if err != nil {
		return err
	}
	var m issued
	if err := json.Unmarshal(out, &m); err != nil {
		return err
	}
	n := float64(b.issued)
	b.judge(fmt.Sprintf("issuing %d certificates : raw inserts of the rows", b.issued), m.Ours/m.Raw, 4, " ×",
		fmt.Sprintf("%s : %s for each, %.0f s, %d rows", micros(m.Ours/n), micros(m.Raw/n), m.Seconds, m.Rows))
	return nil
}

// issueMany issues to n people and writes what it took.
func issueMany(dir, count string) error {
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	h, err := openHall(dir)
	if err != nil {
		return err
	}
	app := h.app
	if err := errors.Join(app.RunAllMigrations(), h.portal.Prepare(app), fillPassed(app, h.ring, n)); err != nil {
		return err
	}
	if _, err := h.office.Begin(app, id("s", 0), "2026-01-02", "both", modules.Actor{Kind: modules.KindStaff, ID: id("r", 0)}); err != nil {
		return err
	}
	var m issued
	began, cpu := time.Now(), cpuSeconds()
	if err := h.office.Drain(app); err != nil {
		return err
	}
	m.Seconds, m.Ours = time.Since(began).Seconds(), cpuSeconds()-cpu
	if m.Raw, m.Rows, err = rawInserts(app, filepath.Join(dir, "raw.db")); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(m)
}

// fillPassed makes people who have passed an exam. They share one number, under
// an index of their own: to seal a million is not what is measured.
func fillPassed(app core.App, ring *sealed.Ring, n int) error {
	return app.RunInTransaction(func(tx core.App) error {
		err := errors.Join(
			add(tx, "exam_projects", id("p", 0), map[string]any{
				"code": "IS", "name": "一级造价工程师", "issuer": "示例省人力资源和社会保障厅", "number_code": "001", "issuer_code": "4400", "e_cert": true,
				"number_rule": "{yyyy}{exam 3}{org 4}{specialty 2}{seq 7}", "specialty_codes": map[string]string{"土木建筑工程": "01"},
			}),
			add(tx, "exam_sessions", id("s", 0), map[string]any{
				"project": id("p", 0), "code": "IS", "title": "一级造价工程师", "year": 2025, "exam_from": "2025-10-01", "score_published": "2025-12-20 00:00:00.000Z",
			}),
		)
		for _, sql := range []string{
			`INSERT INTO candidates (id, username, name, id_type, id_number, id_number_idx, password, tokenKey)
				SELECT printf('c%014d', i * 7919 % {:rows}), 'c' || i, '李小明', 'resident', {:number}, lower(hex(randomblob(32))), 'x', printf('%050d', i) FROM counter`,
			`INSERT INTO registrations (id, candidate, session, specialty, status, result)
				SELECT printf('g%014d', i), printf('c%014d', i), 's00000000000000', '土木建筑工程', 'paid', 'passed' FROM counter`,
		} {
			if err == nil {
				_, err = tx.NonconcurrentDB().NewQuery("WITH RECURSIVE counter(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counter WHERE i + 1 < {:rows}) " + sql).
					Bind(dbx.Params{"rows": n, "number": ring.Seal("candidates.id_number", "11010519491231002X")}).Execute()
			}
		}
		return err
	})
}

// rawInserts writes what the run has written into another database with the
// same tables and indexes and nothing else, and returns the CPU seconds of the
// inserts alone.
func rawInserts(app core.App, path string) (cpu float64, count int, err error) {
	raw, err := database.Connect(path)
	if err != nil {
		return 0, 0, err
	}
	defer raw.Close()
	raw.DB().SetMaxOpenConns(1)
	for _, table := range []string{"certificates", "certificate_events", "log_tiles", "events"} {
		var schema []string
		err := app.DB().Select("sql").From("sqlite_master").Where(dbx.HashExp{"tbl_name": table, "type": []any{"table", "index"}}).
			AndWhere(dbx.NewExp("sql <> ''")).OrderBy("type DESC").Column(&schema)
		if err != nil {
			return 0, 0, err
		}
		for _, sql := range schema {
			if _, err := raw.NewQuery(sql).Execute(); err != nil {
				return 0, 0, err
			}
		}
		seconds, n, err := copyRows(app, raw, table)
		if err != nil {
			return 0, 0, err
		}
		cpu, count = cpu+seconds, count+n
	}
	return cpu, count, nil
}

// copyRows copies a table, piece by piece, and takes the time of the writing.
func copyRows(app core.App, raw *dbx.DB, table string) (cpu float64, count int, err error) {
	rows, err := app.ConcurrentDB().Select().From(table).Rows()
	if err != nil {
		return 0, 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, 0, err
	}
	insert := "INSERT INTO " + table + " VALUES (?" + strings.Repeat(", ?", len(columns)-1) + ")"
	for {
		var values [][]any
		for len(values) < piece && rows.Next() {
			row, to := make([]any, len(columns)), make([]any, len(columns))
			for i := range row {
				to[i] = &row[i]
			}
			if err := rows.Scan(to...); err != nil {
				return 0, 0, err
			}
			values = append(values, row)
		}
		if len(values) == 0 {
			return cpu, count, rows.Err()
		}
		began := cpuSeconds()
		if err := insertRows(raw, insert, values); err != nil {
			return 0, 0, err
		}
		cpu, count = cpu+cpuSeconds()-began, count+len(values)
	}
}

// insertRows writes one piece with a prepared statement in one transaction.
func insertRows(raw *dbx.DB, insert string, values [][]any) error {
	tx, err := raw.DB().Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	statement, err := tx.Prepare(insert)
	if err != nil {
		return err
	}
	defer statement.Close()
	for _, row := range values {
		if _, err := statement.Exec(row...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
