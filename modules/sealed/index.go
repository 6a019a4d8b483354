package sealed

import (
	"context"
	"errors"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
)

// indexSuffix is what the name of a field's blind index column ends with.
const indexSuffix = "_idx"

// Intercept implements [core.RecordInterceptor]. It fills the blind index before
// guards and before the row is written, refuses to lose data even when nobody
// validates, and reports a broken uniqueness of the index as one of the field
// itself, since the index is hidden.
func (f *Field) Intercept(_ context.Context, _ core.App, r *core.Record, action string, next func() error) error {
	switch action {
	case core.InterceptorActionValidate, core.InterceptorActionCreate, core.InterceptorActionUpdate:
		f.fillIndex(r)
	case core.InterceptorActionCreateExecute, core.InterceptorActionUpdateExecute:
		if err := f.refuseLoss(r); err != nil {
			return validation.Errors{f.Name: err}
		}
		f.fillIndex(r)
		return f.notUnique(next())
	}
	return next()
}

func (f *Field) fillIndex(r *core.Record) {
	v, index := f.value(r), f.Name+indexSuffix
	if v.Readable() && r.Collection().Fields.GetByName(index) != nil {
		r.SetRaw(index, f.keys().Index(f.Kind, v.Plain()))
	}
}

// notUnique moves an error of the index column to the field.
func (f *Field) notUnique(err error) error {
	var errs validation.Errors
	if !errors.As(err, &errs) || errs[f.Name+indexSuffix] == nil {
		return err
	}
	errs[f.Name] = errs[f.Name+indexSuffix]
	delete(errs, f.Name+indexSuffix)
	return errs
}
