package modulestest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
)

// Listen puts the hall behind a port of its own: from now on every request goes
// over the network, so that people really act at the same moment.
func (h *Hall) Listen() {
	h.T.Helper()
	server := httptest.NewServer(h.Mux)
	h.T.Cleanup(server.Close)
	h.url = server.URL
}

// over sends a request to the server.
func (h *Hall) over(r *http.Request) Answer {
	h.T.Helper()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		h.T.Error(err)
		return Answer{}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		h.T.Error(err)
	}
	return read(response.StatusCode, body)
}

// Together runs what several people do at the same moment and returns what each
// was told, in the same order.
func Together(deeds ...func() Answer) []Answer {
	answers := make([]Answer, len(deeds))
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for i, deed := range deeds {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			answers[i] = deed()
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return answers
}
