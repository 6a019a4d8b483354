package translog

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Key signs checkpoints. Its name, the origin of the log, comes from the key
// itself, so that it stays the same when the server moves to another address.
type Key struct {
	name, verifier string
	hash           uint32
	sign           func([]byte) []byte
}

// NewKey returns the key of a log: its public half, and what signs with it.
func NewKey(public ed25519.PublicKey, sign func([]byte) []byte) (*Key, error) {
	name := "examhall-log/" + hex.EncodeToString(public)[:12]
	vkey, err := note.NewEd25519VerifierKey(name, public)
	if err != nil {
		return nil, err
	}
	v, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	return &Key{name: name, verifier: vkey, hash: v.KeyHash(), sign: sign}, nil
}

// Verifier returns the public key in the form of signed notes: anybody may have it.
func (k *Key) Verifier() string { return k.verifier }

// Name implements [note.Signer].
func (k *Key) Name() string { return k.name }

// KeyHash implements [note.Signer].
func (k *Key) KeyHash() uint32 { return k.hash }

// Sign implements [note.Signer].
func (k *Key) Sign(message []byte) ([]byte, error) { return k.sign(message), nil }

// Checkpoint returns the signed note that vouches for a head. The same head
// always has the same note.
func (k *Key) Checkpoint(head tlog.Tree) ([]byte, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", k.name, head.N, head.Hash)
	return note.Sign(&note.Note{Text: text}, k)
}

// OpenCheckpoint returns the head that a checkpoint vouches for. verifier is
// the public key as [Key.Verifier] returns it.
func OpenCheckpoint(checkpoint []byte, verifier string) (tlog.Tree, error) {
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("the public key is not one of a log: %w", err)
	}
	n, err := note.Open(checkpoint, note.VerifierList(v))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("the signature of the checkpoint is wrong: %w", err)
	}
	origin, rest, _ := strings.Cut(n.Text, "\n")
	var head tlog.Tree
	var root string
	if _, err := fmt.Sscanf(rest, "%d\n%s\n", &head.N, &root); err != nil || origin != v.Name() || head.N < 0 {
		return tlog.Tree{}, errors.New("the checkpoint is not one of this log")
	}
	head.Hash, err = tlog.ParseHash(root)
	return head, err
}

// Kept is a checkpoint that was published on a day.
type Kept struct {
	Day  string `json:"day"` // YYYY-MM-DD, in Beijing
	Size int64  `json:"size"`
	Note string `json:"note"`
}

// Keep publishes the present head under a day. A day has one checkpoint: the first.
func (k *Key) Keep(db dbx.Builder, day string) error {
	head, err := Head(db)
	if err != nil {
		return err
	}
	signed, err := k.Checkpoint(head)
	if err != nil {
		return err
	}
	_, err = db.NewQuery("INSERT INTO log_checkpoints (day, size, note) VALUES ({:day}, {:size}, {:note}) ON CONFLICT (day) DO NOTHING").
		Bind(dbx.Params{"day": day, "size": head.N, "note": string(signed)}).Execute()
	return err
}

// AllKept returns the checkpoints that were published, the oldest first.
func AllKept(db dbx.Builder) ([]Kept, error) {
	list := []Kept{}
	err := db.Select("day", "size", "note").From("log_checkpoints").OrderBy("day").All(&list)
	return list, err
}
