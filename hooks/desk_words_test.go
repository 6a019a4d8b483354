package hooks

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestWords compares the Chinese words with the sources of the dashboard that is
// built in: how much of it they cover, and whether each still belongs to
// something. It fails after an update of PocketBase that changed its words.
func TestWords(t *testing.T) {
	source := dashboardSource(t)
	words := deskWords(t, "words")

	known := map[string]bool{}
	for english := range words {
		known[squeeze(english)] = true
	}
	var missing []string
	shown := shownStrings(source)
	for _, s := range shown {
		if !known[s] && !slices.Contains(notWords, s) {
			missing = append(missing, s)
		}
	}
	covered := 1 - float64(len(missing))/float64(len(shown))
	t.Logf("%d texts in the dashboard, %.1f %% of them known", len(shown), covered*100)
	if len(missing) > 0 {
		t.Errorf("the dashboard has words that nobody translated: %q", missing)
	}

	text := squeeze(unescape(source))
	for english := range words {
		for piece := range strings.SplitSeq(english, "{}") {
			if !strings.Contains(text, squeeze(piece)) {
				t.Errorf("the dashboard does not say %q any more", english)
				break
			}
		}
	}
}

// TestWordsAreWellFormed holds the rules of the tables.
func TestWordsAreWellFormed(t *testing.T) {
	for _, table := range []string{"words", "joined", "answers"} {
		for english, chinese := range deskWords(t, table) {
			if strings.Contains(chinese, "{}") { // stands for itself
				continue
			}
			blanks := strings.Count(english, "{}")
			for i := range blanks {
				if !strings.Contains(chinese, "{"+string(rune('1'+i))+"}") {
					t.Errorf("%q loses what is filled in: %q", english, chinese)
				}
			}
			if strings.Contains(chinese, "{"+string(rune('1'+blanks))+"}") {
				t.Errorf("%q fills in what is not there: %q", english, chinese)
			}
			isChinese := strings.ContainsFunc(chinese, func(r rune) bool { return r > unicode.MaxASCII })
			if !isChinese && squeeze(english) != squeeze(chinese) && !slices.Contains(sameEverywhere, english) {
				t.Errorf("%q is not Chinese: %q", english, chinese)
			}
		}
	}
}

// sameEverywhere are words that Chinese writes without its own characters.
var sameEverywhere = []string{"Id", "OAuth2 id", "PocketBase {}"}

// notWords are strings that look like words and are code, names or examples.
var notWords = []string{
	"Dart SDK", "JS SDK", "JavaScript", "Markdown", "Go", "Dart", "Haskell", "Elixir", "Kotlin", "Swift", "Python", "Ruby", "Rust", "Scala", "Julia",
	"Java", "Lua", "Zig",
	"WxH", "WxHt", "WxHb", "WxHf", "Wx0", "@yearly @annually @monthly @weekly @daily @midnight @hourly",
	"-----BEGIN PRIVATE KEY----- ... -----END PRIVATE KEY-----",
}

// dashboardSource returns the sources of the dashboard, which come with the
// module and need no network.
func dashboardSource(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/pocketbase/pocketbase").Output()
	if err != nil {
		t.Fatal("where is PocketBase?", err)
	}
	var all strings.Builder
	err = filepath.WalkDir(filepath.Join(strings.TrimSpace(string(out)), "ui", "src"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".js") || strings.HasSuffix(path, "mimeTypes.js") {
			return err
		}
		raw, err := os.ReadFile(path)
		all.Write(withoutComments(raw))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

var comments = regexp.MustCompile(`(?m)^\s*(//|/?\*).*$`)

func withoutComments(source []byte) []byte { return comments.ReplaceAll(source, nil) }

// literals are the strings of a program: 'a', "a" and `a` without its ${…}.
var literals = regexp.MustCompile(`"((?:[^"\\\n]|\\.)*)"|` + "`((?:[^`\\\\]|\\\\.)*)`")

// before says by what stands in front of a string that people read it.
var before = regexp.MustCompile(`(?:\b(?:placeholder|title|label|textContent|text|alt|yesButton|noButton|btnText|toggleLabel|tooltip|ariaLabel|help): *(?:\(\) *=> *)?|` +
	`app\.attrs\.tooltip\(\s*|app\.toasts\.(?:success|error|info)\(\s*|app\.modals\.confirm\(\s*|app\.store\.title = |` +
	`\bt\.(?:span|p|li|label|strong|div|td|th|em|small|h\d|button|summary|a)\((?:null|\{[^{}]*\}),\s*)$`)

var filledIn = regexp.MustCompile(`\$\{[^}]*\}`)

// shownStrings returns the strings that the dashboard shows people, as the keys
// of the words are written. It knows only strings that stand directly where
// they are shown, which is nearly all.
func shownStrings(source string) []string {
	var list []string
	for _, at := range literals.FindAllStringSubmatchIndex(source, -1) {
		start := max(0, at[0]-160)
		if !before.MatchString(source[start:at[0]]) {
			continue
		}
		raw := ""
		if at[2] >= 0 {
			raw = source[at[2]:at[3]]
		} else {
			raw = filledIn.ReplaceAllString(source[at[4]:at[5]], "{}")
		}
		s := squeeze(unescape(raw))
		if readable(s) && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// readable reports whether a string has a word in it and is not the name of a
// thing in code.
func readable(s string) bool {
	if !regexp.MustCompile(`[A-Za-z]{2}`).MatchString(s) || strings.ContainsAny(s, "/@#") && !strings.Contains(s, " ") {
		return false
	}
	return strings.Contains(s, " ") || regexp.MustCompile(`^[A-Z][a-z]`).MatchString(s)
}

var escapes = strings.NewReplacer(`\"`, `"`, `\n`, "\n", `\\`, `\`, "\\`", "`")

func unescape(s string) string { return escapes.Replace(s) }

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// deskWords reads one of the tables of zh-words.js: one entry a line, written
// as JSON.
func deskWords(t *testing.T, table string) map[string]string {
	t.Helper()
	raw, err := deskFiles.ReadFile("desk/zh-words.js")
	if err != nil {
		t.Fatal(err)
	}
	_, body, ok := strings.Cut(string(raw), "export const "+table+" = {\n")
	if !ok {
		t.Fatalf("no table %q", table)
	}
	body, _, _ = strings.Cut(body, "\n}")
	words := map[string]string{}
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		var entry map[string]string
		if err := json.Unmarshal([]byte("{"+line+"}"), &entry); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		for english, chinese := range entry {
			if _, twice := words[english]; twice {
				t.Errorf("%q stands there twice", english)
			}
			words[english] = chinese
		}
	}
	return words
}
