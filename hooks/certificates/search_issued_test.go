package certificates_test

import (
	"fmt"
	"testing"
)

// TestIssuedIsFound finds what the office has issued in bulk, by the name and the
// ID number of the candidate.
func TestIssuedIsFound(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	exam(c.Hall)
	p := c.Find("exam_projects", project)
	p.Set("search_enabled", true)
	if err := c.App.Save(p); err != nil {
		t.Fatal(err)
	}
	registration := pass(c.Hall, 7, "陈𬭎", "建筑工程")
	a := c.Send("foreign", "POST", desk, m{"registration": registration, "approve_date": "2026-11-20", "medium": "electronic"})
	if a.Code != 200 {
		t.Fatal(a.Code, a.Body)
	}
	found := c.search("203.0.113.1", m{"exam": "JZ", "name": "陈𬭎", "id_number": idNumber(7)})
	if len(found.items()) != 1 {
		t.Error(fmt.Sprint(found.Code), found.Body)
	}
}
