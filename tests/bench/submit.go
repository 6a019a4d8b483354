package main

import (
	"fmt"
	"net/http"
)

// submit compares an application that is guarded, numbered, recorded and told
// with a bare record of the same columns and the same body.
func (b *bench) submit() error {
	bare, err := b.serve(bareDB)
	if err != nil {
		return err
	}
	defer bare.stop()
	hall, err := b.serve(smallDB)
	if err != nil {
		return err
	}
	defer hall.stop()
	asBare, err := b.applicants(bare, "users")
	if err != nil {
		return err
	}
	asHall, err := b.applicants(hall, "candidates")
	if err != nil {
		return err
	}
	costs, err := b.interleaved(b.submits, []string{"submit-bare", "submit"}, side{bare, asBare}, side{hall, asHall})
	if err != nil {
		return err
	}
	b.judge("a guarded submit : a bare create of the same record", median(ratios(costs[1], costs[0])), 2.5, " ×",
		micros(median(costs[1]))+" : "+micros(median(costs[0])))
	return nil
}

// applicants returns the request of the i-th applicant.
func (b *bench) applicants(s *server, collection string) (func(i int) request, error) {
	ids := make([]string, b.candidates())
	for i := range ids {
		ids[i] = id("c", i)
	}
	list, err := s.login(collection, ids...)
	return func(i int) request {
		return request{method: http.MethodPost, path: "/api/collections/score_reviews/records", token: list[i], body: application(i)}
	}, err
}

// application is the body of a score review of two subjects.
func application(i int) map[string]any {
	const reason = "我对本科目的成绩有疑问，请核查主观题部分是否有漏评、漏统和登分错误。"
	return map[string]any{
		"status": "submitted", "registration": id("g", i), "phone": "13812345678", "employer": "广东省某某建设工程有限公司",
		"items": []map[string]string{
			{"subject": subjectID(i, "0"), "reason": reason},
			{"subject": subjectID(i, "1"), "reason": reason},
		},
		"commitment": "2026-1", "submission": fmt.Sprintf("bench-%06d", i),
	}
}
