package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// listed is a line of 业务查询 with the login of its owner.
type listed struct {
	ID    string
	token string
}

// submitted returns the newest application of every candidate who has made
// one.
func (b *bench) submitted(hall *server) ([]listed, error) {
	ids := make([]string, b.submits*(b.rounds+1))
	for i := range ids {
		ids[i] = id("c", i)
	}
	logins, err := hall.login("candidates", ids...)
	if err != nil {
		return nil, err
	}
	list := make([]listed, len(logins))
	err = parallel(len(logins), func(i int) error {
		page := struct{ Items []listed }{}
		err := hall.send(request{method: http.MethodGet, path: "/api/portal/applications?limit=1", token: logins[i], body: nil}, &page)
		if err == nil {
			list[i] = listed{page.Items[0].ID, logins[i]}
		}
		return err
	})
	return list, err
}

// connect lets candidates listen to their own applications until ctx ends.
func (b *bench) connect(ctx context.Context, hall *server, made []listed) error {
	err := parallel(b.live, func(i int) error { return hall.listen(ctx, made[i]) })
	if err != nil {
		return err
	}
	return hall.waitForLive(b.live)
}

// listen opens one connection, subscribes and reads what comes.
func (s *server) listen(ctx context.Context, a listed) error {
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/api/realtime", nil)
	if err != nil {
		return err
	}
	answer, err := s.client.Do(ask)
	if err != nil {
		return err
	}
	in := bufio.NewReader(answer.Body)
	client, err := connected(in)
	if err != nil {
		answer.Body.Close()
		return err
	}
	go func() {
		defer answer.Body.Close()
		_, _ = io.Copy(io.Discard, in) // ends with ctx
	}()
	return s.send(request{method: http.MethodPost, path: "/api/realtime", token: a.token, body: map[string]any{
		"clientId": client, "subscriptions": []string{"score_reviews/" + a.ID},
	}}, nil)
}

// connected reads the id that the server gives a connection.
func connected(in *bufio.Reader) (string, error) {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return "", err
		}
		data, ok := strings.CutPrefix(line, "data:")
		if !ok {
			continue
		}
		var hello struct {
			ClientID string `json:"clientId"`
		}
		err = json.Unmarshal([]byte(data), &hello)
		return hello.ClientID, err
	}
}
