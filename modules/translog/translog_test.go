package translog_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"golang.org/x/mod/sumdb/tlog"
	_ "modernc.org/sqlite"

	"examhall/modules/translog"
)

// open returns an empty log in memory.
func open(t testing.TB) *dbx.DB {
	t.Helper()
	db, err := dbx.Open("sqlite", filepath.Join(t.TempDir(), "log.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	_, err = db.NewQuery(`CREATE TABLE log_tiles (level INTEGER NOT NULL, n INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, n)) WITHOUT ROWID;
		CREATE TABLE log_size (size INTEGER NOT NULL); INSERT INTO log_size (size) VALUES (0);
		CREATE TABLE log_checkpoints (day TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;`).Execute()
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func key(t testing.TB) *translog.Key {
	t.Helper()
	private := ed25519.NewKeyFromSeed(make([]byte, 32))
	k, err := translog.NewKey(private.Public().(ed25519.PublicKey), func(m []byte) []byte { return ed25519.Sign(private, m) })
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func leaf(i int) [32]byte { return sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(i))) }

// grow appends the leaves from..to in one go.
func grow(t testing.TB, db dbx.Builder, from, to int) {
	t.Helper()
	var list [][32]byte
	for i := from; i < to; i++ {
		list = append(list, leaf(i))
	}
	if first, err := translog.Append(db, list); err != nil || first != int64(from) {
		t.Fatal(first, err)
	}
}

// reference is the tree as golang.org/x/mod builds it, leaf by leaf.
type reference struct{ stored []tlog.Hash }

func (r *reference) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, i := range indexes {
		list = append(list, r.stored[i])
	}
	return list, nil
}

func (r *reference) add(t testing.TB, n int) {
	l := leaf(n)
	more, err := tlog.StoredHashes(int64(n), l[:], r)
	if err != nil {
		t.Fatal(err)
	}
	r.stored = append(r.stored, more...)
}

func TestHeadsAreThoseOfRFC6962(t *testing.T) {
	db, ref, size := open(t), &reference{}, 0
	for _, step := range []int{1, 1, 5, 248, 1, 1, 255, 3, 700, 64000, 1000} {
		grow(t, db, size, size+step)
		for ; step > 0; step-- {
			ref.add(t, size)
			size++
		}
		want, err := tlog.TreeHash(int64(size), ref)
		if err != nil {
			t.Fatal(err)
		}
		if head, err := translog.Head(db); err != nil || head.Hash != want || head.N != int64(size) {
			t.Fatalf("size %d: %v %v, want %v", size, head, err, want)
		}
	}
}

func TestProofs(t *testing.T) {
	db := open(t)
	grow(t, db, 0, 1000)
	old, _ := translog.Head(db)
	grow(t, db, 1000, 70000)
	head, err := translog.Head(db)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int64{0, 1, 255, 256, 65535, 65536, 69999} {
		p, err := translog.Proof(db, i, head.N)
		if err != nil {
			t.Fatal(err)
		}
		l := leaf(int(i))
		if err := tlog.CheckRecord(p, head.N, head.Hash, i, tlog.RecordHash(l[:])); err != nil {
			t.Error(i, err)
		}
		if err := tlog.CheckRecord(p, head.N, head.Hash, i, tlog.RecordHash([]byte("other"))); err == nil {
			t.Error(i, "another leaf passes")
		}
	}
	p, err := translog.Consistency(db, old.N, head.N)
	if err != nil {
		t.Fatal(err)
	}
	if err := tlog.CheckTree(p, head.N, head.Hash, old.N, old.Hash); err != nil {
		t.Error(err)
	}
	if _, err := translog.Proof(db, 70000, 70000); err == nil {
		t.Error("a leaf that is not there was proved")
	}
}

// exported returns a folder with the public files.
func exported(t testing.TB, db dbx.Builder) (string, translog.Source) {
	t.Helper()
	dir := t.TempDir()
	if err := translog.Export(db, key(t), dir); err != nil {
		t.Fatal(err)
	}
	return dir, func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, path)) }
}

func TestVerifyFromPublicFiles(t *testing.T) {
	for _, size := range []int{0, 1, 255, 256, 257, 65536, 65536 + 300} {
		db := open(t)
		grow(t, db, 0, size)
		_, source := exported(t, db)
		head, err := translog.Verify(source, key(t).Verifier())
		if err != nil || head.N != int64(size) {
			t.Error(size, head.N, err)
		}
	}
}

func TestVerifyNamesWhatWasDone(t *testing.T) {
	db := open(t)
	grow(t, db, 0, 300)
	dir, _ := exported(t, db)
	kept, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}

	t.Run("the log goes on", func(t *testing.T) {
		grow(t, db, 300, 1000)
		_, source := exported(t, db)
		if _, err := translog.Verify(source, key(t).Verifier(), kept); err != nil {
			t.Error(err)
		}
	})
	t.Run("a leaf of before is another one", func(t *testing.T) {
		forged := open(t)
		list := [][32]byte{}
		for i := range 1000 {
			list = append(list, leaf(i))
		}
		list[17] = leaf(4711)
		if _, err := translog.Append(forged, list); err != nil {
			t.Fatal(err)
		}
		_, source := exported(t, forged)
		says(t, source, kept, "the first 300 leaves are not those that were signed")
	})
	t.Run("a leaf was put in before", func(t *testing.T) {
		forged := open(t)
		grow(t, forged, 0, 1)
		if _, err := translog.Append(forged, [][32]byte{leaf(4711)}); err != nil {
			t.Fatal(err)
		}
		var rest [][32]byte
		for i := 1; i < 400; i++ {
			rest = append(rest, leaf(i))
		}
		if _, err := translog.Append(forged, rest); err != nil {
			t.Fatal(err)
		}
		_, source := exported(t, forged)
		says(t, source, kept, "the first 300 leaves are not those that were signed")
	})
	t.Run("the end was cut off", func(t *testing.T) {
		short := open(t)
		grow(t, short, 0, 200)
		_, source := exported(t, short)
		says(t, source, kept, "its end was cut off")
	})
	t.Run("a tile was changed on the way", func(t *testing.T) {
		dir, source := exported(t, db)
		for _, name := range []string{"tile/0/000", "tile/0/003.p/232", "tile/1/000.p/3"} {
			path := filepath.Join(dir, name)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			data[40] ^= 1
			os.WriteFile(path, data, 0o600)
			if _, err := translog.Verify(source, key(t).Verifier()); err == nil {
				t.Error(name, "was changed and passes")
			}
			data[40] ^= 1
			os.WriteFile(path, data, 0o600)
		}
	})
	t.Run("another key signed", func(t *testing.T) {
		private := ed25519.NewKeyFromSeed([]byte(strings.Repeat("x", 32)))
		other, _ := translog.NewKey(private.Public().(ed25519.PublicKey), nil)
		_, source := exported(t, db)
		if _, err := translog.Verify(source, other.Verifier()); err == nil || !strings.Contains(err.Error(), "signature") {
			t.Error(err)
		}
	})
}

func says(t *testing.T, source translog.Source, kept []byte, want string) {
	t.Helper()
	if _, err := translog.Verify(source, key(t).Verifier(), kept); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestTileFiles(t *testing.T) {
	db := open(t)
	grow(t, db, 0, 300)
	for path, want := range map[string]int{
		"tile/0/000": 256, "tile/0/001.p/44": 44, "tile/0/001.p/3": 3, "tile/1/000.p/1": 1, "tile/0/000.p/9": 9,
	} {
		data, whole, err := translog.TileFile(db, path)
		if err != nil || len(data) != want*32 || whole != (want == 256) {
			t.Error(path, len(data), whole, err)
		}
	}
	for _, path := range []string{
		"tile/0/001", "tile/0/001.p/45", "tile/0/002.p/1", "tile/1/000.p/2", "tile/-1/000", "tile/0/0", "tile/8/0/000",
		"tile/0/../0/000", "tile/data/000", "tile/0/000.p/256", "tile/0/000.p/0", "tile/63/000", "", "checkpoint", "tile/0/x001/000",
	} {
		if _, _, err := translog.TileFile(db, path); err == nil {
			t.Errorf("%q was answered", path)
		}
	}
}

func TestADayKeepsItsFirstCheckpoint(t *testing.T) {
	db := open(t)
	grow(t, db, 0, 10)
	for _, day := range []string{"2026-11-23", "2026-11-23", "2026-11-24"} {
		if err := key(t).Keep(db, day); err != nil {
			t.Fatal(err)
		}
		grow(t, db, int(size(t, db)), int(size(t, db))+5)
	}
	kept, err := translog.AllKept(db)
	if err != nil || len(kept) != 2 || kept[0].Size != 10 || kept[1].Size != 20 {
		t.Fatal(kept, err)
	}
	if head, err := translog.OpenCheckpoint([]byte(kept[1].Note), key(t).Verifier()); err != nil || head.N != 20 {
		t.Error(head, err)
	}
}

func size(t *testing.T, db dbx.Builder) int64 {
	n, err := translog.Size(db)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCommitTellsValuesApart(t *testing.T) {
	if translog.Commit(nil, "ab", "c") == translog.Commit(nil, "a", "bc") {
		t.Error("two lists have one leaf")
	}
}

func TestBulkAppendIsFast(t *testing.T) {
	db := open(t)
	list := make([][32]byte, 100_000)
	for i := range list {
		list[i] = leaf(i)
	}
	start := time.Now()
	if _, err := translog.Append(db, list); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	t.Logf("100,000 leaves in %v", took)
	if took > 2*time.Second {
		t.Errorf("100,000 leaves took %v", took)
	}
}
