package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// change compares a change of status while candidates listen, each to their
// own application, with the same change while nobody does. The applications
// are those that submit has made.
func (b *bench) change() error {
	hall, err := b.serve(smallDB)
	if err != nil {
		return err
	}
	defer hall.stop()
	made, err := b.submitted(hall)
	if err != nil {
		return err
	}
	staff, err := hall.login("_superusers", id("d", 0))
	if err != nil {
		return err
	}
	accept := func(i int) request {
		return request{method: http.MethodPatch, path: "/api/collections/score_reviews/records/" + made[i].ID, token: staff[0], body: map[string]any{"status": "accepted", "rev": 1}}
	}
	var alone, watched []float64
	for round := range b.rounds + 1 { // the first warms up
		from := 2 * round * b.changes
		x, err := interleave(from, from+b.changes, side{hall, accept})
		if err != nil {
			return err
		}
		y, err := b.whileWatched(hall, made, func() ([]float64, error) {
			return interleave(from+b.changes, from+2*b.changes, side{hall, accept})
		})
		if err != nil {
			return err
		}
		alone, watched = append(alone, x...), append(watched, y...)
	}
	b.judge(fmt.Sprintf("a change of status with %d live candidates : with none", b.live), median(ratios(watched[1:], alone[1:])), 3, " ×",
		micros(median(watched[1:]))+" : "+micros(median(alone[1:])))
	return nil
}

// whileWatched measures while candidates listen.
func (b *bench) whileWatched(hall *server, made []listed, measure func() ([]float64, error)) ([]float64, error) {
	ctx, hangUp := context.WithCancel(context.Background())
	defer hangUp()
	if err := b.connect(ctx, hall, made); err != nil {
		return nil, err
	}
	cost, err := measure()
	if err != nil {
		return nil, err
	}
	hangUp()
	return cost, hall.waitForLive(0)
}

// waitForLive waits until the server has n live clients.
func (s *server) waitForLive(n int) error {
	have := -1
	for range 1000 {
		if err := s.ask(http.MethodGet, "/live", nil, &have); err != nil || have == n {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Errorf("the server has %d live clients, not %d", have, n)
}
