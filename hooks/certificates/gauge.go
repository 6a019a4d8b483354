package certificates

import "time"

// mostKeys bounds the memory of a gauge: 65,536 keys in each of two windows are
// about five megabytes. Beyond that any key makes room for the next.
const mostKeys = 1 << 16

// key is whom something is counted for: an address, or the hash of a number.
type key [16]byte

// gauge counts in a sliding window. It keeps this window and the one before; of
// the latter as much counts as the sliding window still covers.
type gauge struct {
	span        time.Duration
	began       time.Time // this window
	now, before map[key]int
}

func newGauge(span time.Duration) *gauge { return &gauge{span: span, now: map[key]int{}} }

// roll begins a new window where the present one is over.
func (g *gauge) roll(now time.Time) {
	switch past := now.Sub(g.began); {
	case past < g.span && past >= 0:
		return
	case past >= 0 && past < 2*g.span:
		g.before, g.now, g.began = g.now, map[key]int{}, g.began.Add(g.span)
	default: // longer ago, or the clock was set back
		g.before, g.now, g.began = nil, map[key]int{}, now
	}
}

// count returns how many of the sliding window are counted for k.
func (g *gauge) count(k key, now time.Time) float64 {
	g.roll(now)
	left := 1 - float64(now.Sub(g.began))/float64(g.span)
	return float64(g.now[k]) + float64(g.before[k])*left
}

// add counts one more for k.
func (g *gauge) add(k key, now time.Time) {
	g.roll(now)
	if _, known := g.now[k]; !known && len(g.now) >= mostKeys {
		for any := range g.now {
			delete(g.now, any)
			break
		}
	}
	g.now[k]++
}

// wait returns how long it takes until one more fits below most, or zero if it
// fits now.
func (g *gauge) wait(k key, most int, now time.Time) time.Duration {
	if g.count(k, now) <= float64(most-1) {
		return 0
	}
	rest := g.span - now.Sub(g.began)
	if g.now[k] < most { // what remains of the window before has to slide out
		free := float64(most-1-g.now[k]) / float64(g.before[k])
		return max(rest-time.Duration(free*float64(g.span)), time.Second)
	}
	return rest + time.Duration((1-float64(most-1)/float64(g.now[k]))*float64(g.span))
}
