package hooks

import (
	"encoding/json"
	"fmt"

	"github.com/dop251/goja"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/plugins/jsvm"

	"examhall/modules"
)

// Scripts runs the files of a folder of PocketBase scripts and returns the
// businesses that they define with portal.define({…}). Their further guards and
// effects are ordinary PocketBase hooks in the same file.
//
// A script is trusted code: it can do whatever the server can. The folder is
// off unless the operator of the machine names it, and the dashboard cannot
// write to it. What holds against a script are the SQL triggers.
func Scripts(app core.App, dir string) ([]modules.Module, error) {
	found := map[string]modules.Definition{}
	var list []modules.Module
	define := func(value goja.Value) error {
		data, err := json.Marshal(value.Export())
		if err != nil {
			return err
		}
		d, err := modules.Parse(data)
		if err != nil {
			return err
		}
		if _, twice := found[d.Name]; !twice { // every runtime of the pool runs the file
			found[d.Name] = d
			list = append(list, d)
		}
		return nil
	}
	err := jsvm.Register(app, jsvm.Config{
		HooksDir: dir, MigrationsDir: dir + "/migrations", HooksPoolSize: 4,
		OnInit: func(vm *goja.Runtime) {
			if err := vm.Set("portal", map[string]any{"define": define}); err != nil {
				panic(fmt.Errorf("portal.define: %w", err)) // a fresh runtime has no such name
			}
		},
	})
	return list, err
}
