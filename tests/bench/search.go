package main

import (
	"fmt"
	"net/http"
	"net/url"

	"examhall/modules/certificate"
)

// compareSearch compares the public search with PocketBase's own list of
// certificates, public and with the same filter: exam, ID number and name. All
// limits of the search are on, and every visitor comes from an address of their
// own. Both answer with one certificate. They are measured when they have run for
// a while: at first SQLite is busy with filling its caches.
func (b *bench) compareSearch() error {
	var sides []side
	n := sought(b.few)
	for _, name := range []string{bareDB, largeDB, smallDB} {
		s, err := b.serve(name)
		if err != nil {
			return err
		}
		defer s.stop()
		if err := finds(s, searchRequest(name, sought(b.few)-1)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		sides = append(sides, side{s, func(i int) request { return searchRequest(name, i%n) }})
		err = parallel(b.warm, func(i int) error { return s.send(searchRequest(name, i%sought(b.rowsOf(name))), nil) })
		if err != nil {
			return err
		}
	}
	costs, err := b.interleaved(b.search, []string{"search-bare", "search"}, sides...)
	if err != nil {
		return err
	}
	bare, large, small := costs[0], costs[1], costs[2]
	b.judge("certificate search : PocketBase's list, same filter", median(ratios(large, bare)), 0.33, " ×",
		micros(median(large))+" : "+micros(median(bare)))
	b.judge(fmt.Sprintf("certificate search among %d : among %d", b.rows, b.few), median(ratios(large, small)), 1.2, " ×",
		micros(median(large))+" : "+micros(median(small)))
	return nil
}

// searchRequest asks for the certificate of the i-th holder.
func searchRequest(name string, i int) request {
	if name == bareDB {
		filter := fmt.Sprintf("id_number_idx='%s' && project='%s' && name_key='%s'", bareIndex(i), id("p", 0), certificate.Key(holderName))
		return request{method: http.MethodGet, path: "/api/collections/certificates/records?filter=" + url.QueryEscape(filter)}
	}
	return request{
		method: http.MethodPost, path: "/api/portal/certificates/search", from: fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255),
		body: map[string]string{"exam": "YJ", "name": holderName, "id_number": idNumber(i)},
	}
}

// finds makes sure that there is one certificate in the answer.
func finds(s *server, r request) error {
	var page struct{ Items []any }
	if err := s.send(r, &page); err != nil {
		return err
	}
	if len(page.Items) != 1 {
		return fmt.Errorf("%d certificates, not one", len(page.Items))
	}
	return nil
}
