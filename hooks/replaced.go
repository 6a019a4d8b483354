package hooks

import (
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules"
)

// keepReplaced moves files that a step replaces to replaced_files, where they
// stay for the time of disputes. PocketBase deletes them after the save.
func keepReplaced(s *modules.Step) error {
	if s.From == modules.None {
		return nil
	}
	for _, f := range s.Record.Collection().Fields {
		if f.Type() != core.FieldTypeFile {
			continue
		}
		kept := s.Record.GetStringSlice(f.GetName())
		for _, name := range s.Before.GetStringSlice(f.GetName()) {
			if slices.Contains(kept, name) {
				continue
			}
			if err := keepFile(s, f.GetName(), name); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepFile copies one file into a record of its own.
func keepFile(s *modules.Step, slot, name string) error {
	store, err := s.App.NewFilesystem()
	if err != nil {
		return err
	}
	defer store.Close()
	file, err := store.GetReuploadableFile(s.Record.BaseFilesPath()+"/"+name, true)
	if errors.Is(err, filesystem.ErrNotFound) {
		return nil // a file that is lost must not keep the candidate from sending another
	}
	if err != nil {
		return err
	}
	c, err := s.App.FindCachedCollectionByNameOrId("replaced_files")
	if err != nil {
		return err
	}
	r := core.NewRecord(c)
	r.Load(map[string]any{
		"service": s.Definition.Name, "record": s.Record.Id, "slot": slot, "rev": s.Before.GetInt("rev"), "name": name,
		"file": []*filesystem.File{file},
	})
	return s.App.Save(r)
}

// serveReplaced serves a file that was replaced to staff of the business. It is
// asked for by pictures and frames, so the token is in the URL, as PocketBase
// has it for files.
func (p *Portal) serveReplaced(e *core.RequestEvent) error {
	auth, err := e.App.FindAuthRecordByToken(e.Request.URL.Query().Get("token"), core.TokenTypeFile)
	if err != nil || auth.Collection().Name == "candidates" {
		return e.NotFoundError("", nil)
	}
	e.Auth = auth
	d, r, err := p.caseOf(e)
	if err != nil {
		return err
	}
	file, err := e.App.FindFirstRecordByFilter("replaced_files", "id = {:id} && service = {:service} && record = {:record}",
		dbx.Params{"id": e.Request.PathValue("file"), "service": d.Name, "record": r.Id})
	if err != nil {
		return e.NotFoundError("", nil)
	}
	store, err := e.App.NewFilesystem()
	if err != nil {
		return err
	}
	defer store.Close()
	e.Response.Header().Set("Cache-Control", "private, no-store")
	return store.Serve(e.Response, e.Request, file.BaseFilesPath()+"/"+file.GetString("file"), file.GetString("name"))
}
