package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// many is what a child says about a bulk run.
type many struct {
	Seconds float64 `json:"seconds"` // of the wall clock
	CPU     float64 `json:"cpu"`     // seconds
	Peak    int64   `json:"peak"`    // bytes
	Kind    string  `json:"kind"`    // of memory
}

// bulk has a process of its own sign a whole batch, and looks at its memory.
func (b *bench) bulk() error {
	c, err := command("bulk", b.dir, strconv.Itoa(b.many))
	if err != nil {
		return err
	}
	out, err := c.Output()
	if err != nil {
		return err
	}
	var m many
	if err := json.Unmarshal(out, &m); err != nil {
		return err
	}
	b.judge(fmt.Sprintf("%s for %d certificates in bulk", m.Kind, b.many), float64(m.Peak)/(1<<20), 300, " MB",
		fmt.Sprintf("%.0f s, %s each, %.0f per second", m.Seconds, micros(m.CPU/float64(b.many)), float64(b.many)/m.Seconds))
	return nil
}

// printMany signs certificates on all cores and writes what it took.
func printMany(dir, count string) error {
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	s, err := newStudio(dir)
	if err != nil {
		return err
	}
	began, cpu := time.Now(), cpuSeconds()
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := next.Add(1); i <= int64(n) && failed.Load() == nil; i = next.Add(1) {
				if _, err := s.signed(sampleOf(int(i), s.photo)); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { wait.Wait(); close(done) }()
	m := many{}
	for running := true; running; {
		select {
		case <-done:
			running = false
		case <-time.After(50 * time.Millisecond):
		}
		size, kind, err := resident(os.Getpid())
		if err != nil {
			return err
		}
		m.Peak, m.Kind = max(m.Peak, size), kind
	}
	if e := failed.Load(); e != nil {
		return *e
	}
	m.Seconds, m.CPU = time.Since(began).Seconds(), cpuSeconds()-cpu
	return json.NewEncoder(os.Stdout).Encode(m)
}
