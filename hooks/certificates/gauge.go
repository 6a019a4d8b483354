package certificates

import "time"

const (
	// parts is into how many parts the time of a gauge is cut.
	parts = 6
	// mostKeys bounds the memory of a gauge to some six megabytes. Beyond that
	// a key that is over makes room for the next, or else any.
	mostKeys = 1 << 16
)

// key is whom something is counted for: an address, or the hash of a number.
type key [16]byte

// gauge counts in a sliding window, part by part. A part counts until the whole
// of it is out of the window, so that there are never more in any window than
// the gauge says.
type gauge struct {
	part   time.Duration
	counts map[key]tally
	swept  int64 // the part in which keys that are over were last removed
}

// tally is what is counted for one key: n[last%len(n)] in the newest part.
type tally struct {
	last int64
	n    [parts + 1]uint32
}

func newGauge(span time.Duration) *gauge {
	return &gauge{part: max(span/parts, 1), counts: map[key]tally{}}
}

// at returns the part that a moment is in.
func (g *gauge) at(now time.Time) int64 { return now.UnixNano() / int64(g.part) }

// tally returns what is counted for k, as of a part.
func (g *gauge) tally(k key, part int64) tally {
	t := g.counts[k]
	if over := part - t.last; over > parts || over < 0 { // or the clock was set back
		return tally{last: part}
	}
	for t.last < part {
		t.last++
		t.n[t.last%int64(len(t.n))] = 0
	}
	return t
}

// add counts one more for k.
func (g *gauge) add(k key, now time.Time) {
	part := g.at(now)
	t := g.tally(k, part)
	t.n[part%int64(len(t.n))]++
	if _, known := g.counts[k]; !known {
		g.makeRoom(part)
	}
	g.counts[k] = t
}

// makeRoom removes keys that are over once in a window, and one more if there
// are too many.
func (g *gauge) makeRoom(part int64) {
	if part-g.swept > parts || part < g.swept {
		g.swept = part
		for k, t := range g.counts {
			if part-t.last > parts {
				delete(g.counts, k)
			}
		}
	}
	if len(g.counts) < mostKeys {
		return
	}
	for k := range g.counts {
		delete(g.counts, k)
		return
	}
}

// count returns how many are counted for k.
func (g *gauge) count(k key, now time.Time) int {
	sum := 0
	for _, n := range g.tally(k, g.at(now)).n {
		sum += int(n)
	}
	return sum
}

// wait returns how long it takes until fewer than most are counted for k, or
// zero if there are.
func (g *gauge) wait(k key, most int, now time.Time) time.Duration {
	left := g.count(k, now)
	if left < most {
		return 0
	}
	part := g.at(now)
	t := g.tally(k, part)
	for oldest := part - parts; oldest <= part; oldest++ {
		if left -= int(t.n[oldest%int64(len(t.n))]); left < most {
			return time.Unix(0, (oldest+parts+1)*int64(g.part)).Sub(now)
		}
	}
	return time.Duration(parts+1) * g.part
}
