package sealed

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// signing is one key of certificates in the key file.
type signing struct {
	KID     string `json:"kid"`
	Seed    []byte `json:"seed"`              // Ed25519
	Created string `json:"created,omitempty"` // RFC 3339; the first one came with the file
	Retired string `json:"retired,omitempty"` // since when it signs nothing new
}

// SigningKey is a key that signs certificates. It prints as its id only.
type SigningKey struct {
	ID     string        // kid: 8 letters of the RFC 7638 thumbprint
	Signer crypto.Signer // Ed25519
}

// Format implements [fmt.Formatter]: keys are never printed, with any verb.
func (k SigningKey) Format(s fmt.State, _ rune) { io.WriteString(s, "sealed.SigningKey "+k.ID) }

// SigningKeys returns the keys of certificates, the oldest first. The last one
// signs; what the others signed stays valid.
func (r *Ring) SigningKeys() []SigningKey { return append([]SigningKey(nil), r.signing...) }

// RotateSigning adds a new signing key to the key file at path and returns its
// id. Older keys stay, so that nothing that was issued becomes invalid. A
// running server signs with the new key from its next start on.
func RotateSigning(path string, now time.Time) (kid string, err error) {
	if _, err := Load(path); err != nil { // gives an old file its first signing key
		return "", err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("key file: %w", err)
	}
	f, _, err := parse(raw)
	if err != nil {
		return "", fmt.Errorf("key file %s: %w", path, err)
	}
	if len(f.Signing) == 0 {
		return "", fmt.Errorf("key file %s: cannot be written", path)
	}
	at := now.UTC().Format(time.RFC3339)
	f.Signing[len(f.Signing)-1].Retired = at
	next := newSigning(random32())
	next.Created = at
	f.Signing = append(f.Signing, next)
	return next.KID, replace(path, f)
}

// newSigning returns the entry of a key file for a seed.
func newSigning(seed []byte) signing {
	return signing{KID: keyThumbprint(ed25519.NewKeyFromSeed(seed)), Seed: seed}
}

// firstSigning is the signing key of a file that was made before certificates
// were: derived, so that processes that start at once agree on it.
func firstSigning(audit []byte) signing { return newSigning(derive(audit, "signing")) }

// signingKeys checks the keys of certificates of a file.
func signingKeys(f keyFile) ([]SigningKey, error) {
	entries := f.Signing
	if len(entries) == 0 {
		entries = []signing{firstSigning(f.Audit)}
	}
	var list []SigningKey
	seen := map[string]bool{}
	for i, s := range entries {
		if len(s.Seed) != ed25519.SeedSize {
			return nil, fmt.Errorf("signing[%d]: seed has %d bytes, want %d", i, len(s.Seed), ed25519.SeedSize)
		}
		key := ed25519.NewKeyFromSeed(s.Seed)
		switch {
		case s.KID != keyThumbprint(key):
			return nil, fmt.Errorf("signing[%d]: kid is not that of its seed", i)
		case seen[s.KID]:
			return nil, fmt.Errorf("signing[%d]: kid %s appears twice", i, s.KID)
		}
		seen[s.KID] = true
		list = append(list, SigningKey{ID: s.KID, Signer: key})
	}
	if entries[len(entries)-1].Retired != "" {
		return nil, errors.New("signing: the last key is retired, so that none signs")
	}
	return list, nil
}

// keyThumbprint returns the first 8 letters of the RFC 7638 thumbprint: 48 bits
// tell the few keys of an installation apart, and the QR code stays small.
func keyThumbprint(key ed25519.PrivateKey) string {
	x := base64.RawURLEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	sum := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + x + `"}`))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}
