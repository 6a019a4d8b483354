package certificate_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// fifty is a name as long as a name may be, of characters beyond the BMP.
var fifty = strings.Repeat("𬭎", 50)

// TestDisplay keeps names as they are printed, whatever they were typed on.
func TestDisplay(t *testing.T) {
	for _, c := range []struct{ idType, typed, kept string }{
		{sealed.Resident, "张三", "张三"},
		{sealed.Resident, " 张 三\u3000", "张三"},
		{sealed.Resident, "张三\u200b\ufeff\x00\r\n", "张三"},
		{sealed.Resident, "⽂静", "文静"},
		{sealed.Resident, "陈𬭎", "陈𬭎"},
		{sealed.Resident, "李𠅤", "李𠅤"},
		{sealed.Resident, "阿卜杜拉•买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "阿卜杜拉・买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "阿卜杜拉･买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "阿卜杜拉‧买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "阿卜杜拉∙买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "阿卜杜拉⋅买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "阿卜杜拉\u0387买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "阿卜杜拉᛫买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "阿卜杜拉．买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "阿卜杜拉.买买提", "阿卜杜拉·买买提"},
		{sealed.Resident, "·阿卜杜拉 ·•. 买买提·", "阿卜杜拉·买买提"},
		{sealed.Resident, "\uE816\uE864", "\U00020087\u9FBB"},
		{sealed.Passport, "O'NEIL\u00a0 MARY-ANN", "O'NEIL MARY-ANN"},
		{sealed.Passport, "J.R. O'Neil", "J.R. O'Neil"},
		{sealed.Passport, "阿卜杜拉 · 买买提", "阿卜杜拉·买买提"},
		{sealed.Passport, "Jose\u0301", "José"},
		{sealed.HMTResidence, "陳 大文", "陳大文"},
	} {
		if got, err := certificate.Display(c.idType, c.typed); err != nil || got != c.kept {
			t.Errorf("%q is kept as %q, want %q: %v", c.typed, got, c.kept, err)
		}
	}
}

// TestKey says which ways to write a name are one name, and which are not.
func TestKey(t *testing.T) {
	for _, same := range [][]string{
		{"张三", "张 三", "张三\u200b", "\u3000张三"},
		{"⽂静", "文静"},
		{"阿卜杜拉·买买提", "阿卜杜拉•买买提", "阿卜杜拉.买买提", "阿卜杜拉．买买提", "阿卜杜拉买买提", "阿卜杜拉 · 买买提", "阿卜杜拉··买买提"},
		{"O'NEIL MARY-ANN", "o'neil mary-ann", "Ｏ＇ＮＥＩＬ　ＭＡＲＹ－ＡＮＮ", "O’Neil Mary‐Ann"},
		{"\uE816", "\U00020087"},
		{"葛\U000E0100", "葛", "葛\uFE00"},
		{"王喆"}, {"郭鋆"}, {"李䶮"}, {"陈𬭎"}, {"严𬱖"}, {"李𠅤"}, {"欧阳娜娜"}, {fifty},
		{"古丽巴哈尔·阿不都热依木·买买提明·穆罕默德"},
	} {
		for _, name := range same {
			if got, want := certificate.Key(name), certificate.Key(same[0]); got != want {
				t.Errorf("the key of %q is %q, that of %q %q", name, got, same[0], want)
			}
		}
	}
	seen := map[string]string{}
	for _, name := range []string{"张三", "张三丰", "张", "文静", "李䶮", "李龑", "陈𬭎", "陈宏", "O'NEIL", "ONEIL", "%", "_", "张%"} {
		key := certificate.Key(name)
		if seen[key] != "" {
			t.Errorf("%s and %s have the same key", name, seen[key])
		}
		seen[key] = name
	}
}

// TestNames lets every name of the country pass, and names the character that
// is none; -1 is a wrong length.
func TestNames(t *testing.T) {
	for _, c := range []struct {
		idType, name string
		bad          rune
	}{
		{sealed.Resident, "陈𬭎", 0},
		{sealed.Resident, "李〇", 0},
		{sealed.Resident, fifty, 0},
		{sealed.Resident, fifty + "张", -1},
		{sealed.Resident, "张", -1},
		{sealed.Resident, "", -1},
		{sealed.Resident, "···", -1},
		{sealed.Resident, "张\uE000", '\uE000'},
		{sealed.Resident, "张□", '□'},
		{sealed.Resident, "O'NEIL", 'O'},
		{sealed.Passport, "O'NEIL MARY-ANN", 0},
		{sealed.Passport, "X", 0},
		{sealed.Passport, "<b>", '<'},
	} {
		_, err := certificate.Display(c.idType, c.name)
		var refused *certificate.NameError
		bad := rune(0)
		if errors.As(err, &refused) {
			if bad = refused.Rune; bad == 0 {
				bad = -1
			}
		}
		if bad != c.bad {
			t.Errorf("%q: %q, want %q", c.name, bad, c.bad)
		}
		if err != nil && len(c.name) > 1 && strings.Contains(err.Error(), c.name) {
			t.Errorf("the error repeats the name: %v", err)
		}
	}
}

// FuzzKey wants a key that does not change any more, of whatever is typed.
func FuzzKey(f *testing.F) {
	for _, seed := range []string{"张三", "阿卜杜拉•买买提", "O'NEIL MARY-ANN", "\xff\x00", "e\u0301\u200b\u0301", "ﷺ", "ŉ", "ﬃ", "..", "张.\uFE00三", "K\u0345", "ǰ\u0323"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		key := certificate.Key(name)
		if again := certificate.Key(key); again != key {
			t.Errorf("the key of %q is %q, and of that %q", name, key, again)
		}
		if !utf8.ValidString(key) {
			t.Errorf("%q: %q is not UTF-8", name, key)
		}
		for _, idType := range []string{sealed.Resident, sealed.Passport} {
			kept, err := certificate.Display(idType, name)
			if err != nil {
				continue
			}
			if again, err := certificate.Display(idType, kept); again != kept || err != nil {
				t.Errorf("%q is kept as %q, and that as %q", name, kept, again)
			}
			if certificate.Key(kept) != key {
				t.Errorf("%q has another key once it is kept as %q", name, kept)
			}
		}
	})
}
