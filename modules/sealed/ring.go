// Package sealed keeps personal data unreadable wherever it is not needed: a
// PocketBase field type that is encrypted at rest, shows only a mask, and can
// still be looked up by its exact value.
//
// A record holds a [Value]. Whatever prints, logs or serialises it gets the
// mask for the public; the clear text is had from [Value.Plain] only, so that
// every place that reads it can be found by that word.
package sealed

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// keyID is how the name of a key looks in front of a sealed text.
const keyID = `^k[0-9]{1,6}$`

// Ring holds the keys of one installation: AES-256-GCM keys by name, the key of
// the blind index, the Ed25519 key that signs the audit trail and those that
// sign certificates. It is safe
// for concurrent use and prints as its type name only.
type Ring struct {
	aeads       map[string]cipher.AEAD
	current     string
	index       []byte
	audit       ed25519.PrivateKey
	signing     []SigningKey
	development bool
}

// NewRing returns a ring with one key, k1, derived from seed. It is meant for
// tests, and counts as a development ring.
func NewRing(seed []byte) *Ring {
	one := key{ID: "k1", AES: derive(seed, "aes"), HMAC: derive(seed, "hmac")}
	r, err := newRing(keyFile{
		Version: fileVersion, Development: true, Current: one.ID,
		Keys: []key{one}, Audit: derive(seed, "audit"),
	})
	if err != nil {
		panic(err) // derived keys have the right length
	}
	return r
}

func derive(seed []byte, purpose string) []byte {
	k, err := hkdf.Key(sha256.New, seed, nil, purpose, 32)
	if err != nil {
		panic(err) // 32 bytes are always available
	}
	return k
}

// newRing checks f and makes its keys ready for use. Errors never hold key
// material.
func newRing(f keyFile) (*Ring, error) {
	if f.Version != fileVersion {
		return nil, fmt.Errorf("version is %d, want %d", f.Version, fileVersion)
	}
	if len(f.Audit) != ed25519.SeedSize {
		return nil, fmt.Errorf("audit has %d bytes, want %d", len(f.Audit), ed25519.SeedSize)
	}
	r := &Ring{
		aeads:       make(map[string]cipher.AEAD, len(f.Keys)),
		current:     f.Current,
		audit:       ed25519.NewKeyFromSeed(f.Audit),
		development: f.Development,
	}
	for i, k := range f.Keys {
		if err := r.add(k); err != nil {
			return nil, fmt.Errorf("keys[%d]: %w", i, err)
		}
	}
	if r.aeads[r.current] == nil {
		return nil, errors.New("current names no key of the file")
	}
	var err error
	r.signing, err = signingKeys(f)
	return r, err
}

// add makes k usable. The current key also gives the key of the blind index: a
// rotation that repeats the hmac of the key before it keeps every index valid.
func (r *Ring) add(k key) error {
	switch {
	case !regexp.MustCompile(keyID).MatchString(k.ID):
		return errors.New("id must be k and a number")
	case r.aeads[k.ID] != nil:
		return fmt.Errorf("id %s appears twice", k.ID)
	case len(k.AES) != 32:
		return fmt.Errorf("aes has %d bytes, want 32", len(k.AES))
	case len(k.HMAC) != 32:
		return fmt.Errorf("hmac has %d bytes, want 32", len(k.HMAC))
	}
	block, err := aes.NewCipher(k.AES)
	if err != nil {
		return err
	}
	if r.aeads[k.ID], err = cipher.NewGCM(block); err != nil {
		return err
	}
	if k.ID == r.current {
		r.index = k.HMAC
	}
	return nil
}

// Seal encrypts plain with the current key: the key's name, a colon and the
// base64 of nonce and ciphertext. context ("collection.field") is bound to the
// text, so that it opens in the same column only. The empty text stays empty.
func (r *Ring) Seal(context, plain string) string {
	if plain == "" {
		return ""
	}
	gcm := r.aeads[r.current]
	nonce := make([]byte, gcm.NonceSize(), gcm.NonceSize()+len(plain)+gcm.Overhead())
	rand.Read(nonce) // never fails: crypto/rand ends the program instead
	text := gcm.Seal(nonce, nonce, []byte(plain), []byte(context))
	return r.current + ":" + base64.RawStdEncoding.EncodeToString(text)
}

// Open is the reverse of [Ring.Seal] with any key of the ring. It fails if the
// key is unknown or if sealed was changed or belongs to another context.
func (r *Ring) Open(context, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	id, text, ok := strings.Cut(sealed, ":")
	gcm := r.aeads[id]
	if !ok || gcm == nil {
		return "", fmt.Errorf("sealed: %s: no key of the ring opens it", context)
	}
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || len(raw) < gcm.NonceSize() {
		return "", fmt.Errorf("sealed: %s: not a sealed text", context)
	}
	plain, err := gcm.Open(nil, raw[:gcm.NonceSize()], raw[gcm.NonceSize():], []byte(context))
	if err != nil {
		return "", fmt.Errorf("sealed: %s: changed or from another column", context)
	}
	return string(plain), nil
}

// currentlySealed says whether sealed was made with the current key.
func (r *Ring) currentlySealed(sealed string) bool {
	id, _, ok := strings.Cut(sealed, ":")
	return ok && id == r.current
}

// Index returns the blind index of plain as hex: equal for equal values after
// normalisation, and telling nothing without the key. context is the kind of
// the value, so that one ID number has one index everywhere and a mobile never
// matches a bank card. The empty text has the empty index.
func (r *Ring) Index(context, plain string) string {
	plain = Normalise(context, plain)
	if plain == "" {
		return ""
	}
	perKind := hmac.New(sha256.New, r.index)
	perKind.Write([]byte("index:" + context))
	sum := hmac.New(sha256.New, perKind.Sum(nil))
	sum.Write([]byte(plain))
	return hex.EncodeToString(sum.Sum(nil))
}

// Sign signs message with the audit key (Ed25519).
func (r *Ring) Sign(message []byte) []byte { return ed25519.Sign(r.audit, message) }

// Verify says whether sig is the audit key's signature of message.
func (r *Ring) Verify(message, sig []byte) bool {
	return ed25519.Verify(r.PublicKey(), message, sig)
}

// PublicKey returns the public half of the audit key, which anybody may have.
func (r *Ring) PublicKey() ed25519.PublicKey { return r.audit.Public().(ed25519.PublicKey) }

// Development says whether the keys were made by the program itself; a
// production start refuses them.
func (r *Ring) Development() bool { return r.development }

// Format implements [fmt.Formatter]: keys are never printed, with any verb.
func (r *Ring) Format(s fmt.State, _ rune) { io.WriteString(s, "sealed.Ring") }
