package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestQuick runs the bench small, and wants a line for every target.
func TestQuick(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "run", ".", "-quick").CombinedOutput()
	if err != nil {
		t.Fatal(err, string(out))
	}
	for _, target := range []string{
		"a guarded submit : a bare create", "my applications : PocketBase's list", "my applications among 2000 : among 500", "the page of a certificate : PocketBase's view",
		"certificate search : PocketBase's list", "certificate search among 2000 : among 500",
		"a change of status with 20 live", "ready after the start", "1 s after the start",
		"gofpdf's own certificate : ours", "memory for a signed certificate", "200 certificates in bulk", "issuing 3000 certificates",
	} {
		if !strings.Contains(string(out), target) {
			t.Errorf("no line about %q in\n%s", target, out)
		}
	}
}

func TestMedian(t *testing.T) {
	if got := median([]float64{3, 1, 2}); got != 2 {
		t.Errorf("of three: %v", got)
	}
	if got := median([]float64{4, 1, 2, 3}); got != 2.5 {
		t.Errorf("of four: %v", got)
	}
}
