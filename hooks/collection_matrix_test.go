package hooks

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// rights says who may do what with a row of a collection by PocketBase's own
// API. The row is one of zhangsan where it can be somebody's, else of the
// reviewer. Who is not named is denied; admin has a column of letters: list,
// view, create, update, delete. A collection that is not here fails the test.
//
// To create or update means to be let as far as the row itself; what a business
// then says is in its own table. Rows that others point to are not deleted.
var rights = []struct {
	collection, list, view, create, update, delete string
	admin                                          string
}{
	// People. Candidates and staff read themselves, and change nothing.
	{"candidates", "", "zhangsan", "", "", "", "lvcu"},
	{"staff", "", "reviewer", "", "", "", "lvcu"},
	{"_superusers", "", "", "", "", "", "lvcud"},
	{"_authOrigins", "zhangsan", "zhangsan", "", "", "zhangsan", "lvcud"}, // of which there are none: PocketBase
	{"_externalAuths", "zhangsan", "zhangsan", "", "", "zhangsan", "lvcud"},
	{"_mfas", "zhangsan", "zhangsan", "", "", "", "lvcud"},
	{"_otps", "zhangsan", "zhangsan", "", "", "", "lvcud"},

	// Facts. Scores are those of the candidate, once they are published.
	{"exam_projects", "candidates staff", "candidates staff", "operator", "operator", "", "lvcu"},
	{"exam_sessions", "candidates staff", "candidates staff", "operator", "operator", "", "lvcu"},
	{"registrations", "zhangsan", "zhangsan", "", "", "", "lvcu"},
	{"registration_subjects", "zhangsan", "zhangsan", "", "", "", "lvcu"},

	{"payments", "zhangsan", "zhangsan", "", "", "", "lvcu"},
	{"bills", "zhangsan", "zhangsan", "", "", "", "lvcu"},
	{"violations", "zhangsan operator auditor", "zhangsan operator auditor", "operator", "operator", "", "lvcu"},
	{"integrity_records", "zhangsan", "zhangsan", "", "", "", "lvcu"},
	{"banks", "candidates staff", "candidates staff", "operator", "operator", "", "lvcud"},

	// Settings rows.
	{"windows", "operator", "operator", "operator", "operator", "operator", "lvcud"},
	{"rules", "operator", "operator", "operator", "operator", "operator", "lvcud"},
	{"material_templates", "operator", "operator", "operator", "operator", "operator", "lvcud"},
	{"notices", "operator", "operator", "operator", "operator", "operator", "lvcud"}, // published ones are pages
	{"holidays", "staff", "staff", "operator", "operator", "operator", "lvcud"},
	{"limits", "operator", "operator", "operator", "operator", "operator", "lvcud"},
	{"canned_replies", "staff", "staff", "operator", "operator", "operator", "lvcud"},

	// Applications. None is ever deleted.
	{"score_reviews", "zhangsan reviewer approver auditor", "zhangsan reviewer approver auditor", "candidates", "zhangsan reviewer approver", "", "lvcu"},
	{"refunds", "zhangsan reviewer finance auditor", "zhangsan reviewer finance auditor", "candidates", "zhangsan reviewer finance", "", "lvcu"},
	{"qualification_reviews", "zhangsan auditor", "zhangsan auditor", "candidates", "zhangsan", "", "lvcu"},
	{"qualification_appeals", "zhangsan auditor", "zhangsan auditor", "candidates", "zhangsan", "", "lvcu"},
	{"bill_claims", "zhangsan reviewer finance auditor", "zhangsan reviewer finance auditor", "candidates", "zhangsan reviewer finance", "", "lvcu"},
	{"integrity_reviews", "zhangsan auditor", "zhangsan auditor", "candidates", "zhangsan", "", "lvcu"},
	{"reissues", "zhangsan cert auditor", "zhangsan cert auditor", "candidates", "zhangsan cert", "", "lvcu"},
	{"violation_appeals", "zhangsan auditor", "zhangsan auditor", "candidates", "zhangsan", "", "lvcu"},
	{"profile_changes", "zhangsan auditor", "zhangsan auditor", "candidates", "zhangsan", "", "lvcu"},
	{"mailings", "zhangsan cert auditor", "zhangsan cert auditor", "candidates", "zhangsan cert", "", "lvcu"},

	// What ExamHall writes itself: not even the administrator changes it.
	{"applications", "", "", "", "", "", "lv"},
	{"events", "", "", "", "", "", "lv"},
	{"event_heads", "", "", "", "", "", "lv"},
	{"versions", "", "", "", "", "", "lv"},
	{"replaced_files", "", "", "", "", "", "lv"},
	{"score_history", "", "", "", "", "", "lv"},
	{"score_review_subjects", "", "", "", "", "", "lv"},
	{"profile_history", "", "", "", "", "", "lv"},
	{"payouts", "", "", "", "", "", "lv"},
	{"notifications", "zhangsan", "zhangsan", "", "", "", "lv"},
	{"certificates", "zhangsan cert auditor", "zhangsan cert auditor", "", "", "", "lv"},
	{"certificate_events", "", "", "", "", "", "lv"},
	{"annotations", "zhangsan cert auditor", "zhangsan cert auditor", "", "", "", "lv"},
	{"certificate_batches", "cert auditor", "cert auditor", "", "", "", "lv"},
	{"certificate_holds", "cert auditor", "cert auditor", "", "", "", "lv"},
	{"number_sequences", "", "", "", "", "", "lv"},
	{"outbox", "", "", "", "", "", "lvcud"}, // what could not be sent is sent again by hand
}

