package credential

import (
	"fmt"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// StatusListPath is where the signed list of what is no longer valid lies.
const StatusListPath = "/.well-known/status-list"

// object is JSON.
type object = map[string]any

// context is what the terms of our credentials mean: those of the standard, and
// those that everybody defines for himself.
func context() []string {
	return []string{"https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"}
}

// Credential returns a certificate as a W3C Verifiable Credential 2.0, secured
// with JOSE: media type application/vc+jwt.
func (k *Keys) Credential(f Facts) (string, error) {
	subject := object{}
	for name, value := range map[string]string{
		"name": f.Name, "idNumber": f.IDNumber, "gender": f.Gender, "birthMonth": f.BirthMonth,
		"qualification": f.Title, "level": f.Level, "specialty": f.Specialty, "certificateNumber": f.Number, "printNumber": f.PrintNo,
		"approvalDate": f.ApproveDate, "approvedBy": f.Issuer, "reissueDate": f.Reissued, "purpose": f.Purpose, "recipient": f.Recipient,
	} {
		if value != "" {
			subject[name] = value
		}
	}
	index := strconv.FormatInt(f.Index, 10)
	vc := object{
		"@context": context(), "id": k.base + "/credentials/" + f.Code,
		"type":   []string{"VerifiableCredential", "ProfessionalQualificationCredential"},
		"issuer": object{"id": k.base, "name": f.Issuer}, "validFrom": f.IssuedAt.UTC().Format(time.RFC3339),
		"credentialSubject": subject,
		"credentialStatus": object{
			"id": k.base + StatusListPath + "#" + index, "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
			"statusListIndex": index, "statusListCredential": k.base + StatusListPath,
		},
	}
	if !f.ExpiresAt.IsZero() {
		vc["validUntil"] = f.ExpiresAt.UTC().Format(time.RFC3339)
	}
	return k.jose(vc)
}

// jose signs a credential as a JWT whose payload is the credential itself.
func (k *Keys) jose(vc object) (string, error) {
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, jwt.MapClaims(vc))
	t.Header["typ"], t.Header["cty"], t.Header["kid"] = "vc+jwt", "vc", k.KID()
	return t.SignedString(k.current().private)
}

// open returns the credential in a JWT that one of our keys signed.
func (k *Keys) open(token string) (object, error) {
	vc := jwt.MapClaims{}
	_, err := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}), jwt.WithoutClaimsValidation()).
		ParseWithClaims(token, vc, func(t *jwt.Token) (any, error) {
			kid, _ := t.Header["kid"].(string)
			one, ok := k.byID[kid]
			if !ok || t.Header["typ"] != "vc+jwt" {
				return nil, fmt.Errorf("%w: %s", ErrUnknownKey, kid)
			}
			return one.public, nil
		})
	return object(vc), err
}
