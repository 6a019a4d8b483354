package sign

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"time"
)

// developmentName is the subject of certificates that prove nothing.
const developmentName = "ExamHall development – not valid 开发测试，无效"

// Load reads a key and its certificates from PEM files: PKCS #8, PKCS #1 or SEC 1,
// not encrypted, and the certificate of the key first. One file may hold both.
func Load(keyFile, chainFile string) (crypto.Signer, []*x509.Certificate, error) {
	keys, err := os.ReadFile(keyFile)
	if err != nil {
		return nil, nil, err
	}
	key, err := parseKey(keys)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", keyFile, err)
	}
	certificates, err := os.ReadFile(chainFile)
	if err != nil {
		return nil, nil, err
	}
	chain, err := parseChain(certificates)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", chainFile, err)
	}
	return key, chain, nil
}

// Development reads the key that ExamHall makes for itself on first start, and
// makes it where there is none. Production refuses it.
func Development(file string) (crypto.Signer, []*x509.Certificate, error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		if err := makeDevelopment(file); err != nil {
			return nil, nil, err
		}
	}
	return Load(file, file)
}

// makeDevelopment writes a key on P-256 and a certificate that says what it is.
func makeDevelopment(file string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return err
	}
	// It holds for any day, so that certificates of old sessions can be tried.
	c := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: developmentName}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		NotBefore: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2099, 12, 31, 0, 0, 0, 0, time.UTC),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = errors.Join(
		pem.Encode(f, &pem.Block{Type: "PRIVATE KEY", Bytes: secret}),
		pem.Encode(f, &pem.Block{Type: "CERTIFICATE", Bytes: certificate}),
	)
	return errors.Join(err, f.Close())
}

func isDevelopment(c *x509.Certificate) bool { return c.Subject.CommonName == developmentName }

func parseKey(data []byte) (crypto.Signer, error) {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		var key any
		var err error
		switch block.Type {
		case "PRIVATE KEY":
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
		case "RSA PRIVATE KEY":
			key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
		case "EC PRIVATE KEY":
			key, err = x509.ParseECPrivateKey(block.Bytes)
		default:
			continue
		}
		if err != nil {
			return nil, err
		}
		if signer, ok := key.(crypto.Signer); ok {
			return signer, nil
		}
	}
	return nil, errors.New("there is no private key that is not encrypted")
}

func parseChain(data []byte) ([]*x509.Certificate, error) {
	var chain []*x509.Certificate
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		chain = append(chain, c)
	}
	if chain == nil {
		return nil, errors.New("there is no certificate")
	}
	return chain, nil
}
