package sealed_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"examhall/modules/sealed"
)

const (
	records = "/api/collections/people/records"
	mobile  = "13800138000"
)

// atRest returns the raw column of the only record.
func (h *hall) atRest(t *testing.T, column string) string {
	t.Helper()
	var raw string
	if err := h.app.DB().Select(column).From("people").Row(&raw); err != nil {
		t.Fatal(err)
	}
	return raw
}

// write puts a raw text into a column of the only record.
func (h *hall) write(t *testing.T, column, raw string) {
	t.Helper()
	_, err := h.app.DB().Update("people", dbx.Params{column: raw}, nil).Execute()
	if err != nil {
		t.Fatal(err)
	}
}

// create makes a record through the API and returns its id.
func (h *hall) create(t testing.TB, body string) string {
	t.Helper()
	code, answer := h.send(http.MethodPost, records, "", body)
	if code != http.StatusOK {
		t.Fatal(code, answer)
	}
	return h.only(t).Id
}

// refused checks that an answer names the field with the code.
func refused(t *testing.T, status int, answer, field, code string) {
	t.Helper()
	var body struct {
		Data map[string]struct{ Code string }
	}
	if err := json.Unmarshal([]byte(answer), &body); err != nil {
		t.Fatal(err, answer)
	}
	if status != http.StatusBadRequest || body.Data[field].Code != code || len(body.Data) != 1 {
		t.Errorf("status %d, %s; want %s: %s", status, answer, field, code)
	}
}

func TestCreateShowsMaskOnly(t *testing.T) {
	h := newHall(t)
	code, answer := h.send(http.MethodPost, records, "", `{"mobile":"+86 138-0013-8000","name":"陈𬭎","title":"x"}`)
	if code != http.StatusOK || !strings.Contains(answer, `"mobile":"***"`) || !strings.Contains(answer, `"name":"***"`) {
		t.Fatal(code, answer)
	}
	for _, url := range []string{records, records + "/" + h.only(t).Id} {
		if _, answer := h.send(http.MethodGet, url, "", ""); strings.Contains(answer, "138") || strings.Contains(answer, "_idx") {
			t.Error(answer)
		}
	}
	r := h.only(t)
	if got := sealed.Plain(r, "mobile"); got != mobile {
		t.Error("plain", got)
	}
	if got := r.GetString("mobile"); got != "***" {
		t.Error("GetString opens the value:", got)
	}
	if r.GetString("mobile_idx") != h.ring.Index(sealed.KindMobile, mobile) {
		t.Error("index", r.GetString("mobile_idx"))
	}
	if got := r.GetString("address_idx"); got != "" {
		t.Error("the index of nothing is", got)
	}
}

func TestCreateMultipart(t *testing.T) {
	h := newHall(t)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	// PocketBase turns all of these but the first into numbers.
	for field, value := range map[string]string{
		"name": "陈𬭎", "mobile": mobile, "id_number": "440305200002290010", "bank_card": "6222024000000000006",
	} {
		form.WriteField(field, value)
	}
	form.Close()
	req := httptest.NewRequest(http.MethodPost, records, &body)
	req.Header.Set("Content-Type", form.FormDataContentType())
	if code, answer := h.do(req, ""); code != http.StatusOK {
		t.Fatal(code, answer)
	}
	r := h.only(t)
	got := []string{sealed.Plain(r, "name"), sealed.Plain(r, "mobile"), sealed.Plain(r, "id_number"), sealed.Plain(r, "bank_card")}
	if strings.Join(got, " ") != "陈𬭎 "+mobile+" 440305200002290010 6222024000000000006" {
		t.Error(got)
	}
}

