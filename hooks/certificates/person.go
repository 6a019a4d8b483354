package certificates

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"examhall/modules/certificate"
	"examhall/modules/sealed"
)

// person is an approved registration with its candidate, as one query reads
// them, and what is made of them.
type person struct {
	Registration, Candidate, Specialty, Photo string
	Name                                      string
	IDType                                    string `db:"id_type"`
	IDNumber                                  string `db:"id_number"` // sealed
	Index                                     string `db:"id_number_idx"`

	key, searchKey, gender, birth string
	number                        string // of the identity, in clear
	problem                       string // why no certificate can be made: an error code
	params                        map[string]any
}

// peopleQuery reads approved registrations without a certificate.
const peopleQuery = `SELECT r.id AS registration, r.candidate, r.specialty, r.photo, c.name, c.id_type, c.id_number, c.id_number_idx
	FROM registrations r JOIN candidates c ON c.id = r.candidate WHERE ` + approved + ` AND ` + unissued

// nextPeople returns the next people of a session, in the order of their
// numbers: by specialty, then by registration.
func nextPeople(tx core.App, session, afterSpecialty, after string, limit int) ([]person, error) {
	var list []person
	err := tx.DB().NewQuery(peopleQuery + ` AND r.session = {:session} AND (r.specialty, r.id) > ({:specialty}, {:after})
		ORDER BY r.specialty, r.id LIMIT {:limit}`).
		Bind(dbx.Params{"session": session, "specialty": afterSpecialty, "after": after, "limit": limit}).All(&list)
	return list, err
}

// readPerson returns the person of one registration, if it is approved and has
// no certificate.
func readPerson(tx core.App, registration string) ([]person, error) {
	var list []person
	err := tx.DB().NewQuery(peopleQuery + " AND r.id = {:id}").Bind(dbx.Params{"id": registration}).All(&list)
	return list, err
}

// makeReady does for everybody what takes a processor and no database.
func (o *Office) makeReady(p *plan, people []person) error {
	errs := make([]error, len(people))
	var all sync.WaitGroup
	each := len(people)/runtime.NumCPU() + 1
	for from := 0; from < len(people); from += each {
		all.Go(func() {
			for i := from; i < min(from+each, len(people)); i++ {
				errs[i] = o.readyOne(p, &people[i])
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// readyOne normalises the name, reads the number and seals it for its new
// column. What cannot be printed becomes a problem of the person.
func (o *Office) readyOne(p *plan, x *person) error {
	if _, ok := p.specialty(x.Specialty); !ok {
		x.problem, x.params = "specialty_code_missing", map[string]any{"specialty": x.Specialty}
		return nil
	}
	number, err := o.portal.Ring().Open("candidates.id_number", x.IDNumber)
	if err != nil {
		return err
	}
	name, err := certificate.Display(x.IDType, x.Name)
	var wrong *certificate.NameError
	if errors.As(err, &wrong) {
		x.problem, x.params = "name_invalid", character(wrong.Rune)
		return nil
	}
	x.Name, x.key = name, certificate.Key(name)
	if runes := o.printer.Missing(p.Layout, name, x.Specialty); len(runes) > 0 {
		x.problem, x.params = "glyph_missing", character(runes[0])
		return nil
	}
	x.gender, x.birth = certificate.Person(x.IDType, number)
	x.number = number
	x.searchKey = certificate.SearchKey(o.portal.Ring(), p.project.Id, number, x.key)
	x.IDNumber = o.portal.Ring().Seal("certificates.id_number", number)
	if x.Index == "" {
		x.Index = o.portal.Ring().Index(sealed.KindIDNumber, number)
	}
	return nil
}

// character returns the parameters of a problem with a character.
func character(c rune) map[string]any {
	if c == 0 {
		return map[string]any{"char": "", "hex": ""}
	}
	return map[string]any{"char": string(c), "hex": fmt.Sprintf("%04X", c)}
}

// asJSON returns values as SQLite takes them apart.
func asJSON(v any) (string, error) {
	data, err := json.Marshal(v)
	return string(data), err
}
