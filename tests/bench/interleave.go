package main

import "net/http"

// slice is how many requests one side gets before it is the other's turn.
const slice = 25

// side is a server and the i-th request to it.
type side struct {
	server *server
	ask    func(i int) request
}

// interleave sends the requests from first to last to each side by turns, a few
// at a time, so that all sides meet whatever else the machine does. It returns
// the CPU seconds that each server took for one request, with what it does in
// the background.
func interleave(first, last int, sides ...side) ([]float64, error) {
	before := make([]float64, len(sides))
	for k, s := range sides {
		if err := s.server.ask(http.MethodPost, "/collect", nil, nil); err != nil {
			return nil, err
		}
		var err error
		if before[k], err = s.server.cpu(); err != nil {
			return nil, err
		}
	}
	for from := first; from < last; from += slice {
		for _, s := range sides {
			err := parallel(min(slice, last-from), func(i int) error { return s.server.send(s.ask(from+i), nil) })
			if err != nil {
				return nil, err
			}
		}
	}
	costs := make([]float64, len(sides))
	for k, s := range sides {
		after, err := s.server.cpu()
		if err != nil {
			return nil, err
		}
		costs[k] = (after - before[k]) / float64(last-first)
	}
	return costs, nil
}

// interleaved sends n requests to each side a round, and returns the costs of each side in
// each round but the first, which warms up.
func (b *bench) interleaved(n int, profiles []string, sides ...side) ([][]float64, error) {
	costs := make([][]float64, len(sides))
	for round := range b.rounds + 1 {
		if round == 1 {
			for k, name := range profiles {
				defer b.profiling(sides[k].server, name)()
			}
		}
		once, err := interleave(round*n, (round+1)*n, sides...)
		if err != nil {
			return nil, err
		}
		for k, x := range once {
			if round > 0 {
				costs[k] = append(costs[k], x)
			}
		}
	}
	return costs, nil
}
