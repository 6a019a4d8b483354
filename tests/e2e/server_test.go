// Package e2e plays the product in a real browser: the program that people run,
// its demo data, headless Chromium, both languages, phone and desktop.
package e2e

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// server is the running program.
type server struct {
	url string
	dir string
	bin string
}

// hall is the server that all tests of the package share: each test uses people
// of its own.
var hall server

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (int, error) {
	dir, err := os.MkdirTemp("", "examhall-e2e")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	hall = server{dir: filepath.Join(dir, "data"), bin: filepath.Join(dir, "examhall")}
	if err := command("go", "build", "-o", hall.bin, "examhall"); err != nil {
		return 1, err
	}
	if err := command(hall.bin, "demo", "--dir", hall.dir, "--candidates", "50"); err != nil {
		return 1, err
	}
	stop, err := hall.start("--captcha=off")
	if err != nil {
		return 1, err
	}
	defer stop()
	return m.Run(), nil
}

// command runs a program and returns what it said if it fails.
func command(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
	}
	return nil
}

// start serves the data folder on a free port until stop is called.
func (s *server) start(flags ...string) (stop func(), err error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s.url = "http://" + address
	ctx, cancel := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, s.bin, append([]string{"serve", "--http", address, "--dir", s.dir}, flags...)...)
	var said strings.Builder
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		cancel()
		return nil, err
	}
	stop = func() {
		cancel()
		_ = c.Wait() // it was killed
	}
	if err := s.ready(20 * time.Second); err != nil {
		stop()
		return nil, fmt.Errorf("%w\n%s", err, said.String())
	}
	return stop, nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// ready waits until the server answers.
func (s *server) ready(patience time.Duration) error {
	deadline := time.After(patience)
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case <-deadline:
			return errors.New("the server does not answer")
		case <-again.C:
			r, err := http.Get(s.url + "/healthz")
			if err == nil {
				r.Body.Close()
				if r.StatusCode == http.StatusOK {
					return nil
				}
			}
		}
	}
}
