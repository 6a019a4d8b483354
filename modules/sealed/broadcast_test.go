package sealed_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/tools/subscriptions"
)

func TestBroadcastShowsMask(t *testing.T) {
	h := newHall(t)
	client := subscriptions.NewDefaultClient()
	client.Subscribe("people/*")
	h.app.SubscriptionsBroker().Register(client)
	messages := make(chan string, 8)
	go func() {
		for m := range client.Channel() {
			messages <- string(m.Data)
		}
	}()
	id := h.create(t, `{"mobile":"`+mobile+`"}`)
	h.send(http.MethodPatch, records+"/"+id, "", `{"mobile":"13900139000"}`)
	if err := h.app.Delete(h.only(t)); err != nil {
		t.Fatal(err)
	}
	for _, action := range []string{"create", "update", "delete"} {
		select {
		case m := <-messages:
			if !strings.Contains(m, action) || !strings.Contains(m, `"mobile":"***"`) || strings.Contains(m, "1380013") || strings.Contains(m, "1390013") {
				t.Errorf("%s broadcasts %s", action, m)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("no broadcast of", action)
		}
	}
}

func TestBatch(t *testing.T) {
	h := newHall(t)
	settings := h.app.Settings()
	settings.Batch.Enabled, settings.Batch.MaxRequests, settings.Batch.Timeout = true, 5, 3
	h.save(t, settings)
	request := `{"method":"POST","url":"/api/collections/people/records","body":{"mobile":"` + mobile + `"}}`

	code, answer := h.send(http.MethodPost, "/api/batch", "", `{"requests":[`+request+`,`+request+`]}`)
	if code != http.StatusBadRequest || !strings.Contains(answer, `"mobile":{"code":"validation_not_unique"`) || strings.Contains(answer, mobile) {
		t.Error(code, answer)
	}
	code, answer = h.send(http.MethodPost, "/api/batch", "", `{"requests":[`+request+`]}`)
	if code != http.StatusOK || !strings.Contains(answer, `"mobile":"***"`) || strings.Contains(answer, mobile) {
		t.Error(code, answer)
	}
}

func BenchmarkLoad(b *testing.B) {
	h := newHall(b)
	h.create(b, `{"mobile":"`+mobile+`","id_number":"11010519491231002X","name":"陈𬭎","address":"深南大道1号"}`)
	for b.Loop() {
		h.only(b)
	}
}

func BenchmarkSave(b *testing.B) {
	h := newHall(b)
	h.create(b, `{"mobile":"`+mobile+`","id_number":"11010519491231002X","name":"陈𬭎","address":"深南大道1号"}`)
	r := h.only(b)
	for b.Loop() {
		h.save(b, r)
	}
}
