package main

import (
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// cheapHash is a bcrypt hash at the lowest cost; nobody logs in with it.
const cheapHash = "$2a$04$BBIu90cOnL/ZTWnhYAGeCOfb254arEkYkm1WPwjB2ifo.7YNnHEkq"

// fill makes a database with the given number of applications, of which 30 are
// the first candidate's, and with people who apply later.
func fill(kind, dir string, rows, candidates int) error {
	app, ring, err := open(kind, dir)
	if err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		if kind == "bare" {
			return errors.Join(fillBare(tx, rows, candidates), fillBareSearched(tx, rows))
		}
		return errors.Join(fillHall(tx, rows, candidates), fillSearched(tx, ring, rows))
	})
	return errors.Join(err, app.ClearBootstrap()) // which writes the log into the database
}

// id returns the id of the i-th record of a kind, which has one letter.
func id(letter string, i int) string { return fmt.Sprintf("%s%014d", letter, i) }

// account saves somebody who can have a token.
func account(app core.App, collection, id string, values map[string]any) error {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return err
	}
	r := core.NewRecord(c)
	r.Load(values)
	r.Id = id
	r.SetRaw(core.FieldNamePassword, &core.PasswordFieldValue{Hash: cheapHash})
	r.RefreshTokenKey()
	return app.SaveNoValidate(r)
}

// add saves a record.
func add(app core.App, collection, id string, values map[string]any) error {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return err
	}
	r := core.NewRecord(c)
	r.Load(values)
	if id != "" {
		r.Id = id
	}
	return app.SaveNoValidate(r)
}

// fillApplications inserts the rows of the list of applications in SQL. Every
// 30th part of them has one of the first candidate.
func fillApplications(app core.App, rows int) error {
	_, err := app.NonconcurrentDB().NewQuery(numbered + `
		INSERT INTO applications (id, service, owner, number, session, status, waits_for, rev, resubmits, submitted, changed, updated)
		SELECT printf('a%014d', i), 'score_reviews', owner, printf('CJFH20250101%07d', i), 's00000000000000', status,
			CASE WHEN status IN ('submitted', 'accepted') THEN 'authority' ELSE 'nobody' END, 1, 0, at, at, at FROM n`).
		Bind(dbx.Params{"rows": rows, "own": rows / 30}).Execute()
	return err
}

// numbered is a table n of applications to insert: mostly closed, each a
// second younger than the one before.
const numbered = `
	WITH RECURSIVE counter(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counter WHERE i + 1 < {:rows}),
	n AS (SELECT i, strftime('%Y-%m-%d %H:%M:%fZ', 1735689600 + i, 'unixepoch') AS at,
		CASE WHEN i % {:own} = 0 THEN 'c00000000000000' ELSE printf('x%014d', i % ({:rows} / 10 + 1)) END AS owner,
		CASE i % 20 WHEN 0 THEN 'submitted' WHEN 1 THEN 'accepted' WHEN 2 THEN 'withdrawn' ELSE 'completed' END AS status
		FROM counter)`
