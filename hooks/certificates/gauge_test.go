package certificates

import (
	"testing"
	"time"
)

// TestGauge never lets more through in any minute than it says, and says how
// long to wait.
func TestGauge(t *testing.T) {
	const most = 10
	g, now := newGauge(time.Minute), time.Unix(1e9, 0)
	var passed []time.Time
	for range 3000 {
		now = now.Add(777 * time.Millisecond)
		wait := g.wait(key{}, most, now)
		if wait > 2*time.Minute || wait < 0 {
			t.Fatal("wait", wait)
		}
		if wait > 0 {
			if after := g.wait(key{}, most, now.Add(wait+time.Millisecond)); after > 0 {
				t.Fatalf("after waiting for %s there are %s more", wait, after)
			}
			continue
		}
		g.add(key{}, now)
		passed = append(passed, now)
		if n := len(passed); n > most && now.Sub(passed[n-1-most]) < time.Minute {
			t.Fatalf("%d within %s", most+1, now.Sub(passed[n-1-most]))
		}
	}
	if len(passed) < 320 {
		t.Errorf("only %d in 39 minutes", len(passed))
	}
}

// TestGaugeIsBounded keeps the memory, whoever comes.
func TestGaugeIsBounded(t *testing.T) {
	g, now := newGauge(time.Minute), time.Unix(1e9, 0)
	for i := range 3 * mostKeys {
		g.add(key{byte(i), byte(i >> 8), byte(i >> 16)}, now)
	}
	if len(g.counts) > mostKeys {
		t.Error(len(g.counts), "keys")
	}
	g.add(key{}, now.Add(time.Hour))
	if len(g.counts) != 1 {
		t.Error("an hour later:", len(g.counts))
	}
}
