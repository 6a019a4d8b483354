package certificates_test

import (
	"strings"
	"testing"
	"time"

	"examhall/modules/modulestest"
)

// TestTokens opens a certificate to who found it, for ten minutes, and to
// nobody else.
func TestTokens(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	const mine, theirs = "203.0.113.1", "203.0.113.2"
	token := c.search(mine, nil).items()[0]["token"].(string)
	open := func(address, token string) int { return c.get(address, "/api/portal/certificates/"+token).Code }
	if got := open(mine, token); got != 200 {
		t.Fatal("one's own:", got)
	}
	if got := open(theirs, token); got != 404 {
		t.Error("without a cookie:", got)
	}
	c.search(theirs, nil)
	if got := open(theirs, token); got != 404 {
		t.Error("somebody else's:", got)
	}
	second := c.search(mine, nil).items()[0]["token"].(string)
	if open(mine, token) != 200 || open(mine, second) != 200 || token == second {
		t.Error("two tabs of one browser must both work")
	}
	c.cookies["198.51.100.7"] = c.cookies[mine] // a phone that leaves the house
	if got := open("198.51.100.7", token); got != 200 {
		t.Error("from another network:", got)
	}
	for _, changed := range []string{
		token[:len(token)-1], token + "A", strings.ToLower(token), "k1." + token[4:], token[:20] + "AAAA" + token[24:], "x", "k1.", "k9" + token[2:], "c00000000000001", strings.Repeat("A", 5000),
	} {
		if got := open(mine, changed); got != 404 {
			t.Errorf("%.30s: %d", changed, got)
		}
	}
	c.Travel(modulestest.Start().Add(10*time.Minute - time.Second))
	if got := open(mine, token); got != 200 {
		t.Error("just before ten minutes:", got)
	}
	c.Travel(modulestest.Start().Add(10 * time.Minute))
	if got := open(mine, token); got != 404 {
		t.Error("after ten minutes:", got)
	}
	if a := c.get(mine, "/certificates/YJ/"+token); a.Code != 404 || !strings.Contains(a.Body, "重新查询") || strings.Contains(a.Body, "张三") {
		t.Error("the page of an old token:", a.Code, a.Body)
	}
}

// TestTokenShowsToday opens a certificate as it is when it is looked at.
func TestTokenShowsToday(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	token := c.search("203.0.113.1", nil).items()[0]["token"].(string)
	_, err := c.App.DB().NewQuery("UPDATE certificates SET status = 'revoked' WHERE id = 'c00000000000001'").Execute()
	if err != nil {
		t.Fatal(err)
	}
	if a := c.get("203.0.113.1", "/api/portal/certificates/"+token); a.JSON["status"] != "revoked" {
		t.Error(a.Body)
	}
}

// TestTokensSayNothing keeps the id of the certificate and the name in the dark.
func TestTokensSayNothing(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	a := c.search("203.0.113.1", nil)
	token := a.items()[0]["token"].(string)
	if strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") != "" || strings.Contains(token, "0000") {
		t.Error(token)
	}
	cookie := a.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Strict", "Max-Age=600", "Path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie has no %s: %s", want, cookie)
		}
	}
}
