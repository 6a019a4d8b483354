package style_test

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"
)

// longest is how many lines a function may have.
const longest = 60

// TestFunctionsAreShort counts from the word func to the last brace. Tests and
// migrations are lists, and may be long.
func TestFunctionsAreShort(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() || s.dir() == "pb_migrations" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch f := n.(type) {
			case *ast.FuncDecl, *ast.FuncLit:
				if lines := s.set.Position(f.End()).Line - s.line(f) + 1; lines > longest {
					s.breaks(t, f, "a function of %d lines; %d are enough", lines, longest)
				}
			}
			return true
		})
	}
}

// TestPackagesHaveASubject refuses packages that are named after nothing.
func TestPackagesHaveASubject(t *testing.T) {
	vague := []string{"util", "utils", "common", "helper", "helpers", "manager", "managers", "base", "misc", "shared", "lib"}
	for _, s := range sources(t) {
		if slices.Contains(vague, s.file.Name.Name) || slices.Contains(vague, path.Base(s.dir())) {
			s.breaks(t, s.file.Name, "%s names no subject", s.file.Name.Name)
		}
	}
}

// TestNothingRunsByItself allows init to migrations only, which PocketBase
// collects in no other way.
func TestNothingRunsByItself(t *testing.T) {
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" && s.dir() != "pb_migrations" {
				s.breaks(t, f, "init is for migrations; call it from main")
			}
		}
	}
}

// TestNoGlobals allows variables of a package only where they never change.
func TestNoGlobals(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		for _, d := range s.file.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok || group.Tok != token.VAR {
				continue
			}
			for _, spec := range group.Specs {
				if v := spec.(*ast.ValueSpec); !constant(s, group, v) {
					s.breaks(t, v, "variable %s of a package; pass it on, or make it a function", v.Names[0].Name)
				}
			}
		}
	}
}

// constant is true of what is a variable to the compiler only: embedded files,
// errors, patterns, proofs that a type fits, a time zone, and what the linker sets.
func constant(s source, group *ast.GenDecl, v *ast.ValueSpec) bool {
	if strings.Contains(comments(group.Doc)+comments(v.Doc), "//go:embed ") || v.Names[0].Name == "_" {
		return true
	}
	if s.path == "main.go" && v.Names[0].Name == "version" {
		return true
	}
	if len(v.Values) != 1 {
		return false
	}
	call, ok := v.Values[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := f.X.(*ast.Ident)
	return ok && slices.Contains([]string{"errors.New", "regexp.MustCompile", "time.FixedZone"}, pkg.Name+"."+f.Sel.Name)
}

func comments(group *ast.CommentGroup) string {
	text := ""
	if group != nil {
		for _, c := range group.List {
			text += c.Text + "\n"
		}
	}
	return text
}

// clocks are the files below modules that may look at the clock, and why.
func clocks() map[string]string {
	return map[string]string{
		"modules/sealed/idnumber.go": "nobody is born in the future; a field knows no step",
	}
}

// TestTheClockIsPassedOn keeps time.Now out of everything but hooks and
// commands: guards and effects use Step.Now, so that tests can move it.
func TestTheClockIsPassedOn(t *testing.T) {
	for _, s := range sources(t) {
		outside := strings.HasPrefix(s.path, "modules/") || s.dir() == "pb_migrations"
		if s.test() || !outside || clocks()[s.path] != "" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				s.breaks(t, sel, "time.%s; use Step.Now", sel.Sel.Name)
			}
			return true
		})
	}
}
