package certificates_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/tools/filesystem"

	"examhall/modules/modulestest"
)

// strangers are those whose certificate it is not: nobody in particular, and a
// candidate.
var strangers = []string{"", "wang"}

// secrets returns what of a certificate no stranger may see.
func (c *counter) secrets() []string {
	r := c.Find("certificates", certID)
	list := []string{certID, "张三", "11010519491231002X", r.GetString("number"), r.GetString("print_no"), r.GetString("code"), r.GetString("id_number_idx")}
	return slices.DeleteFunc(append(list, r.GetString("photo")), func(s string) bool { return s == "" })
}

const certID = "c00000000000001"

// withPhoto gives the certificate a photo and a holder.
func (c *counter) withPhoto() string {
	c.T.Helper()
	var raw bytes.Buffer
	if err := jpeg.Encode(&raw, image.NewGray(image.Rect(0, 0, 20, 30)), nil); err != nil {
		c.T.Fatal(err)
	}
	file, err := filesystem.NewFileFromBytes(raw.Bytes(), "photo.jpg")
	if err != nil {
		c.T.Fatal(err)
	}
	c.issue("c00000000000009", "oneil", m{"photo": file, "holder": modulestest.ID("li"), "registration": modulestest.Registration})
	return c.Find("certificates", "c00000000000009").GetString("photo")
}

// TestGuestsGetNothing knocks at every door of PocketBase itself. What answers,
// answers with nothing: only the search, which asks for name and ID number,
// opens certificates to the public.
func TestGuestsGetNothing(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	photo := c.withPhoto()
	c.Add("certificate_events", "", m{"certificate": certID, "kind": "issued", "at": "2026-10-25T00:00:00Z", "actor_kind": "system", "note": "张三"})
	c.Add("annotations", "", m{"certificate": certID, "holder": modulestest.ID("li"), "code": strings.Repeat("Z", 16), "purpose": "张三"})
	var doors []string
	for _, side := range []string{"certificates", "certificate_events", "annotations", "certificate_batches", "certificate_holds", "number_sequences", "limits"} {
		all := "/api/collections/" + side + "/records"
		doors = append(doors, all, all+"?perPage=1&sort=-number", all+"?filter="+url.QueryEscape(`name = "张三"`), all+"?filter="+url.QueryEscape(`id != ""`),
			all+"?filter="+url.QueryEscape(`name_key ~ "张"`), all+"?filter="+url.QueryEscape(`holder.id != ""`), all+"?expand=holder,project", all+"/"+certID, all+"/"+certID+"?expand=holder")
	}
	for _, from := range []string{"exam_projects", "exam_sessions", "registrations", "candidates", "score_reviews", "notices", "staff", "notifications", "applications", "mailings"} {
		all := "/api/collections/" + from + "/records"
		for _, back := range []string{"certificates_via_project", "certificates_via_session", "certificates_via_registration", "certificates_via_holder", "certificate", "registration.certificates_via_registration"} {
			doors = append(doors, all+"?expand="+back, all+"?filter="+url.QueryEscape(back+`.name ?= "张三"`), all+"?filter="+url.QueryEscape(back+`.id ?!= ""`))
		}
		doors = append(doors, all+"?filter="+url.QueryEscape(`@collection.certificates.name ?= "张三"`), all+"?filter="+url.QueryEscape(`@collection.certificates.id ?!= ""`))
	}
	for _, id := range []string{certID, "c00000000000009"} {
		for _, name := range []string{photo, "photo.jpg", "none.jpg"} {
			file := "/api/files/certificates/" + id + "/" + name
			doors = append(doors, file, file+"?token=x", file+"?thumb=100x100", file+"?download=1", strings.Replace(file, "certificates", c.Find("certificates", certID).Collection().Id, 1))
		}
	}
	for _, who := range strangers {
		for _, door := range doors {
			if who != "" && strings.Contains(door, "/api/files/") {
				door += "&token=" + c.FileToken(who)
			}
			c.closed(who, "GET "+door, c.Send(who, http.MethodGet, door, nil))
		}
	}
}

