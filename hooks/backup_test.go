package hooks_test

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"examhall/hooks"
	"examhall/modules"
)

// TestBackupHasNoKeys says that a backup holds the data and the materials but
// not the keys: whoever finds one cannot read it.
func TestBackupHasNoKeys(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	keys := filepath.Join(h.App.DataDir(), hooks.KeyFile)
	if err := os.WriteFile(keys, []byte(`{"keys":"secret"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := h.App.CreateBackup(context.Background(), "all.zip"); err != nil {
		t.Fatal(err)
	}
	backup, err := zip.OpenReader(filepath.Join(h.App.DataDir(), "backups", "all.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer backup.Close()
	var names []string
	for _, f := range backup.File {
		names = append(names, f.Name)
	}
	if slices.ContainsFunc(names, func(name string) bool { return filepath.Base(name) == hooks.KeyFile }) {
		t.Error("the keys are in the backup:", names)
	}
	r := h.Find(reviews, id)
	for _, name := range []string{"data.db", "storage/" + r.BaseFilesPath() + "/" + r.GetString("statement")} {
		if !slices.Contains(names, name) {
			t.Errorf("the backup lacks %s: %v", name, names)
		}
	}
	if _, err := os.Stat(keys); err != nil {
		t.Error("and the keys stay where they are:", err)
	}
}
