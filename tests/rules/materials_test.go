package rules_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/dummy"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// materials are files that somebody may send as a scan, and what they are told.
func materials(t testing.TB) map[string]struct {
	file modulestest.File
	want string
} {
	scan := modulestest.Scan("scan.jpg")
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	w, err := z.Create("A.class")
	if err == nil {
		_, err = w.Write([]byte("cafebabe"))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	html := "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
	svg := `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	return map[string]struct {
		file modulestest.File
		want string
	}{
		"a photograph":                       {scan, ""},
		"a photograph with the maker's tail": {scan.With([]byte("SEFH\x00\x01maker")), ""},
		"a document":                         {modulestest.PDF("a.pdf", ""), ""},
		"a document named like a picture":    {modulestest.PDF("a.jpg", ""), ""},

		"no bytes":                            {modulestest.File{Name: "scan.jpg"}, "material_empty"},
		"six megabytes":                       {scan.With(make([]byte, 6<<20)), "material_size"},
		"a page named .jpg":                   {modulestest.File{Name: "scan.jpg", Data: []byte(html)}, "material_type"},
		"a drawing that runs":                 {modulestest.File{Name: "scan.svg", Data: []byte(svg)}, "material_type"},
		"a drawing named .png":                {modulestest.File{Name: "scan.png", Data: []byte(`<?xml version="1.0"?>` + svg)}, "material_type"},
		"a document with a password":          {modulestest.PDF("a.pdf", "/Encrypt 4 0 R"), "material_encrypted"},
		"the same, with its name hidden":      {modulestest.PDF("a.pdf", "/#45ncr#79pt 4 0 R"), "material_encrypted"},
		"a document that runs":                {modulestest.PDF("a.pdf", "/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "material_type"},
		"a photograph that is an archive too": {scan.With(archive.Bytes()), "material_type"},
		"a photograph that is a page too":     {scan.With([]byte(html)), "material_type"},
		"a document that is an archive too":   {modulestest.PDF("a.pdf", "").With(archive.Bytes()), "material_type"},
		"an archive":                          {modulestest.File{Name: "scan.pdf", Data: archive.Bytes()}, "material_type"},
		"half a photograph":                   {modulestest.File{Name: "scan.jpg", Data: scan.Data[:len(scan.Data)/2]}, "material_type"},
		"a program":                           {modulestest.File{Name: "scan.jpg", Data: []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff")}, "material_type"},
		"text":                                {modulestest.File{Name: "scan.pdf", Data: []byte("这不是扫描件")}, "material_type"},
	}
}

// TestMaterials says which files are taken, by their content, and that a
// refused request leaves nothing on the disk.
func TestMaterials(t *testing.T) {
	t.Parallel()
	h := open(t)
	returned := reach(h, modules.Returned)
	for what, c := range materials(t) {
		before := h.Stored()
		values := scorereviewtest.Fresh(h)
		values["statement"] = c.file
		want := "200"
		if c.want != "" {
			want = "400 statement " + c.want
		}
		refused := func(way string, a modulestest.Answer) {
			t.Helper()
			if got := a.Verdict(); got != want {
				t.Errorf("%s, %s: %s, want %s", what, way, got, want)
			}
			if after := h.Stored(); c.want != "" && !slices.Equal(before, after) {
				t.Errorf("%s, %s, left files: %d, then %d", what, way, len(before), len(after))
			}
		}
		refused("submit", h.Create("li", collection, values))
		if c.want == "" {
			continue
		}
		refused("batch", h.Batch("li", modulestest.Change{Collection: collection, Values: values})[0])
		refused("resubmit", move(h, "li", returned, "submitted", m{"statement": c.file}))
	}
}

// TestRefusedLate says that nothing stays on the disk of what is refused after
// its files were written: by a rule of the operator, by the unique index, by a
// later request of the batch.
func TestRefusedLate(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Add("rules", "", m{"service": collection, "action": "submit", "rule": `employer != "甲公司"`, "field": "employer", "message": "甲公司请到窗口办理", "active": true})
	h.Add("rules", "", m{"service": collection, "action": "resubmit", "rule": `employer != "甲公司"`, "field": "employer", "message": "甲公司请到窗口办理", "active": true})
	returned := reach(h, modules.Returned)
	before := h.Stored()
	refused := func(what, want string, answers ...modulestest.Answer) {
		t.Helper()
		got := ""
		for _, a := range answers {
			if a.Code != http.StatusOK && len(a.Problems()) > 0 && a.Problem("requests") == "" {
				got = a.Verdict()
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
		if after := h.Stored(); !slices.Equal(before, after) {
			t.Errorf("%s left files: %d, then %d", what, len(before), len(after))
		}
		if n := h.Count(collection); n != 1 {
			t.Errorf("%s left %d rows", what, n)
		}
	}
	bad := func(submission string) m {
		values := scorereviewtest.Fresh(h)
		values["employer"], values["submission"] = "甲公司", submission
		return values
	}
	good := func(submission string) m {
		values := scorereviewtest.Fresh(h)
		values["submission"] = submission
		return values
	}
	create := func(values m) modulestest.Change { return modulestest.Change{Collection: collection, Values: values} }
	const denied = "400 employer rule_denied"
	refused("a submit", denied, h.Create("li", collection, bad("")))
	refused("a submit with an id", denied, h.Create("li", collection, bad("refused-1")))
	refused("a resubmit", denied, move(h, "li", returned, "submitted", m{"employer": "甲公司", "id_card": modulestest.Scan("new.jpg")}))
	refused("a batch of one", denied, h.Batch("li", create(bad("")))...)
	refused("the second of a batch", denied, h.Batch("li", create(good("")), create(bad("")))...)
	refused("the second of a batch, after one with an id", denied, h.Batch("li", create(good("batch-0001")), create(bad("")))...)
	refused("the second of a batch, both with an id", denied, h.Batch("li", create(good("batch-0002")), create(bad("batch-0003")))...)
	refused("a change after a create", denied, h.Batch("li", create(good("batch-0004")),
		modulestest.Change{Collection: collection, ID: returned, Values: m{"status": "submitted", "rev": 2, "employer": "甲公司", "id_card": modulestest.Scan("new.jpg")}})...)
	verify(t, h)
	if row := h.Row(collection, returned); row != (modulestest.Row{Status: "returned", Rev: 2, Events: 2}) {
		t.Errorf("the returned case became %+v", row)
	}
}

// TestReplacedFiles says that a file which a resubmit replaces is kept for
// disputes, and that staff of the business may see it and nobody else.
func TestReplacedFiles(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Returned)
	old := h.Find(collection, id).GetString("statement")
	must(h, "li", id, "submitted", m{"statement": modulestest.PDF("new.pdf", "")})
	kept, err := h.App.FindRecordsByFilter("replaced_files", "record = '"+id+"'", "", 0, 0)
	if err != nil || len(kept) != 1 || kept[0].GetString("slot") != "statement" || kept[0].GetString("name") != old || kept[0].GetInt("rev") != 2 {
		t.Fatal(kept, err)
	}
	stored := h.Stored()
	if want := kept[0].BaseFilesPath() + "/" + kept[0].GetString("file"); !slices.Contains(stored, want) {
		t.Errorf("%s is not among %v", want, stored)
	}
	for _, name := range stored {
		if strings.HasSuffix(name, id+"/"+old) {
			t.Error("the old file is still with the application:", name)
		}
	}
	file := "/api/files/replaced_files/" + kept[0].Id + "/" + kept[0].GetString("file")
	desk := "/api/portal/desk/" + collection + "/" + id + "/replaced/" + kept[0].Id
	for _, as := range append(modulestest.Names(), "") {
		want := 404
		if slices.Contains([]string{"reviewer", "reviewer2", "approver", "both", "auditor", "admin"}, as) {
			want = 200
		}
		if got := h.Send(as, http.MethodGet, desk+"?token="+h.FileToken(as), nil).Code; got != want {
			t.Errorf("%s asks the desk for it: %d, want %d", as, got, want)
		}
		if as == "admin" {
			want = 200
		} else {
			want = 404
		}
		if got := h.Send(as, http.MethodGet, file+"?token="+h.FileToken(as), nil).Code; got != want {
			t.Errorf("%s asks PocketBase for it: %d, want %d", as, got, want)
		}
		if got := h.Send(as, http.MethodGet, "/api/files/"+collection+"/"+id+"/"+old+"?token="+h.FileToken(as), nil).Code; got != 404 {
			t.Errorf("%s asks for it under its old name: %d", as, got)
		}
	}
}

// TestFilesOfOthers says who may open a material of a case.
func TestFilesOfOthers(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Submitted)
	file := "/api/files/" + collection + "/" + id + "/" + h.Find(collection, id).GetString("statement")
	for _, as := range append(modulestest.Names(), "") {
		want := 404
		if slices.Contains([]string{"li", "reviewer", "reviewer2", "approver", "both", "auditor", "admin"}, as) {
			want = 200
		}
		if got := h.Send(as, http.MethodGet, file+"?token="+h.FileToken(as), nil).Code; got != want {
			t.Errorf("%s: %d, want %d", as, got, want)
		}
		if got := h.Send(as, http.MethodGet, file, nil).Code; got != 404 {
			t.Errorf("%s without a file token: %d", as, got)
		}
	}
}

// TestOperatorChoosesMaterials says that a row of material_templates asks for a
// material, waives one and lowers its limit, for the most particular exam.
func TestOperatorChoosesMaterials(t *testing.T) {
	t.Parallel()
	h := open(t)
	row := func(values m) {
		t.Helper()
		values["service"] = collection
		h.Add("material_templates", "", values)
	}
	without := func(slot string) m {
		values := scorereviewtest.Fresh(h)
		delete(values, slot)
		return values
	}
	ask := func(what, want string, values m) {
		t.Helper()
		if got := h.Create("li", collection, values).Verdict(); got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
	}
	ask("a slot that is asked for by default", "400 statement material_missing", without("statement"))
	row(m{"slot": "statement", "need": "optional"})
	ask("waived for all", "200", without("statement"))
	row(m{"slot": "statement", "need": "required", "project": modulestest.Project})
	ask("asked for by the project", "400 statement material_missing", without("statement"))
	row(m{"slot": "statement", "need": "hidden", "session": modulestest.Session})
	ask("hidden for the session", "200", without("statement"))

	row(m{"slot": "id_card", "need": "required", "max_size": 100 << 10})
	row(m{"slot": "admission_ticket", "need": "required", "max_size": 50 << 20})
	for _, c := range []struct {
		slot string
		size int
		want string
	}{
		{"id_card", 101 << 10, "400 id_card material_size"},
		{"id_card", 90 << 10, "200"},
		{"admission_ticket", 6 << 20, "400 admission_ticket material_size"}, // a row narrows only
	} {
		values := without("statement")
		values[c.slot] = modulestest.Scan("large.jpg").With(make([]byte, c.size))
		ask(c.slot, c.want, values)
	}
}

// TestOperatorAsksForMore says that a row asks for a material that the business
// does without.
func TestOperatorAsksForMore(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, dummy.Definition())
	question := m{"status": "submitted", "question": "准考证什么时候可以下载打印？"}
	if got := h.Create("li", "inquiries", question).Verdict(); got != "200" {
		t.Error("without a picture:", got)
	}
	h.Add("material_templates", "", m{"service": "inquiries", "slot": "picture", "need": "required"})
	if got := h.Create("li", "inquiries", question).Verdict(); got != "400 picture material_missing" {
		t.Error("without the picture that the operator asks for:", got)
	}
	question["picture"] = modulestest.Scan("screen.jpg")
	if got := h.Create("li", "inquiries", question).Verdict(); got != "200" {
		t.Error("with the picture:", got)
	}
}
