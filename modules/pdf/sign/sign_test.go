package sign_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"examhall/modules/pdf"
	"examhall/modules/pdf/fonts"
	"examhall/modules/pdf/sign"
)

// day is when everything is signed.
func day() time.Time { return time.Date(2026, 5, 18, 8, 0, 0, 0, time.UTC) }

// document returns every layout of the product, filled with its sample.
func documents(t testing.TB) map[string][]byte {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, err := pdf.Open(os.DirFS("../../../templates/pdf"), set, pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, layout := range p.Layouts() {
		if all[layout], err = p.Preview(layout); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// chained returns a key with a certificate of an authority of its own.
func chained(t testing.TB, key crypto.Signer) []*x509.Certificate {
	t.Helper()
	authority, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	from, to := day().AddDate(-1, 0, 0), day().AddDate(9, 0, 0)
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "测试根"}, NotBefore: from, NotAfter: to, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "某市人事考试院"}, NotBefore: from, NotAfter: to, KeyUsage: x509.KeyUsageDigitalSignature}
	var chain []*x509.Certificate
	for _, c := range []struct {
		certificate *x509.Certificate
		public      crypto.PublicKey
	}{{leaf, key.Public()}, {root, authority.Public()}} {
		der, err := x509.CreateCertificate(rand.Reader, c.certificate, root, c.public, authority)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		chain = append(chain, parsed)
	}
	return chain
}

// ask has poppler check the signatures of a file.
func ask(t *testing.T, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "signed.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdfsig", "-nocert", file).CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Fatal(err)
	}
	return string(out)
}

func whole(said string) bool {
	return strings.Contains(said, "Signature is Valid") && strings.Contains(said, "Total document signed")
}

func development(t testing.TB) *sign.Signer {
	t.Helper()
	key, chain, err := sign.Development(filepath.Join(t.TempDir(), "development.txt"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := sign.New(key, chain, sign.Appearance{Reason: "证书签发", Location: "某市"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestViewersAcceptSignatures signs every layout with every kind of key.
func TestViewersAcceptSignatures(t *testing.T) {
	elliptical, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	classic, err := rsa.GenerateKey(rand.Reader, 3072)
	if err != nil {
		t.Fatal(err)
	}
	for name, key := range map[string]crypto.Signer{"P-256": elliptical, "RSA": classic} {
		s, err := sign.New(key, chained(t, key), sign.Appearance{Reason: "证书签发"})
		if err != nil {
			t.Fatal(err)
		}
		if s.Development() {
			t.Errorf("%s: a real key counts as one for development", name)
		}
		for layout, data := range documents(t) {
			out, err := s.Sign(data, day())
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(out, data) {
				t.Errorf("%s: signing changed the file", layout)
			}
			said := ask(t, out)
			if !whole(said) || !strings.Contains(said, "某市人事考试院") || !strings.Contains(said, "ETSI.CAdES.detached") {
				t.Errorf("%s, %s: %s", name, layout, said)
			}
			again, err := s.Sign(data, day())
			if err != nil || !bytes.Equal(out, again) {
				t.Errorf("%s, %s: signing twice gives other bytes, %v", name, layout, err)
			}
		}
	}
}

// TestOneChangedByteShows flips a bit in every part of a signed file.
func TestOneChangedByteShows(t *testing.T) {
	s := development(t)
	out, err := s.Sign(documents(t)["professional"], day())
	if err != nil {
		t.Fatal(err)
	}
	if said := ask(t, out); !whole(said) {
		t.Fatal(said)
	}
	contents := bytes.LastIndex(out, []byte("/Contents<"))
	for i := 20; i < contents; i += len(out) / 12 {
		changed := bytes.Clone(out)
		changed[i] ^= 1
		if said := ask(t, changed); whole(said) {
			t.Errorf("byte %d of %d changed, and poppler says: %s", i, len(out), said)
		}
	}
	if said := ask(t, append(bytes.Clone(out), "%more\n"...)); whole(said) {
		t.Errorf("something follows, and poppler says: %s", said)
	}
}

// TestTheDevelopmentKey is made once, and says what it is.
func TestTheDevelopmentKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "development.txt")
	_, first, err := sign.Development(file)
	if err != nil {
		t.Fatal(err)
	}
	key, again, err := sign.Development(file)
	if err != nil || !first[0].Equal(again[0]) {
		t.Errorf("made twice, %v", err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v %v", info.Mode(), err)
	}
	s, err := sign.New(key, again, sign.Appearance{})
	if err != nil || !s.Development() || !strings.Contains(again[0].Subject.CommonName, "not valid") {
		t.Errorf("it passes for a real one: %v", err)
	}
}

// TestBadKeysAreRefused wants a reason before anything is signed.
func TestBadKeysAreRefused(t *testing.T) {
	mine, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	other, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	large, _ := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	for name, c := range map[string]struct {
		key   crypto.Signer
		chain []*x509.Certificate
	}{
		"no certificate": {mine, nil}, "that of another key": {mine, chained(t, other)}, "another curve": {large, chained(t, large)},
	} {
		if _, err := sign.New(c.key, c.chain, sign.Appearance{}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	file := filepath.Join(t.TempDir(), "empty.txt")
	if err := os.WriteFile(file, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := sign.Load(file, file); err == nil {
		t.Error("a file without a key was loaded")
	}
}

// TestOtherFilesAreRefused says that nothing is signed twice, or unread.
func TestOtherFilesAreRefused(t *testing.T) {
	s := development(t)
	data := documents(t)["professional"]
	signed, err := s.Sign(data, day())
	if err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string][]byte{"signed already": signed, "nothing": nil, "cut off": data[:len(data)-30], "text": []byte("%PDF-1.7\ntrailer\n<<>>")} {
		if _, err := s.Sign(other, day()); err == nil {
			t.Errorf("%s: signed", name)
		}
	}
}

// FuzzSign wants errors of broken files, never a panic.
func FuzzSign(f *testing.F) {
	s := development(f)
	f.Add(documents(f)["professional"])
	f.Add([]byte("%PDF-1.7\n1 0 obj\n<</Type/Catalog/EXAM_Seal[1 0 R 0 0 0 0]>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n76\n%%EOF\n"))
	f.Fuzz(func(t *testing.T, data []byte) { s.Sign(data, day()) })
}
