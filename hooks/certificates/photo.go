package certificates

import (
	"database/sql"
	"errors"
	"io"
	"net/http"
	"path"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/hooks"
	"examhall/modules"
)

// longestPhoto is how many bytes a photo may have.
const longestPhoto = 1 << 20

// bindPhotos keeps the photo of a registration from changing once it is printed:
// a certificate that was issued in bulk shows the file of its registration, so
// that a million files need not be copied.
func (o *Office) bindPhotos(app core.App) {
	app.OnRecordUpdateExecute("registrations").BindFunc(func(e *core.RecordEvent) error {
		if e.Record.GetString("photo") == e.Record.Original().GetString("photo") && len(e.Record.GetUnsavedFiles("photo")) == 0 {
			return e.Next()
		}
		return hooks.Answer(hooks.InTransaction(e, func() error {
			printed, err := hasCertificate(e.App, e.Record.Id)
			if err != nil {
				return err
			}
			if printed {
				return modules.Invalid("photo", "certificate_fixed", "What was printed does not change.")
			}
			return e.Next()
		}))
	})
}

func hasCertificate(app core.App, registration string) (bool, error) {
	var n int
	err := app.DB().Select("COUNT(*)").From("certificates").
		Where(dbx.NewExp("registration <> '' AND registration = {:id}", dbx.Params{"id": registration})).Row(&n)
	return n > 0, err
}

// addPhoto takes the photo for a certificate that is still to be issued.
func (o *Office) addPhoto(e *core.RequestEvent) error {
	r, err := e.App.FindRecordById("registrations", e.Request.PathValue("registration"))
	if errors.Is(err, sql.ErrNoRows) {
		return e.NotFoundError("", nil)
	}
	if err != nil {
		return err
	}
	files, err := e.FindUploadedFiles("photo")
	if err != nil || len(files) != 1 {
		return hooks.Answer(modules.InvalidWith("photo", "material_missing", "Upload this: {{.slots}}.", map[string]any{"slots": []string{"photo"}}))
	}
	if problem := hooks.Inspect(files[0], longestPhoto); problem != nil {
		return hooks.Answer(modules.InvalidWith("photo", problem.Code(), problem.Message(), problem.Params()))
	}
	if ext := path.Ext(files[0].Name); ext != ".jpg" && ext != ".jpeg" {
		return hooks.Answer(modules.Invalid("photo", "photo_type", "A photo is a JPEG picture."))
	}
	modules.Sign(r, actorOf(e))
	r.Set("photo", files[0])
	if err := e.App.Save(r); err != nil {
		return hooks.Answer(err)
	}
	return e.JSON(http.StatusOK, map[string]any{"registration": r.Id, "photo": r.GetString("photo")})
}

// photoOf returns the photo of a certificate as a JPEG, or nothing: its own
// file, or that of the registration which it was issued from.
func photoOf(app core.App, r *core.Record) ([]byte, error) {
	name := r.GetString("photo")
	if name == "" {
		return nil, nil
	}
	places := []string{r.BaseFilesPath()}
	if id := r.GetString("registration"); id != "" {
		c, err := app.FindCachedCollectionByNameOrId("registrations")
		if err != nil {
			return nil, err
		}
		places = append(places, c.BaseFilesPath()+"/"+id)
	}
	store, err := app.NewFilesystem()
	if err != nil {
		return nil, err
	}
	defer store.Close()
	for _, place := range places {
		data, err := read(store, place+"/"+name)
		if !errors.Is(err, filesystem.ErrNotFound) {
			return data, err
		}
	}
	return nil, nil // a file that is lost must not keep the holder from the rest
}

func read(store *filesystem.System, name string) ([]byte, error) {
	in, err := store.GetReader(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}
