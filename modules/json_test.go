package modules_test

import (
	"strings"
	"testing"

	"examhall/modules"
)

const waiver = `{
	"name": "fee_waivers", "prefix": "JMSQ", "title": {"zh": "考务费减免", "en": "Fee waiver"},
	"fields": [
		{"type": "text", "name": "reason", "required": true, "max": 200, "label": {"zh": "理由", "en": "Reason"}},
		{"type": "file", "name": "proof", "maxSize": 5242880, "must": true, "label": {"zh": "证明", "en": "Proof"}}
	],
	"unique": {"fields": ["owner"], "frees": ["withdrawn", "rejected"]},
	"guards": {"approve": ["four_eyes", "reasoned"]}
}`

func TestParse(t *testing.T) {
	d, err := modules.Parse([]byte(waiver))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := modules.NewSet(d); err != nil {
		t.Fatal(err)
	}
	approve, ok := d.Workflow.Find(modules.UnderReview, modules.Approved)
	if !ok || len(approve.Guards) != 2 || len(d.Fields) != 2 || !d.Fields[1].Must {
		t.Errorf("%+v", d)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a field type":  {`"type": "text"`, `"type": "textt"`, `no field type is called "textt"`},
		"a guard":       {`"reasoned"`, `"resonned"`, `no guard is called "resonned"`},
		"an action":     {`"approve"`, `"aprove"`, `no action is called "aprove"`},
		"broken syntax": {`"name"`, `name`, `invalid`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := modules.Parse([]byte(strings.Replace(waiver, c.old, c.new, 1)))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Parse = %v, want an error with %q", err, c.want)
			}
		})
	}
}
