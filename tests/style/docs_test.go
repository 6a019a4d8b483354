package style_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPackagesAreDocumented wants one comment for each package that says what it is.
func TestPackagesAreDocumented(t *testing.T) {
	documented, first := map[string]bool{}, map[string]source{}
	for _, s := range sources(t) {
		name := s.file.Name.Name
		if strings.HasSuffix(name, "_test") && s.dir() != "tests/style" {
			continue
		}
		if _, ok := first[s.dir()]; !ok {
			first[s.dir()] = s
		}
		doc := s.file.Doc.Text()
		if strings.HasPrefix(doc, "Package "+name+" ") || name == "main" && strings.HasPrefix(doc, "Command ") {
			documented[s.dir()] = true
		}
	}
	for dir, s := range first {
		if !documented[dir] {
			s.breaks(t, s.file.Name, "package %s has no comment that begins with its name", s.file.Name.Name)
		}
	}
}

// TestExportedNamesAreDocumented wants a whole sentence on whatever other
// packages may use.
func TestExportedNamesAreDocumented(t *testing.T) {
	for _, s := range sources(t) {
		if strings.HasSuffix(s.path, "_test.go") || s.file.Name.Name == "main" {
			continue
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) {
					documented(t, s, d.Name, d.Doc.Text())
				}
			case *ast.GenDecl:
				documentedGroup(t, s, d)
			}
		}
	}
}

// documentedGroup accepts one comment for a whole block of constants or
// variables, but wants one for each type.
func documentedGroup(t *testing.T, s source, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() {
				documented(t, s, spec.Name, d.Doc.Text()+spec.Doc.Text())
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() && d.Doc.Text()+spec.Doc.Text()+spec.Comment.Text() == "" {
					s.breaks(t, name, "exported %s has no comment", name.Name)
				}
			}
		}
	}
}

func documented(t *testing.T, s source, name *ast.Ident, doc string) {
	switch {
	case doc == "":
		s.breaks(t, name, "exported %s has no comment", name.Name)
	case !regexp.MustCompile(`^(An? |The )?` + name.Name + `\b`).MatchString(doc):
		s.breaks(t, name, "the comment of %s must begin with its name", name.Name)
	case !strings.HasSuffix(strings.TrimSpace(doc), ".") && !strings.HasSuffix(strings.TrimSpace(doc), ":") && !strings.Contains(doc, "\n\t"):
		s.breaks(t, name, "the comment of %s is no whole sentence: it ends without a full stop", name.Name)
	}
}

// exportedReceiver is true of functions, and of methods that can be seen.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if generic, ok := typ.(*ast.IndexExpr); ok {
		typ = generic.X
	}
	name, ok := typ.(*ast.Ident)
	return ok && name.IsExported()
}

// TestTextsHaveBothLanguages looks at every modules.T with literal words: both
// are there, and the English one is no Chinese.
func TestTextsHaveBothLanguages(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	for _, s := range sources(t) {
		if strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 2 || !callsT(s, call) {
				return true
			}
			zh, zhKnown := literal(call.Args[0])
			en, enKnown := literal(call.Args[1])
			if zhKnown && zh == "" || enKnown && en == "" {
				s.breaks(t, call, "a text needs both languages")
			}
			if enKnown && han.MatchString(en) {
				s.breaks(t, call, "the second wording of a text is the English one")
			}
			return true
		})
	}
}

// callsT is true of modules.T, and of T inside the package.
func callsT(s source, call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "T" && s.file.Name.Name == "modules"
	case *ast.SelectorExpr:
		pkg, ok := f.X.(*ast.Ident)
		return ok && pkg.Name == "modules" && f.Sel.Name == "T"
	}
	return false
}

// literal returns the value of a string literal.
func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	return strings.Trim(lit.Value, "\"`"), true
}

// TestBusinessesAreTested wants a test beside every business.
func TestBusinessesAreTested(t *testing.T) {
	tested, seen := map[string]bool{}, []string{}
	for _, s := range sources(t) {
		if !business(s.dir()) {
			continue
		}
		if !slices.Contains(seen, s.dir()) {
			seen = append(seen, s.dir())
		}
		tested[s.dir()] = tested[s.dir()] || strings.HasSuffix(s.path, "_test.go")
	}
	for _, dir := range seen {
		if !tested[dir] {
			t.Errorf("%s:1: a business needs a test that plays it", dir)
		}
	}
}
