package credential

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// smallest is how many bits a status list has at least, so that fetching it
// tells nobody whose certificate is being checked.
const smallest = 131_072

// StatusDays is how long a status list may be relied on.
const StatusDays = 7

// StatusList returns the signed list of what is no longer valid, replaced or
// revoked, as a Bitstring Status List (W3C): a credential of its own whose bit
// at [Facts.Index] is set. size is how many indexes are in use.
func (k *Keys) StatusList(void []int64, size int64, at time.Time) (string, error) {
	bits := make([]byte, (max(size, smallest)+7)/8)
	for _, i := range void {
		if i < 0 || i >= int64(len(bits))*8 {
			return "", fmt.Errorf("credential: there is no index %d in a list of %d", i, size)
		}
		bits[i/8] |= 0x80 >> (i % 8)
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, err := zip.Write(bits)
	if err = errors.Join(err, zip.Close()); err != nil {
		return "", err
	}
	return k.jose(object{
		"@context": context(), "id": k.base + StatusListPath, "type": []string{"VerifiableCredential", "BitstringStatusListCredential"},
		"issuer": k.base, "validFrom": at.UTC().Format(time.RFC3339), "validUntil": at.UTC().AddDate(0, 0, StatusDays).Format(time.RFC3339),
		"credentialSubject": object{
			"id": k.base + StatusListPath + "#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
			"encodedList": "u" + base64.RawURLEncoding.EncodeToString(packed.Bytes()),
		},
	})
}

// Void reports whether a bit of a signed status list is set, and from when the
// list is.
func (k *Keys) Void(list string, index int64) (void bool, at time.Time, err error) {
	vc, err := k.open(list)
	if err != nil {
		return false, at, err
	}
	from, _ := vc["validFrom"].(string)
	subject, _ := vc["credentialSubject"].(object)
	packed, _ := subject["encodedList"].(string)
	at, err = time.Parse(time.RFC3339, from)
	if err != nil || subject["statusPurpose"] != "revocation" {
		return false, at, errors.Join(err, errors.New("credential: not a status list"))
	}
	bits, err := unpack(packed)
	if err != nil {
		return false, at, err
	}
	if index < 0 || index >= int64(len(bits))*8 {
		return false, at, fmt.Errorf("credential: the list of %s does not know index %d yet", from, index)
	}
	return bits[index/8]&(0x80>>(index%8)) != 0, at, nil
}

// unpack is the reverse of the encodedList of a status list.
func unpack(list string) ([]byte, error) {
	const most = 64 << 20 // bytes: 500 million certificates
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(list, "u"))
	if err != nil {
		return nil, err
	}
	zip, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(zip, most))
}
