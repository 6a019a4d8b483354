package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
)

// server is a running child and how to reach it.
type server struct {
	URL     string `json:"url"`
	Control string `json:"control"` // what only the bench asks

	command *exec.Cmd
	input   io.Closer
	client  *http.Client
}

// child is what the program does when it started itself.
func child(task, kind string, args []string) error {
	switch task {
	case "serve":
		return serve(kind, args[0])
	case "bulk":
		return printMany(kind, args[0])
	case "issue":
		return issueMany(kind, args[0])
	}
	rows, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	candidates, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	return fill(kind, args[0], rows, candidates)
}

func command(args ...string) (*exec.Cmd, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.Command(program, args...)
	c.Stderr = os.Stderr
	return c, nil
}

// fillChild fills a database in a process of its own, because the collections
// of ExamHall are registered for a whole process.
func fillChild(kind, dir string, rows, candidates int) error {
	c, err := command("fill", kind, dir, strconv.Itoa(rows), strconv.Itoa(candidates))
	if err != nil {
		return err
	}
	return c.Run()
}

// startChild starts a server and waits until it says where it listens. It ends
// when its standard input is closed, so that none is left if the bench dies.
func startChild(kind, dir string) (*server, error) {
	c, err := command("serve", kind, dir)
	if err != nil {
		return nil, err
	}
	in, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}} // connections stay open, as in a browser
	s := &server{command: c, input: in, client: client}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("the %s server did not start: %w", kind, err)
	}
	return s, json.Unmarshal(line, s)
}

func (s *server) stop() {
	_ = s.input.Close()
	_ = s.command.Wait() // killed or not, it is gone
}
