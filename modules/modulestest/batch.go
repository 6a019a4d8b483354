package modulestest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
)

// Change is one request of a batch: a create if it has no ID.
type Change struct {
	Collection, ID string
	Values         map[string]any
}

// Batch sends several changes that happen together or not at all. It returns
// what each was told; of a batch that failed, only the failing one was.
func (h *Hall) Batch(as string, changes ...Change) []Answer {
	h.T.Helper()
	body := map[string]any{}
	requests := make([]map[string]any, len(changes))
	for i, c := range changes {
		values := maps.Clone(c.Values)
		for name, v := range c.Values {
			if hasFile(map[string]any{name: v}) {
				delete(values, name)
				body[fmt.Sprintf("requests.%d.%s", i, name)] = v
			}
		}
		requests[i] = map[string]any{"method": http.MethodPost, "url": "/api/collections/" + c.Collection + "/records", "body": values}
		if c.ID != "" {
			requests[i]["method"], requests[i]["url"] = http.MethodPatch, "/api/collections/"+c.Collection+"/records/"+c.ID
		}
	}
	whole := map[string]any{"requests": requests}
	if len(body) > 0 {
		body["@jsonPayload"] = whole
		whole = body
	}
	return parts(h.Send(as, http.MethodPost, "/api/batch", whole), len(changes))
}

// parts takes the answer to a batch apart.
func parts(a Answer, n int) []Answer {
	list := make([]Answer, n)
	var each []struct {
		Status int
		Body   json.RawMessage
	}
	if a.Code == http.StatusOK && json.Unmarshal([]byte(a.Body), &each) == nil && len(each) == n {
		for i, part := range each {
			list[i] = read(part.Status, part.Body)
		}
		return list
	}
	var refused struct {
		Data struct {
			Requests map[string]struct{ Response json.RawMessage }
		}
	}
	_ = json.Unmarshal([]byte(a.Body), &refused)
	for i := range list {
		list[i] = Answer{Code: a.Code, Body: a.Body}
		if part, ok := refused.Data.Requests[fmt.Sprint(i)]; ok {
			status := struct{ Status int }{}
			_ = json.Unmarshal(part.Response, &status)
			list[i] = read(status.Status, part.Response)
		}
	}
	return list
}
