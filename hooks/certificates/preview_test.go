package certificates

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestPreviewCommand writes a PDF where it says.
func TestPreviewCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "out.pdf")
	c := PreviewCommand(os.DirFS("../../templates"))
	var said bytes.Buffer
	c.SetOut(&said)
	c.SetErr(&said)
	c.SetArgs([]string{"preview", "professional", "-o", file, "--mark", "reissued,annotated"})
	if err := c.Execute(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(data, []byte("%PDF-1.7")) || !strings.Contains(said.String(), file) {
		t.Errorf("%v: %d bytes, %s", err, len(data), said.String())
	}
	c.SetArgs([]string{"preview", "nothing"})
	if err := c.Execute(); err == nil || !strings.Contains(err.Error(), "professional") {
		t.Errorf("an unknown layout: %v", err)
	}
}

// TestLicences says that the terms of both fonts are in the program.
func TestLicences(t *testing.T) {
	c := PreviewCommand(nil)
	var said bytes.Buffer
	c.SetOut(&said)
	c.SetArgs([]string{"licences"})
	if err := c.Execute(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"SIL OPEN FONT LICENSE Version 1.1", "Adobe", "Hanazono Font License", "GlyphWiki"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("nothing about %s", want)
		}
	}
}

// TestPreviewTellsFaults wants file and line.
func TestPreviewTellsFaults(t *testing.T) {
	broken := fstest.MapFS{"pdf/mine.json": {Data: []byte("{\n\"title\": \"t\",\n\"elements\": [\n{\"kind\": \"txet\"}]}")}}
	_, err := Preview(broken, "mine")
	if err == nil || !strings.Contains(err.Error(), "mine.json:4:") {
		t.Error(err)
	}
}
