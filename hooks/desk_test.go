package hooks

import (
	"io/fs"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/apis"
)

// TestDeskIsServed says that browsers get the desk and ask again for it.
func TestDeskIsServed(t *testing.T) {
	o := openOffice(t)
	for _, url := range []string{"/_/extensions.js", "/_/extensions/desk/queue.js", "/_/extensions/desk/desk.css"} {
		r := httptest.NewRequest("GET", url, nil)
		w := httptest.NewRecorder()
		o.mux.ServeHTTP(w, r)
		tag := w.Header().Get("ETag")
		if w.Code != 200 || w.Header().Get("Cache-Control") != "no-cache" || tag == "" {
			t.Errorf("%s: %d, Cache-Control %q, ETag %q", url, w.Code, w.Header().Get("Cache-Control"), tag)
		}
		if url == "/_/extensions.js" { // PocketBase writes it as a stream
			continue
		}
		r = httptest.NewRequest("GET", url, nil)
		r.Header.Set("If-None-Match", tag)
		w = httptest.NewRecorder()
		o.mux.ServeHTTP(w, r)
		if w.Code != 304 {
			t.Errorf("%s again: %d", url, w.Code)
		}
	}
}

// TestDeskIsComplete says that every module that another one names is there.
func TestDeskIsComplete(t *testing.T) {
	files := apis.MustSubFS(deskFiles, "desk")
	named := regexp.MustCompile(`(?:from "\./|load\(|later\()"?([a-z-]+\.js)"|"\./extensions/desk/([a-z-]+\.(?:css|svg))"`)
	sources, err := fs.Glob(files, "*.js")
	if err != nil || len(sources) == 0 {
		t.Fatal("no files", err)
	}
	used := map[string]bool{"main.js": true}
	for _, source := range sources {
		raw, err := fs.ReadFile(files, source)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(string(raw), "\n") {
			t.Errorf("%s must end with a line end, or what PocketBase puts behind it may become a comment", source)
		}
		for _, m := range named.FindAllStringSubmatch(string(raw), -1) {
			name := m[1] + m[2]
			used[name] = true
			if _, err := fs.Stat(files, name); err != nil {
				t.Errorf("%s names %s, which is not there", source, name)
			}
		}
	}
	for _, source := range sources {
		if !used[source] {
			t.Errorf("nothing uses %s", source)
		}
	}
}