func TestUpdate(t *testing.T) {
	h := newHall(t)
	id := h.create(t, `{"mobile":"`+mobile+`","title":"x"}`)
	before := h.atRest(t, "mobile")

	h.send(http.MethodPatch, records+"/"+id, "", `{"title":"y"}`)
	h.send(http.MethodPatch, records+"/"+id, "", `{"mobile":"138 0013 8000"}`)
	if h.atRest(t, "mobile") != before {
		t.Error("an equal text was sealed again")
	}

	h.send(http.MethodPatch, records+"/"+id, "", `{"mobile":"13900139000"}`)
	r := h.only(t)
	if sealed.Plain(r, "mobile") != "13900139000" || r.GetString("mobile_idx") != h.ring.Index(sealed.KindMobile, "13900139000") {
		t.Error("update", sealed.Plain(r, "mobile"))
	}

	h.send(http.MethodPatch, records+"/"+id, "", `{"mobile":null}`)
	if h.atRest(t, "mobile") != "" || h.atRest(t, "mobile_idx") != "" {
		t.Error("the emptied value left something behind")
	}
}

func TestValidation(t *testing.T) {
	h := newHall(t)
	people, _ := h.app.FindCollectionByNameOrId("people")
	people.Fields.GetByName("name").(*sealed.Field).Max = 3
	h.save(t, people)
	for body, want := range map[string][2]string{
		`{"mobile":"12800138000"}`:                                  {"mobile", "validation_match_invalid"},
		`{"mobile":"1380013800"}`:                                   {"mobile", "validation_match_invalid"},
		`{"mobile":"138****8000"}`:                                  {"mobile", "validation_match_invalid"},
		`{"mobile":["13800138000"]}`:                                {"mobile", "text_expected"},
		`{"mobile":{"a":1}}`:                                        {"mobile", "text_expected"},
		`{"id_number":"110/105"}`:                                   {"id_number", "validation_match_invalid"},
		`{"id_number":"` + strings.Repeat("1", 31) + `"}`:           {"id_number", "validation_match_invalid"},
		`{"bank_card":"12345678901"}`:                               {"bank_card", "validation_match_invalid"},
		`{"bank_card":"1234x5678901234"}`:                           {"bank_card", "validation_match_invalid"},
		`{"name":"𬭎𬭎𬭎𬭎"}`:                                           {"name", "validation_max_text_constraint"},
		`{"name":"a\u0000b"}`:                                       {"name", "validation_invalid_format"},
		`{"name":"***"}`:                                            {"name", "validation_match_invalid"},
		`{"address":"a\nb"}`:                                        {"address", "validation_invalid_format"},
		`{"address":"a\ufffdb"}`:                                    {"address", "validation_invalid_format"},
		`{"address":"***"}`:                                         {"address", "validation_match_invalid"},
		`{"secret":"***"}`:                                          {"secret", "validation_match_invalid"},
		`{"secret":"a\u0007b"}`:                                     {"secret", "validation_invalid_format"},
		`{"address":"` + strings.Repeat("深", 5001) + `"}`:           {"address", "validation_max_text_constraint"},
		`{"mobile":"` + h.ring.Seal("people.mobile", mobile) + `"}`: {"mobile", "validation_match_invalid"},
	} {
		status, answer := h.send(http.MethodPost, records, "", body)
		refused(t, status, answer, want[0], want[1])
	}
	for _, body := range []string{`{"name":"𬭎𬭎𬭎"}`, `{"id_number":"e1"}`, `{"secret":"{\n\t\"a\": 1\r\n}"}`, `{}`} {
		if code, answer := h.send(http.MethodPost, records, "", body); code != http.StatusOK {
			t.Error(body, code, answer)
		}
	}
}

func TestRequired(t *testing.T) {
	h := newHall(t)
	people, _ := h.app.FindCollectionByNameOrId("people")
	people.Fields.GetByName("mobile").(*sealed.Field).Required = true
	h.save(t, people)
	for _, body := range []string{`{}`, `{"mobile":""}`, `{"mobile":" - "}`, `{"mobile":null}`} {
		status, answer := h.send(http.MethodPost, records, "", body)
		refused(t, status, answer, "mobile", "validation_required")
	}
	id := h.create(t, `{"mobile":"`+mobile+`"}`)
	status, answer := h.send(http.MethodPatch, records+"/"+id, "", `{"mobile":""}`)
	refused(t, status, answer, "mobile", "validation_required")
	if err := validation.Required.Validate(h.only(t).Get("address")); err == nil {
		t.Error("an empty value counts as given")
	}
}

