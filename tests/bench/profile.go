package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// profiling takes a CPU profile of a server for ten seconds, if the bench was
// asked for profiles. The returned function waits for it.
func (b *bench) profiling(s *server, name string) func() {
	if b.profile == "" {
		return func() {}
	}
	done := make(chan error)
	go func() { done <- saveProfile(s.Control+"/profile?seconds=10", filepath.Join(b.profile, name+".pprof")) }()
	return func() {
		if err := <-done; err != nil {
			fmt.Fprintln(os.Stderr, "profile:", err)
		}
	}
}

func saveProfile(url, path string) error {
	answer, err := http.Get(url) //nolint:gosec // our own server
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600)
}
