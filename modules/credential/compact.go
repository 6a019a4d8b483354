package credential

import (
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/fxamacker/cbor/v2"
)

// The types below are texts that take as few bytes as they can: Chinese in
// UTF-16, numbers and dates as integers. Each falls back to plain text for what
// its short form cannot say exactly.

var errCompact = errors.New("credential: not the short form of a field")

// text is UTF-8, or where that is shorter a byte string of UTF-16BE, two bytes
// for a common Chinese character instead of three, or an array that holds a
// byte string of code points, three bytes for a rare character instead of four.
type text string

// MarshalCBOR implements [cbor.Marshaler].
func (t text) MarshalCBOR() ([]byte, error) {
	points := []rune(string(t))
	units := utf16.Encode(points)
	short, wide := 2*len(units), 3*len(points)+1
	switch {
	case len(t) <= min(short, wide):
		return cbor.Marshal(string(t))
	case short <= wide:
		raw := make([]byte, 0, short)
		for _, u := range units {
			raw = binary.BigEndian.AppendUint16(raw, u)
		}
		return cbor.Marshal(raw)
	}
	raw := make([]byte, 0, wide)
	for _, r := range points {
		raw = append(raw, byte(r>>16), byte(r>>8), byte(r))
	}
	return cbor.Marshal([][]byte{raw})
}

// UnmarshalCBOR implements [cbor.Unmarshaler].
func (t *text) UnmarshalCBOR(data []byte) error {
	switch v, err := value(data); v := v.(type) {
	case string:
		*t = text(v)
	case []byte:
		units := make([]uint16, len(v)/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(v[2*i:])
		}
		*t = text(utf16.Decode(units))
	case []any:
		var raw [][]byte
		if err := cbor.Unmarshal(data, &raw); err != nil || len(raw) != 1 {
			return errors.Join(err, errCompact)
		}
		points := make([]rune, len(raw[0])/3)
		for i := range points {
			points[i] = rune(raw[0][3*i])<<16 | rune(raw[0][3*i+1])<<8 | rune(raw[0][3*i+2])
		}
		*t = text(points)
	default:
		return errors.Join(err, errCompact)
	}
	return nil
}

// digits is a number that is written as text: 18 digits are 9 bytes.
type digits string

// MarshalCBOR implements [cbor.Marshaler].
func (d digits) MarshalCBOR() ([]byte, error) {
	if n, err := strconv.ParseUint(string(d), 10, 63); err == nil && strconv.FormatUint(n, 10) == string(d) {
		return cbor.Marshal(n)
	}
	return cbor.Marshal(string(d))
}

// UnmarshalCBOR implements [cbor.Unmarshaler].
func (d *digits) UnmarshalCBOR(data []byte) error {
	switch v, err := value(data); v := v.(type) {
	case string:
		*d = digits(v)
	case uint64:
		*d = digits(strconv.FormatUint(v, 10))
	default:
		return errors.Join(err, errCompact)
	}
	return nil
}

// date is YYYY-MM-DD, as days since 1970.
type date string

// MarshalCBOR implements [cbor.Marshaler].
func (d date) MarshalCBOR() ([]byte, error) {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return cbor.Marshal(string(d))
	}
	return cbor.Marshal(t.Unix() / (24 * 3600))
}

// UnmarshalCBOR implements [cbor.Unmarshaler].
func (d *date) UnmarshalCBOR(data []byte) error {
	const most = 100 * 366 * 100 // years that no certificate reaches
	v, err := value(data)
	var days int64
	switch v := v.(type) {
	case string:
		*d = date(v)
		return nil
	case uint64:
		days = int64(min(v, most+1))
	case int64:
		days = v
	default:
		return errors.Join(err, errCompact)
	}
	if days > most || days < -most {
		return errCompact
	}
	*d = date(time.Unix(days*24*3600, 0).UTC().Format(time.DateOnly))
	return nil
}

// month is YYYY-MM, as the number YYYYMM.
type month string

// MarshalCBOR implements [cbor.Marshaler].
func (m month) MarshalCBOR() ([]byte, error) {
	if t, err := time.Parse("2006-01", string(m)); err == nil && t.Year() > 0 {
		return cbor.Marshal(t.Year()*100 + int(t.Month()))
	}
	return cbor.Marshal(string(m))
}

// UnmarshalCBOR implements [cbor.Unmarshaler].
func (m *month) UnmarshalCBOR(data []byte) error {
	switch v, err := value(data); v := v.(type) {
	case string:
		*m = month(v)
	case uint64:
		*m = month(fmt.Sprintf("%04d-%02d", v/100, v%100))
	default:
		return errors.Join(err, errCompact)
	}
	return nil
}

// gender is a code of ISO 5218.
type gender string

// MarshalCBOR implements [cbor.Marshaler].
func (g gender) MarshalCBOR() ([]byte, error) {
	switch g {
	case "male":
		return cbor.Marshal(1)
	case "female":
		return cbor.Marshal(2)
	}
	return cbor.Marshal(string(g))
}

// UnmarshalCBOR implements [cbor.Unmarshaler].
func (g *gender) UnmarshalCBOR(data []byte) error {
	v, err := value(data)
	s, ok := v.(string)
	switch {
	case ok:
		*g = gender(s)
	case v == uint64(1):
		*g = "male"
	case v == uint64(2):
		*g = "female"
	default:
		return errors.Join(err, errCompact)
	}
	return nil
}

// masked is a text with one run of stars, as what stands before it, how many
// they are, and what stands after it.
type masked string

var stars = regexp.MustCompile(`^([^*]*)(\*{3,60})([^*]*)$`)

type maskParts struct {
	_      struct{} `cbor:",toarray"`
	Before string
	Stars  int
	After  string
}

// MarshalCBOR implements [cbor.Marshaler].
func (m masked) MarshalCBOR() ([]byte, error) {
	if p := stars.FindStringSubmatch(string(m)); p != nil {
		return cbor.Marshal(maskParts{Before: p[1], Stars: len(p[2]), After: p[3]})
	}
	return cbor.Marshal(string(m))
}

// UnmarshalCBOR implements [cbor.Unmarshaler].
func (m *masked) UnmarshalCBOR(data []byte) error {
	v, err := value(data)
	if s, ok := v.(string); ok {
		*m = masked(s)
		return nil
	}
	var p maskParts
	if err = errors.Join(err, cbor.Unmarshal(data, &p)); err != nil || p.Stars < 3 || p.Stars > 60 {
		return errors.Join(err, errCompact)
	}
	*m = masked(p.Before + strings.Repeat("*", p.Stars) + p.After)
	return nil
}

// value decodes data into string, []byte, uint64, int64 or something else.
func value(data []byte) (any, error) {
	var v any
	err := cbor.Unmarshal(data, &v)
	return v, err
}