// closed fails the test if an answer has anything of a certificate in it.
func (c *counter) closed(who, door string, a modulestest.Answer) {
	c.T.Helper()
	for _, secret := range c.secrets() {
		asked := strings.Contains(door, secret) || strings.Contains(door, url.QueryEscape(secret))
		if strings.Contains(a.Body, secret) && !(asked && a.Code >= 400) {
			c.T.Errorf("%q, %s: %d tells %s: %s", who, door, a.Code, secret, a.Body)
		}
	}
	if strings.Contains(door, "/api/files/") && a.Code < 400 {
		c.T.Errorf("%q, %s: %d", who, door, a.Code)
	}
	if items, _ := a.JSON["items"].([]any); a.Code == 200 && strings.Contains(door, "ertificate") && len(items) > 0 && !ownRows(who, door) {
		c.T.Errorf("%q, %s: an answer with rows: %s", who, door, a.Body)
	}
}

// ownRows is true of doors that have rows of their own for a candidate, whatever
// is asked for behind them.
func ownRows(who, door string) bool {
	return who != "" && !strings.Contains(door, "/certificate") && !strings.Contains(door, "/annotations")
}

// TestGuestsWriteNothing tries to make, change and remove certificates, alone
// and in a batch.
func TestGuestsWriteNothing(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	before := c.Find("certificates", certID).GetString("status")
	values := m{"name": "张三", "status": "valid", "holder": modulestest.ID("wang"), "number": "X0000001"}
	for _, who := range strangers {
		for _, x := range []struct {
			method, url string
		}{
			{"POST", "/api/collections/certificates/records"}, {"PATCH", "/api/collections/certificates/records/" + certID},
			{"DELETE", "/api/collections/certificates/records/" + certID}, {"PUT", "/api/collections/certificates/records"},
			{"POST", "/api/collections/limits/records"}, {"POST", "/api/collections/annotations/records"}, {"POST", "/api/collections/certificate_events/records"},
			{"DELETE", "/api/collections/certificates/truncate"}, {"GET", "/api/collections/certificates"},
		} {
			a := c.Send(who, x.method, x.url, values)
			c.closed(who, x.method+" "+x.url, a)
			if a.Code < 400 {
				t.Errorf("%q %s %s: %d %s", who, x.method, x.url, a.Code, a.Body)
			}
		}
		for _, x := range []m{
			{"method": "PATCH", "url": "/api/collections/certificates/records/" + certID, "body": values},
			{"method": "POST", "url": "/api/collections/certificates/records", "body": values},
			{"method": "PUT", "url": "/api/collections/certificates/records?expand=holder", "body": values},
			{"method": "DELETE", "url": "/api/collections/certificates/records/" + certID},
		} {
			a := c.Send(who, "POST", "/api/batch", m{"requests": []m{x}})
			c.closed(who, fmt.Sprint("batch ", x), a)
			if a.Code < 400 {
				t.Errorf("%q, batch %v: %d %s", who, x, a.Code, a.Body)
			}
		}
	}
	if c.Find("certificates", certID).GetString("status") != before {
		t.Error("something was written")
	}
}

// TestGuestsHearNothing subscribes to certificates in every spelling.
func TestGuestsHearNothing(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.Listen()
	id := c.Find("certificates", certID).Collection().Id
	for _, who := range strangers {
		for _, topic := range []string{
			"certificates", "certificates/*", "certificates/" + certID, id + "/*", id + "/" + certID, "CERTIFICATES/*", "annotations/*", "certificate_events/*",
			"limits/*", `certificates/*?options={"query":{"expand":"holder"}}`, "exam_projects/*?options=" + url.QueryEscape(`{"query":{"expand":"certificates_via_project"}}`),
		} {
			if a := c.Watch(who).Subscribe(topic); a.Code != 403 {
				t.Errorf("%q hears %s: %d %s", who, topic, a.Code, a.Body)
			}
		}
	}
}
