package main

import (
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

const (
	// soughtMost is how many of the certificates are searched for. The others
	// have random indexes: nobody knows their ID numbers, and they lie between.
	soughtMost = 20_000
	// proxyHeader is the header that the proxy in front of the server sets.
	proxyHeader = "X-Forwarded-For"
)

// holderName is the name on every certificate that is searched for.
const holderName = "阿卜杜拉·买买提"

// idNumber returns the ID number of the i-th holder, who is born in the 20th
// century: certificates with the old form of the number are looked for as well.
func idNumber(i int) string {
	return certificate.Twin(fmt.Sprintf("440305%02d%02d%02d%03d", 60+i/1000%40, 1+i/40_000%12, 1+i/480_000%28, i%1000))
}

// sought returns how many of the certificates are searched for: all of a few.
func sought(rows int) int { return min(rows, soughtMost) }

// fillSearched inserts certificates of one exam that the public may search,
// and makes the server believe its proxy. Of the limits only the circuit breaker
// is set higher: a load that measures is what it is there for.
func fillSearched(app core.App, ring *sealed.Ring, rows int) error {
	s := app.Settings()
	s.TrustedProxy.Headers = []string{proxyHeader}
	project, err := app.FindRecordById("exam_projects", id("p", 0))
	if err != nil {
		return err
	}
	project.Set("search_enabled", true)
	breaker := add(app, "limits", "", map[string]any{"name": "search_all", "most": 1_000_000, "seconds": 60})
	return errors.Join(app.Save(s), app.Save(project), breaker, insertCertificates(app, rows, "search_key", 12),
		indexSought(app, rows, "search_key", func(i int) string {
			return certificate.SearchKey(ring, id("p", 0), idNumber(i), certificate.Key(holderName))
		}))
}

// insertCertificates inserts them in SQL, all alike but for numbers and codes,
// in the order of their numbers, as an authority issues them. The indexed column
// gets random bytes.
func insertCertificates(app core.App, rows int, column string, bytes int) error {
	_, err := app.NonconcurrentDB().NewQuery(`
		WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {:rows})
		INSERT INTO certificates (id, number, print_no, code, project, name, name_key, id_type, id_number, ` + column + `, title, level, specialty,
			approve_date, issuer, medium, layout, status, issued)
		SELECT printf('t%014d', i), printf('2026%014d', i), printf('P%08d', i), printf('A%015d', i), 'p00000000000000', {:name}, {:key}, 'resident',
			'k1:' || hex(randomblob(28)), lower(hex(randomblob({:bytes}))), '一级造价工程师', '一级', '土木建筑工程',
			'2026-10-25', '人力资源和社会保障部、住房和城乡建设部', 'both', 'professional', 'valid', '2026-10-25 00:00:00.000Z' FROM n`).
		Bind(dbx.Params{"rows": rows, "name": holderName, "key": certificate.Key(holderName), "bytes": bytes}).Execute()
	return err
}

// indexSought gives the certificates that are searched for, spread over all, the
// index of an ID number.
func indexSought(app core.App, rows int, column string, index func(i int) string) error {
	n := sought(rows)
	update := app.NonconcurrentDB().NewQuery("UPDATE certificates SET " + column + " = {:index} WHERE id = {:id}").Prepare()
	defer update.Close()
	for i := range n {
		if _, err := update.Bind(dbx.Params{"index": index(i), "id": id("t", i*(rows/n))}).Execute(); err != nil {
			return err
		}
	}
	return nil
}

// fillBareSearched inserts the same rows into a collection that anybody may list,
// with the same index, as somebody has who takes PocketBase as it is.
func fillBareSearched(app core.App, rows int) error {
	c, err := app.FindCollectionByNameOrId("certificates")
	if err != nil {
		return err
	}
	c.ListRule = types.Pointer("")
	c.AddIndex("idx_bare_certificates_search", false, "id_number_idx, project", "")
	return errors.Join(app.Save(c), insertCertificates(app, rows, "id_number_idx", 32), indexSought(app, rows, "id_number_idx", bareIndex))
}

// bareIndex is as long as a blind index.
func bareIndex(i int) string { return fmt.Sprintf("%032d%032d", i, i) }
