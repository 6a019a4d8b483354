package credential_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
)

// parts returns header and payload of a JWT.
func parts(t *testing.T, token string) (header, payload map[string]any) {
	t.Helper()
	p := strings.Split(token, ".")
	if len(p) != 3 {
		t.Fatal("not a JWT")
	}
	for i, into := range []*map[string]any{&header, &payload} {
		raw, err := base64.RawURLEncoding.DecodeString(p[i])
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, into); err != nil {
			t.Fatal(err)
		}
	}
	return header, payload
}

func TestCredentialIsOneOfW3C(t *testing.T) {
	k, f := ours(t), facts()
	f.Purpose, f.ExpiresAt = "投标", now()
	token, err := k.Credential(f)
	if err != nil {
		t.Fatal(err)
	}
	header, vc := parts(t, token)
	if header["alg"] != "EdDSA" || header["typ"] != "vc+jwt" || header["cty"] != "vc" || header["kid"] != k.KID() {
		t.Error(header)
	}
	if vc["@context"].([]any)[0] != "https://www.w3.org/ns/credentials/v2" || vc["type"].([]any)[0] != "VerifiableCredential" {
		t.Error(vc)
	}
	if vc["vc"] != nil || vc["validFrom"] != "2026-11-23T01:00:00Z" || vc["validUntil"] != "2026-11-23T02:00:00Z" {
		t.Error(vc)
	}
	status := vc["credentialStatus"].(map[string]any)
	if status["statusListIndex"] != "1234567" || status["type"] != "BitstringStatusListEntry" || status["statusPurpose"] != "revocation" ||
		status["statusListCredential"] != "https://zhengshu.exam.example.cn/.well-known/status-list" {
		t.Error(status)
	}
	if s := vc["credentialSubject"].(map[string]any); s["name"] != "欧阳娜娜" || s["idNumber"] != "1****************2" || s["reissueDate"] != nil {
		t.Error(s)
	}
}

func TestStatusList(t *testing.T) {
	k := keys(t, "https://zhengshu.exam.example.cn", "first", "second")
	list, err := k.StatusList([]int64{0, 9, 131_071}, 20, now())
	if err != nil {
		t.Fatal(err)
	}
	for index, want := range map[int64]bool{0: true, 1: false, 8: false, 9: true, 10: false, 131_071: true, 131_070: false} {
		if got, at, err := k.Void(list, index); got != want || err != nil || !at.Equal(now()) {
			t.Error(index, got, at, err)
		}
	}
	if _, _, err := k.Void(list, 131_072); err == nil {
		t.Error("an index that the list does not know is valid")
	}
	if _, _, err := keys(t, "https://zhengshu.exam.example.cn", "first").Void(list, 0); err == nil {
		t.Error("another key's list is believed")
	}
	vc, _ := k.Credential(facts())
	if _, _, err := k.Void(vc, 0); err == nil {
		t.Error("a certificate passes for a list")
	}
	if _, err := k.StatusList([]int64{-1}, 20, now()); err == nil {
		t.Error("a bit before the first")
	}
	large, err := k.StatusList(nil, 1_000_001, now())
	if err != nil {
		t.Fatal(err)
	}
	if void, _, err := k.Void(large, 1_000_000); void || err != nil {
		t.Error(void, err)
	}
	t.Logf("a list of a million is %d bytes when nothing is void", len(large))
}
