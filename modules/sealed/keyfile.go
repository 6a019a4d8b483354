package sealed

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const fileVersion = 1

// keyFile is the key file: bytes are base64 in it. Current names the key that
// seals; the others only open what they sealed before a rotation.
type keyFile struct {
	Version     int    `json:"version"`
	Development bool   `json:"development"`
	Current     string `json:"current"`
	Keys        []key  `json:"keys"`
	Audit       []byte `json:"audit"` // Ed25519 seed

	// Signing are the keys of certificates, the oldest first. The last one
	// signs; what the others signed stays valid.
	Signing []signing `json:"signing,omitempty"`
}

type key struct {
	ID   string `json:"id"`
	AES  []byte `json:"aes"`
	HMAC []byte `json:"hmac"`
}

// Load reads the key file at path. If there is none it makes one with random
// keys that is marked as a development file, readable by its owner only.
// Errors name the file and what is wrong with it, never its content.
func Load(path string) (*Ring, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = create(path); err == nil {
			raw, err = os.ReadFile(path)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	f, r, err := parse(raw)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	if len(f.Signing) == 0 {
		f.Signing = []signing{firstSigning(f.Audit)}
		_ = replace(path, f) // a file that cannot be written gives the same key at every start
	}
	return r, nil
}

// parse reads a key file and makes its keys ready for use.
func parse(raw []byte) (keyFile, *Ring, error) {
	var f keyFile
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields() // a misspelt "development" must not pass for production
	if err := strict.Decode(&f); err != nil {
		return f, nil, errors.New(jsonProblem(err))
	}
	r, err := newRing(f)
	return f, r, err
}

// jsonProblem says where the JSON is wrong without quoting it, since the text
// beside a syntax error may be a key.
func jsonProblem(err error) string {
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) && wrongType.Field != "" {
		return wrongType.Field + " has the wrong type or is not base64"
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("not JSON at byte %d", syntax.Offset)
	}
	return "not JSON, an unknown field, or bytes that are not base64"
}

// create writes a new development key file. The file appears complete or not at
// all, and of several processes that start at once one wins: a link fails when
// the name is taken, where a rename would replace keys that somebody uses.
func create(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(dir, ".keys-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	if err := writeAll(draft, fresh()); err != nil {
		return err
	}
	if err := os.Link(draft.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// replace writes f in the place of the key file at path, whole or not at all.
// A link to the file stays one.
func replace(path string, f keyFile) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	if err := writeAll(draft, f); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}

// writeAll writes f as JSON, makes it durable and closes file.
func writeAll(file *os.File, f keyFile) error {
	raw, err := json.MarshalIndent(f, "", "  ")
	if err == nil {
		_, err = file.Write(append(raw, '\n'))
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// fresh returns a development file with random keys.
func fresh() keyFile {
	return keyFile{
		Version: fileVersion, Development: true, Current: "k1",
		Keys:    []key{{ID: "k1", AES: random32(), HMAC: random32()}},
		Audit:   random32(),
		Signing: []signing{newSigning(random32())},
	}
}

func random32() []byte {
	b := make([]byte, 32)
	rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}
