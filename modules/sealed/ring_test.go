package sealed_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"examhall/modules/sealed"
)

func TestSealAndOpen(t *testing.T) {
	ring := sealed.NewRing([]byte("a"))
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.String().Draw(t, "plain")
		atRest := ring.Seal("people.mobile", plain)
		if got, err := ring.Open("people.mobile", atRest); err != nil || got != plain {
			t.Fatalf("%q, %v", got, err)
		}
		if len(plain) > 3 && strings.Contains(atRest, plain) {
			t.Fatalf("%q shows in %q", plain, atRest)
		}
	})
}

func TestSealIsBoundToColumnAndKey(t *testing.T) {
	ring := sealed.NewRing([]byte("a"))
	atRest := ring.Seal("people.mobile", "13800138000")
	if atRest == ring.Seal("people.mobile", "13800138000") {
		t.Error("equal texts are equal at rest")
	}
	changed := []byte(atRest)
	changed[len(changed)-2] ^= 1
	for name, open := range map[string]func() (string, error){
		"another column": func() (string, error) { return ring.Open("people.name", atRest) },
		"another key":    func() (string, error) { return sealed.NewRing([]byte("b")).Open("people.mobile", atRest) },
		"unknown key":    func() (string, error) { return ring.Open("people.mobile", "k2"+atRest[2:]) },
		"changed text":   func() (string, error) { return ring.Open("people.mobile", string(changed)) },
		"too short":      func() (string, error) { return ring.Open("people.mobile", "k1:AAAA") },
		"no base64":      func() (string, error) { return ring.Open("people.mobile", "k1:???") },
		"clear text":     func() (string, error) { return ring.Open("people.mobile", "13800138000") },
	} {
		got, err := open()
		if err == nil || got != "" {
			t.Errorf("%s opens", name)
		} else if strings.Contains(err.Error(), "138") || strings.Contains(err.Error(), atRest[3:]) {
			t.Errorf("%s: the error quotes the text: %v", name, err)
		}
	}
}

func TestEmptyStaysEmpty(t *testing.T) {
	ring := sealed.NewRing(nil)
	if got := ring.Seal("a.b", ""); got != "" {
		t.Error(got)
	}
	if got, err := ring.Open("a.b", ""); got != "" || err != nil {
		t.Error(got, err)
	}
	if got := ring.Index(sealed.KindMobile, " - "); got != "" {
		t.Error("the index of nothing is", got)
	}
}

func TestIndex(t *testing.T) {
	ring := sealed.NewRing([]byte("a"))
	same := ring.Index(sealed.KindMobile, "13800138000")
	for _, typed := range []string{"+86 138-0013-8000", "１３８００１３８０００", " 138 0013 8000\u00a0", "138\u20130013\u20138000"} {
		if ring.Index(sealed.KindMobile, typed) != same {
			t.Errorf("%q has another index", typed)
		}
	}
	for name, other := range map[string]string{
		"another number": ring.Index(sealed.KindMobile, "13800138001"),
		"another kind":   ring.Index(sealed.KindBankCard, "13800138000"),
		"another key":    sealed.NewRing([]byte("b")).Index(sealed.KindMobile, "13800138000"),
	} {
		if other == same {
			t.Errorf("%s has the same index", name)
		}
	}
}

func TestSign(t *testing.T) {
	ring, other := sealed.NewRing([]byte("a")), sealed.NewRing([]byte("b"))
	sig := ring.Sign([]byte("head"))
	if !ring.Verify([]byte("head"), sig) || ring.Verify([]byte("tail"), sig) || other.Verify([]byte("head"), sig) {
		t.Fatal("signature")
	}
	if ring.Verify([]byte("head"), nil) || len(ring.PublicKey()) != 32 {
		t.Fatal("no signature is a signature")
	}
}

func TestRingPrintsNothing(t *testing.T) {
	ring := sealed.NewRing([]byte("a"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		if got := fmt.Sprintf(verb, ring); got != "sealed.Ring" {
			t.Errorf("%s prints %s", verb, got)
		}
	}
}
