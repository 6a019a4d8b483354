package hooks

import (
	"strings"

	"github.com/go-ozzo/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
	"examhall/modules/sealed"
)

// bindBody refuses values that PocketBase would quietly turn into others: an
// ID number that came as a JSON number has lost its last digits, and a NUL byte
// ends a text for half of the programs that read it later.
func bindBody(app core.App) {
	check := func(e *core.RecordRequestEvent) error {
		info, err := e.RequestInfo()
		if err != nil {
			return err
		}
		problems := validation.Errors{}
		for key, value := range info.Body {
			name := strings.Trim(key, "+-")
			if f := e.Collection.Fields.GetByName(name); f != nil && !f.GetSystem() {
				if p := textProblem(f, value); p != nil {
					problems[name] = p
				}
			}
		}
		if err := problems.Filter(); err != nil {
			return answer(err)
		}
		return e.Next()
	}
	app.OnRecordCreateRequest().BindFunc(check)
	app.OnRecordUpdateRequest().BindFunc(check)
}

// textProblem returns what is wrong with a value for a field that holds text.
func textProblem(f core.Field, value any) modules.Problem {
	switch f.Type() {
	case core.FieldTypeText, core.FieldTypeSelect, core.FieldTypeRelation, core.FieldTypeDate, core.FieldTypeEmail, sealed.Type:
	default:
		return nil
	}
	switch v := value.(type) {
	case float64, int, int64, bool, map[string]any:
		return modules.NewProblem("text_expected", "Send this as text, not as a number.", nil)
	case string:
		if strings.ContainsFunc(v, modules.Forbidden) {
			return modules.NewProblem("text_invalid", "This contains characters that cannot be stored.", nil)
		}
	}
	return nil
}
