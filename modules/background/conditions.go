package background

import (
	"cmp"

	"examhall/modules"
)

// condition is one of those of the notice, as the session keeps them.
type condition struct {
	Value     string   `json:"value"`
	Label     string   `json:"label"`
	LabelEN   string   `json:"label_en"`
	Materials []string `json:"materials"`
}

// conditionsOf reads the conditions of the session.
func conditionsOf(s *modules.Step) ([]condition, error) {
	session, err := s.Session()
	if err != nil || session.GetString("review_conditions") == "" {
		return nil, err
	}
	var list []condition
	return list, session.UnmarshalJSONField("review_conditions", &list)
}

// Conditions lists what may be picked as 报考条件款项.
func Conditions(s *modules.Step) (map[string][]modules.Choice, error) {
	choices := []modules.Choice{}
	if s.Record.GetString("session") == "" {
		return map[string][]modules.Choice{"condition": choices}, nil
	}
	list, err := conditionsOf(s)
	for _, c := range list {
		choices = append(choices, modules.Choice{Value: c.Value, Label: modules.T(c.Label, cmp.Or(c.LabelEN, c.Label)), Materials: c.Materials})
	}
	return map[string][]modules.Choice{"condition": choices}, err
}

// Conditioned wants one of the conditions where the notice names any.
func Conditioned(s *modules.Step) error {
	list, err := conditionsOf(s)
	if err != nil || len(list) == 0 || s.Record.GetString("condition") != "" {
		return err
	}
	return modules.Invalid("condition", "validation_required", "Cannot be blank.")
}
