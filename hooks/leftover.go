package hooks

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/security"
)

// bindLeftovers keeps a crash from leaving files that belong to nobody: one may
// be a scan of somebody's identity card. Files lie on the disk before the row
// that names them is committed, and old ones until after. So a note says whose
// files are about to change, and is torn up when they have; a start looks only
// at the records of the notes that are left.
func bindLeftovers(app core.App, p *Portal) {
	names := append(p.set.Names(), "replaced_files")
	note := func(e *core.RecordEvent) error {
		if err := noteFiles(e.App, e.Record); err != nil {
			return err
		}
		return e.Next()
	}
	app.OnRecordCreateExecute(names...).BindFunc(note)
	app.OnRecordUpdateExecute(names...).BindFunc(note)

	done := func(e *core.RecordEvent) error {
		defer tearUp(e.App, e.Record)
		return e.Next()
	}
	failed := func(e *core.RecordErrorEvent) error {
		defer tearUp(e.App, e.Record)
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess(names...).BindFunc(done)
	app.OnRecordAfterUpdateSuccess(names...).BindFunc(done)
	app.OnRecordAfterCreateError(names...).BindFunc(failed)
	app.OnRecordAfterUpdateError(names...).BindFunc(failed)

	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := e.App.RunInTransaction(sweep); err != nil { // they may stay, but the hall must open
			e.App.Logger().Error("leftovers of a crash", "error", err)
		}
		return e.Next()
	})
}

// noteKey is where a record carries the path of its note.
const noteKey = "@pbInternalNote"

// notesDir returns the folder of the notes.
func notesDir(app core.App) string { return filepath.Join(app.DataDir(), "pending") }

// noteFiles writes the note of a record whose files change. The name of the
// note says it all; the random part lets two changes have a note each.
func noteFiles(app core.App, r *core.Record) error {
	if !filesChange(r) {
		return nil
	}
	if err := os.MkdirAll(notesDir(app), 0o700); err != nil {
		return err
	}
	path := filepath.Join(notesDir(app), r.Collection().Id+"."+r.Id+"."+security.PseudorandomString(8))
	r.SetRaw(noteKey, path)
	return os.WriteFile(path, nil, 0o600)
}

func filesChange(r *core.Record) bool {
	before := r.Original()
	return slices.ContainsFunc(r.Collection().Fields, func(f core.Field) bool {
		return f.Type() == core.FieldTypeFile && !same(before.GetRaw(f.GetName()), r.GetRaw(f.GetName()))
	})
}

// tearUp takes the note away. If it stays, the next start looks once too often,
// so that is no reason to answer that the step has failed.
func tearUp(app core.App, r *core.Record) {
	path, _ := r.GetRaw(noteKey).(string)
	if path == "" {
		return
	}
	r.SetRaw(noteKey, nil)
	if err := os.Remove(path); err != nil {
		app.Logger().Warn("a note of changed files stays", "error", err)
	}
}

// sweep deletes the files that no record names, of the records of all notes.
func sweep(app core.App) error {
	notes, err := os.ReadDir(notesDir(app))
	if errors.Is(err, os.ErrNotExist) || len(notes) == 0 {
		return nil
	}
	store, storeErr := app.NewFilesystem()
	if err = errors.Join(err, storeErr); err != nil {
		return err
	}
	defer store.Close()
	var errs []error
	for _, n := range notes {
		parts := strings.Split(n.Name(), ".")
		if len(parts) != 3 {
			continue
		}
		err := sweepRecord(app, store, parts[0], parts[1])
		if err == nil {
			err = os.Remove(filepath.Join(notesDir(app), n.Name()))
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func sweepRecord(app core.App, store *filesystem.System, collection, id string) error {
	named, err := filesNamed(app, collection, id)
	if err != nil {
		return err
	}
	dir := collection + "/" + id
	objects, err := store.List(dir + "/")
	errs := []error{err}
	for _, o := range objects {
		first, _, _ := strings.Cut(strings.TrimPrefix(o.Key, dir+"/"), "/")
		if !slices.Contains(named, strings.TrimPrefix(first, "thumbs_")) {
			errs = append(errs, store.Delete(o.Key))
		}
	}
	if !app.Settings().S3.Enabled {
		errs = append(errs, sweepSidecars(filepath.Join(app.DataDir(), "storage", collection, id)))
	}
	return errors.Join(errs...)
}

// filesNamed returns the files that a record names; one that was never
// committed names none.
func filesNamed(app core.App, collection, id string) ([]string, error) {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if noRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r, err := app.FindRecordById(c, id)
	if noRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range c.Fields {
		if f.Type() == core.FieldTypeFile {
			names = append(names, r.GetStringSlice(f.GetName())...)
		}
	}
	return names, nil
}

// sweepSidecars deletes what the store on a disk keeps beside a file, where the
// file itself is not there, and the folder if it is empty.
func sweepSidecars(dir string) error {
	sidecars, err := filepath.Glob(filepath.Join(dir, "*.attrs"))
	errs := []error{err}
	for _, s := range sidecars {
		if _, err := os.Stat(strings.TrimSuffix(s, ".attrs")); errors.Is(err, os.ErrNotExist) {
			errs = append(errs, os.Remove(s))
		}
	}
	if left, err := os.ReadDir(dir); err == nil && len(left) == 0 {
		errs = append(errs, os.Remove(dir))
	}
	return errors.Join(errs...)
}
