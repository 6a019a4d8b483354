package certificates_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestCharacterOfNoFont holds somebody whose name has a character that Unicode
// has and no font: in bulk it goes on with the others and takes no number, singly
// the answer stands beside the name.
func TestCharacterOfNoFont(t *testing.T) {
	h := open(t)
	first := pass(h, 1, "张三", "建筑工程")
	id := pass(h, 2, "王𰻞", "建筑工程") // U+30EDE, of extension G
	last := pass(h, 3, "李四", "建筑工程")
	if b := bulk(h); b.GetInt("issued") != 2 || b.GetInt("held") != 1 || b.GetString("status") != "done" {
		t.Error(b.PublicExport())
	}
	for i, c := range certificates(h) {
		if got, want := c.GetString("registration"), []string{first, last}[i]; got != want {
			t.Errorf("number %s went to %s, want %s", c.GetString("number"), got, want)
		}
		if got, want := c.GetString("number"), []string{"202600144010100001", "202600144010100002"}[i]; got != want {
			t.Errorf("number %s, want %s", got, want)
		}
	}
	a := h.Send("foreign", http.MethodGet, desk+"/holds", nil)
	for _, want := range []string{`"registration":"` + id + `"`, `"problem":"glyph_missing"`, `"char":"𰻞"`, `"hex":"30EDE"`} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("the holds do not say %s: %s", want, a.Body)
		}
	}
	values := order()
	values["registration"] = id
	a = h.Send("foreign", http.MethodPost, desk, values)
	if a.Verdict() != "409 name glyph_missing" || !strings.Contains(a.Body, `"hex":"30EDE"`) || !strings.Contains(a.Body, `"char":"𰻞"`) {
		t.Error(a.Verdict(), a.Body)
	}
	if n := len(certificates(h)); n != 2 {
		t.Error(n, "certificates")
	}
}
