// Command bench measures what the rules of ExamHall cost. It starts servers of
// itself, a bare PocketBase as the baseline and a whole ExamHall, talks to both
// over HTTP on the loopback and compares the CPU time that they took: ratios
// hold on any machine, and on one that does other things meanwhile.
//
// Run it in the repository: go run ./tests/bench
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
)

// plan is how much is measured.
type plan struct {
	rounds  int // of which the median counts
	rows    int // applications in the large database, and certificates
	few     int // in the small one
	submits int // per round
	lists   int // per round
	search  int // searches per round
	warm    int // searches before, until the caches of SQLite are full
	changes int // per round
	live    int // connected candidates
	starts  int
	naive   int // certificates per round that gofpdf makes in its own way
	prints  int // that we make
	many    int // certificates in bulk
	issued  int // certificates of one run, see [bench.issue]
	settle  int // seconds from the start to the look at the memory
	quick   bool
	profile string // folder for CPU profiles, empty for none
	only    string // one measurement, empty for all
}

func main() {
	if len(os.Args) > 3 && slices.Contains([]string{"fill", "serve", "bulk", "issue"}, os.Args[1]) {
		exit(child(os.Args[1], os.Args[2], os.Args[3:]))
	}
	exit(run(flags()))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func flags() plan {
	p := plan{few: 10_000, submits: 200, lists: 400, search: 1000, warm: 16_000, changes: 50, live: 1000, starts: 5, naive: 12, prints: 400, many: 100_000, issued: 200_000}
	flag.IntVar(&p.rows, "rows", 1_000_000, "applications and certificates in the large database")
	flag.IntVar(&p.rounds, "rounds", 5, "rounds of which the median counts")
	flag.IntVar(&p.settle, "settle", 60, "seconds from the start to the look at the memory")
	flag.IntVar(&p.issued, "issued", p.issued, "certificates that one run issues")
	flag.BoolVar(&p.quick, "quick", false, "a smoke run: small, and its ratios are not judged")
	flag.StringVar(&p.profile, "profile", "", "write CPU profiles of the servers into this folder")
	flag.StringVar(&p.only, "only", "", "measure one of submit, list, search, verify, change (with submit), start, pdf and issue")
	flag.Parse()
	if p.quick {
		p.rounds, p.rows, p.few, p.submits, p.lists, p.search, p.warm = 2, 2000, 500, 10, 10, 10, 10
		p.issued = 3000
		p.changes, p.live, p.starts, p.settle = 3, 20, 1, 1
		p.naive, p.prints, p.many = 1, 5, 200
	}
	return p
}

// run measures every target and fails if one is missed.
func run(p plan) error {
	dir, err := os.MkdirTemp("", "examhall-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := bench{plan: p, dir: dir}
	err = errors.Join(b.fill(), b.measure())
	if err == nil && b.missed > 0 && !p.quick {
		err = fmt.Errorf("%d targets missed", b.missed)
	}
	return err
}
