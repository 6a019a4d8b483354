package main

import (
	"bytes"
	"fmt"
	"runtime"

	"examhall/modules/pdf"
)

// print measures certificates against gofpdf's own way, in one process: both
// compute only. What one side throws away is collected in its own turn.
func (b *bench) print() error {
	s, err := newStudio(b.dir)
	if err != nil {
		return err
	}
	seal, err := s.file("seal.png")
	if err != nil {
		return err
	}
	font := fullFont(s.song)
	ways := []way{
		{"gofpdf", b.naive, func(d pdf.Document) ([]byte, error) { return naive(font, seal, d) }},
		{"unsigned", b.prints, s.unsigned},
		{"signed", b.prints, s.signed},
	}
	costs := make([][]float64, len(ways))
	for round := range b.rounds + 1 {
		for k, w := range ways {
			cost, err := w.cost(round, s.photo)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			if round > 0 { // the first round warms up
				costs[k] = append(costs[k], cost)
			}
		}
	}
	plain, made, signed := median(costs[0]), median(costs[1]), median(costs[2])
	b.judgeLeast("gofpdf's own certificate : ours", median(ratios(costs[0], costs[1])), 60, "x", micros(plain)+" : "+micros(made))
	b.judgeLeast("gofpdf's own certificate : ours, signed", median(ratios(costs[0], costs[2])), 50, "x", micros(plain)+" : "+micros(signed))
	fmt.Printf("%-58s %7.0f unsigned, %.0f signed\n", "certificates per second and core", 1/made, 1/signed)
	if err := b.weigh(s); err != nil {
		return err
	}
	return b.bulk()
}

// way is one way to make certificates.
type way struct {
	name string
	n    int // a round
	make func(d pdf.Document) ([]byte, error)
}

// cost returns the CPU seconds of one certificate in a round.
func (w way) cost(round int, photo []byte) (float64, error) {
	runtime.GC()
	began := cpuSeconds()
	for i := range w.n {
		if _, err := w.make(sampleOf(round*w.n+i, photo)); err != nil {
			return 0, err
		}
	}
	runtime.GC()
	return (cpuSeconds() - began) / float64(w.n), nil
}

// weigh measures the memory that a signed certificate passes through, and wants
// the same bytes twice.
func (b *bench) weigh(s *studio) error {
	var before, after runtime.MemStats
	documents := make([]pdf.Document, b.prints)
	for i := range documents {
		documents[i] = sampleOf(i, s.photo)
	}
	runtime.ReadMemStats(&before)
	for _, d := range documents {
		if _, err := s.signed(d); err != nil {
			return err
		}
	}
	runtime.ReadMemStats(&after)
	n := float64(len(documents))
	b.judge("memory for a signed certificate", float64(after.TotalAlloc-before.TotalAlloc)/n/1000, 400, " kB", "")
	b.judge("allocations for a signed certificate", float64(after.Mallocs-before.Mallocs)/n, 1500, "", "")

	other, err := newStudio(b.dir)
	if err != nil {
		return err
	}
	different := 0
	for _, d := range documents[:min(len(documents), 50)] {
		first, err := s.signed(d)
		if err != nil {
			return err
		}
		second, err := other.signed(d)
		if err != nil {
			return err
		}
		if !bytes.Equal(first, second) {
			different++
		}
	}
	b.judge("certificates that came out different the second time", float64(different), 0, "", "")
	return nil
}
