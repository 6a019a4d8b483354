package e2e

import (
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"examhall/modules/certificate"
	"examhall/modules/database"
	"examhall/modules/sealed"
	"examhall/modules/translog"
)

// hold writes a certificate of a demo candidate with its leaf into the database
// of the running server, with some values changed, and returns its id.
func hold(t *testing.T, user string, change dbx.Params) string {
	t.Helper()
	ring, err := sealed.Load(filepath.Join(hall.dir, "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := database.Connect(filepath.Join(hall.dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var person struct{ ID, Name string }
	if err := db.Select("id", "name").From("candidates").Where(dbx.HashExp{"username": user}).One(&person); err != nil {
		t.Fatal(err)
	}
	var project string
	if err := db.Select("id").From("exam_projects").Limit(1).Row(&project); err != nil {
		t.Fatal(err)
	}
	id, code, at := certificate.NewIDs(time.Now(), 1)[0], certificate.NewCodes(1)[0], time.Now().Add(-48*time.Hour).UTC()
	row := dbx.Params{
		"id": id, "code": code, "number": "2026" + strings.Map(digits, code), "holder": person.ID, "project": project, "name": person.Name,
		"name_key": certificate.Key(person.Name), "id_type": "resident", "id_number": ring.Seal("certificates.id_number", "11010519491231002X"),
		"id_number_idx": ring.Index(sealed.KindIDNumber, "11010519491231002X"),
		"gender":        "female", "birth_date": "1949-12-31", "title": "一级建造师", "level": "一级", "specialty": "建筑工程",
		"approve_date": time.Now().AddDate(0, -1, 0).Format(time.DateOnly), "issuer": "示例省人力资源和社会保障厅", "medium": "paper",
		"layout": "professional", "status": "valid", "distribution": "ready", "issued": at.Format("2006-01-02 15:04:05.000Z"), "rev": 1,
	}
	for name, value := range change {
		row[name] = value
	}
	h := certificate.Happening{Kind: "issued", Code: code, Number: row["number"].(string), At: at.Format(time.RFC3339)}
	index, err := translog.Append(db, [][32]byte{h.Leaf(certificate.Salt{})})
	if err != nil {
		t.Fatal(err)
	}
	row["log_index"] = index
	if _, err := db.Insert("certificates", row).Execute(); err != nil {
		t.Fatal(err)
	}
	_, err = db.Insert("certificate_events", dbx.Params{
		"id": certificate.NewIDs(time.Now(), 1)[0], "certificate": id, "kind": "issued", "at": h.At, "actor_kind": "staff", "leaf": index + 1,
		"salt": hex.EncodeToString(make([]byte, 16)),
	}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// digits makes digits of letters.
func digits(c rune) rune { return '0' + c%10 }
