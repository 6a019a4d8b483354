// Package credential signs what a certificate says, so that anybody can check
// it without asking: a compact token for the QR code (CWT in COSE_Sign1 with
// Ed25519), the public keys as a JWK set, the same facts as a W3C Verifiable
// Credential, and a signed list of what is no longer valid.
package credential

import (
	"time"

	"github.com/fxamacker/cbor/v2"
)

// Facts are the printed fields of a certificate that the token vouches for. The
// ID number is masked. A copy that was annotated 加注 has a purpose, a recipient
// and an end; its code is that of the annotation.
type Facts struct {
	Authority string // who signed: the host of the server, set by [Keys.Sign]

	Code      string // 16 letters of base32, 80 random bits
	Index     int64  // of the leaf in the transparency log, and of the bit in the status list
	Number    string // 管理号
	PrintNo   string // 印制号
	Name      string
	IDNumber  string // masked: 1****************2
	Title     string // 资格名称
	Level     string
	Specialty string

	ApproveDate string // YYYY-MM-DD
	Issuer      string // 签发单位
	Gender      string // male, female, or none
	BirthMonth  string // YYYY-MM
	Reissued    string // YYYY-MM-DD of the reissue 补发; none for an original

	Purpose   string
	Recipient string
	IssuedAt  time.Time // in seconds
	ExpiresAt time.Time // zero: it does not expire
}

// private is the claim that holds what RFC 8392 has no claim for: a map with
// keys of one byte each. Numbers below -65536 are for private use.
const private = -65537

// claims are the payload of the token, as RFC 8392 names them.
type claims struct {
	Issuer  string  `cbor:"1,keyasint"`
	Expires int64   `cbor:"4,keyasint,omitzero"`
	Issued  int64   `cbor:"6,keyasint"`
	ID      []byte  `cbor:"7,keyasint"`
	Printed printed `cbor:"-65537,keyasint"`
}

// printed are the printed fields. The keys never change their meaning: the page
// that checks codes offline (pb_public/verify) knows them as well.
type printed struct {
	Number      digits `cbor:"1,keyasint"`
	Name        text   `cbor:"2,keyasint"`
	IDNumber    masked `cbor:"3,keyasint,omitzero"`
	Title       text   `cbor:"4,keyasint"`
	Level       text   `cbor:"5,keyasint,omitzero"`
	Specialty   text   `cbor:"6,keyasint,omitzero"`
	ApproveDate date   `cbor:"7,keyasint"`
	Issuer      text   `cbor:"8,keyasint,omitzero"`
	PrintNo     digits `cbor:"9,keyasint,omitzero"`
	Gender      gender `cbor:"10,keyasint,omitzero"`
	BirthMonth  month  `cbor:"11,keyasint,omitzero"`
	Reissued    date   `cbor:"12,keyasint,omitzero"`
	Purpose     text   `cbor:"13,keyasint,omitzero"`
	Recipient   text   `cbor:"14,keyasint,omitzero"`
	Index       int64  `cbor:"15,keyasint"`
}

// claims returns what is signed for the facts.
func (f Facts) claims() (claims, error) {
	id, err := codeBytes(f.Code)
	c := claims{
		Issuer: f.Authority, Issued: f.IssuedAt.Unix(), ID: id,
		Printed: printed{
			Number: digits(f.Number), Name: text(f.Name), IDNumber: masked(f.IDNumber), Title: text(f.Title), Level: text(f.Level),
			Specialty: text(f.Specialty), ApproveDate: date(f.ApproveDate), Issuer: text(f.Issuer), PrintNo: digits(f.PrintNo),
			Gender: gender(f.Gender), BirthMonth: month(f.BirthMonth), Reissued: date(f.Reissued),
			Purpose: text(f.Purpose), Recipient: text(f.Recipient), Index: f.Index,
		},
	}
	if !f.ExpiresAt.IsZero() {
		c.Expires = f.ExpiresAt.Unix()
	}
	return c, err
}

// facts is the reverse of [Facts.claims].
func (c claims) facts() Facts {
	p := c.Printed
	f := Facts{
		Authority: c.Issuer, Code: base32Text(c.ID), Index: p.Index,
		Number: string(p.Number), PrintNo: string(p.PrintNo), Name: string(p.Name), IDNumber: string(p.IDNumber),
		Title: string(p.Title), Level: string(p.Level), Specialty: string(p.Specialty), ApproveDate: string(p.ApproveDate),
		Issuer: string(p.Issuer), Gender: string(p.Gender), BirthMonth: string(p.BirthMonth), Reissued: string(p.Reissued),
		Purpose: string(p.Purpose), Recipient: string(p.Recipient), IssuedAt: time.Unix(c.Issued, 0).UTC(),
	}
	if c.Expires != 0 {
		f.ExpiresAt = time.Unix(c.Expires, 0).UTC()
	}
	return f
}

// dispensable are the fields that a code may lack, in the order in which they
// are left out of one that would be too large to print: with long names, titles
// and purposes at once.
func (f *Facts) dispensable() []*string {
	return []*string{&f.PrintNo, &f.Gender, &f.BirthMonth, &f.Issuer, &f.Level, &f.Specialty}
}

// encoding is RFC 8949 §4.2: the same facts always have the same bytes.
func encoding() (cbor.EncMode, error) { return cbor.CoreDetEncOptions().EncMode() }

// decoding refuses what encoding would never write.
func decoding() (cbor.DecMode, error) {
	return cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField, MaxNestedLevels: 6, MaxMapPairs: 64, MaxArrayElements: 64,
	}.DecMode()
}
