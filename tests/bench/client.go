package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// workers is how many clients ask at the same time.
const workers = 4

// request is one request of a candidate or of staff.
type request struct {
	method, path, token string
	body                any
	from                string // the address that the proxy says; empty without one
}

// send makes a request and reads the answer into out, if out is not nil.
func (s *server) send(r request, out any) error {
	return s.exchange(s.URL, r, out)
}

// ask asks the control port.
func (s *server) ask(method, path string, body, out any) error {
	return s.exchange(s.Control, request{method: method, path: path, body: body}, out)
}

func (s *server) exchange(base string, r request, out any) error {
	raw, err := json.Marshal(r.body)
	if err != nil {
		return err
	}
	in, err := http.NewRequest(r.method, base+r.path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	in.Header.Set("Content-Type", "application/json")
	in.Header.Set("Authorization", r.token)
	if r.from != "" {
		in.Header.Set(proxyHeader, r.from)
	}
	answer, err := s.client.Do(in)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s: %s", r.method, r.path, answer.Status, text)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(text, out)
}

func (s *server) cpu() (float64, error) {
	var seconds float64
	err := s.ask(http.MethodGet, "/cpu", nil, &seconds)
	return seconds, err
}

// parallel calls fn for 0 to n-1 and returns the first error of each worker.
func parallel(n int, fn func(i int) error) error {
	next, failed := make(chan int), make(chan error, workers)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			var first error
			for i := range next {
				if err := fn(i); err != nil && first == nil {
					first = err
				}
			}
			failed <- first
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	group.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// login returns tokens for the given accounts.
func (s *server) login(collection string, ids ...string) ([]string, error) {
	var list []string
	err := s.ask(http.MethodPost, "/tokens/"+collection, ids, &list)
	return list, err
}
