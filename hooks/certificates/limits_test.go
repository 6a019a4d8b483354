package certificates_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"examhall/modules/modulestest"
)

// TestLimitOfAddress refuses the eleventh search in a minute from one address,
// and tells a program and a person for how long, in minutes and to be sure.
func TestLimitOfAddress(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	for i := range 10 {
		if a := c.search("203.0.113.1", m{"id_number": fmt.Sprintf("E%08d", i)}); a.Code != 404 {
			t.Fatalf("search %d: %s", i+1, a.Body)
		}
	}
	a := c.search("203.0.113.1", nil)
	if a.Code != 429 || a.Problem("search") != "too_many_requests" || !strings.Contains(a.Body, `"n":2`) || a.header.Get("Retry-After") != "120" {
		t.Error("the eleventh:", a.Code, a.header, a.Body)
	}
	p := c.form("203.0.113.1", "YJ", "name", "张三", "id_number", "11010519491231002X", "do", "search")
	if p.Code != 429 || !strings.Contains(p.Body, "操作过于频繁，请 2 分钟后再试") || !strings.Contains(p.Body, `value="张三"`) {
		t.Error("the page:", p.Code, p.Body)
	}
	if a := c.search("203.0.113.2", nil); a.Code != 200 {
		t.Error("another address:", a.Body)
	}
	c.Travel(modulestest.Start().Add(2 * time.Minute))
	if a := c.search("203.0.113.1", nil); a.Code != 200 {
		t.Error("two minutes later:", a.Body)
	}
}

// TestLimitOfDay refuses the 101st search of a day.
func TestLimitOfDay(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	for i := range 100 {
		c.Travel(modulestest.Start().Add(time.Duration(i) * 10 * time.Second))
		if a := c.search("203.0.113.1", m{"id_number": fmt.Sprintf("E%08d", i)}); a.Code != 404 {
			t.Fatalf("search %d: %s", i+1, a.Body)
		}
	}
	c.Travel(modulestest.Start().Add(time.Hour))
	a := c.search("203.0.113.1", nil)
	if a.Code != 429 || a.header.Get("Retry-After") < "1" {
		t.Error("the 101st:", a.Body)
	}
	c.Travel(modulestest.Start().Add(48 * time.Hour))
	if a := c.search("203.0.113.1", nil); a.Code != 200 {
		t.Error("two days later:", a.Body)
	}
}

// TestLimitOfNetwork counts a /64 of IPv6 as one client, and does not believe
// what a client writes about its address.
func TestLimitOfNetwork(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	last := 0
	for i := range 11 {
		last = c.search(fmt.Sprintf("2001:db8:1:2:%x::%x", i, i+1), m{"id_number": fmt.Sprintf("E%08d", i)}).Code
	}
	if last != 429 {
		t.Error("the eleventh of a /64:", last)
	}
	if a := c.search("2001:db8:1:3::1", nil); a.Code != 200 {
		t.Error("another /64:", a.Code)
	}
	if a := c.search("::ffff:203.0.113.1", nil); a.Code != 200 {
		t.Error("IPv4 in IPv6:", a.Code)
	}
	c.App.Settings().TrustedProxy.Headers = nil
	for i := range 11 {
		last = c.search(fmt.Sprint("203.0.113.", 20+i), m{"id_number": fmt.Sprintf("F%08d", i)}).Code
	}
	if last != 429 {
		t.Error("without a trusted proxy all come from one address:", last)
	}
}

// TestLimitOfNumber refuses the 21st search for one ID number in a day, in
// whichever form it is typed, and from wherever.
func TestLimitOfNumber(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	for i := range 20 {
		number := []string{"11010519491231002X", "110105491231002", "11010519491231002x"}[i%3]
		if a := c.search(fmt.Sprint("203.0.113.", i), m{"id_number": number}); a.Code != 200 {
			t.Fatal(i, a.Body)
		}
	}
	if a := c.search("203.0.113.99", nil); a.Code != 429 {
		t.Error("the 21st:", a.Code)
	}
	if a := c.search("203.0.113.99", m{"id_number": "E12345678"}); a.Code != 404 {
		t.Error("another number:", a.Code)
	}
}

// TestGuessing lets a number rest that several networks guess names for. One
// person who mistypes is no attack, and whether the number exists makes no
// difference.
func TestGuessing(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	for i := range 8 {
		if a := c.search("203.0.113.1", m{"name": fmt.Sprint("错", i)}); a.Code != 404 {
			t.Fatal("one who mistypes:", i, a.Code)
		}
	}
	if a := c.search("203.0.113.1", nil); a.Code != 200 {
		t.Error("and then has it right:", a.Code)
	}
	for _, number := range []string{"E12345678", "E87654321"} {
		for i := range 5 {
			if a := c.search(fmt.Sprint("198.51.100.", i, number[8:]), m{"id_number": number}); a.Code != 404 {
				t.Fatal(i, a.Code)
			}
		}
		if a := c.search("198.51.100.200", m{"id_number": number}); a.Code != 429 {
			t.Error("the sixth:", a.Code)
		}
	}
	c.Travel(modulestest.Start().Add(3 * time.Hour))
	if a := c.search("198.51.100.200", m{"id_number": "E12345678"}); a.Code != 404 {
		t.Error("later:", a.Code)
	}
}

// TestLimitRows follow what the operator writes, at once.
func TestLimitRows(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	row := c.Add("limits", "", m{"name": "search_ip", "most": 2, "seconds": 3600})
	codes := func() (list []int) {
		for range 3 {
			list = append(list, c.search("203.0.113.1", nil).Code)
		}
		return list
	}
	if got := fmt.Sprint(codes()); got != "[200 200 429]" {
		t.Error("two an hour:", got)
	}
	row.Set("most", 4)
	if err := c.App.Save(row); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(codes()); got != "[200 200 429]" {
		t.Error("two more:", got)
	}
	if err := c.App.Delete(row); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(codes()); got != "[200 200 200]" {
		t.Error("the built-in one again:", got)
	}
	c.Add("limits", "", m{"name": "search_all", "most": 1, "seconds": 60})
	c.search("203.0.113.5", nil)
	if a := c.search("203.0.113.6", nil); a.Code != 429 {
		t.Error("the breaker:", a.Code)
	}
}
