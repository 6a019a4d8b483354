package hooks

import (
	"reflect"
	"slices"
	"strings"

	"github.com/ganigeorgiev/fexpr"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/sealed"
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

// identifiers returns the names that a filter reads, such as "owner.name". A
// filter that cannot be parsed reads nothing.
func identifiers(filter string) []string {
	groups, err := fexpr.Parse(filter)
	if err != nil {
		return nil
	}
	return namesIn(groups)
}

func namesIn(groups []fexpr.ExprGroup) []string {
	var list []string
	for _, g := range groups {
		switch item := g.Item.(type) {
		case fexpr.Expr:
			list = append(list, namesOf(item.Left, item.Right)...)
		case []fexpr.ExprGroup:
			list = append(list, namesIn(item)...)
		}
	}
	return list
}

func namesOf(tokens ...fexpr.Token) []string {
	var list []string
	for _, t := range tokens {
		switch t.Type {
		case fexpr.TokenIdentifier:
			list = append(list, t.Literal)
		case fexpr.TokenFunction:
			arguments, _ := t.Meta.([]fexpr.Token)
			list = append(list, namesOf(arguments...)...)
		}
	}
	return list
}

// readsSealed returns the sealed field that a filter on a collection names, of
// the collection itself or of one that it leads to, or nothing.
func (p *Portal) readsSealed(app core.App, c *core.Collection, filter string) (string, error) {
	names := sealed.Names(c)
	for _, other := range append(p.set.Names(), "candidates") {
		c, err := app.FindCachedCollectionByNameOrId(other)
		if err != nil {
			return "", err
		}
		names = append(names, sealed.Names(c)...)
	}
	for _, path := range identifiers(filter) {
		for _, step := range strings.Split(path, ".") {
			if name, _, _ := strings.Cut(step, ":"); slices.Contains(names, name) {
				return name, nil
			}
		}
	}
	return "", nil
}
