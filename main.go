// Command examhall is the candidate-service platform of an examination
// authority (考生服务大厅).
//
// A business is a package below modules. To add one, import it and list it in
// businesses; .github/CONTRIBUTING.md shows the rest.
package main

import (
	"embed"
	"io/fs"
	"log"
	"os"
	"path/filepath"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/hooks/certificates"
	"examhall/hooks/demo"
	"examhall/hooks/letters"
	"examhall/hooks/payouts"
	"examhall/hooks/press"
	"examhall/modules"
	"examhall/modules/bill"
	"examhall/modules/database"
	"examhall/modules/integrity"
	"examhall/modules/mailing"
	"examhall/modules/profile"
	"examhall/modules/qualification"
	"examhall/modules/refund"
	"examhall/modules/reissue"
	"examhall/modules/scorereview"
	"examhall/modules/sealed"
	"examhall/modules/violation"
	_ "examhall/pb_migrations"
)

//go:embed all:pb_public
var public embed.FS

//go:embed all:templates
var templates embed.FS

// version is set by the linker: go build -ldflags "-X main.version=1.2.3".
var version = "dev"

// businesses lists what candidates may apply for, in menu order.
func businesses() []modules.Module {
	return []modules.Module{
		qualification.New(),              // 资格复核
		qualification.AppealDefinition(), // 其申诉
		refund.Definition(),              // 考试退费
		scorereview.Definition(),         // 成绩复核
		reissue.New(),                    // 证书补发
		bill.Definition(),                // 票据申领
		integrity.New(),                  // 失信人员资格审核
		violation.New(),                  // 违纪申诉
		profile.Definition(),             // 信息修改
		mailing.New(),                    // 证书邮寄
	}
}

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

// run builds the application and hands over to its command line.
func run() error {
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: "pb_data", DBConnect: database.Connect})
	o := &hooks.Options{Modules: businesses(), Public: sub(public, "pb_public"), Templates: sub(templates, "templates")}
	if err := hooks.ParseFlags(app.RootCmd, o); err != nil {
		return err
	}
	keys, err := keyFile(app)
	if err != nil {
		return err
	}
	if o.Ring, err = sealed.Load(keys); err != nil {
		return err
	}
	o.Ring.Register()
	if o.HooksDir != "" {
		scripted, err := hooks.Scripts(app, o.HooksDir)
		if err != nil {
			return err
		}
		o.Modules = append(o.Modules, scripted...)
	}
	p, err := hooks.Register(app, o)
	if err != nil {
		return err
	}
	printer := press.Register(app, p, nil)
	office, err := certificates.Register(app, p, printer)
	if err != nil {
		return err
	}
	letters.Register(app, p, printer)
	payouts.Register(app, p)
	app.RootCmd.Version = version
	p.AddCommands(app, app.RootCmd)
	office.AddCommands(app, app.RootCmd, keys)
	app.RootCmd.AddCommand(demo.Command(app, o), certificates.PreviewCommand(o.Templates))
	return app.Start()
}

// keyFile returns where the keys lie, which are read before PocketBase reads its
// first collection: in the data folder, outside of backups, unless EXAMHALL_KEYS
// names a file.
func keyFile(app core.App) (string, error) {
	if path := os.Getenv("EXAMHALL_KEYS"); path != "" {
		return path, nil
	}
	return filepath.Join(app.DataDir(), hooks.KeyFile), os.MkdirAll(app.DataDir(), 0o700)
}

// sub returns a folder of embedded files.
func sub(files fs.FS, dir string) fs.FS {
	f, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return f
}
