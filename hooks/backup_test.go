package hooks_test

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/sealed"
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

// TestRestoreKeepsTheKeys: a backup has none, so those of the server stay.
func TestRestoreKeepsTheKeys(t *testing.T) {
	t.Parallel()
	h := open(t)
	e := &core.BackupEvent{App: h.App, Context: context.Background(), Name: "all.zip"}
	if err := h.App.OnBackupRestore().Trigger(e); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{hooks.KeyFile, "signing-development.pem"} {
		if !slices.Contains(e.Exclude, name) {
			t.Errorf("a restore replaces %s", name)
		}
	}
}

// TestOtherKeysStopTheStart: with a new key file nothing would open.
func TestOtherKeysStopTheStart(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.Portal.Prepare(h.App); err != nil {
		t.Fatal(err)
	}
	other := sealed.NewRing([]byte("another installation")).Seal("candidates.id_number", "11010519491231002X")
	if _, err := h.App.NonconcurrentDB().Update("candidates", dbx.Params{"id_number": other}, nil).Execute(); err != nil {
		t.Fatal(err)
	}
	if err := h.Portal.Prepare(h.App); err == nil || !strings.Contains(err.Error(), hooks.KeyFile) {
		t.Error("a start with other keys:", err)
	}
}

// TestNoViews: the query of a view reads past every rule.
func TestNoViews(t *testing.T) {
	t.Parallel()
	h := open(t)
	view := map[string]any{
		"name": "leak", "type": "view", "listRule": "", "viewRule": "", "viewQuery": "select id, (tokenKey || '') as t from staff",
	}
	if a := h.Send("admin", "POST", "/api/collections", view); a.Code != 400 || a.Problem("viewQuery") != "console_closed" {
		t.Error(a.Code, a.Body)
	}
	a := h.Send("admin", "PUT", "/api/collections/import", map[string]any{"collections": []any{view}})
	if _, err := h.App.FindCollectionByNameOrId("leak"); a.Code < 400 || err == nil {
		t.Error("imported:", a.Code, a.Body)
	}
}