func TestUniqueIsReportedAtTheField(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	status, answer := h.send(http.MethodPost, records, "", `{"mobile":"+86 138 0013 8000"}`)
	refused(t, status, answer, "mobile", "validation_not_unique")
}

func TestClientCannotSetIndex(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`","mobile_idx":"x","title_idx":"x"}`)
	if got := h.atRest(t, "mobile_idx"); got != h.ring.Index(sealed.KindMobile, mobile) {
		t.Error(got)
	}
}

// TestPostedCiphertextStaysClosed holds the ciphertext of one record, which a
// backup may show, against every way a client can post it.
func TestPostedCiphertextStaysClosed(t *testing.T) {
	h := newHall(t)
	text := h.ring.Seal("people.address", "深南大道1号")
	id := h.create(t, `{"address":"`+text+`"}`)
	if got := sealed.Plain(h.only(t), "address"); got != text {
		t.Fatal("posted ciphertext was opened:", got)
	}
	h.send(http.MethodPatch, records+"/"+id, "", `{"address":"`+h.atRest(t, "address")+`"}`)
	if got := sealed.Plain(h.only(t), "address"); !strings.HasPrefix(got, "k1:") || got == text {
		t.Error("posted ciphertext was opened:", got)
	}
}

func TestCreateRuleSeesMask(t *testing.T) {
	h := newHall(t)
	people, _ := h.app.FindCollectionByNameOrId("people")
	people.CreateRule = types.Pointer(`mobile != "" && @request.body.mobile != "" && @request.body.mobile != "` + mobile + `"`)
	people.UpdateRule = types.Pointer(`@request.body.mobile:isset = false`)
	h.save(t, people)
	if code, answer := h.send(http.MethodPost, records, "", `{"title":"x"}`); code != http.StatusBadRequest {
		t.Error("the rule did not see that it is empty:", code, answer)
	}
	id := h.create(t, `{"mobile":"`+mobile+`"}`)
	if code, _ := h.send(http.MethodPatch, records+"/"+id, "", `{"mobile":"13900139000"}`); code != http.StatusNotFound {
		t.Error(code)
	}
}

func TestCopies(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	r := h.only(t)
	r.Set("mobile", "13900139000")
	sealed.Show(r, sealed.Own)
	for name, c := range map[string]struct {
		copy        *core.Record
		plain, mask string
	}{
		"Original": {r.Original(), mobile, "***"},
		"Fresh":    {r.Fresh(), "13900139000", "139****9000"},
		"Clone":    {r.Clone(), "13900139000", "139****9000"},
	} {
		if got := sealed.Plain(c.copy, "mobile"); got != c.plain {
			t.Errorf("%s: plain %s", name, got)
		}
		if got := c.copy.GetString("mobile"); got != c.mask {
			t.Errorf("%s: mask %s", name, got)
		}
	}
	sealed.Show(r.Clone(), sealed.Public)
	if r.GetString("mobile") != "139****9000" {
		t.Error("a copy changed its source")
	}
}

func TestShownRecordCanBeSaved(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	r := h.only(t)
	sealed.Show(r, sealed.Public)
	r.Set("title", "y")
	h.save(t, r)
	if got := sealed.Plain(h.only(t), "mobile"); got != mobile {
		t.Error(got)
	}
}

func TestDBExport(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	r := h.only(t)
	r.Set("title", "y")
	r.Set("mobile", "138 0013 8000")
	export, err := r.IgnoreUnchangedFields(true).DBExport(h.app)
	if err != nil || len(export) != 2 || export["title"] != "y" {
		t.Error(export, err)
	}
}

func TestShowAndRestore(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`","id_number":"11010519491231002X","address":"深南大道1号","name":"陈𬭎","bank_card":"6222024000000000006","secret":"s"}`)
	for _, to := range []sealed.Audience{sealed.Own, sealed.Staff, sealed.Cert, sealed.Finance, sealed.Public} {
		r := h.only(t)
		sealed.Show(r, to)
		form := map[string]string{} // what a reader gets and sends back
		raw, _ := json.Marshal(r)
		json.Unmarshal(raw, &form)
		for _, field := range sealed.Names(r.Collection()) {
			r.Set(field, form[field])
		}
		r.Set("title", "y")
		sealed.Restore(r)
		if err := h.app.Save(r); err != nil {
			t.Fatal(to, err)
		}
		got := h.only(t)
		if sealed.Plain(got, "mobile") != mobile || sealed.Plain(got, "address") != "深南大道1号" || sealed.Plain(got, "secret") != "s" {
			t.Error(to, "lost data")
		}
	}
}

