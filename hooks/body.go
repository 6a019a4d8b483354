package hooks

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// bindBody refuses values that PocketBase would quietly turn into others: an
// ID number that came as a JSON number has lost its last digits, and a NUL byte
// ends a text for half of the programs that read it later.
func bindBody(app core.App, p *Portal) {
	check := func(e *core.RecordRequestEvent) error {
		body, err := rawBody(e.RequestEvent)
		if err != nil {
			return err
		}
		problems := validation.Errors{}
		for key, value := range body {
			name := strings.Trim(key, "+-")
			if f := e.Collection.Fields.GetByName(name); f != nil && !f.GetSystem() {
				if p := textProblem(f, value); p != nil && !guessed(e.RequestEvent, key, value) {
					problems[name] = p
				}
			}
		}
		if _, ok := p.set.Find(e.Collection.Name); ok {
			note(e.Record, problems)
			return e.Next()
		}
		return firstError(answer(problems.Filter()), e.Next)
	}
	app.OnRecordCreateRequest().BindFunc(check)
	app.OnRecordUpdateRequest().BindFunc(check)
}

// notesKey is where a record carries the problems of the request it came with.
// PocketBase skips keys with this prefix whenever it exports a record.
const notesKey = "@pbInternalNotes"

// note remembers problems of a request until the validation of its record, which
// tells them together with all others and refuses the record.
func note(r *core.Record, problems validation.Errors) {
	all := noted(r)
	maps.Copy(all, problems)
	r.SetRaw(notesKey, all)
}

// noted returns the problems that were noted.
func noted(r *core.Record) validation.Errors {
	if problems, ok := r.GetRaw(notesKey).(validation.Errors); ok {
		return problems
	}
	return validation.Errors{}
}

// rawBody returns the body as it was sent. PocketBase's RequestInfo has the
// values as the fields understood them, and hidden fields not at all.
func rawBody(e *core.RequestEvent) (map[string]any, error) {
	const key = "examhallBody"
	if body, ok := e.Get(key).(map[string]any); ok {
		return body, nil
	}
	body := map[string]any{}
	if err := e.BindBody(&body); err != nil {
		return nil, e.BadRequestError("The request is not readable.", err)
	}
	e.Set(key, body)
	return body, nil
}

// guessed reports whether the type of a value is PocketBase's guess. It makes
// numbers of digits in a form, so that nobody can tell whether they were text.
// What came in the JSON part of a form, as all of a batch does, is no guess.
func guessed(e *core.RequestEvent, key string, value any) bool {
	_, number := value.(float64)
	_, truth := value.(bool)
	if !number && !truth || !strings.HasPrefix(e.Request.Header.Get("Content-Type"), "multipart/") {
		return false
	}
	if e.Request.MultipartForm == nil {
		return true
	}
	for _, payload := range e.Request.MultipartForm.Value["@jsonPayload"] {
		var typed map[string]any
		if err := json.Unmarshal([]byte(payload), &typed); err != nil {
			continue // BindBody has refused it
		}
		if _, ok := typed[key]; ok {
			return false
		}
	}
	return true
}

// textProblem returns what is wrong with a value for a field that holds text.
func textProblem(f core.Field, value any) modules.Problem {
	switch f.Type() {
	case core.FieldTypeText, core.FieldTypeSelect, core.FieldTypeRelation, core.FieldTypeDate, core.FieldTypeEmail, sealed.Type:
	default:
		return nil
	}
	many, ok := f.(core.MultiValuer)
	switch v := value.(type) {
	case float64, bool, map[string]any:
		return modules.NewProblem("text_expected", "Send this as text, not as a number.", nil)
	case []any:
		if !ok || !many.IsMultiple() { // PocketBase would take none of it, or the last
			return modules.NewProblem("text_expected", "Send this as text, not as a list.", nil)
		}
	case string:
		if strings.ContainsFunc(v, modules.Forbidden) {
			return modules.NewProblem("text_invalid", "This contains characters that cannot be stored.", nil)
		}
	}
	return nil
}
