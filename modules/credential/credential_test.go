package credential_test

import (
	"encoding/base32"
	"errors"
	"strings"
	"testing"
	"time"

	"rsc.io/qr"

	"examhall/modules/credential"
	"examhall/modules/sealed"
)

// keys returns the keys of an authority of one test.
func keys(t testing.TB, base string, seeds ...string) *credential.Keys {
	t.Helper()
	var list []sealed.SigningKey
	for _, seed := range seeds {
		list = append(list, sealed.NewRing([]byte(seed)).SigningKeys()...)
	}
	k, err := credential.New(base, list)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func ours(t testing.TB) *credential.Keys { return keys(t, "https://zhengshu.exam.example.cn", "ours") }

func now() time.Time { return time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC) }

func facts() credential.Facts {
	return credential.Facts{
		Authority: "zhengshu.exam.example.cn", Code: "ABCDEFGHIJKLMNOP", Index: 1_234_567,
		Number: "202611010201000017", PrintNo: "ZY00012345678", Name: "欧阳娜娜", IDNumber: "1****************2",
		Title: "一级注册建筑师", Level: "一级", Specialty: "建筑设计", ApproveDate: "2026-10-18",
		Issuer: "中华人民共和国人力资源和社会保障部、中华人民共和国住房和城乡建设部", Gender: "female", BirthMonth: "1994-07",
		IssuedAt: now().Add(-time.Hour),
	}
}

// names are those of the rules for names: short, long, rare, with a dot.
func names() []string {
	return []string{
		"张三", "欧阳娜娜", "王喆", "郭鋆", "李䶮", "陈𬭎", "严𬱖", "李𠅤", "阿卜杜拉·买买提",
		"古丽巴哈尔·阿不都热依木·买买提明·穆罕默德", strings.Repeat("名", 50), strings.Repeat("𬭎", 50), "O'NEIL MARY-ANN", "文静",
	}
}