func TestRestoreOnlyOwnMask(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	for posted, want := range map[string]string{
		"138****8000": mobile,        // of the candidate
		"***":         mobile,        // of the public
		"139****9000": "139****9000", // of somebody else: not restored, and refused
		"13900139000": "13900139000",
		"":            "",
	} {
		r := h.only(t)
		r.Set("mobile", posted)
		sealed.Restore(r)
		if got := sealed.Plain(r, "mobile"); got != want {
			t.Errorf("%q becomes %q, want %q", posted, got, want)
		}
	}
}

// TestNothingPrintsClearText prints a record and its value in every way there
// is in the standard library.
func TestNothingPrintsClearText(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	r := h.only(t)
	v := r.Get("mobile")
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewJSONHandler(&log, nil), slog.NewTextHandler(&log, nil)} {
		slog.New(handler).Info("x", "value", v, "record", r, "data", r.FieldsData(), "in", struct{ v any }{v})
	}
	raw, err := json.Marshal([]any{v, r, r.PublicExport(), map[string]any{"v": v}})
	if err != nil {
		t.Fatal(err)
	}
	log.Write(raw)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%10.3v", "%T", "%p"} {
		fmt.Fprintf(&log, verb+verb+verb+"\n", v, r, struct{ v any }{v})
	}
	fmt.Fprint(&log, errors.Join(fmt.Errorf("%w", &json.UnsupportedValueError{Str: fmt.Sprint(v)})))
	for _, clear := range []string{mobile, "313338303031", fmt.Sprint([]byte(mobile))} {
		if strings.Contains(log.String(), clear) {
			t.Errorf("%s in %s", clear, log.String())
		}
	}
}

func TestValue(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	r := h.only(t)
	v := r.Get("mobile").(sealed.Value)
	r.Set("mobile", "13900139000")
	other := r.Get("mobile").(sealed.Value)
	if !v.Equal(v) || !v.Equal(mobile) || v.Equal(other) || v.Equal("***") || v.Equal(nil) || v.Equal(13800138000) {
		t.Error("Equal")
	}
	if v.IsZero() || !(sealed.Value{}).IsZero() || !(sealed.Value{}).Equal("") || (sealed.Value{}).Plain() != "" {
		t.Error("zero value")
	}
	if bound, err := v.Value(); bound != "***" || err != nil {
		t.Error("a query gets", bound, err)
	}
	if got := fmt.Sprintf("%v|%q|%#v", v, v, v); got != `***|"***"|"***"` {
		t.Error(got)
	}
}

// TestNumeric is how a hook refuses code numbers that came as JSON numbers.
func TestNumeric(t *testing.T) {
	h := newHall(t)
	seen := map[bool]bool{}
	h.app.OnRecordCreateRequest("people").BindFunc(func(e *core.RecordRequestEvent) error {
		seen[e.Record.Get("id_number").(sealed.Value).Numeric()] = true
		return e.Next()
	})
	h.send(http.MethodPost, records, "", `{"id_number":440305199001011234}`)
	if !seen[true] {
		t.Error("a number passes for a text")
	}
	h.send(http.MethodPost, records, "", `{"id_number":"440305199001011234"}`)
	if !seen[false] {
		t.Error("a text passes for a number")
	}
}

func TestRawValueBehindTheSetterStaysClosed(t *testing.T) {
	h := newHall(t)
	r := core.NewRecord(h.collection(t))
	r.SetRaw("mobile", mobile)
	raw, _ := json.Marshal(r)
	if strings.Contains(string(raw), mobile) || r.GetString("mobile") != "***" {
		t.Error(string(raw))
	}
	h.save(t, r)
	if got := h.atRest(t, "mobile"); !strings.HasPrefix(got, "k1:") {
		t.Error(got)
	}
}

