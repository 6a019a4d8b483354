// Package database opens SQLite for PocketBase, and keeps the statements that
// a connection has prepared: a step of an application runs some twenty of them,
// always the same, and to parse and plan them took a quarter of its time.
package database

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"github.com/pocketbase/dbx"
	"modernc.org/sqlite"
)

// pragmas are those of PocketBase's own connections, with busy_timeout first: a
// connection must wait for the others before it asks for WAL. A step writes to
// some thirty pages, mostly the same ones, so that they are copied from the
// log into the database after 16 MB and not already after 4. A transaction asks
// for the write lock when it begins: one that has read before another process
// wrote could never write any more, and PocketBase would try for seconds.
const pragmas = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)" +
	"&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)&_pragma=wal_autocheckpoint(4000)&_defensive=1&_txlock=immediate"

// Connect opens the database in the given file. It is meant for the DBConnect
// of PocketBase's configuration.
func Connect(path string) (*dbx.DB, error) {
	base, err := sqlite.NewConnector(path + pragmas)
	if err != nil {
		return nil, err
	}
	return dbx.NewFromDB(sql.OpenDB(connector{base}), "sqlite"), nil
}

// connector makes connections that keep their statements.
type connector struct{ driver.Connector }

// Connect implements [driver.Connector].
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	base, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &connection{conn: base.(conn), statements: map[string]*statement{}}, nil
}
