package rules_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// crowd is how many apply at the same moment.
const crowd = 300

// TestCrowd lets hundreds submit at once over real connections: all are served,
// none waits for a lock for ever, and the numbers have no gap.
func TestCrowd(t *testing.T) {
	t.Parallel()
	h := open(t)
	forms := make([]m, crowd)
	for i := range forms {
		registration := fmt.Sprintf("crowd%010d", i)
		h.Add("registrations", registration, m{"candidate": modulestest.ID("li"), "session": modulestest.Session, "status": "paid", "specialty": fmt.Sprint(i)})
		forms[i] = scorereviewtest.Form(m{
			"registration": registration, "items": scorereviewtest.About(h.Subject(registration)),
			"id_card": nil, "admission_ticket": nil, "statement": nil,
		})
	}
	for i, slot := range []string{"id_card", "admission_ticket", "statement"} {
		h.Add("material_templates", fmt.Sprintf("optional%07d", i), m{"service": collection, "slot": slot, "need": "optional"})
	}
	server := httptest.NewServer(h.Mux)
	t.Cleanup(server.Close)
	token := h.Token("li")
	numbers := make([]string, crowd)
	var group sync.WaitGroup
	for i, form := range forms {
		group.Go(func() {
			var err error
			if numbers[i], err = apply(server.URL, token, form); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	slices.Sort(numbers)
	for i, number := range numbers {
		if want := fmt.Sprintf("CJFH20261123%06d", i+1); number != want {
			t.Fatalf("number %d is %q, want %q", i, number, want)
		}
	}
	verify(t, h)
}

// apply sends an application and returns its number.
func apply(url, token string, form m) (string, error) {
	raw, err := json.Marshal(form)
	if err != nil {
		return "", err
	}
	r, err := http.NewRequest(http.MethodPost, url+"/api/collections/"+collection+"/records", bytes.NewReader(raw))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %s %w", answer.Status, body, err)
	}
	var record struct{ Number string }
	err = json.Unmarshal(body, &record)
	return record.Number, err
}
