package main

import (
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/hooks"
	"examhall/modules/credential"
	"examhall/modules/sealed"
)

// sheets is how many certificates there are, all of the first candidate.
const sheets = 10_000

// verify compares the page that anybody sees who scans the code of a certificate
// with PocketBase's own view of the same row, by its holder.
func (b *bench) verify() error {
	hall, err := b.serve(largeDB)
	if err != nil {
		return err
	}
	defer hall.stop()
	bare, err := b.serve(bareDB)
	if err != nil {
		return err
	}
	defer bare.stop()
	list, err := bare.login("users", id("c", 0))
	if err != nil {
		return err
	}
	tokens, err := b.codes()
	if err != nil {
		return err
	}
	costs, err := b.interleaved(b.lists, []string{"verify", "verify-bare"},
		side{hall, func(i int) request { return request{method: http.MethodGet, path: "/v/" + tokens[i%len(tokens)]} }},
		side{bare, func(i int) request {
			return request{method: http.MethodGet, path: "/api/collections/certificates/records/" + id("z", i%sheets), token: list[0]}
		}})
	if err != nil {
		return err
	}
	page, view := costs[0], costs[1]
	b.judge("the page of a certificate : PocketBase's view of its row", median(ratios(page, view)), 1, " ×",
		micros(median(page))+" : "+micros(median(view)))
	return nil
}

// codes signs as many certificates as one round asks for.
func (b *bench) codes() ([]string, error) {
	ring, err := sealed.Load(filepath.Join(b.path(largeDB), hooks.KeyFile))
	if err != nil {
		return nil, err
	}
	keys, err := credential.New("https://zhengshu.exam.example.cn", ring.SigningKeys())
	if err != nil {
		return nil, err
	}
	list := make([]string, min(b.lists, sheets))
	for i := range list {
		list[i], err = keys.Sign(credential.Facts{
			Code: code(i), Index: int64(i), Number: number(i), Name: "李䶮", IDNumber: "1****************2", Title: "一级造价工程师", Level: "一级",
			Specialty: "土木建筑工程", ApproveDate: "2025-10-18", Issuer: "示例省人力资源和社会保障厅", Gender: "female", BirthMonth: "1994-07", IssuedAt: time.Now(),
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// code returns the code of a certificate: 16 letters of base32.
func code(i int) string {
	var raw [10]byte
	binary.BigEndian.PutUint64(raw[:], uint64(i))
	return base32.StdEncoding.EncodeToString(raw[:])
}

func number(i int) string { return fmt.Sprintf("2025110102%08d", i) }

// fillCertificates inserts the certificates.
func fillCertificates(app core.App) error {
	for i := range sheets {
		_, err := app.NonconcurrentDB().Insert("certificates", dbx.Params{
			"id": id("z", i), "code": code(i), "holder": id("c", 0), "number": number(i), "name": "李䶮", "name_key": "李䶮", "title": "一级造价工程师",
			"level": "一级", "specialty": "土木建筑工程", "approve_date": "2025-10-18", "issuer": "示例省人力资源和社会保障厅", "medium": "both",
			"status": "valid", "issued": "2025-10-20 02:00:00.000Z", "log_index": i, "rev": 1,
		}).Execute()
		if err != nil {
			return err
		}
	}
	return nil
}

// bareCertificates has the columns of certificates. What is sealed there is plain
// text here.
func bareCertificates() *core.Collection {
	c := core.NewBaseCollection("certificates")
	c.ViewRule = types.Pointer(`holder = @request.auth.id`)
	for _, name := range []string{
		"number", "print_no", "code", "holder", "registration", "batch", "project", "session", "name", "name_key", "id_type", "id_number",
		"id_number_idx", "gender", "birth_date", "title", "level", "specialty", "approve_date", "issuer", "medium", "photo", "layout",
		"signing_key", "status", "distribution", "reissue_date", "replaces", "replaced_by", "void_reason", "void_document", "pdf_sha256",
	} {
		c.Fields.Add(&core.TextField{Name: name})
	}
	for _, name := range []string{"reissue_no", "log_index", "rev"} {
		c.Fields.Add(&core.NumberField{Name: name})
	}
	c.Fields.Add(&core.DateField{Name: "voided"}, &core.DateField{Name: "issued"})
	c.AddIndex("idx_bare_certificates_code", true, "code", "")
	return c
}
