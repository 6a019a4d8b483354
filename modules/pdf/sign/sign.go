// Package sign signs PDF files of package pdf: PAdES baseline B (ETSI EN 319
// 142-1), as an incremental update, so that the signature covers the whole file
// and any later change shows.
//
// A viewer checks it with the certificate chain in the file. With keys in memory
// the same file, key and time give the same bytes: ECDSA nonces follow RFC 6979.
package sign

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
	"unicode/utf16"
)

// Appearance is what viewers tell of a signature.
type Appearance struct {
	Name     string // who signs; the name in the certificate where empty
	Reason   string
	Location string
}

// Signer signs with one key. It is immutable and may be used by several
// goroutines if its key may.
type Signer struct {
	key         crypto.Signer
	chain       []*x509.Certificate // the signing one first
	appearance  Appearance
	envelope    envelope
	room        int // bytes for the signature in the file
	development bool
}

// New makes a signer of a key and its certificates, the one of the key first.
// Keys are ECDSA P-256 or RSA of 2048 bits at least.
func New(key crypto.Signer, chain []*x509.Certificate, a Appearance) (*Signer, error) {
	if err := fits(key, chain); err != nil {
		return nil, err
	}
	e, err := newEnvelope(key, chain)
	if err != nil {
		return nil, err
	}
	if a.Name == "" {
		a.Name = chain[0].Subject.CommonName
	}
	s := &Signer{key: key, chain: chain, appearance: a, envelope: e, room: 1024, development: isDevelopment(chain[0])}
	for _, c := range chain {
		s.room += len(c.Raw)
	}
	if public, ok := key.Public().(*rsa.PublicKey); ok {
		s.room += public.Size()
	}
	return s, nil
}

// fits refuses keys that are weak or not those of the certificate.
func fits(key crypto.Signer, chain []*x509.Certificate) error {
	if len(chain) == 0 {
		return errors.New("there is no certificate for the signing key")
	}
	switch public := key.Public().(type) {
	case *ecdsa.PublicKey:
		if public.Curve != elliptic.P256() {
			return errors.New("the signing key must be on the curve P-256")
		}
		if !public.Equal(chain[0].PublicKey) {
			return errors.New("the first certificate is not that of the signing key")
		}
	case *rsa.PublicKey:
		if public.Size() < 256 {
			return errors.New("the RSA key has less than 2048 bits")
		}
		if !public.Equal(chain[0].PublicKey) {
			return errors.New("the first certificate is not that of the signing key")
		}
	default:
		return fmt.Errorf("the signing key must be ECDSA P-256 or RSA, not %T", public)
	}
	if usage := chain[0].KeyUsage; usage != 0 && usage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return errors.New("the certificate is not for signing")
	}
	return nil
}

// Development reports that the key was made on first start: it proves nothing,
// and the page must say so.
func (s *Signer) Development() bool { return s.development }

// Expires returns when the certificate of the key ends.
func (s *Signer) Expires() time.Time { return s.chain[0].NotAfter }

// Sign returns the file with a signature at its end. The time is what viewers
// tell; it is not that of a time stamp authority.
func (s *Signer) Sign(pdf []byte, at time.Time) ([]byte, error) {
	d, err := read(pdf)
	if err != nil {
		return nil, err
	}
	out, gap := d.update(s, at)
	h := sha256.New()
	h.Write(out[:gap.from])
	h.Write(out[gap.to:])
	signature, err := s.envelope.seal(s.key, h.Sum(nil))
	if err != nil {
		return nil, err
	}
	if len(signature) > s.room {
		return nil, errors.New("the signature is longer than its place")
	}
	hex.Encode(out[gap.from+1:], signature)
	return out, nil
}

// textString writes a text in UTF-16 with its mark, as hexadecimal digits.
func textString(s string) string {
	units := utf16.Encode([]rune(s))
	b := make([]byte, 2, 2*len(units)+2)
	b[0], b[1] = 0xfe, 0xff
	for _, u := range units {
		b = append(b, byte(u>>8), byte(u))
	}
	return "<" + hex.EncodeToString(b) + ">"
}
