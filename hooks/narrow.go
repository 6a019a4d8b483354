package hooks

import (
	"reflect"

	"github.com/ganigeorgiev/fexpr"
)

// narrows reports whether an API rule admits nobody whom want does not: it is
// closed, it is want, or it is "(want) && …". Whether another rule would admit
// fewer cannot be known without all data.
func narrows(rule, want *string) bool {
	switch {
	case rule == nil:
		return true
	case want == nil:
		return false
	case *rule == *want:
		return true
	}
	have, err := fexpr.Parse(*rule)
	if err != nil || len(have) == 0 {
		return false
	}
	base, err := fexpr.Parse(*want)
	if err != nil || len(base) == 0 {
		return false
	}
	if reflect.DeepEqual(have, base) {
		return true
	}
	for _, group := range have[1:] {
		if group.Join != fexpr.JoinAnd {
			return false
		}
	}
	return reflect.DeepEqual(have[0].Item, base)
}
