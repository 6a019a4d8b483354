package hooks

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

//go:embed desk
var deskFiles embed.FS

// bindDesk adds the desk to PocketBase's dashboard: the queue, the review panel
// in the form of an application, the input of sealed fields and the Chinese
// words. It is an extension that PocketBase loads; without it staff still have
// the plain forms, and the server refuses the same things.
func bindDesk(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		files := apis.MustSubFS(deskFiles, "desk")
		tag, err := contentTag(files)
		if err != nil {
			return err
		}
		e.UIExtensions = append(e.UIExtensions, core.UIExtension{Name: "desk", FS: files})
		e.Router.Bind(&hook.Handler[*core.RequestEvent]{
			Id:   "examhallDesk",
			Func: func(e *core.RequestEvent) error { return revalidate(e, tag) },
		})
		return e.Next()
	})
}

// revalidate makes browsers ask whether the desk has changed. PocketBase lets
// them keep it for two weeks, so that a new release would meet an old desk.
func revalidate(e *core.RequestEvent, tag string) error {
	path := e.Request.URL.Path
	if path == "/_/extensions.js" || strings.HasPrefix(path, "/_/extensions/") {
		e.Response.Header().Set("Cache-Control", "no-cache")
		e.Response.Header().Set("ETag", tag)
	}
	return e.Next()
}

// contentTag returns an entity tag for all files together: they are one program.
func contentTag(files fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(files, path)
		sum.Write([]byte(path))
		sum.Write(raw)
		return err
	})
	return `W/"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`, err
}
