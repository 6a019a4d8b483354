package certificate

import "examhall/modules/sealed"

// searchKeyLength is how much of the hash is kept: 96 bits tell all certificates
// apart, and the index of a million of them fits into memory.
const searchKeyLength = 24

// SearchKey returns what the public search looks a certificate up by: a keyed
// hash of its exam, of the ID number in whichever form, and of the key of the
// name, see [Key]. One look-up then finds it, or nothing.
func SearchKey(ring *sealed.Ring, project, idNumber, nameKey string) string {
	return ring.Index("certificate.search", project+"\n"+Canonical(idNumber)+"\n"+nameKey)[:searchKeyLength]
}
