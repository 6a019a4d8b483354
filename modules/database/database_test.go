package database

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/pocketbase/dbx"
)

// open returns a database with one connection and a table t(a) of 1, 2, 3.
func open(t *testing.T) *dbx.DB {
	t.Helper()
	db, err := Connect(filepath.Join(t.TempDir(), "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.DB().SetMaxOpenConns(1)
	run(t, db, "CREATE TABLE t (a INTEGER UNIQUE)")
	run(t, db, "INSERT INTO t VALUES (1), (2), (3)")
	return db
}

func run(t *testing.T, db *dbx.DB, text string) {
	t.Helper()
	if _, err := db.DB().Exec(text); err != nil {
		t.Fatal(text, err)
	}
}

// statements returns the kept statements of the only connection.
func statements(t *testing.T, db *dbx.DB) map[string]*statement {
	t.Helper()
	c, err := db.DB().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var kept map[string]*statement
	err = c.Raw(func(raw any) error {
		kept = raw.(*connection).statements
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func sum(t *testing.T, db *dbx.DB) int {
	t.Helper()
	var n int
	if err := db.NewQuery("SELECT SUM(a) FROM t WHERE a >= {:from}").Bind(dbx.Params{"from": 1}).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestKeepsStatements(t *testing.T) {
	db := open(t)
	for i := range 3 {
		run(t, db, fmt.Sprintf("DELETE FROM t WHERE a = %d", 100+i)) // a text of its own each time
		if got := sum(t, db); got != 6 {
			t.Errorf("sum = %d, want 6", got)
		}
	}
	kept := statements(t, db)
	if len(kept) != 5 {
		t.Errorf("%d statements are kept, want 5: %v", len(kept), kept)
	}
	for text, s := range kept {
		if s.busy {
			t.Errorf("%q is still busy", text)
		}
	}
}

// TestBusy reads the same text while its rows are still being read.
func TestBusy(t *testing.T) {
	db := open(t)
	err := db.Transactional(func(tx *dbx.Tx) error {
		outer, err := tx.NewQuery("SELECT a FROM t ORDER BY a").Rows()
		if err != nil {
			return err
		}
		defer outer.Close()
		for want := 1; outer.Next(); want++ {
			var a int
			var inner []int
			if err := outer.Scan(&a); err != nil {
				return err
			}
			if err := tx.NewQuery("SELECT a FROM t ORDER BY a").Column(&inner); err != nil {
				return err
			}
			if a != want || len(inner) != 3 {
				t.Errorf("row %d, inside %v", a, inner)
			}
		}
		return outer.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSchemaChange wants a kept SELECT * to show a column that came later.
func TestSchemaChange(t *testing.T) {
	db := open(t)
	for _, want := range []int{1, 2} {
		rows, err := db.DB().Query("SELECT * FROM t")
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil || len(columns) != want {
			t.Errorf("columns %v, %v, want %d", columns, err, want)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
		if want == 1 {
			run(t, db, "ALTER TABLE t ADD COLUMN b TEXT DEFAULT ''")
		}
	}
	run(t, db, "VACUUM") // no kept statement is in its way
	run(t, db, "DROP TABLE t")
}

// TestFailure wants a statement that failed to work the next time.
func TestFailure(t *testing.T) {
	db := open(t)
	const text = "INSERT INTO t VALUES (?)"
	for i, value := range []int{3, 4, 3, 5} {
		if _, err := db.DB().Exec(text, value); (err != nil) != (value == 3) {
			t.Errorf("insert %d of %d: %v", i, value, err)
		}
	}
	if got := sum(t, db); got != 15 {
		t.Errorf("sum = %d, want 15", got)
	}
}

// TestCancel wants a statement whose reader went away to be free again.
func TestCancel(t *testing.T) {
	db := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	rows, err := db.DB().QueryContext(ctx, "SELECT a FROM t")
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for rows.Next() { //nolint:revive // until the package notices
	}
	_ = rows.Close()
	for text, s := range statements(t, db) {
		if s.busy {
			t.Errorf("%q is still busy", text)
		}
	}
}

func TestMakesRoom(t *testing.T) {
	db := open(t)
	for i := range 3 * kept {
		var n int
		if err := db.DB().QueryRow(fmt.Sprintf("SELECT %d + COUNT(*) FROM t", i)).Scan(&n); err != nil || n != i+3 {
			t.Fatal(i, n, err)
		}
	}
	if n := len(statements(t, db)); n > kept {
		t.Errorf("%d statements are kept, want at most %d", n, kept)
	}
}

// TestColumnTypes wants the types that PocketBase's SQL console asks for.
func TestColumnTypes(t *testing.T) {
	var types []*sql.ColumnType
	rows, err := open(t).DB().Query("SELECT a FROM t")
	if err == nil {
		defer rows.Close()
		types, err = rows.ColumnTypes()
	}
	if err != nil || len(types) != 1 || types[0].DatabaseTypeName() != "INTEGER" {
		t.Error(types, err)
	}
}