func sign(t testing.TB, k *credential.Keys, f credential.Facts) string {
	t.Helper()
	token, err := k.Sign(f)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestEveryNameFitsIntoTheCode(t *testing.T) {
	k := ours(t)
	for _, name := range names() {
		f := facts()
		f.Name = name
		token := sign(t, k, f)
		code, err := qr.Encode(k.URL(token), qr.M)
		if err != nil {
			t.Fatal(err)
		}
		version := (code.Size - 17) / 4
		t.Logf("%s: %d characters, version %d", name, len(k.URL(token)), version)
		if version > 20 {
			t.Errorf("%s: version %d", name, version)
		}
		got, _, err := k.Verify(token, now())
		if err != nil || got != f {
			t.Errorf("%s: %v\n got %+v\nwant %+v", name, err, got, f)
		}
	}
}

func TestAnnotatedCopiesFitAsWell(t *testing.T) {
	k := ours(t)
	for _, name := range names() {
		f := facts()
		f.Name = name
		f.Purpose = strings.Repeat("用", 50)
		f.Recipient = strings.Repeat("方", 50)
		f.ExpiresAt = now().AddDate(0, 0, 90)
		token := sign(t, k, f)
		code, err := qr.Encode(k.URL(token), qr.M)
		if err != nil || (code.Size-17)/4 > 20 {
			t.Fatal(name, err)
		}
		got, _, err := k.Verify(token, now())
		if err != nil || got.Name != name || got.Purpose != f.Purpose || got.Recipient != f.Recipient || !got.ExpiresAt.Equal(f.ExpiresAt) ||
			got.Title != f.Title || got.Number != f.Number || got.IDNumber != f.IDNumber || got.ApproveDate != f.ApproveDate {
			t.Errorf("%s: %v %+v", name, err, got)
		}
	}
	f := facts()
	f.Name, f.Title, f.Purpose, f.Recipient = strings.Repeat("𬭎", 50), strings.Repeat("师", 100), strings.Repeat("用", 50), strings.Repeat("方", 100)
	if _, err := k.Sign(f); !errors.Is(err, credential.ErrTooLong) {
		t.Error(err)
	}
}

func TestOddValuesComeBackAsTheyWere(t *testing.T) {
	k := ours(t)
	for _, change := range []func(*credential.Facts){
		func(f *credential.Facts) { f.Number = "000123456789012345" },
		func(f *credential.Facts) { f.Number = "99999999999999999999999999999999" },
		func(f *credential.Facts) { f.Number = "2026A1B2C3" },
		func(f *credential.Facts) { f.ApproveDate = "1960-02-29" },
		func(f *credential.Facts) { f.ApproveDate = "二〇二六年" },
		func(f *credential.Facts) { f.BirthMonth, f.Gender = "unknown", "other" },
		func(f *credential.Facts) { f.IDNumber = "E1*******" },
		func(f *credential.Facts) { f.IDNumber = "**" },
		func(f *credential.Facts) { f.Reissued, f.Level, f.Specialty, f.PrintNo = "2026-11-20", "", "", "" },
		func(f *credential.Facts) { f.ExpiresAt = now().Add(time.Second) },
	} {
		f := facts()
		change(&f)
		if got, _, err := k.Verify(sign(t, k, f), now()); err != nil || got != f {
			t.Errorf("%v\n got %+v\nwant %+v", err, got, f)
		}
	}
}

// golden is the token of [facts] under a fixed key. It may only change if what
// was printed before can still be read.
const golden = "2KCE3IQBE4CEQ23DNRRDI6TQOSQFRVNEAF4BQ6TIMVXGO43IOUXGK6DBNUXGK6DBNVYGYZJOMNXAMGTLAOIBAB2KABCDEFGHIJKLMNOPHIAACAAAVQARWAWP2GR6VHIYKEBEQ2ZHSYZVUHC2DQBYGYJRCBQTEBCOJYAH5J3M5BIYYXX2PNIV4CAFIRHAA7VHAZEF56T3KGF35C5BA4MVCCAILBBE4LKTJZHLU3ARKFYVJDCW7VHLUUU3RVCG5ECURR4T4TY2J7OZNHEQ5AYACTRNKNHE5OTMCFIXCVEMK36U6T3CH5KIYV6OJZQV56ULX2IOQCLNLJMTAMBQGEZDGNBVGY3TQCQCBMNAAAYK54HRUAAS22DVQQGPXYSZM7DYACZL326A23J3PVCXGN2D7YHUZNTKJDVEEZMZOOJP67NTUVPV5D3SX2JU34AO6PF5UUFE6N2T5YX5NSLIVJX5PAE6L6XA4"

func TestGoldenToken(t *testing.T) {
	if got := sign(t, ours(t), facts()); got != golden {
		t.Errorf("the token became\n%s", got)
	}
	if f, _, err := ours(t).Verify(golden, now()); err != nil || f != facts() {
		t.Error(f, err)
	}
}

func TestEveryChangeIsNoticed(t *testing.T) {
	k := ours(t)
	token := sign(t, k, facts())
	enc := base32.StdEncoding.WithPadding(base32.NoPadding)
	raw, err := enc.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	refused := map[error]int{}
	try := func(token, what string, at int) {
		f, _, err := k.Verify(token, now())
		if err == nil || f != (credential.Facts{}) {
			t.Errorf("%s %d was changed: %v %+v", what, at, err, f)
		}
		for _, reason := range []error{credential.ErrMalformed, credential.ErrUnknownKey, credential.ErrSignature} {
			if errors.Is(err, reason) {
				refused[reason]++
			}
		}
	}
	for i := range raw {
		for bit := range 8 {
			raw[i] ^= 1 << bit
			try(enc.EncodeToString(raw), "byte", i)
			raw[i] ^= 1 << bit
		}
	}
	for i := range token {
		for _, c := range "A7" {
			if changed := token[:i] + string(c) + token[i+1:]; changed != token {
				try(changed, "character", i)
			}
		}
		try(token[:i], "tail", i)
	}
	try(token+"A", "tail", len(token))
	t.Log(refused)
	if refused[credential.ErrSignature] == 0 || refused[credential.ErrMalformed] == 0 || refused[credential.ErrUnknownKey] == 0 {
		t.Error(refused)
	}
}

func TestOthersAreToldApart(t *testing.T) {
	k := ours(t)
	other := sign(t, keys(t, "https://other.example.org", "theirs"), facts())
	var foreign credential.OtherIssuerError
	if _, _, err := k.Verify(other, now()); !errors.As(err, &foreign) || foreign.Issuer != "other.example.org" {
		t.Error(err)
	}
	sentence := sign(t, keys(t, "https://pay-here.example", "theirs"), facts())
	raw := base32.StdEncoding.WithPadding(base32.NoPadding)
	bytes, err := raw.DecodeString(sentence)
	if err != nil {
		t.Fatal(err)
	}
	spoken := strings.Replace(string(bytes), "pay-here.example", "PAY HERE, WE SAY", 1)
	if _, _, err := k.Verify(raw.EncodeToString([]byte(spoken)), now()); !errors.Is(err, credential.ErrMalformed) {
		t.Error("a sentence for an issuer:", err)
	}
	unknown := sign(t, keys(t, "https://zhengshu.exam.example.cn", "never ours"), facts())
	if _, kid, err := k.Verify(unknown, now()); !errors.Is(err, credential.ErrUnknownKey) || len(kid) != 8 {
		t.Error(kid, err)
	}
	for _, junk := range []string{"", "A", "ABCDEFGHIJKLMNOP", "张三", "2KCE", strings.Repeat("A", 9000), "../../etc"} {
		if _, _, err := k.Verify(junk, now()); !errors.Is(err, credential.ErrMalformed) {
			t.Errorf("%q: %v", junk, err)
		}
	}
	if _, _, err := k.Verify(" "+strings.ToLower(sign(t, k, facts()))+"\n", now()); err != nil {
		t.Error("small letters are the same code:", err)
	}
}

func TestAnAnnotationExpires(t *testing.T) {
	k, f := ours(t), facts()
	f.Purpose, f.ExpiresAt = "2026年公司资质申报", now()
	token := sign(t, k, f)
	if _, _, err := k.Verify(token, now()); err != nil {
		t.Error("on its last second:", err)
	}
	if got, _, err := k.Verify(token, now().Add(time.Second)); !errors.Is(err, credential.ErrExpired) || got != f {
		t.Error(got, err)
	}
}

func TestRotationKeepsCertificates(t *testing.T) {
	const base = "https://zhengshu.exam.example.cn"
	before, after := keys(t, base, "first"), keys(t, base, "first", "second")
	old := sign(t, before, facts())
	if f, kid, err := after.Verify(old, now()); err != nil || f != facts() || kid != before.KID() {
		t.Error(kid, err)
	}
	if after.KID() == before.KID() || sign(t, after, facts()) == old {
		t.Error("the new key does not sign")
	}
	if again, err := after.SignWith(before.KID(), facts()); err != nil || again != old {
		t.Error("a certificate that is made again looks different:", err)
	}
	if _, err := after.SignWith("gone", facts()); err == nil {
		t.Error("a key that is gone signs")
	}
	set := after.JWKS()["keys"]
	if len(set) != 2 || set[0].ID != after.KID() || set[1].ID != before.KID() || len(set[0].X) != 43 {
		t.Error(set)
	}
	moved := keys(t, "https://new.example.cn", "first")
	if f, _, err := moved.Verify(old, now()); err != nil || f.Authority != "zhengshu.exam.example.cn" {
		t.Error("the server moved:", f.Authority, err)
	}
}

func TestURLIsAlphanumeric(t *testing.T) {
	for base, want := range map[string]string{
		"https://exam.example.cn":   "HTTPS://EXAM.EXAMPLE.CN/V/T",
		"http://127.0.0.1:8090/":    "HTTP://127.0.0.1:8090/V/T",
		"https://a.example.cn/hall": "HTTPS://A.EXAMPLE.CN/hall/V/T",
	} {
		if got := keys(t, base, "x").URL("T"); got != want {
			t.Errorf("%s: %s, want %s", base, got, want)
		}
	}
	if _, err := credential.New("exam", nil); err == nil {
		t.Error("a server without an address")
	}
}

func FuzzVerify(f *testing.F) {
	k := ours(f)
	f.Add(sign(f, k, facts()))
	f.Add(sign(f, keys(f, "https://other.example.org", "theirs"), facts()))
	f.Add("2KCE")
	f.Fuzz(func(t *testing.T, token string) {
		got, kid, err := k.Verify(token, now())
		if err != nil {
			return
		}
		if again, err := k.SignWith(kid, got); err != nil || again != strings.ToUpper(strings.TrimSpace(token)) {
			t.Errorf("%q was accepted, but is not what signs %+v", token, got)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	k := ours(b)
	token := sign(b, k, facts())
	for b.Loop() {
		if _, _, err := k.Verify(token, now()); err != nil {
			b.Fatal(err)
		}
	}
}
