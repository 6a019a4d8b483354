package certificate

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"time"
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

// NewIDs returns n ids for rows that are inserted at once. They count up with
// the time, so that the index of a large table grows at its end and not in a
// thousand places. They are no secrets.
func NewIDs(now time.Time, n int) []string {
	random := make([]byte, 8+2*n)
	rand.Read(random) // never fails: crypto/rand ends the program instead
	low := binary.BigEndian.Uint64(random) & (1<<lowBits - 1)
	list := make([]string, n)
	for i := range list {
		list[i] = orderedID(uint64(now.UnixMilli())+low>>lowBits, low&(1<<lowBits-1))
		low += 1 + uint64(binary.BigEndian.Uint16(random[8+2*i:]))
	}
	return list
}

// lowBits is how much of an id is below the millisecond: six characters.
const lowBits = 30

// orderedID writes 45 and 30 bits with digits that sort like numbers.
func orderedID(high, low uint64) string {
	const digits = "0123456789abcdefghijklmnopqrstuv"
	id := make([]byte, 15)
	for i := 14; i >= 9; i-- {
		id[i], low = digits[low&31], low>>5
	}
	for i := 8; i >= 0; i-- {
		id[i], high = digits[high&31], high>>5
	}
	return string(id)
}
