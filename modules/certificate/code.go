package certificate

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// NewCodes returns n codes 查验码: 16 characters of base32, 80 random bits each,
// which nobody can guess.
func NewCodes(n int) []string {
	random := make([]byte, 10*n)
	rand.Read(random) // never fails: crypto/rand ends the program instead
	list := make([]string, n)
	for i := range list {
		list[i] = base32.StdEncoding.EncodeToString(random[10*i : 10*i+10])
	}
	return list
}

// NewIDs returns n ids for rows, of 75 random bits each.
func NewIDs(n int) []string {
	list := NewCodes(n)
	for i, code := range list {
		list[i] = strings.ToLower(code[:15])
	}
	return list
}
