package hooks_test

import (
	"encoding/json"
	"net/http"
	"testing"
)

// TestRegions: anybody may have the table, and a browser keeps it.
func TestRegions(t *testing.T) {
	h := open(t)
	first := visit(h, "", "/api/portal/regions")
	table := map[string]string{}
	if err := json.Unmarshal(first.Body.Bytes(), &table); err != nil || table["440305"] != "南山区" {
		t.Fatalf("%d %v %s", first.Code, err, first.Body.String()[:100])
	}
	tag := first.Header().Get("ETag")
	if got := first.Header().Get("Cache-Control"); got != "public, max-age=86400" || tag == "" {
		t.Errorf("Cache-Control %q, ETag %q", got, tag)
	}
	if again := visit(h, "li", "/api/portal/regions", "If-None-Match", tag); again.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Code)
	}
}
