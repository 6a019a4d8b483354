package hooks

import (
	"errors"
	"io"
	"maps"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"github.com/go-ozzo/ozzo-validation/v4"
	fork "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules"
	"examhall/modules/upload"
)

// bindUpload looks into every uploaded file, and gathers all problems of a form
// in one answer: those of the request, those of PocketBase, those of the files,
// and those of the guards, which will run again in the transaction.
func bindUpload(app core.App, p *Portal) {
	app.OnRecordValidate(p.set.Names()...).BindFunc(func(e *core.RecordEvent) error {
		theirs := p.theirs(e.Record, e.Next())
		files, err := p.inspect(e)
		if err != nil {
			return err
		}
		maps.Copy(files, noted(e.Record))
		if theirs == nil && len(files) == 0 {
			return nil
		}
		var known fork.Errors
		if theirs != nil && !errors.As(theirs, &known) {
			return theirs
		}
		problems := validation.Errors{}
		for field, problem := range p.foresee(e) {
			problems[field] = problem
		}
		for field, problem := range known {
			problems[field] = problem
		}
		maps.Copy(problems, files) // they name the slot's own rule, or what was sent
		return answer(problems)
	})
}

// foresee returns what the guards would say about a record that cannot be saved
// yet. It is only advice, so faults are left to the real run.
func (p *Portal) foresee(e *core.RecordEvent) validation.Errors {
	var problems validation.Errors
	step, err := p.newStep(e)
	if err == nil {
		err = check(step)
	}
	errors.As(err, &problems)
	return problems
}

// inspect returns the problems of the files that came with the request.
func (p *Portal) inspect(e *core.RecordEvent) (validation.Errors, error) {
	problems := validation.Errors{}
	uploads := uploadsOf(e.Record)
	if len(uploads) == 0 {
		return problems, nil
	}
	limits, err := p.limits(e.App, e.Record)
	for slot, files := range uploads {
		limit, ok := limits[slot]
		if !ok { // a column that the administrator added
			limit = sizeOf(e.Record, slot)
		}
		for _, file := range files {
			if problem := inspectFile(file, limit); problem != nil {
				problems[slot] = problem
				break
			}
		}
	}
	return problems, err
}

// uploadsOf returns the files that came with the request, by column.
func uploadsOf(r *core.Record) map[string][]*filesystem.File {
	uploads := map[string][]*filesystem.File{}
	for _, f := range r.Collection().Fields {
		if files := r.GetUnsavedFiles(f.GetName()); f.Type() == core.FieldTypeFile && len(files) > 0 {
			uploads[f.GetName()] = files
		}
	}
	return uploads
}

func inspectFile(file *filesystem.File, limit int64) modules.Problem {
	in, err := file.Reader.Open()
	if err != nil {
		return modules.NewProblem("material_type", "The file cannot be read.", nil)
	}
	defer in.Close()
	err = upload.Inspect(in, file.Size, limit)
	if err == nil {
		return rename(file, in)
	}
	var problem *upload.Problem
	if !errors.As(err, &problem) {
		return modules.NewProblem("material_type", "The file cannot be read.", nil)
	}
	return modules.NewProblem(problem.Code, problem.Error(), map[string]any{"n": float64(limit*10>>20) / 10, "file": file.OriginalName})
}

// rename gives a file the extension of what it is. Browsers go by the type that
// the extension stands for: a picture called x.js would be served as a script
// from our own address.
func rename(file *filesystem.File, in io.ReadSeeker) modules.Problem {
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return modules.NewProblem("material_type", "The file cannot be read.", nil)
	}
	kind, err := mimetype.DetectReader(in)
	if err != nil {
		return modules.NewProblem("material_type", "The file cannot be read.", nil)
	}
	file.Name = strings.TrimSuffix(file.Name, path.Ext(file.Name)) + kind.Extension()
	return nil
}

// forgetUploads deletes the files that a refused step of a batch has written.
// PocketBase does so itself outside of a batch, and where the row could not be
// written; it does not know that a step may fail after that.
func forgetUploads(e *core.RecordEvent, uploads map[string][]*filesystem.File) {
	store, err := e.App.NewFilesystem()
	if err != nil {
		e.App.Logger().Error("uploads of a refused step stay", "record", e.Record.Id, "error", err)
		return
	}
	defer store.Close()
	for _, files := range uploads {
		for _, file := range files {
			err := store.Delete(e.Record.BaseFilesPath() + "/" + file.Name)
			if err != nil && !errors.Is(err, filesystem.ErrNotFound) {
				e.App.Logger().Error("an upload of a refused step stays", "record", e.Record.Id, "error", err)
			}
		}
	}
}

// theirs leaves out PocketBase's problems with columns that a move does not
// write: a limit that came later must not stop a case.
func (p *Portal) theirs(r *core.Record, err error) error {
	d, _ := p.set.Find(r.Collection().Name)
	t, _ := d.Workflow.Find(modules.State(r.Original().GetString("status")), modules.State(r.GetString("status")))
	var known fork.Errors
	if r.IsNew() || t.WritesForm() || !errors.As(err, &known) {
		return err
	}
	touched := changedFields(r.Original(), r)
	maps.DeleteFunc(known, func(name string, _ error) bool { return !contains(touched, name) })
	return known.Filter()
}
