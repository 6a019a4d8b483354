package certificate

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"examhall/modules/translog"
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
	Printed    string // [Printed.Digest], where something was printed
}

// Leaf returns what the log keeps of a happening.
func (h Happening) Leaf(salt Salt) [32]byte {
	return translog.Commit(salt[:], h.Values()...)
}

// Values returns what a leaf vouches for, in the order in which it is hashed.
// Whoever is shown them and the salt can compute the leaf.
func (h Happening) Values() []string {
	number := sha256.Sum256([]byte(h.Number + "/" + strconv.Itoa(h.ReissueNo)))
	return []string{"examhall certificate 1", h.Kind, h.Code, hex.EncodeToString(number[:]), h.Annotation, h.At, h.Printed}
}
