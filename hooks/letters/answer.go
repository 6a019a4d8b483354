package letters

import (
	"errors"
	"fmt"
	"mime"
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"examhall/hooks"
	"examhall/modules"
	"examhall/modules/pdf"
)

// paper is a finished PDF. Its name holds nothing personal: browsers list what
// was downloaded, on shared computers as well.
type paper struct {
	name string
	data []byte
}

// finder returns the application that a request names, if its sender may read it.
type finder func(e *core.RequestEvent) (modules.Definition, *core.Record, error)

// writer makes a paper about an application, or none where there is nothing to
// say yet.
type writer func(app core.App, d modules.Definition, r *core.Record) (*paper, error)

func (o *Office) answer(find finder, write writer) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		d, r, err := find(e)
		if err != nil {
			return err
		}
		p, err := write(e.App, d, r)
		if err != nil {
			return problemOf(err)
		}
		if p == nil {
			return e.NotFoundError("", nil)
		}
		return p.send(e)
	}
}

func (p *paper) send(e *core.RequestEvent) error {
	h := e.Response.Header()
	h.Set("Cache-Control", "private, no-store")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": p.name}))
	h.Set("X-Content-Type-Options", "nosniff")
	return e.Blob(http.StatusOK, "application/pdf", p.data)
}

// problemOf tells which character holds a paper: in a name nothing may stand for
// it. Everything else of a paper is written so that it can be printed.
func problemOf(err error) error {
	missing, ok := errors.AsType[pdf.MissingGlyphs](err)
	if !ok || len(missing.Runes) == 0 {
		return err
	}
	c := missing.Runes[0]
	return hooks.Answer(modules.InvalidWith("name", "glyph_missing", "The fonts lack {{.char}} (U+{{.hex}}).", map[string]any{
		"char": string(c), "hex": fmt.Sprintf("%04X", c),
	}))
}
