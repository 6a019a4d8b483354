package style_test

import (
	"encoding/json"
	"go/ast"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// candidatesNever lists the codes that no candidate meets: they are told to
// staff and administrators, at the desk or in a form of the dashboard.
func candidatesNever() []string {
	return []string{
		"account_inactive", "console_closed", "last_admin", "role_fields", "role_or_staff", "rows_kept",
		"rule_invalid", "rule_needs", "rule_opened", "rule_sealed", "schema_needed",
		"sealed_index", "sealed_kind", "sealed_rename", "window_backwards",
		"batch_running", "certificate_fixed", "date_before_exam", "date_in_future", "date_invalid", "issuer_missing",
		"nobody_to_issue", "not_approved", "number_code_missing", "number_rule_invalid", "numbers_exhausted", "scores_not_published",
		"specialty_code_missing", "print_no_invalid", "print_no_taken", "no_paper", "nobody_to_number", "nobody_to_move", "photo_type", "layout_unknown",
		"payout_amount", "payout_unknown", "payout_settled", "serial_used", "bill_amount", "bill_used",
	}
}

// staffNever lists the codes that nobody at the desk meets: they are about the
// form, the login and the pages of candidates.
func staffNever() []string {
	return []string{
		"appeal_expired", "appeal_used", "captcha_invalid", "cert_not_found", "commitment_required", "duplicate_active", "login_failed",
		"not_eligible", "once_only", "owner_fixed", "subject_objective",
		"submission_invalid", "too_many_live", "too_many_requests", "window_closed", "window_not_open",
	}
}

// TestCodesHaveWords says that whoever may meet the code of a problem reads a
// sentence in their language, not the words of a programmer. A new code needs
// words for both, unless it stands in a list above.
func TestCodesHaveWords(t *testing.T) {
	found := codes(t)
	for _, c := range []struct {
		file  string
		never []string
	}{
		{"pb_public/app/words.js", candidatesNever()},
		{"hooks/desk/words.js", staffNever()},
	} {
		said := sentences(t, c.file)
		for _, code := range slices.Sorted(maps.Keys(found)) {
			words, ok := said[code]
			if !ok && !slices.Contains(c.never, code) {
				found[code].breaks(t, "%s has no words for the code %s", c.file, code)
			}
			if ok {
				readable(t, c.file, code, words)
			}
		}
		for _, code := range c.never {
			if _, ok := found[code]; !ok {
				t.Errorf("tests/style/words_test.go: no code is called %s any more", code)
			}
		}
	}
}

// readable wants a Chinese and an English sentence.
func readable(t *testing.T, file, code string, words []string) {
	t.Helper()
	if len(words) != 2 && len(words) != 4 {
		t.Errorf("%s: %s has %d sentences: it is Chinese, English, and both again for want of a parameter", file, code, len(words))
		return
	}
	for i, sentence := range words {
		han := strings.ContainsFunc(sentence, func(c rune) bool { return unicode.Is(unicode.Han, c) })
		bare := parameter.ReplaceAllString(sentence, "") == "" // the sentence is the operator's
		if sentence == "" || !bare && han != (i%2 == 0) {
			t.Errorf("%s: %s: sentence %d is not in its language: %q", file, code, i+1, sentence)
		}
	}
}

// TestSentencesAreFilled says that no reader sees a {name}: a sentence asks for
// parameters only that come with the code from everywhere, or has another for
// want of them.
func TestSentencesAreFilled(t *testing.T) {
	found := codes(t)
	for file, given := range map[string][]string{"pb_public/app/words.js": nil, "hooks/desk/words.js": {"name"}} {
		for code, words := range sentences(t, file) {
			place, ok := found[code]
			if !ok || place.params == nil {
				continue
			}
			last := words[len(words)-2:]
			for _, m := range parameter.FindAllStringSubmatch(strings.Join(last, " "), -1) {
				if !slices.Contains(place.params, m[1]) && !slices.Contains(given, m[1]) {
					place.breaks(t, "%s: the sentence for %s needs {%s}, which does not always come", file, code, m[1])
				}
			}
		}
	}
}

var parameter = regexp.MustCompile(`\{(\w+)\}`)

// sentences reads the table "problems" of a words.js: code: ["zh", "en", …].
func sentences(t *testing.T, file string) map[string][]string {
	t.Helper()
	_, table, ok := strings.Cut(string(read(t, file)), "const problems = {")
	table, _, end := strings.Cut(table, "\n}\n")
	if !ok || !end {
		t.Fatalf("%s has no table of problems", file)
	}
	all := map[string][]string{}
	for _, m := range regexp.MustCompile(`(\w+): (\[(?:"(?:[^"\\]|\\.)*"(?:, )?)+\])`).FindAllStringSubmatch(table, -1) {
		var words []string
		if err := json.Unmarshal([]byte(m[2]), &words); err != nil {
			t.Fatalf("%s: %s: %v", file, m[1], err)
		}
		all[m[1]] = words
	}
	return all
}

// place is where a code comes from, and the parameters that come with it from
// everywhere; nil means that a program gives them.
type place struct {
	source
	node   ast.Node
	params []string
}

func (p place) breaks(t *testing.T, rule string, args ...any) {
	t.Helper()
	p.source.breaks(t, p.node, rule, args...)
}

// codes returns every code of a problem that the source names.
func codes(t *testing.T) map[string]place {
	t.Helper()
	all := map[string]place{}
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		for _, d := range s.file.Decls {
			later := laterParams(d)
			ast.Inspect(d, func(n ast.Node) bool {
				for code, params := range codesOf(d, n, later) {
					all[code] = place{s, n, common(all, code, params)}
				}
				return true
			})
		}
	}
	if len(all) < 40 {
		t.Fatalf("found %d codes: the rules would check nothing", len(all))
	}
	return all
}

