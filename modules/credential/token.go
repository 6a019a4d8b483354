package credential

import (
	"bytes"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/veraison/go-cose"
)

// Why a token is refused. They are told apart because people are told what to
// do next. Another authority's token is an [OtherIssuerError].
var (
	ErrMalformed  = errors.New("credential: the code is no token, or a part of it is missing")
	ErrUnknownKey = errors.New("credential: the token names a key that this authority never had")
	ErrSignature  = errors.New("credential: the signature does not fit: something was changed")
	ErrExpired    = errors.New("credential: the token has expired")
	ErrTooLong    = errors.New("credential: the facts do not fit into a QR code")
)

// OtherIssuerError says that a token names another authority. Nothing else in
// such a token can be checked here.
type OtherIssuerError struct{ Issuer string }

// Error implements error.
func (e OtherIssuerError) Error() string {
	return "credential: the token is one of another authority: " + e.Issuer
}

// longest is how many characters a QR code of version 20 at level M holds in
// alphanumeric mode.
const longest = 970

// sign returns the token of facts, signed with one key.
func (k *Keys) sign(f Facts, with key) (string, error) {
	f.Authority = k.host
	token, err := encode(f, with)
	for _, field := range f.dispensable() {
		if err != nil || len(k.URL(token)) <= longest {
			return token, err
		}
		*field = ""
		token, err = encode(f, with)
	}
	if err == nil && len(k.URL(token)) > longest {
		err = ErrTooLong
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

// encode signs facts: COSE_Sign1 (RFC 9052) in base32, since that is what a QR
// code holds best of what may stand in an address.
func encode(f Facts, with key) (string, error) {
	c, err := f.claims()
	if err != nil {
		return "", err
	}
	mode, err := encoding()
	if err != nil {
		return "", err
	}
	payload, err := mode.Marshal(c)
	if err != nil {
		return "", err
	}
	headers := cose.Headers{Protected: cose.ProtectedHeader{
		cose.HeaderLabelAlgorithm: cose.AlgorithmEdDSA, cose.HeaderLabelKeyID: []byte(with.id),
	}}
	raw, err := cose.Sign1(nil, with.signer, headers, payload, nil)
	return base32Text(raw), err
}

// Verify returns the facts that a token vouches for and the id of the key that
// signed it. The error says why it is refused; with [ErrExpired] the facts are
// those that were signed.
//
// A key of ours is what makes a token ours: its authority may have had another
// address when it was signed.
func (k *Keys) Verify(token string, now time.Time) (f Facts, kid string, err error) {
	raw, err := base32Bytes(strings.ToUpper(strings.TrimSpace(token)))
	if err != nil {
		return f, "", fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	m, err := decode(raw)
	if err != nil {
		return f, "", fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	with, known := k.byID[m.kid]
	if !known {
		if !hostName(m.Issuer) {
			return f, m.kid, fmt.Errorf("%w: its issuer is no address", ErrMalformed)
		}
		if m.Issuer != k.host {
			return f, m.kid, OtherIssuerError{m.Issuer}
		}
		return f, m.kid, ErrUnknownKey
	}
	if err := m.signed.Verify(nil, with.verifier); err != nil {
		return f, m.kid, ErrSignature
	}
	f = m.facts()
	if !f.ExpiresAt.IsZero() && now.After(f.ExpiresAt) {
		return f, m.kid, ErrExpired
	}
	return f, m.kid, nil
}

// message is a token that was taken apart, but not yet checked.
type message struct {
	claims
	kid    string
	signed *cose.Sign1Message
}

// decode takes a token apart and refuses every form but the one that encode
// writes, so that no byte can be changed without being noticed.
func decode(raw []byte) (*message, error) {
	m := &message{signed: cose.NewSign1Message()}
	if err := m.signed.UnmarshalCBOR(raw); err != nil {
		return nil, err
	}
	id, ok := m.signed.Headers.Protected[cose.HeaderLabelKeyID].([]byte)
	alg, err := m.signed.Headers.Protected.Algorithm()
	if !ok || err != nil || alg != cose.AlgorithmEdDSA || len(m.signed.Headers.Protected) != 2 || len(m.signed.Headers.Unprotected) != 0 {
		return nil, errors.Join(err, errors.New("the header is not one of a certificate"))
	}
	m.kid = string(id)
	reading, err := decoding()
	if err != nil {
		return nil, err
	}
	if err := reading.Unmarshal(m.signed.Payload, &m.claims); err != nil {
		return nil, err
	}
	mode, err := encoding()
	if err != nil {
		return nil, err
	}
	payload, err := mode.Marshal(m.claims)
	if err != nil || !bytes.Equal(payload, m.signed.Payload) {
		return nil, errors.Join(err, errors.New("the content is not in its only form"))
	}
	m.signed.Headers.RawProtected, m.signed.Headers.RawUnprotected = nil, nil
	again, err := m.signed.MarshalCBOR()
	if err != nil || !bytes.Equal(again, raw) {
		return nil, errors.Join(err, errors.New("the token is not in its only form"))
	}
	return m, nil
}

// alphabet is base32 of RFC 4648 without padding.
func alphabet() *base32.Encoding { return base32.StdEncoding.WithPadding(base32.NoPadding) }

func base32Text(raw []byte) string { return alphabet().EncodeToString(raw) }

// base32Bytes refuses texts whose last bits are not zero, and line ends.
func base32Bytes(s string) ([]byte, error) {
	raw, err := alphabet().DecodeString(s)
	if err == nil && base32Text(raw) != s {
		err = errors.New("not base32 in its only form")
	}
	return raw, err
}

// codeBytes returns the 80 bits of a code.
func codeBytes(code string) ([]byte, error) {
	raw, err := base32Bytes(code)
	if err != nil || len(raw) != 10 {
		return nil, fmt.Errorf("credential: a code has 16 letters of base32, not %d", len(code))
	}
	return raw, nil
}

// hostName reports whether an issuer looks like the address of an authority. It
// is printed on our page without a signature that we know, so it must not be a
// sentence.
func hostName(s string) bool {
	return len(s) <= 253 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == "" && s != ""
}
