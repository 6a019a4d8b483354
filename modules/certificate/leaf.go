package certificate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
)

// Salt is the secret part of a leaf: without it nobody can tell from a leaf
// which certificate it is about.
type Salt [16]byte

// Happening is what the transparency log says about a certificate or an
// annotated copy. It holds nothing about the person.
type Happening struct {
	Kind       string // as in certificate_events
	Code       string // of the certificate
	Number     string // 管理号; the log has its hash only
	ReissueNo  int
	Annotation string // code of the annotated copy, if it is about one
	At         string // RFC 3339 in UTC
}

// Leaf returns what the log keeps: SHA-256 over the salt and the canonical form.
// Every value is written with its length in front, so that no two happenings
// read the same.
func (h Happening) Leaf(salt Salt) [32]byte {
	number := sha256.Sum256([]byte(h.Number + "/" + strconv.Itoa(h.ReissueNo)))
	text := make([]byte, 0, 200)
	text = append(text, salt[:]...)
	for _, v := range []string{"examhall certificate 1", h.Kind, h.Code, hex.EncodeToString(number[:]), h.Annotation, h.At} {
		text = fmt.Appendf(text, "%d:%s,", len(v), v)
	}
	return sha256.Sum256(text)
}
