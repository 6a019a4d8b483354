package main

import (
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"time"
)

// start measures the program that people run, on the large database: how soon
// it answers, and how much memory it has a minute later.
func (b *bench) start() error {
	program := filepath.Join(b.dir, "examhall")
	if out, err := exec.Command("go", "build", "-o", program, "examhall").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	var ready []float64
	for i := range b.starts {
		took, err := b.startOnce(program, i == b.starts-1)
		if err != nil {
			return err
		}
		ready = append(ready, float64(took.Milliseconds()))
	}
	b.judge(fmt.Sprintf("ready after the start on %d applications", b.rows), median(ready), 500, " ms", fmt.Sprint(ready))
	return nil
}

// startOnce returns the time from the start of the process to its first answer.
func (b *bench) startOnce(program string, stay bool) (time.Duration, error) {
	address, err := freeAddress()
	if err != nil {
		return 0, err
	}
	began := time.Now()
	c := exec.Command(program, "serve", "--http", address, "--dir", b.path(largeDB))
	if err := c.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = c.Process.Kill()
		_ = c.Wait() // killed
	}()
	if err := waitForAnswer("http://" + address + "/healthz"); err != nil {
		return 0, err
	}
	took := time.Since(began)
	if stay {
		time.Sleep(time.Until(began.Add(time.Duration(b.settle) * time.Second)))
		size, kind, err := resident(c.Process.Pid)
		if err != nil {
			return 0, err
		}
		b.judge(fmt.Sprintf("%s %d s after the start", kind, b.settle), float64(size)/(1<<20), 80, " MB", "")
	}
	return took, nil
}

func waitForAnswer(url string) error {
	for range 10_000 {
		answer, err := http.Get(url) //nolint:gosec // our own server
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	return fmt.Errorf("%s does not answer", url)
}

// freeAddress returns a loopback address that nobody listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
