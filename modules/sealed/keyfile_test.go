package sealed_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"examhall/modules/sealed"
)

func TestLoadMakesDevelopmentKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "keys.json")
	ring, err := sealed.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info, err)
	}
	if !ring.Development() {
		t.Error("made keys pass for production keys")
	}
	again, err := sealed.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Open("a.b", ring.Seal("a.b", "x")); got != "x" || err != nil {
		t.Error(got, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".keys-*")); len(left) > 0 {
		t.Error("drafts are left:", left)
	}
}

func TestLoadAtOnceGivesOneKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	texts := make([]string, 16)
	var all sync.WaitGroup
	for i := range texts {
		all.Go(func() {
			if ring, err := sealed.Load(path); err == nil {
				texts[i] = ring.Seal("a.b", "x")
			}
		})
	}
	all.Wait()
	ring, err := sealed.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if got, err := ring.Open("a.b", text); got != "x" || err != nil {
			t.Errorf("start %d has other keys: %v", i, err)
		}
	}
}

// keyFile is what operators write.
type keyFile struct {
	Version     int       `json:"version"`
	Development bool      `json:"development"`
	Current     string    `json:"current"`
	Keys        []fileKey `json:"keys"`
	Audit       []byte    `json:"audit"`
}

type fileKey struct {
	ID   string `json:"id"`
	AES  []byte `json:"aes"`
	HMAC []byte `json:"hmac"`
}

func production() keyFile {
	return keyFile{Version: 1, Current: "k1", Keys: []fileKey{{"k1", key32('1'), key32('h')}}, Audit: key32('a')}
}

func key32(c byte) []byte { return []byte(strings.Repeat(string(c), 32)) }

func writeKeys(t *testing.T, f keyFile) string {
	t.Helper()
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return writeText(t, string(raw))
}

func writeText(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func load(t *testing.T, path string) *sealed.Ring {
	t.Helper()
	ring, err := sealed.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func TestLoadProduction(t *testing.T) {
	if load(t, writeKeys(t, production())).Development() {
		t.Fatal("production keys count as development keys")
	}
}

func TestRotation(t *testing.T) {
	old := load(t, writeKeys(t, production()))
	atRest, index := old.Seal("a.b", "x"), old.Index(sealed.KindName, "x")

	f := production()
	f.Keys = append(f.Keys, fileKey{"k2", key32('2'), key32('h')})
	f.Current = "k2"
	ring := load(t, writeKeys(t, f))
	if got, err := ring.Open("a.b", atRest); got != "x" || err != nil {
		t.Error("an old text is lost:", err)
	}
	if fresh := ring.Seal("a.b", "x"); !strings.HasPrefix(fresh, "k2:") {
		t.Error("sealed with an old key:", fresh[:3])
	}
	if ring.Index(sealed.KindName, "x") != index {
		t.Error("the index changed although its key did not")
	}
}

func TestLoadNamesWhatIsWrong(t *testing.T) {
	secret := key32('1')
	change := func(edit func(*keyFile)) string {
		f := production()
		edit(&f)
		return writeKeys(t, f)
	}
	for path, want := range map[string]string{
		writeText(t, ""):                                                "not JSON",
		writeText(t, `{"version":1,`):                                   "not JSON",
		writeText(t, `{"version":"1`+string(secret)+`"}`):               "version has the wrong type",
		writeText(t, `{"versions":1}`):                                  "unknown field",
		writeText(t, `{"audit":"!`+string(secret)+`"}`):                 "audit has the wrong type or is not base64",
		change(func(f *keyFile) { f.Version = 2 }):                      "version is 2",
		change(func(f *keyFile) { f.Current = "k9" }):                   "current names no key",
		change(func(f *keyFile) { f.Keys = nil }):                       "current names no key",
		change(func(f *keyFile) { f.Keys[0].ID = "main" }):              "keys[0]: id must be",
		change(func(f *keyFile) { f.Keys[0].AES = secret[:16] }):        "keys[0]: aes has 16 bytes",
		change(func(f *keyFile) { f.Keys[0].HMAC = nil }):               "keys[0]: hmac has 0 bytes",
		change(func(f *keyFile) { f.Keys = append(f.Keys, f.Keys[0]) }): "keys[1]: id k1 appears twice",
		change(func(f *keyFile) { f.Audit = secret[:31] }):              "audit has 31 bytes",
		t.TempDir(): "is a directory",
	} {
		_, err := sealed.Load(path)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("error %v, want the file and %q", err, want)
		} else if strings.Contains(err.Error(), "1111") {
			t.Errorf("the error quotes a key: %v", err)
		}
	}
}
