package rules_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// returned makes a case that li corrects in JSON: its files are there already.
func returned(h *modulestest.Hall) string {
	h.T.Helper()
	return reach(h, modules.Returned)
}

// TestBadValues says what is told about values that no form would send. Each
// row is a resubmit that must be refused, and refused cleanly.
func TestBadValues(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := returned(h)
	subject := scorereviewtest.Subjects(h, id)[0]
	row := func(change m) []m {
		r := m{"subject": subject, "reason": scorereviewtest.Reason}
		for k, v := range change {
			r[k] = v
			if v == nil {
				delete(r, k)
			}
		}
		return []m{r}
	}
	long := strings.Repeat("长", 1<<20/3)
	for _, c := range []struct {
		what   string
		values m
		want   string
	}{
		// Codes are text: a number has lost its zeros or its last digits.
		{"a phone as a number", m{"phone": 13800000000}, "phone text_expected"},
		{"a phone as true", m{"phone": true}, "phone text_expected"},
		{"a phone as a list", m{"phone": []string{"13800000000"}}, "phone text_expected"},
		{"a phone as an object", m{"phone": m{"no": "13800000000"}}, "phone text_expected"},
		{"an employer as a number", m{"employer": 1}, "employer text_expected"},
		{"an employer as a list", m{"employer": []string{"甲", "乙"}}, "employer text_expected"},
		{"a subject as a number", m{"items": row(m{"subject": 12})}, "items.0.subject text_expected"},
		{"a subject as a list", m{"items": row(m{"subject": []string{subject}})}, "items.0.subject text_expected"},
		{"a subject as an object", m{"items": row(m{"subject": m{"id": subject}})}, "items.0.subject text_expected"},
		{"a reason as a number", m{"items": row(m{"reason": 1234567890123})}, "items.0.reason text_expected"},
		{"a reason as a list", m{"items": row(m{"reason": []string{"x"}})}, "items.0.reason text_expected"},
		{"a status as a number", m{"status": 1}, "status text_expected"},
		{"a status as a list", m{"status": []string{"submitted", "completed"}}, "status text_expected"},
		{"no such status", m{"status": "approved"}, "status validation_invalid_value"},

		// Rows.
		{"no rows", m{"items": []m{}}, "items row_missing"},
		{"rows that are null", m{"items": nil}, "items row_missing"},
		{"rows that are text", m{"items": "subject"}, "items row_invalid"},
		{"rows that are an object", m{"items": m{"subject": subject}}, "items row_invalid"},
		{"rows of text", m{"items": []string{subject}}, "items row_invalid"},
		{"a row that is null", m{"items": []any{nil}}, "items.0.reason validation_required, items.0.subject validation_required"},
		{"an unknown column", m{"items": row(m{"score": 900})}, "items.0 row_invalid"},
		{"a column too many in depth", m{"items": row(m{"reason": m{"zh": "x"}})}, "items.0.reason text_expected"},
		{"the same subject twice", m{"items": append(row(nil), row(nil)...)}, "items.1.subject row_twice"},
		{"a foreign subject", m{"items": row(m{"subject": modulestest.WangsOwn})}, "items.0.subject validation_invalid_value"},
		{"a subject that does not exist", m{"items": row(m{"subject": "nothing00000000"})}, "items.0.subject validation_invalid_value"},
		{"a subject that is missing", m{"items": row(m{"subject": nil})}, "items.0.subject validation_required"},
		{"a reason that is missing", m{"items": row(m{"reason": nil})}, "items.0.reason validation_required"},
		{"nine characters of reason", m{"items": row(m{"reason": strings.Repeat("字", 9)})}, "items.0.reason validation_length_out_of_range"},
		{"ten characters, nine of them blanks", m{"items": row(m{"reason": "         字"})}, "items.0.reason validation_length_out_of_range"},
		{"501 characters of reason", m{"items": row(m{"reason": strings.Repeat("字", 501)})}, "items.0.reason validation_length_out_of_range"},
		{"a megabyte of reason", m{"items": row(m{"reason": long})}, "items validation_json_size_limit"},
		{"a NUL in a reason", m{"items": row(m{"reason": scorereviewtest.Reason + "\x00"})}, "items.0.reason text_invalid"},
		{"an escape sequence in a reason", m{"items": row(m{"reason": scorereviewtest.Reason + "\x1b[2J"})}, "items.0.reason text_invalid"},

		// Text.
		{"a megabyte of employer", m{"employer": long}, "employer validation_max_text_constraint"},
		{"101 characters of employer", m{"employer": strings.Repeat("字", 101)}, "employer validation_max_text_constraint"},
		{"a NUL in the employer", m{"employer": "甲\x00公司"}, "employer text_invalid"},
		{"a control character in the employer", m{"employer": "甲\x07公司"}, "employer text_invalid"},
		{"a replacement character", m{"employer": "甲\ufffd公司"}, "employer text_invalid"},
		{"a NUL in the phone", m{"phone": "1380000\x000000"}, "phone text_invalid"},
		{"a phone that is none", m{"phone": "12345"}, "phone validation_match_invalid"},
		{"a wildcard for a phone", m{"phone": "%"}, "phone validation_match_invalid"},
		{"stars for a phone that was another", m{"phone": "139****0000"}, "phone validation_match_invalid"},
		{"ciphertext for a phone", m{"phone": "k1:AAAA"}, "phone validation_match_invalid"},

		// Files are uploaded, not named.
		{"the name of a file", m{"statement": "../../data.db"}, "statement validation_invalid_file"},
		{"the file of another slot", m{"statement": h.Find(collection, id).GetString("admission_ticket")}, "statement validation_invalid_file"},
	} {
		a := move(h, "li", id, "submitted", c.values)
		if got := a.Verdict(); got != "400 "+c.want {
			t.Errorf("%s: %s, want 400 %s", c.what, got, c.want)
		}
		values := m{"status": "submitted", "rev": 2}
		maps.Copy(values, c.values)
		if b := h.Batch("li", modulestest.Change{Collection: collection, ID: id, Values: values})[0]; b.Verdict() != a.Verdict() {
			t.Errorf("%s, in a batch: %s, want %s", c.what, b.Verdict(), a.Verdict())
		}
	}
	if got := move(h, "li", id, "submitted", m{"items": many(21, subject)}).Problem("items"); got != "row_count" {
		t.Error("21 rows:", got)
	}
	if row := h.Row(collection, id); row.Rev != 2 {
		t.Error("something was saved:", row)
	}
	for _, c := range []struct {
		what   string
		values m
	}{
		{"wildcards are text", m{"employer": `100%_'";--<b>\`}},
		{"lines and tabs", m{"items": row(m{"reason": "第一行\n第二行\t核查计分"})}},
		{"a rare character and an emoji", m{"employer": "䶮𬭎👍🏽"}},
		{"a phone in groups", m{"phone": "+86 138-0000-0001"}},
		{"exactly 500", m{"items": row(m{"reason": strings.Repeat("字", 500)})}},
		{"an unknown field is ignored", m{"colour": "red"}},
	} {
		a := move(h, "li", id, "submitted", c.values)
		if a.Verdict() != "200" {
			t.Errorf("%s: %s", c.what, a.Body)
		}
	}
	if got := h.Find(collection, id).GetString("employer"); got != "䶮𬭎👍🏽" {
		t.Errorf("employer %q", got)
	}
}

func many(n int, subject string) []m {
	rows := make([]m, n)
	for i := range rows {
		rows[i] = m{"subject": subject + string(rune('a'+i)), "reason": scorereviewtest.Reason}
	}
	return rows
}

// TestBrokenBodies says that a body which is no clean JSON changes nothing and
// is never half understood.
func TestBrokenBodies(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := returned(h)
	subject := scorereviewtest.Subjects(h, id)[0]
	url := "/api/collections/" + collection + "/records/" + id
	rows := `[{"subject":"` + subject + `","reason":"` + scorereviewtest.Reason + `","reason":"` + strings.Repeat("二", 20) + `"}]`
	for _, c := range []struct{ what, body, want string }{
		{"nothing", ``, "400 rev rev_required"},
		{"half an object", `{"rev":2,"status":"submitted"`, "400"},
		{"a list", `[{"rev":2,"status":"submitted"}]`, "400"},
		{"a key twice", `{"rev":2,"status":"withdrawn","status":"submitted"}`, "400"},
		{"the rev twice", `{"rev":1,"rev":2,"status":"submitted"}`, "400"},
		{"broken UTF-8", "{\"rev\":3,\"status\":\"submitted\",\"employer\":\"\xff\xfe\"}", "400"},
		{"half a surrogate", `{"rev":2,"status":"submitted","employer":"\ud800"}`, "400"},
		{"NUL, escaped", `{"rev":2,"status":"submitted","employer":"\u0000"}`, "400 employer text_invalid"},
		{"a column of a row twice", `{"rev":2,"status":"submitted","items":` + rows + `}`, "400"},
		{"the same, as text", `{"rev":2,"status":"submitted","items":` + quote(rows) + `}`, "400 items validation_invalid_json"},
		{"rows and more", `{"rev":2,"status":"submitted","items":` + quote(`[]{"x":1}`) + `}`, "400 items row_invalid"},
		{"a number beyond numbers", `{"rev":1e400,"status":"submitted"}`, "400"},
		{"a rev with a fraction", `{"rev":2.5,"status":"submitted"}`, "400 rev validation_only_int_constraint"},
		{"a modifier on the rev", `{"rev":1,"rev+":1,"status":"submitted"}`, "409 rev rev_conflict"},
		{"a thousand levels", `{"rev":2,"status":"submitted","items":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`, "400 items row_invalid"},
	} {
		before := h.Row(collection, id)
		a := h.Send("li", http.MethodPatch, url, c.body)
		if got := a.Verdict(); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
		if after := h.Row(collection, id); after != before {
			t.Errorf("%s: %+v became %+v", c.what, before, after)
		}
	}
	verify(t, h)
}

func quote(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}

// TestForms says what is told about a form that no page would send.
func TestForms(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := returned(h)
	for _, c := range []struct {
		what, want string
		parts      [][2]string
	}{
		{"the status twice", "400 status text_expected", [][2]string{{"rev", "2"}, {"status", "withdrawn"}, {"status", "submitted"}}},
		{"the rev twice", "400 rev rev_required", [][2]string{{"rev", "2"}, {"rev", "2"}, {"status", "submitted"}}},
		{"the employer twice", "400 employer text_expected", [][2]string{{"rev", "2"}, {"status", "submitted"}, {"employer", "甲"}, {"employer", "乙"}}},
		{"a number in its JSON part", "400 phone text_expected", [][2]string{{"@jsonPayload", `{"rev":2,"status":"submitted","phone":13800000000}`}}},
		{"broken UTF-8", "400 employer text_invalid", [][2]string{{"rev", "2"}, {"status", "submitted"}, {"employer", "\xff\xfe"}}},
		{"NUL", "400 employer text_invalid", [][2]string{{"rev", "2"}, {"status", "submitted"}, {"employer", "\x00"}}},
		{"text where a file belongs", "400 statement validation_invalid_file", [][2]string{{"rev", "2"}, {"status", "submitted"}, {"statement", "a.jpg"}}},
		{"digits where text belongs", "200", [][2]string{{"rev", "2"}, {"status", "submitted"}, {"employer", "010010"}, {"phone", "13800000000"}}},
	} {
		if got := h.Form("li", http.MethodPatch, "/api/collections/"+collection+"/records/"+id, c.parts).Verdict(); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	if got := h.Find(collection, id).GetString("employer"); got != "010010" {
		t.Errorf("employer %q", got)
	}
}

// TestEverythingAtOnce says that one answer tells everything that is wrong, each
// problem beside its field.
func TestEverythingAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	short := scorereviewtest.About(modulestest.Practice, modulestest.Law, modulestest.WangsOwn)
	short[0]["reason"] = "太短"
	for _, c := range []struct {
		what   string
		values m
		want   string
	}{
		{"an empty form in a closed window", m{"status": "submitted", "registration": modulestest.Registration, "items": short},
			"400 admission_ticket material_missing, commitment commitment_required, id_card material_missing, " +
				"items.0.reason validation_length_out_of_range, items.1.subject subject_objective, items.2.subject validation_invalid_value, " +
				"phone validation_required, registration window_closed, statement material_missing"},
		{"values of the wrong type beside it", scorereviewtest.Form(m{"items": short, "phone": 13800000000, "employer": "甲\x00", "commitment": "2019-1",
			"statement": modulestest.File{Name: "a.jpg", Data: []byte("<html>")}, "id_card": nil}),
			"400 commitment commitment_required, employer text_invalid, id_card material_missing, " +
				"items.0.reason validation_length_out_of_range, items.1.subject subject_objective, items.2.subject validation_invalid_value, " +
				"registration window_closed, statement material_type"},
		{"the same in JSON", m{"status": "submitted", "registration": modulestest.Registration, "items": short, "phone": 13800000000, "employer": []int{1}},
			"400 admission_ticket material_missing, commitment commitment_required, employer text_expected, id_card material_missing, " +
				"items.0.reason validation_length_out_of_range, items.1.subject subject_objective, items.2.subject validation_invalid_value, " +
				"phone text_expected, registration window_closed, statement material_missing"},
		{"somebody else's registration", m{"status": "submitted", "registration": modulestest.WangRegistration, "submission": "x"},
			"400 admission_ticket material_missing, commitment commitment_required, id_card material_missing, items row_missing, " +
				"phone validation_required, registration validation_missing_rel_records, statement material_missing, submission submission_invalid"},
		{"nothing at all", m{},
			"400 phone validation_required, registration validation_required, status validation_required"},
	} {
		h.Travel(at(t, "2027-03-01 10:00:00"))
		if got := h.Create("li", collection, c.values).Verdict(); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, c.want)
		}
	}
	if n := h.Count(collection); n != 0 {
		t.Error("rows:", n)
	}
	if files := h.Stored(); len(files) > 0 {
		t.Error("files:", files)
	}
}

// TestSubmissionIDs says what a client may call its submission.
func TestSubmissionIDs(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct {
		id   any
		want string
	}{
		{"short", "400 submission submission_invalid"},
		{strings.Repeat("x", 65), "400 submission submission_invalid"},
		{"with space", "400 submission submission_invalid"},
		{"百分之百的中文编号", "400 submission submission_invalid"},
		{"percent%%%%", "400 submission submission_invalid"},
		{12345678, "400 submission text_expected"},
		{[]string{"aaaaaaaa"}, "400 submission text_expected"},
		{"", "200"},
		{nil, "200"},
		{"abcd-EFGH_0", "200"},
		{strings.Repeat("x", 64), "200"},
	} {
		body := m{"status": "submitted"}
		if c.id != nil {
			body["submission"] = c.id
		}
		values := scorereviewtest.Fresh(h)
		for k, v := range body {
			values[k] = v
		}
		if _, text := c.id.(string); !text && c.id != nil { // a form has text only
			for _, slot := range []string{"id_card", "admission_ticket", "statement"} {
				delete(values, slot)
			}
		}
		got := h.Create("li", collection, values).Verdict()
		if i := strings.Index(got, "submission"); i > 0 {
			got = "400 " + got[i:]
		}
		if got != c.want {
			t.Errorf("%v: %s, want %s", c.id, got, c.want)
		}
	}
	mine := scorereviewtest.Fresh(h)
	mine["submission"] = "the-same-id"
	a := h.Create("li", collection, mine)
	theirs := scorereviewtest.Form(m{"registration": modulestest.WangRegistration, "items": scorereviewtest.About(modulestest.WangsOwn), "submission": "the-same-id"})
	b := h.Create("wang", collection, theirs)
	if a.Verdict() != "200" || b.Verdict() != "200" || a.ID() == b.ID() || b.Text("owner") != modulestest.ID("wang") {
		t.Error("two people with the same id:", a.Verdict(), b.Verdict())
	}
	again := h.Create("li", collection, m{"submission": "the-same-id", "status": "submitted"})
	if again.Verdict() != "200" || again.ID() != a.ID() || again.Text("phone") != "138****0000" {
		t.Error("the answer again:", again.Body)
	}
}
