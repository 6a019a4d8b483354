package hooks_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/modulestest"
)

// TestCheckpoints publishes to anybody one signed head of the audit trail a day,
// with the key to check it: who has kept one notices if the trail is cut later.
func TestCheckpoints(t *testing.T) {
	t.Parallel()
	h := open(t)
	read := func() (key ed25519.PublicKey, list []struct {
		Seq                 int64
		Hash, At, Signature string
	}) {
		t.Helper()
		a := h.Send("", http.MethodGet, "/.well-known/examhall-audit.json", nil)
		answer := struct {
			Algorithm   string
			PublicKey   string `json:"public_key"`
			Checkpoints any
		}{Checkpoints: &list}
		if err := json.Unmarshal([]byte(a.Body), &answer); a.Code != http.StatusOK || err != nil || answer.Algorithm != "Ed25519" {
			t.Fatal(a.Code, a.Body, err)
		}
		for _, secret := range []string{modulestest.ID("li"), modulestest.ID("reviewer"), "CJFH", reviews} {
			if strings.Contains(a.Body, secret) {
				t.Errorf("the checkpoints tell %q", secret)
			}
		}
		key, err := hex.DecodeString(answer.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		return key, list
	}
	keep := func() {
		t.Helper()
		if err := h.Portal.Checkpoint(h.App); err != nil {
			t.Fatal(err)
		}
	}

	keep() // of nothing
	if _, list := read(); len(list) != 0 {
		t.Error("there is nothing to vouch for yet:", list)
	}
	id := reach(h, modules.Submitted)
	keep()
	play(h, id, "accept")
	keep() // the first of a day stays
	h.Travel(modulestest.Start().Add(24 * time.Hour))
	keep()
	key, list := read()
	if len(list) != 2 || list[0].Seq != 2 || list[1].Seq != 1 {
		t.Fatalf("%+v, want the heads of two days, newest first", list)
	}
	for _, c := range list {
		signature, err := hex.DecodeString(c.Signature)
		if err != nil || !ed25519.Verify(key, fmt.Appendf(nil, "examhall audit %d %s %s", c.Seq, c.Hash, c.At), signature) {
			t.Errorf("the signature of event %d is wrong: %v", c.Seq, err)
		}
	}
}
