// Package style_test holds the rules of style that a program can check. Each
// failure names the file, the line and the rule; .github/CONTRIBUTING.md has
// the reasons.
package style_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is the top folder of the source, seen from this package.
const root = "../.."

// source is one Go file.
type source struct {
	path string // from the top folder, with slashes: "hooks/mask.go"
	set  *token.FileSet
	file *ast.File
}

// dir is the folder of the file: "hooks".
func (s source) dir() string { return path.Dir(s.path) }

// test reports whether the file is for tests only: by its name, or by that of
// its package, such as modulestest.
func (s source) test() bool {
	return strings.HasSuffix(s.path, "_test.go") || strings.HasPrefix(s.path, "tests/") || strings.HasSuffix(s.dir(), "test")
}

// line returns where a node stands.
func (s source) line(n ast.Node) int { return s.set.Position(n.Pos()).Line }

// breaks fails the test with the place and the rule.
func (s source) breaks(t *testing.T, n ast.Node, rule string, args ...any) {
	t.Helper()
	t.Errorf("%s:%d: "+rule, append([]any{s.path, s.line(n)}, args...)...)
}

// files returns the path of every file of the source: those that git tracks or
// would track, or all where the source came without git.
func files(t *testing.T) []string {
	t.Helper()
	if out, err := exec.Command("git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard", "-z").Output(); err == nil {
		list := strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
		return slices.DeleteFunc(list, func(p string) bool {
			_, err := os.Stat(filepath.Join(root, p))
			return err != nil // deleted, but not yet committed
		})
	}
	var list []string
	err := fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (p == ".git" || p == "pb_data" || p == "dist") {
			return fs.SkipDir
		}
		if !d.IsDir() {
			list = append(list, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// sources parses every Go file.
func sources(t *testing.T) []source {
	t.Helper()
	var list []source
	set := token.NewFileSet()
	for _, p := range files(t) {
		if !strings.HasSuffix(p, ".go") {
			continue
		}
		f, err := parser.ParseFile(set, filepath.Join(root, p), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, source{path: p, set: set, file: f})
	}
	if len(list) < 50 {
		t.Fatalf("found %d Go files: the rules would check nothing", len(list))
	}
	return list
}

// read returns a file of the source.
func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// text reports whether a file is for people to read.
func text(data []byte) bool { return !bytes.Contains(data[:min(len(data), 8000)], []byte{0}) }
