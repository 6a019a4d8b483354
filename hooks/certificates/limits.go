package certificates

import (
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// The names of limits, as in the collection limits.
const (
	limitAddress = "search_ip"     // searches from one IPv4 address, or one /64 of IPv6
	limitNumber  = "search_id"     // searches for one ID number, from wherever
	limitMisses  = "search_misses" // misses for one ID number from several networks, before it rests
	limitCaptcha = "captcha_ip"    // pictures and sounds of captchas for one such network, in the log-in as well
	limitAll     = "search_all"    // searches of everybody: the circuit breaker of this node
)

// severalNetworks is from how many networks the misses for one ID number come
// before it rests. One person who mistypes has one or two.
const severalNetworks = 3

// defaultLimits count where the collection limits has no row of a name.
func defaultLimits() map[string][]limit {
	return map[string][]limit{
		limitAddress: {{10, time.Minute}, {100, 24 * time.Hour}},
		limitNumber:  {{20, 24 * time.Hour}},
		limitMisses:  {{5, time.Hour}},
		limitCaptcha: {{60, time.Minute}},
		limitAll:     {{6000, time.Minute}},
	}
}

// fresh is how long rows that another process may have changed are believed.
const fresh = 10 * time.Second

// limit is how many there may be in a time.
type limit struct {
	most int
	span time.Duration
}

// ask is one thing that is limited, for one key.
type ask struct {
	name string
	key  key
}

// limits counts what guests do, on this node and in memory: a restart forgives.
// Rows of the collection limits say how much there may be.
type limits struct {
	app core.App
	now func() time.Time

	mu     sync.Mutex
	rows   map[string][]limit
	read   time.Time // by the real clock
	gauges map[string]map[time.Duration]*gauge
}

func newLimits(app core.App, now func() time.Time) *limits {
	l := &limits{app: app, now: now, gauges: map[string]map[time.Duration]*gauge{}}
	forget := func(e *core.RecordEvent) error {
		l.mu.Lock()
		l.read = time.Time{}
		l.mu.Unlock()
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess("limits").BindFunc(forget)
	app.OnRecordAfterUpdateSuccess("limits").BindFunc(forget)
	app.OnRecordAfterDeleteSuccess("limits").BindFunc(forget)
	return l
}

// take counts everything that is asked for, or nothing if a limit is reached:
// then it returns how long to wait.
func (l *limits) take(asks ...ask) (time.Duration, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.load(); err != nil {
		return 0, err
	}
	now := l.now()
	for _, a := range asks {
		for _, x := range l.rows[a.name] {
			if wait := l.gauge(a.name, x.span).wait(a.key, x.most, now); wait > 0 {
				return wait, nil
			}
		}
	}
	for _, a := range asks {
		for _, x := range l.rows[a.name] {
			l.gauge(a.name, x.span).add(a.key, now)
		}
	}
	return 0, nil
}

// missed counts a search for a number that found nothing.
func (l *limits) missed(number, network key) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for _, x := range l.rows[limitMisses] {
		l.gauge(limitMisses, x.span).add(number, now)
		met := l.gauge(limitMisses+" met", x.span)
		if both := mixed(number, network); met.count(both, now) == 0 {
			met.add(both, now)
			l.gauge(limitMisses+" networks", x.span).add(number, now)
		}
	}
}

// rests returns how long a number that was guessed at from several networks
// still rests.
func (l *limits) rests(number key) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for _, x := range l.rows[limitMisses] {
		wait := l.gauge(limitMisses, x.span).wait(number, x.most, now)
		if wait > 0 && l.gauge(limitMisses+" networks", x.span).count(number, now) >= severalNetworks {
			return wait
		}
	}
	return 0
}

// gauge returns the gauge of a limit.
func (l *limits) gauge(name string, span time.Duration) *gauge {
	spans := l.gauges[name]
	if spans == nil {
		spans = map[time.Duration]*gauge{}
		l.gauges[name] = spans
	}
	if spans[span] == nil {
		spans[span] = newGauge(span)
	}
	return spans[span]
}

// load reads the rows, if they may have changed.
func (l *limits) load() error {
	if time.Since(l.read) < fresh {
		return nil
	}
	var rows []struct {
		Name          string
		Most, Seconds int
	}
	if err := l.app.DB().NewQuery("SELECT name, most, seconds FROM limits WHERE most > 0 AND seconds > 0").All(&rows); err != nil {
		return err
	}
	set := map[string][]limit{}
	for _, r := range rows {
		set[r.Name] = append(set[r.Name], limit{r.Most, time.Duration(r.Seconds) * time.Second})
	}
	for name, list := range defaultLimits() {
		if set[name] == nil {
			set[name] = list
		}
	}
	l.rows, l.read = set, time.Now()
	return nil
}
