package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// resident returns the memory of a process in bytes and what was measured:
// anonymous memory where the system tells it apart, as Linux does, and
// elsewhere all of it, which includes the pages of the program file.
func resident(pid int) (int64, string, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if errors.Is(err, os.ErrNotExist) {
		return allResident(pid)
	}
	if err != nil {
		return 0, "", err
	}
	for line := range strings.Lines(string(status)) {
		if text, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			size, err := kilobytes(strings.TrimSuffix(strings.TrimSpace(text), " kB"))
			return size, "anonymous memory", err
		}
	}
	return 0, "", errors.New("the kernel does not report RssAnon")
}

func allResident(pid int) (int64, string, error) {
	out, err := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return 0, "", err
	}
	size, err := kilobytes(strings.TrimSpace(string(out)))
	return size, "all resident memory", err
}

func kilobytes(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n << 10, err
}
