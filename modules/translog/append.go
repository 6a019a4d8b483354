// Package translog is the public log of certificates: an append-only Merkle
// tree (RFC 6962) kept as tiles of 256 hashes in SQLite, served in the layout of
// C2SP tlog-tiles, with checkpoints that are signed notes.
//
// A leaf is a salted hash and tells nothing about a person. Whoever keeps a
// checkpoint notices when a leaf before it is changed, put in or taken out.
package translog

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"golang.org/x/mod/sumdb/tlog"
)

// height is that of a tile: 2⁸ hashes.
const (
	height = 8
	width  = 1 << height
)

// Commit returns the leaf of what happened: SHA-256 of the salt and the values.
// Every value has its length in front, so that no two lists give the same leaf.
func Commit(salt []byte, values ...string) [32]byte {
	h := sha256.New()
	h.Write(salt)
	for _, v := range values {
		fmt.Fprintf(h, "%d:%s,", len(v), v)
	}
	return [32]byte(h.Sum(nil))
}

// Append adds leaves and returns the index of the first. It belongs in the
// transaction that writes what the leaves vouch for; db is that transaction.
func Append(db dbx.Builder, leaves [][32]byte) (first int64, err error) {
	first, err = Size(db)
	if err != nil || len(leaves) == 0 {
		return first, err
	}
	e, err := readEdge(db, first)
	if err != nil {
		return 0, err
	}
	for _, leaf := range leaves {
		if err := e.add(0, tlog.RecordHash(leaf[:])); err != nil {
			return 0, err
		}
	}
	if err := e.write(db); err != nil {
		return 0, err
	}
	return first, resize(db, first, first+int64(len(leaves)))
}

// Size returns how many leaves the log has.
func Size(db dbx.Builder) (int64, error) {
	var size int64
	err := db.NewQuery("SELECT size FROM log_size").Row(&size)
	return size, err
}

func resize(db dbx.Builder, from, to int64) error {
	result, err := db.NewQuery("UPDATE log_size SET size = {:to} WHERE size = {:from}").
		Bind(dbx.Params{"from": from, "to": to}).Execute()
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, errors.New("translog: another transaction appended at the same time"))
	}
	return nil
}

// tile is one row of log_tiles: up to 256 hashes of subtrees of height 8·level.
type tile struct {
	level  int
	n      int64
	hashes []byte
}

// edge holds the unfinished tile of each level, and the finished ones that are
// not yet written.
type edge struct {
	open []tile
	full []tile
}

// readEdge reads the right edge of a log of the given size.
func readEdge(db dbx.Builder, size int64) (*edge, error) {
	e := &edge{}
	for level, count := 0, size; count > 0; level, count = level+1, count>>height {
		t := tile{level: level, n: count / width}
		if w := int(count % width); w > 0 {
			hashes, err := readTile(db, level, t.n, w)
			if err != nil {
				return nil, err
			}
			t.hashes = hashes
		}
		e.open = append(e.open, t)
	}
	return e, nil
}

// add puts a hash at the end of a level. A tile that is full is one hash of the
// level above.
func (e *edge) add(level int, h tlog.Hash) error {
	if level == len(e.open) {
		e.open = append(e.open, tile{level: level})
	}
	t := &e.open[level]
	t.hashes = append(t.hashes, h[:]...)
	if len(t.hashes) < width*tlog.HashSize {
		return nil
	}
	root, err := tileRoot(t.hashes)
	if err != nil {
		return err
	}
	e.full = append(e.full, *t)
	e.open[level] = tile{level: level, n: t.n + 1}
	return e.add(level+1, root)
}

// tileRoot returns the hash that a full tile is in the level above.
func tileRoot(hashes []byte) (tlog.Hash, error) {
	index := tlog.StoredHashIndex(height-1, 0)
	left, err := tlog.HashFromTile(tlog.Tile{H: height, L: 0, N: 0, W: width}, hashes, index)
	if err != nil {
		return tlog.Hash{}, err
	}
	right, err := tlog.HashFromTile(tlog.Tile{H: height, L: 0, N: 0, W: width}, hashes, tlog.StoredHashIndex(height-1, 1))
	return tlog.NodeHash(left, right), err
}

// write saves what changed, many tiles to a statement.
func (e *edge) write(db dbx.Builder) error {
	const most = 200
	list := e.full
	for _, t := range e.open {
		if len(t.hashes) > 0 {
			list = append(list, t)
		}
	}
	for len(list) > 0 {
		part := list[:min(most, len(list))]
		list = list[len(part):]
		rows, params := make([]string, len(part)), dbx.Params{}
		for i, t := range part {
			rows[i] = fmt.Sprintf("({:l%d}, {:n%d}, {:h%d})", i, i, i)
			params[fmt.Sprint("l", i)], params[fmt.Sprint("n", i)], params[fmt.Sprint("h", i)] = t.level, t.n, t.hashes
		}
		query := "INSERT INTO log_tiles (level, n, hashes) VALUES " + strings.Join(rows, ", ") +
			" ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes"
		if _, err := db.NewQuery(query).Bind(params).Execute(); err != nil {
			return err
		}
	}
	return nil
}
