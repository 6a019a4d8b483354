package sealed_test

import (
	"net/http"
	"strings"
	"testing"

	"examhall/modules/sealed"

	"github.com/pocketbase/pocketbase/core"
)

func TestRoundTrip(t *testing.T) {
	h := newHall(t)
	code, body := h.send(http.MethodPost, "/api/collections/people/records", "", `{"mobile":"+86 138-0013-8000","title":"x"}`)
	if code != http.StatusOK || strings.Contains(body, "13800138000") || !strings.Contains(body, `"mobile":"***"`) {
		t.Fatal(code, body)
	}
	r := h.only(t)
	if got := sealed.Plain(r, "mobile"); got != "13800138000" {
		t.Fatal(got)
	}
	if r.GetString("mobile_idx") != h.ring.Index(sealed.KindMobile, "138 0013 8000") {
		t.Fatal("index")
	}
	sealed.Show(r, sealed.Own)
	if r.GetString("mobile") != "138****8000" {
		t.Fatal(r.GetString("mobile"))
	}
	_ = core.Fields
}
