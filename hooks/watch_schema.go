package hooks

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"examhall/modules"
)

// What the audit trail calls the schema and the settings of PocketBase.
const (
	watchedSchema   = "_collections"
	watchedSettings = "_settings"
)

// bindWatchSchema appends an event for every change that an administrator makes
// to the schema or to the settings: an API rule decides who reads, as much as a
// role does. The event has the names of what changed, and is one with it.
func bindWatchSchema(app core.App, p *Portal) {
	watch := func(action string) func(*core.CollectionRequestEvent) error {
		return func(e *core.CollectionRequestEvent) error {
			before := core.NewBaseCollection("")
			if action != "create" {
				stored, err := e.App.FindCollectionByNameOrId(e.Collection.Id)
				if err != nil {
					return err
				}
				before = stored
			}
			return p.witness(e.RequestEvent, e.Next, func() event {
				return event{Service: watchedSchema, Record: e.Collection.Id, Action: action, Fields: differing(before, e.Collection)}
			})
		}
	}
	app.OnCollectionCreateRequest().BindFunc(watch("create"))
	app.OnCollectionUpdateRequest().BindFunc(watch("update"))
	app.OnCollectionDeleteRequest().BindFunc(watch("delete"))
	app.OnCollectionsImportRequest().BindFunc(func(e *core.CollectionsImportRequestEvent) error {
		return p.witness(e.RequestEvent, e.Next, func() event {
			return event{Service: watchedSchema, Record: "import", Action: "import"}
		})
	})
	app.OnSettingsUpdateRequest().BindFunc(func(e *core.SettingsUpdateRequestEvent) error {
		return p.witness(e.RequestEvent, e.Next, func() event {
			return event{Service: watchedSettings, Record: "settings", Action: "update", Fields: differing(e.OldSettings, e.NewSettings)}
		})
	})
}

// witness makes a change and appends what it was to the trail, in one
// transaction. PocketBase answers the request after the commit.
func (p *Portal) witness(e *core.RequestEvent, next func() error, what func() event) error {
	app := e.App
	defer func() { e.App = app }()
	actor := modules.ActorOf(e.Auth, "")
	return app.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if err := next(); err != nil {
			return err
		}
		ev := what()
		ev.ActorKind, ev.Actor, ev.At = actor.Kind, actor.ID, dateTime(p.now()).String()
		return p.appendEvent(tx, ev)
	})
}

// differing returns the names of the properties in which two values differ as
// JSON, but for when it was saved.
func differing(before, after any) string {
	old, now := properties(before), properties(after)
	names := maps.Clone(old)
	maps.Copy(names, now)
	delete(names, "created")
	delete(names, "updated")
	list := slices.DeleteFunc(slices.Sorted(maps.Keys(names)), func(name string) bool { return reflect.DeepEqual(old[name], now[name]) })
	return strings.Join(list, ",")
}

func properties(value any) map[string]any {
	all := map[string]any{}
	if raw, err := json.Marshal(value); err == nil {
		_ = json.Unmarshal(raw, &all) // what is no object has no properties
	}
	return all
}