func TestCollectionMatrix(t *testing.T) {
	o := openOffice(t)
	o.fillUp(t)
	for _, row := range rights {
		c, err := o.FindCollectionByNameOrId(row.collection)
		if err != nil {
			t.Errorf("there is no collection %s", row.collection)
			continue
		}
		id := o.rowOf(t, c)
		for deed, who := range map[string]string{
			"list": row.list, "view": row.view, "create": row.create, "update": row.update, "delete": row.delete,
		} {
			let := named(who)
			if strings.Contains(row.admin, deed[:1]) {
				let = append(let, "admin")
			}
			for _, who := range everyone {
				if may, want := o.may(t, who, deed, c, id), slices.Contains(let, who); may != want {
					t.Errorf("%s: %s may %s: %v, want %v", c.Name, who, deed, may, want)
				}
			}
		}
	}
}

// TestCollectionMatrixIsComplete wants a row of the table for every collection.
func TestCollectionMatrixIsComplete(t *testing.T) {
	collections, err := openOffice(t).FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		n := 0
		for _, row := range rights {
			if row.collection == c.Name {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d rows of the table say who may read and write %s", n, c.Name)
		}
	}
}

// named returns who a column of the table means.
func named(column string) []string {
	var list []string
	for _, word := range strings.Fields(column) {
		if members, ok := groups[word]; ok {
			list = append(list, members...)
			continue
		}
		list = append(list, word)
	}
	return list
}

// fillUp puts a row into every collection that has none yet, in the name of
// zhangsan where it can have a name.
func (o *office) fillUp(t *testing.T) {
	t.Helper()
	collections, err := o.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	zhangsan := o.people(t)["zhangsan"]
	for _, c := range collections {
		if n, err := o.CountRecords(c); err != nil || n > 0 {
			continue
		}
		row := dbx.Params{"id": "row000000000000"}
		for name, value := range map[string]string{
			"collectionRef": zhangsan.Collection().Id, "recordRef": zhangsan.Id, "holder": zhangsan.Id, "owner": zhangsan.Id,
			"candidate": zhangsan.Id, "payment": "row000000000000",
		} {
			if c.Fields.GetByName(name) != nil {
				row[name] = value
			}
		}
		if c.Fields.GetByName("submission") != nil {
			row["status"] = "submitted" // no application starts otherwise
		}
		if c.Name == "banks" {
			row["active"] = true // candidates see those only
		}
		if _, err := o.NonconcurrentDB().Insert(c.Name, row).Execute(); err != nil {
			t.Fatal(c.Name, err)
		}
	}
}

// rowOf returns the id of the row that the table speaks of.
func (o *office) rowOf(t *testing.T, c *core.Collection) string {
	t.Helper()
	people := o.people(t)
	switch c.Name {
	case "candidates":
		return people["zhangsan"].Id
	case "staff":
		return people["reviewer"].GetString("staff")
	case core.CollectionNameSuperusers:
		return people["reviewer"].Id
	case "score_reviews":
		return o.cases(t).open.Id
	}
	var id string
	if err := o.DB().Select("id").From(c.Name).OrderBy("id").Limit(1).Row(&id); err != nil {
		t.Fatal(c.Name, err)
	}
	return id
}

// may tries one deed. A row that was deleted is put back for the next one.
func (o *office) may(t *testing.T, who, deed string, c *core.Collection, id string) bool {
	t.Helper()
	url := "/api/collections/" + c.Name + "/records"
	switch deed {
	case "list":
		status, body := o.ask(t, who, http.MethodGet, url+"?perPage=1000", "")
		return status == http.StatusOK && strings.Contains(body, `"id":"`+id+`"`)
	case "view":
		status, _ := o.ask(t, who, http.MethodGet, url+"/"+id, "")
		return status == http.StatusOK
	case "create":
		return letIn(o.ask(t, who, http.MethodPost, url, "{}"))
	case "update":
		return letIn(o.ask(t, who, http.MethodPatch, url+"/"+id, "{}"))
	}
	saved := dbx.NullStringMap{}
	if err := o.DB().Select("*").From(c.Name).Where(dbx.HashExp{"id": id}).One(saved); err != nil {
		t.Fatal(c.Name, err)
	}
	status, _ := o.ask(t, who, http.MethodDelete, url+"/"+id, "")
	if status != http.StatusNoContent {
		return false
	}
	row := dbx.Params{}
	for name, value := range saved {
		row[name] = value
	}
	if _, err := o.NonconcurrentDB().Insert(c.Name, row).Execute(); err != nil {
		t.Fatal(c.Name, err)
	}
	return true
}

// letIn reports whether a request came as far as the row: it was done, or its
// values were refused one by one.
func letIn(status int, body string) bool {
	var answer struct{ Data map[string]any }
	_ = json.Unmarshal([]byte(body), &answer)
	return status < http.StatusMultipleChoices || status == http.StatusBadRequest && len(answer.Data) > 0
}
