package sealed_test

import (
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"examhall/modules/sealed"
)

// write puts a key file into a folder of the test.
func write(t *testing.T, f any) string {
	t.Helper()
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func ids(t *testing.T, path string) string {
	t.Helper()
	ring, err := sealed.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, k := range ring.SigningKeys() {
		list = append(list, k.ID)
	}
	return strings.Join(list, " ")
}

func TestOldKeyFilesGetASigningKey(t *testing.T) {
	path := write(t, production())
	first := ids(t, path)
	raw, _ := os.ReadFile(path)
	if !strings.Contains(string(raw), `"signing"`) {
		t.Error("the key was not kept")
	}
	if len(first) != 8 || ids(t, path) != first {
		t.Error("the key changed:", first, ids(t, path))
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Error(info.Mode())
	}
	if other := write(t, production()); ids(t, other) != first {
		t.Error("two processes that start at once disagree")
	}
	ring, _ := sealed.Load(path)
	if ring.Development() {
		t.Error("a production file became one for development")
	}
}

func TestRotationKeepsOldKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	before := ids(t, path)
	kid, err := sealed.RotateSigning(path, time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if after := ids(t, path); after != before+" "+kid {
		t.Errorf("%q became %q", before, after)
	}
}

func TestSigningKeysDoNotPrint(t *testing.T) {
	k := sealed.NewRing([]byte("x")).SigningKeys()[0]
	seed := k.Signer.(ed25519.PrivateKey).Seed()
	for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%s"} {
		if s := fmt.Sprintf(verb, k); s != "sealed.SigningKey "+k.ID || strings.Contains(s, string(seed)) {
			t.Errorf("%s prints %q", verb, s)
		}
	}
}

func TestLoadRefusesBrokenSigningKeys(t *testing.T) {
	type entry struct {
		KID  string `json:"kid"`
		Seed []byte `json:"seed"`
	}
	type file struct {
		keyFile
		Signing []entry `json:"signing"`
	}
	for want, list := range map[string][]entry{
		"seed has 3 bytes":            {{"x", []byte("abc")}},
		"kid is not that of its seed": {{"x", key32('s')}},
	} {
		if _, err := sealed.Load(write(t, file{production(), list})); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
