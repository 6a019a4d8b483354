package style_test

import (
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the name in go.mod.
const module = "examhall"

// foundations are the packages below modules that are no business.
func foundations() []string {
	return []string{"sealed", "calendar", "upload", "database", "modulestest", "certificate", "credential", "translog", "pdf", "region", "check", "background", "marks"}
}

// business is true of the folder of a business.
func business(dir string) bool {
	parent, name := path.Split(dir)
	return parent == "modules/" && !slices.Contains(foundations(), name)
}

// TestImportsPointDown keeps the layers: migrations know nothing of ours,
// businesses know neither each other nor the hooks, the hooks know no business.
func TestImportsPointDown(t *testing.T) {
	for _, s := range sources(t) {
		for _, spec := range s.file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if ours, ok := strings.CutPrefix(name, module+"/"); ok {
				if rule := forbidden(s, ours); rule != "" {
					s.breaks(t, spec, "imports %s: %s", name, rule)
				}
			}
		}
	}
}

// forbidden returns why a file must not import a package of ours, if so.
func forbidden(s source, ours string) string {
	hooks := ours == "hooks" || strings.HasPrefix(ours, "hooks/")
	switch {
	case s.dir() == "pb_migrations":
		return "migrations are frozen and import nothing of ours"
	case s.test():
		return ""
	case strings.HasSuffix(ours, "test"):
		return "it is for tests"
	case strings.HasPrefix(s.path, "modules/") && hooks:
		return "hooks know modules, not the reverse"
	case strings.HasPrefix(s.path, "modules/") && business(ours) && s.dir() != ours:
		return "businesses do not know each other"
	case s.dir() == "hooks" && business(ours):
		return "main lists the businesses; hooks know none"
	}
	return ""
}

// TestImportsAreGrouped wants the standard library first, then others, then
// ours, with an empty line between and none inside.
func TestImportsAreGrouped(t *testing.T) {
	for _, s := range sources(t) {
		last, lastLine := 0, 0
		for _, spec := range s.file.Imports {
			kind, line := origin(spec), s.line(spec)
			if spec.Doc != nil {
				line = s.line(spec.Doc)
			}
			switch {
			case kind < last:
				s.breaks(t, spec, "imports are ordered: standard library, others, ours")
			case last != 0 && kind == last && line > lastLine+1:
				s.breaks(t, spec, "an empty line inside a group of imports")
			case last != 0 && kind > last && line == lastLine+1:
				s.breaks(t, spec, "an empty line stands before another group of imports")
			}
			last, lastLine = kind, s.line(spec)
		}
	}
}

// origin is 1 for the standard library, 2 for others, 3 for ours.
func origin(spec *ast.ImportSpec) int {
	name := strings.Trim(spec.Path.Value, `"`)
	first, _, _ := strings.Cut(name, "/")
	switch {
	case first == module:
		return 3
	case strings.Contains(first, "."):
		return 2
	}
	return 1
}
