package translog

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"golang.org/x/mod/sumdb/tlog"
)

// ErrNoTile says that the log has no such tile, or not yet that many hashes in it.
var ErrNoTile = errors.New("translog: there is no such tile")

// Head returns the size of the log and its root hash.
func Head(db dbx.Builder) (tlog.Tree, error) {
	size, err := Size(db)
	if err != nil {
		return tlog.Tree{}, err
	}
	return headAt(db, size)
}

func headAt(db dbx.Builder, size int64) (tlog.Tree, error) {
	root, err := tlog.TreeHash(size, tiles{db})
	return tlog.Tree{N: size, Hash: root}, err
}

// Proof returns the hashes that lead from a leaf to the root of the log as it
// was at the given size; [tlog.CheckRecord] checks them.
func Proof(db dbx.Builder, index, size int64) (tlog.RecordProof, error) {
	if index < 0 || index >= size {
		return nil, fmt.Errorf("translog: leaf %d is not among the first %d", index, size)
	}
	return tlog.ProveRecord(size, index, tiles{db})
}

// Consistency returns the hashes that prove that the log at size begins with
// the log at the older size; [tlog.CheckTree] checks them.
func Consistency(db dbx.Builder, older, size int64) (tlog.TreeProof, error) {
	if older < 1 || older > size {
		return nil, fmt.Errorf("translog: %d leaves are not the beginning of %d", older, size)
	}
	return tlog.ProveTree(size, older, tiles{db})
}

// Hashes returns n leaves from an index on, as the tree has them:
// [tlog.RecordHash] of what was appended.
func Hashes(db dbx.Builder, from, n int64) ([]tlog.Hash, error) {
	indexes := make([]int64, n)
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, from+int64(i))
	}
	return tiles{db}.ReadHashes(indexes)
}

// TileFile returns a tile by its path in the layout of C2SP tlog-tiles,
// "tile/<L>/<N>[.p/<W>]". whole is false for a tile that will grow.
func TileFile(db dbx.Builder, path string) (data []byte, whole bool, err error) {
	t, err := parsePath(path)
	if err != nil {
		return nil, false, ErrNoTile
	}
	size, err := Size(db)
	if err != nil {
		return nil, false, err
	}
	if t.N*width+int64(t.W) > size>>(height*t.L) {
		return nil, false, ErrNoTile
	}
	data, err = readTile(db, t.L, t.N, t.W)
	return data, t.W == width, err
}

// tilePath returns the path of a tile in the layout of C2SP tlog-tiles.
func tilePath(t tlog.Tile) string {
	return "tile/" + strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", height))
}

func parsePath(path string) (tlog.Tile, error) {
	rest, ok := strings.CutPrefix(path, "tile/")
	if !ok {
		return tlog.Tile{}, ErrNoTile
	}
	t, err := tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s", height, rest))
	if err != nil || t.L < 0 || t.L > 6 {
		return t, errors.Join(err, ErrNoTile)
	}
	return t, nil
}

// readTile returns the first w hashes of a tile.
func readTile(db dbx.Builder, level int, n int64, w int) ([]byte, error) {
	var hashes []byte
	err := db.NewQuery("SELECT hashes FROM log_tiles WHERE level = {:level} AND n = {:n}").
		Bind(dbx.Params{"level": level, "n": n}).Row(&hashes)
	if err != nil {
		return nil, fmt.Errorf("translog: tile %d/%d: %w", level, n, err)
	}
	if len(hashes) < w*tlog.HashSize {
		return nil, fmt.Errorf("translog: tile %d/%d is cut off", level, n)
	}
	return hashes[:w*tlog.HashSize], nil
}

// tiles reads single hashes out of tiles.
type tiles struct{ db dbx.Builder }

// ReadHashes implements [tlog.HashReader], with one query for each tile.
func (r tiles) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	known := map[[2]int64][]byte{}
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		t := tlog.TileForIndex(height, index)
		key := [2]int64{int64(t.L), t.N}
		data := known[key]
		if len(data) < t.W*tlog.HashSize {
			var err error
			if data, err = readTile(r.db, t.L, t.N, t.W); err != nil {
				return nil, err
			}
			known[key] = data
		}
		h, err := tlog.HashFromTile(t, data[:t.W*tlog.HashSize], index)
		if err != nil {
			return nil, err
		}
		list[i] = h
	}
	return list, nil
}
