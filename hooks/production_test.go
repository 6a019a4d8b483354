package hooks

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"examhall/modules/pdf/sign"
	"examhall/modules/sealed"
)

func TestProduction(t *testing.T) {
	o := &Options{CaptchaOff: true, SQLConsole: true, Ring: sealed.NewRing([]byte("development"))}
	if err := o.fitForProduction(); err != nil {
		t.Error("outside of production:", err)
	}
	t.Setenv(Production, "1")
	err := o.fitForProduction()
	if err == nil || !strings.Contains(err.Error(), "captcha") || !strings.Contains(err.Error(), "sql-console") || !strings.Contains(err.Error(), "signing-key") ||
		!strings.Contains(err.Error(), "key file") {
		t.Error("not all reasons at once:", err)
	}
	if err := (&Options{SigningKey: realKey(t)}).fitForProduction(); err != nil {
		t.Error(err)
	}
}

// TestProductionWantsARealKey refuses keys that prove nothing.
func TestProductionWantsARealKey(t *testing.T) {
	t.Setenv(Production, "1")
	development := filepath.Join(t.TempDir(), "development.txt")
	if _, _, err := sign.Development(development); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{"no file": "", "a file that is not there": filepath.Join(t.TempDir(), "gone"), "the development key": development} {
		if err := (&Options{SigningKey: file}).fitForProduction(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestSigner takes the key that the settings name, and makes one where they
// name none.
func TestSigner(t *testing.T) {
	dir := t.TempDir()
	s, err := (&Options{}).openSigner(dir)
	if err != nil || !s.Development() {
		t.Errorf("nothing named: %v", err)
	}
	s, err = (&Options{SigningKey: realKey(t)}).openSigner(dir)
	if err != nil || s.Development() {
		t.Errorf("a key named: %v", err)
	}
}

// realKey writes a key with its certificate into one file.
func realKey(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "某市人事考试院"}, NotAfter: time.Now().AddDate(1, 0, 0)}
	certificate, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	data := append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})...)
	file := filepath.Join(t.TempDir(), "real.txt")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