// TestValueMovesBetweenColumns copies a value as hooks do, and past the setter.
func TestValueMovesBetweenColumns(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	r := h.only(t)
	r.Set("name", r.Get("mobile"))
	r.SetRaw("address", r.GetRaw("mobile"))
	h.save(t, r)
	again := h.only(t)
	if sealed.Plain(again, "name") != mobile || sealed.Plain(again, "address") != mobile {
		t.Error("a copied value is unreadable")
	}
}

func (h *hall) collection(t *testing.T) *core.Collection {
	t.Helper()
	c, err := h.app.FindCollectionByNameOrId("people")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestUnreadableBreaksNothingAndIsNotOverwritten(t *testing.T) {
	h := newHall(t)
	other := sealed.NewRing([]byte("lost"))
	for name, raw := range map[string]string{
		"another key":    other.Seal("people.mobile", mobile),
		"another column": h.ring.Seal("people.name", mobile),
		"unknown key":    "k7" + h.ring.Seal("people.mobile", mobile)[2:],
		"clear text":     mobile,
	} {
		h.save(t, core.NewRecord(h.collection(t)))
		h.write(t, "mobile", raw)
		r := h.only(t)
		if v := r.Get("mobile").(sealed.Value); v.Readable() || v.String() != "" || v.Plain() != "" || v.Equal("") || v.Equal(sealed.Value{}) {
			t.Errorf("%s: %v", name, v)
		}
		if code, answer := h.send(http.MethodGet, records, "", ""); code != http.StatusOK || strings.Contains(answer, "138") {
			t.Errorf("%s: %d %s", name, code, answer)
		}
		for _, body := range []string{`{"title":"y"}`, `{"mobile":"13900139000"}`, `{"mobile":""}`} {
			status, answer := h.send(http.MethodPatch, records+"/"+r.Id, "", body)
			refused(t, status, answer, "mobile", "sealed_unreadable")
		}
		r.Set("mobile", "13900139000")
		if h.app.SaveNoValidate(r) == nil || h.atRest(t, "mobile") != raw {
			t.Errorf("%s: overwritten", name)
		}
		if err := h.app.Delete(h.only(t)); err != nil {
			t.Errorf("%s: cannot be deleted: %v", name, err)
		}
	}
}

func TestListIsRefusedWithoutValidationToo(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	r := h.only(t)
	r.Set("mobile", []string{"a"})
	if h.app.SaveNoValidate(r) == nil || sealed.Plain(h.only(t), "mobile") != mobile {
		t.Error("a list replaced the text")
	}
}

func TestRotationSealsAnewWithTheNextSave(t *testing.T) {
	first := production()
	second := production()
	second.Keys = append(second.Keys, fileKey{"k2", key32('2'), key32('h')})
	second.Current = "k2"

	h := newHall(t)
	h.use(t, load(t, writeKeys(t, first)))
	h.create(t, `{"mobile":"`+mobile+`"}`)
	h.use(t, load(t, writeKeys(t, second)))
	r := h.only(t)
	if sealed.Plain(r, "mobile") != mobile || !strings.HasPrefix(h.atRest(t, "mobile"), "k1:") {
		t.Fatal("an old text is lost")
	}
	h.save(t, r)
	if !strings.HasPrefix(h.atRest(t, "mobile"), "k2:") || sealed.Plain(h.only(t), "mobile") != mobile {
		t.Error("not sealed anew")
	}
}

// use makes the hall work with other keys, as after a restart.
func (h *hall) use(t *testing.T, ring *sealed.Ring) {
	t.Helper()
	h.ring = ring
	ring.Register()
	if err := h.app.ReloadCachedCollections(); err != nil {
		t.Fatal(err)
	}
}

func TestFilterFindsNothing(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	for _, filter := range []string{"mobile='" + mobile + "'", "mobile~'138'", "mobile~'***'"} {
		found, err := h.app.FindRecordsByFilter("people", filter, "", 1, 0)
		if err != nil || len(found) > 0 {
			t.Error(filter, len(found), err)
		}
	}
	url := records + "?filter=" + strings.ReplaceAll("(mobile_idx!='')", "'", "%27")
	if code, _ := h.send(http.MethodGet, url, "", ""); code != http.StatusBadRequest {
		t.Error("the index can be filtered:", code)
	}
	byIndex, err := h.app.FindFirstRecordByData("people", "mobile_idx", h.ring.Index(sealed.KindMobile, mobile))
	if err != nil || sealed.Plain(byIndex, "mobile") != mobile {
		t.Error("not found by its index:", err)
	}
}

func TestNames(t *testing.T) {
	h := newHall(t)
	if got := strings.Join(sealed.Names(h.collection(t)), " "); got != "id_number mobile bank_card address contact name secret" {
		t.Error(got)
	}
}

func TestSettings(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	field := func(c *core.Collection) *sealed.Field { return c.Fields.GetByName("mobile").(*sealed.Field) }
	for name, edit := range map[string]func(*core.Collection){
		"renamed field":      func(c *core.Collection) { field(c).Name = "phone" },
		"renamed collection": func(c *core.Collection) { c.Name = "persons" },
		"other kind":         func(c *core.Collection) { field(c).Kind = sealed.KindName },
		"unknown kind":       func(c *core.Collection) { c.Fields.Add(h.field("x", "nonsense")) },
		"no kind":            func(c *core.Collection) { c.Fields.Add(h.field("x", "")) },
		"visible index":      func(c *core.Collection) { c.Fields.GetByName("mobile_idx").SetHidden(false) },
		"index of numbers": func(c *core.Collection) {
			c.Fields.Add(h.field("x", "name"), &core.NumberField{Name: "x_idx", Hidden: true})
		},
		"negative limit": func(c *core.Collection) { field(c).Max = -1 },
	} {
		c := h.collection(t)
		edit(c)
		if err := h.app.Save(c); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	c := h.collection(t)
	field(c).Max, field(c).Help, field(c).Required = 20, "Mobile", true
	c.Fields.Add(&sealed.Field{Name: "literal", Kind: sealed.KindAddress})
	h.save(t, c)
	again := field(h.collection(t))
	if again.Max != 20 || again.Help != "Mobile" || !again.Required || again.Kind != sealed.KindMobile {
		t.Errorf("%+v", again)
	}
	if got := sealed.Plain(h.only(t), "mobile"); got != mobile {
		t.Error("a changed limit lost the value:", got)
	}
}

func TestLiteralFieldUsesRegisteredKeys(t *testing.T) {
	h := newHall(t)
	c := core.NewBaseCollection("places")
	c.Fields.Add(&sealed.Field{Name: "address", Kind: sealed.KindAddress})
	h.save(t, c)
	r := core.NewRecord(c)
	r.Set("address", "深南大道1号")
	h.save(t, r)
	again, err := h.app.FindRecordById("places", r.Id)
	if err != nil || sealed.Plain(again, "address") != "深南大道1号" {
		t.Error(err)
	}
}

func TestViewShowsNothing(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`"}`)
	view := core.NewViewCollection("glance")
	view.ViewQuery = "select id, mobile, name as title from people"
	view.ListRule = types.Pointer("")
	h.save(t, view)
	code, answer := h.send(http.MethodGet, "/api/collections/glance/records", "", "")
	if code != http.StatusOK || !strings.Contains(answer, `"mobile":""`) {
		t.Error(code, answer)
	}
}

func TestAtRest(t *testing.T) {
	h := newHall(t)
	h.create(t, `{"mobile":"`+mobile+`","name":"陈𬭎·买买提","address":"深南大道1号","secret":"{\"note\":\"unusual words\"}","id_number":"11010519491231002X"}`)
	if _, err := h.app.DB().NewQuery("PRAGMA wal_checkpoint(FULL)").Execute(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(h.app.DataDir(), "*.db*"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, clear := range []string{mobile, "买买提", "深南大道", "unusual", "1949123100", "******"} {
			if bytes.Contains(raw, []byte(clear)) {
				t.Errorf("%s holds %s", filepath.Base(file), clear)
			}
		}
	}
}
