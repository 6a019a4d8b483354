package translog

import (
	"bytes"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Source returns a public file of the log by its path: "checkpoint", "key", or
// "tile/…".
type Source func(path string) ([]byte, error)

// Verify rebuilds the tree from nothing but the public files and compares it
// with the checkpoint, and with older checkpoints that somebody kept. It
// returns the head that is now known to be true. verifier is the public key.
func Verify(read Source, verifier string, older ...[]byte) (tlog.Tree, error) {
	signed, err := read("checkpoint")
	if err != nil {
		return tlog.Tree{}, err
	}
	head, err := OpenCheckpoint(signed, verifier)
	if err != nil {
		return head, err
	}
	marks := map[int64][]tlog.Tree{head.N: {head}}
	for i, c := range older {
		old, err := OpenCheckpoint(c, verifier)
		if err != nil {
			return head, fmt.Errorf("older checkpoint %d: %w", i+1, err)
		}
		if old.N > head.N {
			return head, fmt.Errorf("the log has %d leaves, but %d were signed before: its end was cut off", head.N, old.N)
		}
		marks[old.N] = append(marks[old.N], old)
	}
	return head, (&rebuild{read: read, marks: marks}).run(head.N)
}

// rebuild is a walk over all leaves that knows the roots of the whole subtrees
// to its left, and compares the root wherever one was signed.
type rebuild struct {
	read  Source
	marks map[int64][]tlog.Tree // signed heads by size

	count   int64
	peaks   []tlog.Hash // of the subtrees left of here, the largest first
	parents [][]byte    // what the tiles of level 1, 2, … must say
}

func (r *rebuild) run(size int64) error {
	if err := r.compare(); err != nil {
		return err
	}
	for n := int64(0); n*width < size; n++ {
		data, err := r.tile(tlog.Tile{H: height, L: 0, N: n, W: int(min(width, size-n*width))})
		if err != nil {
			return err
		}
		for ; len(data) > 0; data = data[tlog.HashSize:] {
			if err := r.leaf(tlog.Hash(data[:tlog.HashSize])); err != nil {
				return err
			}
		}
	}
	return r.inner()
}

// tile reads a tile and wants it to be whole.
func (r *rebuild) tile(t tlog.Tile) ([]byte, error) {
	path := tilePath(t)
	data, err := r.read(path)
	if err != nil {
		return nil, err
	}
	if len(data) != t.W*tlog.HashSize {
		return nil, fmt.Errorf("%s has %d bytes, want %d", path, len(data), t.W*tlog.HashSize)
	}
	return data, nil
}

// leaf takes the next leaf: it joins subtrees of equal size, as a counter
// carries.
func (r *rebuild) leaf(h tlog.Hash) error {
	r.count++
	for level, n := 0, r.count; n%2 == 0; level, n = level+1, n/2 {
		h = tlog.NodeHash(r.peaks[len(r.peaks)-1], h)
		r.peaks = r.peaks[:len(r.peaks)-1]
		if (level+1)%height == 0 {
			r.expect((level+1)/height, h)
		}
	}
	r.peaks = append(r.peaks, h)
	return r.compare()
}

// expect notes a hash that the tiles of a higher level must have.
func (r *rebuild) expect(level int, h tlog.Hash) {
	if len(r.parents) < level {
		r.parents = append(r.parents, nil)
	}
	r.parents[level-1] = append(r.parents[level-1], h[:]...)
}

// compare checks the root here, where one was signed.
func (r *rebuild) compare() error {
	for _, want := range r.marks[r.count] {
		if root := r.root(); root != want.Hash {
			return fmt.Errorf("the first %d leaves are not those that were signed: one was changed, put in or taken out", r.count)
		}
	}
	return nil
}

// root folds the subtrees from the right.
func (r *rebuild) root() tlog.Hash {
	if len(r.peaks) == 0 {
		return emptyRoot()
	}
	h := r.peaks[len(r.peaks)-1]
	for i := len(r.peaks) - 2; i >= 0; i-- {
		h = tlog.NodeHash(r.peaks[i], h)
	}
	return h
}

// inner compares the tiles above the leaves, which proofs are read from.
func (r *rebuild) inner() error {
	for i, want := range r.parents {
		for n := int64(0); len(want) > 0; n++ {
			part := want[:min(len(want), width*tlog.HashSize)]
			want = want[len(part):]
			t := tlog.Tile{H: height, L: i + 1, N: n, W: len(part) / tlog.HashSize}
			data, err := r.tile(t)
			if err != nil {
				return err
			}
			if !bytes.Equal(data, part) {
				return fmt.Errorf("%s does not fit the leaves", tilePath(t))
			}
		}
	}
	return nil
}

// emptyRoot is the root of a log without leaves.
func emptyRoot() tlog.Hash {
	h, err := tlog.TreeHash(0, nil)
	if err != nil {
		panic(err) // it reads nothing
	}
	return h
}
