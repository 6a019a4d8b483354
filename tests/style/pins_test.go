package style_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// version returns the version that a go.mod requires, or nothing.
func version(gomod []byte, module string) string {
	m := regexp.MustCompile(`(?m)^(?:require )?\s*` + regexp.QuoteMeta(module) + ` (v\S+)`).FindSubmatch(gomod)
	if m == nil {
		return ""
	}
	return string(m[1])
}

// TestPins keeps versions that must not move by accident.
func TestPins(t *testing.T) {
	gomod := read(t, "go.mod")
	if v := version(gomod, "github.com/go-ozzo/ozzo-validation/v4"); v != "v4.3.0" {
		t.Errorf("go.mod:1: go-ozzo/ozzo-validation is %s; it stays at v4.3.0, later versions have another owner", v)
	}
	if v := version(gomod, "github.com/gabriel-vasile/mimetype"); older(v, "v1.4.16") {
		t.Errorf("go.mod:1: mimetype is %s; v1.4.16 is the first that reads every file type well, v1.4.15 is retracted", v)
	}
	if v := version(gomod, "github.com/pocketbase/pocketbase"); v != "v0.40.4" {
		t.Errorf("go.mod:1: PocketBase is %s; what is built on it was tested with v0.40.4", v)
	}
	if regexp.MustCompile(`(?m)^\s*replace\b`).Match(gomod) {
		t.Error("go.mod:1: a replacement hides which code is built")
	}
}

// TestSQLiteIsThatOfPocketBase keeps the driver and its C library together:
// PocketBase tests this pair, and another one may corrupt data.
func TestSQLiteIsThatOfPocketBase(t *testing.T) {
	cmd := exec.Command("go", "list", "-m", "-f", "{{.GoMod}}", "github.com/pocketbase/pocketbase")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal("go list:", err)
	}
	theirs, err := os.ReadFile(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	ours := read(t, "go.mod")
	for _, name := range []string{"modernc.org/sqlite", "modernc.org/libc"} {
		if want, have := version(theirs, name), version(ours, name); want == "" || want != have {
			t.Errorf("go.mod:1: %s is %s, but PocketBase has %s", name, have, want)
		}
	}
}

// older compares versions like v1.4.16; none is older than any.
func older(a, b string) bool {
	x, y := strings.Split(strings.TrimPrefix(a, "v"), "."), strings.Split(strings.TrimPrefix(b, "v"), ".")
	for i := range min(len(x), len(y)) {
		m, _ := strconv.Atoi(x[i])
		n, _ := strconv.Atoi(y[i])
		if m != n {
			return m < n
		}
	}
	return len(x) < len(y)
}

// TestVendoredFilesAreUntouched compares what is vendored with the hashes in
// VENDOR.md, and wants every file to stand there.
func TestVendoredFilesAreUntouched(t *testing.T) {
	const dir = "pb_public/vendor"
	if _, err := os.Stat(filepath.Join(root, dir)); err != nil {
		t.Fatal("nothing is vendored")
	}
	list := read(t, dir+"/VENDOR.md")
	row := regexp.MustCompile("(?m)^\\| `([^`]+)` \\|.*`([0-9a-f]{64})` \\|")
	known := map[string]string{}
	for _, m := range row.FindAllSubmatch(list, -1) {
		known[string(m[1])] = string(m[2])
	}
	for _, p := range files(t) {
		name, ok := strings.CutPrefix(p, dir+"/")
		if !ok || name == "VENDOR.md" || strings.HasPrefix(name, "LICENSE") {
			continue
		}
		sum := sha256.Sum256(read(t, p))
		if have := hex.EncodeToString(sum[:]); known[name] != have {
			t.Errorf("%s:1: sha256 is %s, but VENDOR.md says %q", p, have, known[name])
		}
		delete(known, name)
	}
	for name := range known {
		t.Errorf("%s/VENDOR.md:1: there is no %s", dir, name)
	}
}

// TestNoPathOfAMachine keeps out what is true on one machine only.
func TestNoPathOfAMachine(t *testing.T) {
	place := regexp.MustCompile(`(?:^|[\s"'` + "`" + `(=:])/(?:root|work|Users/[a-z]+|home/[a-z]+)/[\w.]`)
	for _, p := range files(t) {
		data := read(t, p)
		if !text(data) || strings.HasPrefix(p, "pb_public/vendor/") {
			continue
		}
		for n, line := range bytes.Split(data, []byte("\n")) {
			if found := place.Find(line); found != nil {
				t.Errorf("%s:%d: a path of one machine: %s", p, n+1, found)
			}
		}
	}
}

// TestNoKeys keeps out what must never be in a repository.
func TestNoKeys(t *testing.T) {
	for _, p := range files(t) {
		base := filepath.Base(p)
		if base == "keys.json" || base == "data.db" || strings.HasSuffix(base, ".pem") || strings.HasSuffix(base, ".key") {
			t.Errorf("%s:1: keys and data are no source", p)
		}
	}
}
