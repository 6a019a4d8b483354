package translog

import (
	"os"
	"path/filepath"

	"github.com/pocketbase/dbx"
	"golang.org/x/mod/sumdb/tlog"
)

// Export writes the public files of the log into a folder, which any web server
// may mirror: key, checkpoint and tiles.
func Export(db dbx.Builder, k *Key, dir string) error {
	head, err := Head(db)
	if err != nil {
		return err
	}
	signed, err := k.Checkpoint(head)
	if err != nil {
		return err
	}
	for level, count := 0, head.N; count > 0; level, count = level+1, count>>height {
		for n := int64(0); n*width < count; n++ {
			t := tlog.Tile{H: height, L: level, N: n, W: int(min(width, count-n*width))}
			data, err := readTile(db, t.L, t.N, t.W)
			if err != nil {
				return err
			}
			if err := put(dir, tilePath(t), data); err != nil {
				return err
			}
		}
	}
	if err := put(dir, "key", []byte(k.Verifier()+"\n")); err != nil {
		return err
	}
	return put(dir, "checkpoint", signed) // last, so that a mirror never promises what it lacks
}

func put(dir, path string, data []byte) error {
	name := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
