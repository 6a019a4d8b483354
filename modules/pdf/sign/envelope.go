package sign

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"io"
	"slices"
)

// Tags of DER (ITU-T X.690).
const (
	tagInteger  = 0x02
	tagOctets   = 0x04
	tagNull     = 0x05
	tagSequence = 0x30
	tagSet      = 0x31
	tagContext0 = 0xa0
)

// envelope is a CMS SignedData (RFC 5652) without the parts that differ from
// file to file: the digest and the signature.
type envelope struct {
	attributes [][]byte // that are signed, but the digest
	digestOf   []byte   // the type of the attribute of the digest
	before     []byte   // the content of SignedData up to the signers
	signer     []byte   // the content of SignerInfo up to the attributes
	algorithm  []byte   // of the signature
	kind       []byte   // the object identifier of SignedData
}

// newEnvelope writes what stays the same.
func newEnvelope(key crypto.Signer, chain []*x509.Certificate) (envelope, error) {
	ids := map[string][]byte{}
	for name, id := range map[string]asn1.ObjectIdentifier{
		"data":        {1, 2, 840, 113549, 1, 7, 1},
		"signed":      {1, 2, 840, 113549, 1, 7, 2},
		"content":     {1, 2, 840, 113549, 1, 9, 3},
		"digest":      {1, 2, 840, 113549, 1, 9, 4},
		"certificate": {1, 2, 840, 113549, 1, 9, 16, 2, 47}, // ESS signing-certificate-v2 (RFC 5035): PAdES wants it
		"sha256":      {2, 16, 840, 1, 101, 3, 4, 2, 1},
		"rsa":         {1, 2, 840, 113549, 1, 1, 1},
		"ecdsa":       {1, 2, 840, 10045, 4, 3, 2},
	} {
		der, err := asn1.Marshal(id)
		if err != nil {
			return envelope{}, err
		}
		ids[name] = der
	}
	serial, err := asn1.Marshal(chain[0].SerialNumber)
	if err != nil {
		return envelope{}, err
	}
	var certificates []byte
	for _, c := range chain {
		certificates = append(certificates, c.Raw...)
	}
	one := tlv(tagInteger, []byte{1})
	digest := tlv(tagSequence, ids["sha256"])
	hash := sha256.Sum256(chain[0].Raw)
	binding := tlv(tagSequence, tlv(tagSequence, tlv(tagSequence, tlv(tagOctets, hash[:]))))
	e := envelope{
		attributes: [][]byte{
			tlv(tagSequence, ids["content"], tlv(tagSet, ids["data"])),
			tlv(tagSequence, ids["certificate"], tlv(tagSet, binding)),
		},
		digestOf:  ids["digest"],
		before:    slices.Concat(one, tlv(tagSet, digest), tlv(tagSequence, ids["data"]), tlv(tagContext0, certificates)),
		signer:    slices.Concat(one, tlv(tagSequence, chain[0].RawIssuer, serial), digest),
		algorithm: tlv(tagSequence, ids["ecdsa"]),
		kind:      ids["signed"],
	}
	if _, ok := key.Public().(*rsa.PublicKey); ok {
		e.algorithm = tlv(tagSequence, ids["rsa"], tlv(tagNull))
	}
	return e, nil
}

// seal signs a digest of SHA-256.
func (e envelope) seal(key crypto.Signer, digest []byte) ([]byte, error) {
	all := append(slices.Clone(e.attributes), tlv(tagSequence, e.digestOf, tlv(tagSet, tlv(tagOctets, digest))))
	slices.SortFunc(all, bytes.Compare) // the order of sets in DER
	attributes := bytes.Join(all, nil)
	h := sha256.Sum256(tlv(tagSet, attributes))
	signature, err := key.Sign(nonces(key), h[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	signer := tlv(tagSequence, e.signer, tlv(tagContext0, attributes), e.algorithm, tlv(tagOctets, signature))
	return tlv(tagSequence, e.kind, tlv(tagContext0, tlv(tagSequence, e.before, tlv(tagSet, signer)))), nil
}

// nonces returns nothing for keys in memory: ECDSA is deterministic then (RFC
// 6979). Keys elsewhere get random numbers.
func nonces(key crypto.Signer) io.Reader {
	if _, ok := key.(*ecdsa.PrivateKey); ok {
		return nil
	}
	return rand.Reader
}

// tlv writes a value of DER: its tag, its length and its parts.
func tlv(tag byte, parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	b := append(make([]byte, 0, n+6), tag)
	switch {
	case n < 0x80:
		b = append(b, byte(n))
	case n < 0x100:
		b = append(b, 0x81, byte(n))
	case n < 0x10000:
		b = append(b, 0x82, byte(n>>8), byte(n))
	default:
		b = append(b, 0x83, byte(n>>16), byte(n>>8), byte(n))
	}
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}
