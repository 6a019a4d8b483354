package modulestest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
)

// Answer is what the server said.
type Answer struct {
	Code int
	Body string
	JSON map[string]any
}

// Problem returns the code beside a field, or nothing.
func (a Answer) Problem(field string) string {
	data, _ := a.JSON["data"].(map[string]any)
	p, _ := data[field].(map[string]any)
	code, _ := p["code"].(string)
	return code
}

// Problems returns all problems as "field code", sorted.
func (a Answer) Problems() []string {
	data, _ := a.JSON["data"].(map[string]any)
	var list []string
	for _, field := range slices.Sorted(maps.Keys(data)) {
		list = append(list, field+" "+a.Problem(field))
	}
	return list
}

// ID returns the id of the record in the answer.
func (a Answer) ID() string { return a.Text("id") }

// Text returns a value of the answer as text.
func (a Answer) Text(key string) string {
	if a.JSON[key] == nil {
		return ""
	}
	return fmt.Sprint(a.JSON[key])
}

// File is something to upload.
type File struct {
	Name string
	Data []byte
}

// Send makes a request as somebody. A body of map[string]any with a [File] in
// it goes as multipart, a string as it is, anything else as JSON.
func (h *Hall) Send(as, method, url string, body any) Answer {
	h.T.Helper()
	in, kind := h.encode(body)
	return h.send(as, method, url, in, kind)
}

func (h *Hall) send(as, method, url string, in io.Reader, kind string) Answer {
	h.T.Helper()
	r, err := http.NewRequest(method, h.url+url, in)
	if err != nil {
		h.T.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	if token := h.Token(as); token != "" {
		r.Header.Set("Authorization", token)
	}
	return h.do(r)
}

// do asks the router itself, or the server after [Hall.Listen].
func (h *Hall) do(r *http.Request) Answer {
	if h.url != "" {
		return h.over(r)
	}
	r.RemoteAddr = "192.0.2.1:1234"
	w := httptest.NewRecorder()
	h.Mux.ServeHTTP(w, r)
	return read(w.Code, w.Body.Bytes())
}

func read(code int, body []byte) Answer {
	a := Answer{Code: code, Body: string(body)}
	_ = json.Unmarshal(body, &a.JSON) // lists and pages are not objects
	return a
}

func (h *Hall) encode(body any) (io.Reader, string) {
	h.T.Helper()
	switch b := body.(type) {
	case nil:
		return http.NoBody, "application/json"
	case string:
		return strings.NewReader(b), "application/json"
	case map[string]any:
		if hasFile(b) {
			return h.multipart(b)
		}
	}
	raw, err := json.Marshal(body)
	if err != nil {
		h.T.Fatal(err)
	}
	return bytes.NewReader(raw), "application/json"
}

func hasFile(values map[string]any) bool {
	for _, v := range values {
		switch v.(type) {
		case File, []File:
			return true
		}
	}
	return false
}

func (h *Hall) multipart(values map[string]any) (io.Reader, string) {
	h.T.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := part(w, name, values[name]); err != nil {
			h.T.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		h.T.Fatal(err)
	}
	return &out, w.FormDataContentType()
}

// Form sends a form with exactly these fields, in this order.
func (h *Hall) Form(as, method, url string, fields [][2]string) Answer {
	h.T.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for _, f := range fields {
		if err := w.WriteField(f[0], f[1]); err != nil {
			h.T.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		h.T.Fatal(err)
	}
	return h.send(as, method, url, &out, w.FormDataContentType())
}

func part(w *multipart.Writer, name string, value any) error {
	switch v := value.(type) {
	case File:
		return part(w, name, []File{v})
	case []File:
		for _, f := range v {
			out, err := w.CreateFormFile(name, f.Name)
			if err != nil {
				return err
			}
			if _, err := out.Write(f.Data); err != nil {
				return err
			}
		}
		return nil
	case string:
		return w.WriteField(name, v)
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return w.WriteField(name, string(raw))
}

// Create sends a new record.
func (h *Hall) Create(as, collection string, values map[string]any) Answer {
	h.T.Helper()
	return h.Send(as, http.MethodPost, "/api/collections/"+collection+"/records", values)
}

// Update sends a change of a record.
func (h *Hall) Update(as, collection, id string, values map[string]any) Answer {
	h.T.Helper()
	return h.Send(as, http.MethodPatch, "/api/collections/"+collection+"/records/"+id, values)
}

// Verdict is the answer in one line: "200", "404", or
// "400 items.0.reason length_range, phone validation_required".
func (a Answer) Verdict() string {
	return strings.TrimSpace(fmt.Sprint(a.Code) + " " + strings.Join(a.Problems(), ", "))
}
