package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"
)

// What a connection keeps: statements take some kilobytes each, but for those
// that insert hundreds of rows at once.
const (
	kept    = 40   // statements
	longest = 4000 // bytes of text
)

// conn is what a connection of the driver can do.
type conn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// connection keeps the statements that ran on it, by their text. SQLite itself
// prepares a kept statement anew when the schema has changed. The package
// database/sql never uses a connection from two goroutines at once.
type connection struct {
	conn
	statements map[string]*statement
}

// statement is a kept statement. While somebody still reads its rows it is
// busy, and a second query of the same text goes past it.
type statement struct {
	prepared
	busy bool
}

// prepared is what a statement of the driver can do.
type prepared interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// ExecContext implements [driver.ExecerContext].
func (c *connection) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.borrow(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.conn.ExecContext(ctx, text, args)
	}
	defer s.giveBack()
	return s.ExecContext(ctx, args)
}

// QueryContext implements [driver.QueryerContext].
func (c *connection) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.borrow(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.conn.QueryContext(ctx, text, args)
	}
	found, err := s.QueryContext(ctx, args)
	if err != nil {
		s.giveBack()
		return nil, err
	}
	return borrowed{found.(rows), s}, nil
}

// borrow returns the statement with the given text, or nil if it must run
// without being kept.
func (c *connection) borrow(ctx context.Context, text string) (*statement, error) {
	if !keeps(text) {
		return nil, nil
	}
	s, ok := c.statements[text]
	if ok && s.busy {
		return nil, nil
	}
	if !ok {
		raw, err := c.conn.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		c.makeRoom()
		s = &statement{prepared: raw.(prepared)}
		c.statements[text] = s
	}
	s.busy = true
	return s, nil
}

func (s *statement) giveBack() { s.busy = false }

// keeps reports whether statements like this run often. The others change the
// schema, begin and end transactions, look after the file or load in bulk.
func keeps(text string) bool {
	if len(text) > longest {
		return false
	}
	verb, _, _ := strings.Cut(text, " ")
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE":
		return true
	}
	return false
}

// makeRoom closes any idle statement if there are too many: those that matter
// are soon back.
func (c *connection) makeRoom() {
	if len(c.statements) < kept {
		return
	}
	for text, s := range c.statements {
		if !s.busy {
			_ = s.Close() // what it reports is the error of its last run
			delete(c.statements, text)
			return
		}
	}
}

// Close implements [driver.Conn].
func (c *connection) Close() error {
	var errs []error
	for _, s := range c.statements {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.conn.Close())...)
}
