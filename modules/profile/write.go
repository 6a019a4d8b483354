package profile

import (
	"io"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules"
	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// write changes the account, all items or none, and keeps what it said: a former
// name or number is still that of the candidate. Whoever becomes somebody else by
// name or number is logged out everywhere.
func write(s *modules.Step) error {
	owner, err := ownerOf(s)
	if err != nil {
		return err
	}
	for _, x := range chosen(s) {
		for _, column := range x.columns {
			if err := writeOne(s, owner, column); err != nil {
				return err
			}
		}
		if x.name == name || x.name == identity {
			owner.RefreshTokenKey()
		}
		if x.name == identity {
			follow(owner)
		}
	}
	return s.Save(owner)
}

// writeOne changes one column and keeps what it said.
func writeOne(s *modules.Step, owner *core.Record, column string) error {
	c, err := s.App.FindCachedCollectionByNameOrId("profile_history")
	if err != nil {
		return err
	}
	row := core.NewRecord(c)
	row.Load(map[string]any{
		"candidate": owner.Id, "item": column, "before": plain(owner, column), "after": wanted(s.Record, column),
		"application": s.Record.GetString("number"), "at": s.Now.UTC().Format(time.RFC3339),
	})
	switch column {
	case "name":
		row.Set("before_idx", certificate.Key(owner.GetString("name")))
	case "id_number":
		row.Set("before_idx", owner.GetString("id_number_idx"))
	}
	if column == "photo" {
		if err := writePhoto(s, owner); err != nil {
			return err
		}
	} else {
		owner.Set(column, wanted(s.Record, column))
	}
	return s.Save(row)
}

// writePhoto copies the photo of the application.
func writePhoto(s *modules.Step, owner *core.Record) error {
	store, err := s.App.NewFilesystem()
	if err != nil {
		return err
	}
	defer store.Close()
	in, err := store.GetReader(s.Record.BaseFilesPath() + "/" + s.Record.GetString(asked("photo")))
	if err != nil {
		return err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	file, err := filesystem.NewFileFromBytes(data, "photo.jpg")
	owner.Set("photo", file)
	return err
}

// follow sets what a number says about its holder.
func follow(owner *core.Record) {
	if gender, birth := certificate.Person(owner.GetString("id_type"), sealed.Plain(owner, "id_number")); birth != "" {
		owner.Set("gender", gender)
		owner.Set("birth_date", birth)
	}
}
