package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// The databases. Each server has its own folder.
const (
	bareDB  = "bare"  // PocketBase with two collections, -rows applications
	smallDB = "small" // ExamHall with few applications
	largeDB = "large" // ExamHall with -rows applications
)

// bench is one run.
type bench struct {
	plan
	dir    string
	missed int
}

// fill makes the databases. Certificates need none.
func (b *bench) fill() error {
	if b.only == "pdf" || b.only == "issue" {
		return nil
	}
	for _, db := range []struct {
		name string
		rows int
	}{{bareDB, b.rows}, {smallDB, b.few}, {largeDB, b.rows}} {
		began := time.Now()
		if err := fillChild(b.kind(db.name), b.path(db.name), db.rows, b.candidates()); err != nil {
			return fmt.Errorf("fill %s: %w", db.name, err)
		}
		fmt.Printf("%-6s %8d applications in %.0f s\n", db.name, db.rows, time.Since(began).Seconds())
	}
	return nil
}

func (b *bench) measure() error {
	for _, m := range []struct {
		name string
		run  func() error
	}{{"submit", b.submit}, {"list", b.list}, {"search", b.compareSearch}, {"verify", b.verify}, {"change", b.change}, {"start", b.start}, {"pdf", b.print}, {"issue", b.issue}} {
		wanted := b.only == "" || b.only == m.name || (b.only == "change" && m.name == "submit")
		if !wanted {
			continue
		}
		if err := m.run(); err != nil {
			return err
		}
	}
	return nil
}

// candidates returns how many people apply: each one submits once.
func (b *bench) candidates() int {
	return max(b.submits*(b.rounds+1), b.live, 2*b.changes*(b.rounds+1))
}

func (b *bench) kind(name string) string {
	if name == bareDB {
		return "bare"
	}
	return "hall"
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

// serve starts a server on one of the databases.
func (b *bench) serve(name string) (*server, error) {
	return startChild(b.kind(name), b.path(name))
}

// judge prints the line of a target and counts it if it is missed.
func (b *bench) judge(target string, value, limit float64, unit, detail string) {
	b.verdict(value <= limit, target, value, limit, unit, detail)
}

// judgeLeast is judge for targets that are better the higher they are.
func (b *bench) judgeLeast(target string, value, limit float64, unit, detail string) {
	b.verdict(value >= limit, target, value, limit, unit, detail)
}

func (b *bench) verdict(ok bool, target string, value, limit float64, unit, detail string) {
	verdict := "ok"
	if !ok {
		verdict = "MISSED"
		b.missed++
	}
	if b.quick {
		verdict = "(smoke run, not judged)"
	}
	fmt.Printf("%-58s %7.2f%s  limit %g%s  %-7s %s\n", target, value, unit, limit, unit, verdict, detail)
}

// median returns the middle value.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// ratios returns a/b for each round.
func ratios(a, b []float64) []float64 {
	list := make([]float64, len(a))
	for i := range a {
		list[i] = a[i] / b[i]
	}
	return list
}

// micros writes CPU times per request.
func micros(seconds float64) string { return strconv.FormatFloat(seconds*1e6, 'f', 0, 64) + " µs" }

// rowsOf returns how many applications and certificates a database has.
func (b *bench) rowsOf(name string) int {
	if name == smallDB {
		return b.few
	}
	return b.rows
}
