package modulestest

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// Live is somebody's open page.
type Live struct {
	hall   *Hall
	as     string
	client string
	events chan string
}

// Watch opens a realtime connection; the hall must listen.
func (h *Hall) Watch(as string) *Live {
	h.T.Helper()
	ctx, stop := context.WithCancel(context.Background())
	h.T.Cleanup(stop)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/api/realtime", http.NoBody)
	if err != nil {
		h.T.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		h.T.Fatal(err)
	}
	l := &Live{hall: h, as: as, events: make(chan string, 100)}
	go func() {
		defer response.Body.Close()
		defer close(l.events)
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data:"); ok {
				l.events <- data
			}
		}
	}()
	hello := struct{ ClientID string }{}
	if err := json.Unmarshal([]byte(l.Next()), &hello); err != nil || hello.ClientID == "" {
		h.T.Fatal("no client id:", err)
	}
	l.client = hello.ClientID
	return l
}

// Subscribe replaces what the page listens to.
func (l *Live) Subscribe(topics ...string) Answer {
	l.hall.T.Helper()
	return l.hall.Send(l.as, http.MethodPost, "/api/realtime", map[string]any{"clientId": l.client, "subscriptions": topics})
}

// Next returns the next message, or nothing if none comes for a long time.
func (l *Live) Next() string {
	select {
	case data := <-l.events:
		return data
	case <-time.After(10 * time.Second):
		return ""
	}
}

// Quiet returns a message that should not have come. It waits for a moment,
// since what is not sent cannot be waited for.
func (l *Live) Quiet() string {
	select {
	case data := <-l.events:
		return data
	case <-time.After(150 * time.Millisecond):
		return ""
	}
}
