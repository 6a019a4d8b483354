package hooks

import (
	"errors"
	"maps"

	"github.com/go-ozzo/ozzo-validation/v4"
	fork "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules"
	"examhall/modules/upload"
)

// bindUpload looks into every uploaded file, and gathers all problems of a form
// in one answer: those of PocketBase, those of the files, and those of the
// guards, which will run again in the transaction.
func bindUpload(app core.App, p *Portal) {
	app.OnRecordValidate(p.set.Names()...).BindFunc(func(e *core.RecordEvent) error {
		theirs := e.Next()
		files := inspect(e.Record)
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
		maps.Copy(problems, files) // they name the slot's own rule
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
func inspect(r *core.Record) validation.Errors {
	problems := validation.Errors{}
	for _, field := range r.Collection().Fields {
		f, ok := field.(*core.FileField)
		if !ok {
			continue
		}
		for _, file := range r.GetUnsavedFiles(f.Name) {
			if problem := inspectFile(file, f); problem != nil {
				problems[f.Name] = problem
				break
			}
		}
	}
	return problems
}

func inspectFile(file *filesystem.File, f *core.FileField) modules.Problem {
	in, err := file.Reader.Open()
	if err != nil {
		return modules.NewProblem("material_type", "The file cannot be read.", nil)
	}
	defer in.Close()
	limit := f.MaxSize
	if limit == 0 {
		limit = core.DefaultFileFieldMaxSize
	}
	err = upload.Inspect(in, file.Size, limit)
	if err == nil {
		return nil
	}
	var problem *upload.Problem
	if !errors.As(err, &problem) {
		return modules.NewProblem("material_type", "The file cannot be read.", nil)
	}
	return modules.NewProblem(problem.Code, problem.Error(), map[string]any{"n": limit >> 20, "file": file.OriginalName})
}
