package main

import (
	"fmt"
	"net/http"
)

// list compares 业务查询, 20 rows of a candidate who has 30, with PocketBase's own
// list of the same rows, and a large database with a small one.
func (b *bench) list() error {
	var sides []side
	for _, name := range []string{bareDB, largeDB, smallDB} {
		s, err := b.serve(name)
		if err != nil {
			return err
		}
		defer s.stop()
		r, err := listRequest(s, name)
		if err != nil {
			return err
		}
		sides = append(sides, side{s, func(int) request { return r }})
	}
	costs, err := b.interleaved(b.lists, []string{"list-bare", "list"}, sides...)
	if err != nil {
		return err
	}
	bare, large, small := costs[0], costs[1], costs[2]
	b.judge("my applications : PocketBase's list of the same rows", median(ratios(large, bare)), 0.5, " ×",
		micros(median(large))+" : "+micros(median(bare)))
	b.judge(fmt.Sprintf("my applications among %d : among %d", b.rows, b.few), median(ratios(large, small)), 1.2, " ×",
		micros(median(large))+" : "+micros(median(small)))
	return nil
}

// listRequest asks for the list, and makes sure that it has 20 rows.
func listRequest(s *server, name string) (request, error) {
	collection, path := "candidates", "/api/portal/applications"
	if name == bareDB {
		collection, path = "users", "/api/collections/applications/records?perPage=20&sort=-updated,-id"
	}
	list, err := s.login(collection, id("c", 0))
	if err != nil {
		return request{}, err
	}
	r := request{method: http.MethodGet, path: path, token: list[0], body: nil}
	var page struct{ Items []any }
	if err := s.send(r, &page); err != nil {
		return r, err
	}
	if len(page.Items) != 20 {
		return r, fmt.Errorf("%s lists %d applications, not 20", name, len(page.Items))
	}
	return r, nil
}