// common returns the parameters that come with a code from here and from the
// places before.
func common(all map[string]place, code string, params []string) []string {
	known, twice := all[code]
	switch {
	case !twice || known.params == nil:
		return params
	case params == nil:
		return known.params
	}
	return slices.DeleteFunc(params, func(name string) bool { return !slices.Contains(known.params, name) })
}

// makers are the functions that make a problem, with where its code stands
// among the arguments.
func makers() map[string]int {
	return map[string]int{"NewProblem": 0, "NewError": 0, "Invalid": 1, "InvalidWith": 1, "roleError": 0}
}

// codesOf returns the codes that a node names, each with its parameters.
func codesOf(d ast.Decl, n ast.Node, later map[ast.Expr]ast.Expr) map[string][]string {
	switch n := n.(type) {
	case *ast.CallExpr:
		at, ok := makers()[called(n)]
		if !ok || at >= len(n.Args) {
			return nil
		}
		found := map[string][]string{}
		for _, code := range texts(d, n.Args[at]) {
			found[code] = params(n, later[n])
		}
		return found
	case *ast.KeyValueExpr: // Once{Code: "once_only"}
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
			if code, ok := literal(n.Value); ok {
				return map[string][]string{code: {}}
			}
		}
	case *ast.ValueSpec: // CodeType = "material_type"
		if strings.HasPrefix(n.Names[0].Name, "Code") && len(n.Values) == 1 {
			if code, ok := literal(n.Values[0]); ok {
				return map[string][]string{code: nil}
			}
		}
	}
	return nil
}

// called returns the name of the function of a call.
func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// texts returns what an argument may be: a literal, or the literals that the
// variable is set to.
func texts(d ast.Decl, e ast.Expr) []string {
	if text, ok := literal(e); ok {
		return []string{text}
	}
	name, ok := e.(*ast.Ident)
	if !ok {
		return nil
	}
	var list []string
	ast.Inspect(d, func(n ast.Node) bool {
		set, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, left := range set.Lhs {
			if id, ok := left.(*ast.Ident); ok && id.Name == name.Name && i < len(set.Rhs) {
				if text, ok := literal(set.Rhs[i]); ok {
					list = append(list, text)
				}
			}
		}
		return true
	})
	return list
}

// laterParams returns what NewError(…).SetParams(…) gives, by the call of
// NewError.
func laterParams(d ast.Decl) map[ast.Expr]ast.Expr {
	later := map[ast.Expr]ast.Expr{}
	ast.Inspect(d, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || called(call) != "SetParams" || len(call.Args) != 1 {
			return true
		}
		later[call.Fun.(*ast.SelectorExpr).X] = call.Args[0]
		return true
	})
	return later
}

// params returns the names of the parameters that a call gives: none, or nil
// where they are not written there.
func params(c *ast.CallExpr, later ast.Expr) []string {
	given := later
	if name := called(c); name == "NewProblem" || name == "InvalidWith" {
		given = c.Args[len(c.Args)-1]
	}
	names := []string{}
	switch given := given.(type) {
	case nil:
	case *ast.CompositeLit:
		for _, element := range given.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				if name, ok := literal(pair.Key); ok {
					names = append(names, name)
				}
			}
		}
	case *ast.Ident:
		if given.Name != "nil" {
			return nil
		}
	default:
		return nil
	}
	return names
}

// TestIconsAreVendored wants every icon that a business or a page names among
// the symbols that the pages are served with.
func TestIconsAreVendored(t *testing.T) {
	have := map[string]bool{}
	for _, m := range regexp.MustCompile(`<symbol id="([a-z0-9-]+)"`).FindAllStringSubmatch(string(read(t, "pb_public/vendor/icons.svg")), -1) {
		have[m[1]] = true
	}
	named := 0
	for _, s := range sources(t) {
		if !strings.HasPrefix(s.path, "modules/") || s.test() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			pair, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			key, ok := pair.Key.(*ast.Ident)
			if icon, text := literal(pair.Value); ok && text && key.Name == "Icon" {
				named++
				if name, remix := strings.CutPrefix(icon, "ri-"); !remix || !have[name] {
					s.breaks(t, pair, "pb_public/vendor/icons.svg has no icon %s", icon)
				}
			}
			return true
		})
	}
	use := regexp.MustCompile(`icons\.svg#([a-z0-9-]+)|\{Icon\} name="([a-z0-9-]+)"`)
	for _, p := range files(t) {
		if !strings.HasPrefix(p, "templates/") && !strings.HasPrefix(p, "pb_public/app/") {
			continue
		}
		for _, m := range use.FindAllStringSubmatch(string(read(t, p)), -1) {
			named++
			if !have[m[1]+m[2]] {
				t.Errorf("%s: pb_public/vendor/icons.svg has no icon %s", p, m[1]+m[2])
			}
		}
	}
	if named < 20 {
		t.Errorf("found %d names of icons: the rule would check nothing", named)
	}
}
