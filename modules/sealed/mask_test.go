package sealed_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"examhall/modules/sealed"
)

// TestMasks is the policy, written by hand.
func TestMasks(t *testing.T) {
	const id, mobile, card, addr = "11010519491231002X", "13800138000", "6222024000000000006", "广东省深圳市福田区深南大道1号"
	for _, c := range []struct{ kind, plain, own, staff, cert, finance, public string }{
		{sealed.KindIDNumber, id, "110*************2X", "110*************2X", "110*************2X", "110*************2X", "1****************X"},
		{sealed.KindIDNumber, "E12345678", "E12****78", "E12****78", "E12****78", "E12****78", "E*******8"},
		{sealed.KindIDNumber, "12345678", "12****78", "12****78", "12****78", "12****78", "1******8"},
		{sealed.KindIDNumber, "AB123", "****3", "****3", "****3", "****3", "****3"},
		{sealed.KindIDNumber, "AB12", "***", "***", "***", "***", "***"},
		{sealed.KindMobile, mobile, "138****8000", "138****8000", "138****8000", "138****8000", "***"},
		{sealed.KindBankCard, card, "***************0006", "***************0006", "***************0006", card, "***"},
		{sealed.KindAddress, addr, addr, "***", addr, "***", "***"},
		{sealed.KindContact, mobile, mobile, "***", mobile, "***", "***"},
		{sealed.KindName, "陈𬭎", "陈𬭎", "陈𬭎", "陈𬭎", "陈𬭎", "***"},
		{sealed.KindSecret, `{"a":1}`, "***", "***", "***", "***", "***"},
		{"unknown", "x", "***", "***", "***", "***", "***"},
		{sealed.KindName, "", "", "", "", "", ""},
	} {
		for to, want := range map[sealed.Audience]string{
			sealed.Own: c.own, sealed.Staff: c.staff, sealed.Cert: c.cert, sealed.Finance: c.finance,
			sealed.Public: c.public, "": c.public, "unknown": c.public,
		} {
			if got := sealed.Masked(c.kind, to, c.plain); got != want {
				t.Errorf("Masked(%s, %s, %s) = %s, want %s", c.kind, to, c.plain, got, want)
			}
		}
	}
}

// text draws a text without stars, with rare characters among the common ones.
func text(t *rapid.T) string {
	return string(rapid.SliceOf(rapid.SampledFrom([]rune("0123456789AXxé·张𬭎𬱖 "))).Draw(t, "text"))
}

// opened returns the positions that a mask shows.
func opened(plain, mask string) map[int]bool {
	shown := map[int]bool{}
	p, m := []rune(plain), []rune(mask)
	if len(p) != len(m) {
		return shown // the mask of those who see nothing
	}
	for i := range p {
		shown[i] = m[i] == p[i]
	}
	return shown
}

func TestMasksAreNested(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(sealed.Kinds()).Draw(t, "kind")
		plain := text(t)
		order := [][2]sealed.Audience{
			{sealed.Public, sealed.Staff}, {sealed.Staff, sealed.Own},
			{sealed.Staff, sealed.Cert}, {sealed.Staff, sealed.Finance},
		}
		for _, pair := range order {
			wide := opened(plain, sealed.Masked(kind, pair[1], plain))
			for i, shown := range opened(plain, sealed.Masked(kind, pair[0], plain)) {
				if shown && !wide[i] {
					t.Fatalf("%s: %s sees character %d of %q, %s does not", kind, pair[0], i, plain, pair[1])
				}
			}
		}
	})
}

func TestMasksCover(t *testing.T) {
	audiences := []sealed.Audience{sealed.Own, sealed.Staff, sealed.Cert, sealed.Finance, sealed.Public, ""}
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(sealed.Kinds()).Draw(t, "kind")
		to := rapid.SampledFrom(audiences).Draw(t, "audience")
		plain := text(t)
		mask := sealed.Masked(kind, to, plain)
		switch {
		case !utf8.ValidString(mask):
			t.Fatalf("%q is no text", mask)
		case (mask == "") != (plain == ""):
			t.Fatalf("the mask of %q is %q", plain, mask)
		case mask != plain && mask != "***" && strings.Count(mask, "*") < 4:
			t.Fatalf("%q covers too little", mask)
		case (to == sealed.Public || to == "" || kind == sealed.KindSecret) && plain != "" && mask == plain:
			t.Fatalf("%s sees %q", to, plain)
		}
	})
}

func TestNormaliseTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(sealed.Kinds()).Draw(t, "kind")
		once := sealed.Normalise(kind, rapid.String().Draw(t, "text"))
		if twice := sealed.Normalise(kind, once); twice != once {
			t.Fatalf("%s: %q becomes %q", kind, once, twice)
		}
	})
}

func TestNormalise(t *testing.T) {
	for _, c := range []struct{ kind, typed, want string }{
		{sealed.KindMobile, "+86 138-0013-8000", "13800138000"},
		{sealed.KindMobile, "＋８６１３８００１３８０００", "13800138000"},
		{sealed.KindMobile, "008613800138000", "008613800138000"},
		{sealed.KindContact, "+86 138-0013-8000", "13800138000"},
		{sealed.KindContact, "0755-8888 1234", "075588881234"},
		{sealed.KindIDNumber, "１１０１０５ 19491231—002x", "11010519491231002X"},
		{sealed.KindBankCard, "6222 0240 0000 0000 006", "6222024000000000006"},
		{sealed.KindName, "  陈𬭎\u3000", "陈𬭎"},
		{sealed.KindName, "⽂静", "⽂静"}, // NFKC is for the match key, not for the name
		{sealed.KindAddress, " 深南大道1-2号 3栋 ", "深南大道1-2号 3栋"},
		{sealed.KindSecret, " {} \n", " {} \n"},
	} {
		if got := sealed.Normalise(c.kind, c.typed); got != c.want {
			t.Errorf("Normalise(%s, %q) = %q, want %q", c.kind, c.typed, got, c.want)
		}
	}
}
