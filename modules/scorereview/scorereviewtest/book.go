// Package scorereviewtest plays score reviews in tests.
package scorereviewtest

import (
	"maps"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
)

// Collection is where score reviews are.
const Collection = "score_reviews"

// Reason is long enough.
const Reason = "估分与公布成绩相差较大，请核查计分"

// Form returns what li fills in to have the case study reviewed, with some
// values changed; a nil value leaves one out.
func Form(change map[string]any) map[string]any {
	values := map[string]any{
		"status": "submitted", "registration": modulestest.Registration, "commitment": "2026-1", "phone": "138 0000 0000",
		"items":            About(modulestest.Practice),
		"id_card":          []modulestest.File{modulestest.Scan("front.jpg"), modulestest.Scan("back.jpg")},
		"admission_ticket": modulestest.Scan("ticket.jpg"), "statement": modulestest.Scan("form.jpg"),
	}
	maps.Copy(values, change)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// Fresh is [Form] about a subject that nobody has asked about yet.
func Fresh(h *modulestest.Hall) map[string]any {
	return Form(map[string]any{"items": About(h.Subject(modulestest.Registration))})
}

// About returns the rows of an application about the given subjects.
func About(subjects ...string) []map[string]any {
	rows := []map[string]any{}
	for _, s := range subjects {
		rows = append(rows, map[string]any{"subject": s, "reason": Reason})
	}
	return rows
}

// Results returns the same result for every subject of an application.
func Results(h *modulestest.Hall, id string, result map[string]any) []map[string]any {
	h.T.Helper()
	rows := []map[string]any{}
	for _, subject := range Subjects(h, id) {
		row := map[string]any{"subject": subject}
		if result["outcome"] != "unchanged" {
			row["document"] = "核〔2026〕7号" // a correction has one
		}
		maps.Copy(row, result)
		rows = append(rows, row)
	}
	return rows
}

// Subjects returns what an application is about.
func Subjects(h *modulestest.Hall, id string) []string {
	h.T.Helper()
	values, err := scorereview.Definition().Rows[0].Chosen(h.Find(Collection, id))
	if err != nil {
		h.T.Fatal(err)
	}
	return values
}

// Book plays every move. Each application is about a subject of its own, and
// every score is corrected to 61.2.
func Book() modulestest.Book {
	nothing := modulestest.Play{}
	reasoned := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"reply": "准考证照片不清楚，请重新上传"}
	}}
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any { return Fresh(h) }}
	found := modulestest.Play{With: func(h *modulestest.Hall, id string) map[string]any {
		return map[string]any{"results": Results(h, id, map[string]any{"outcome": "changed", "score": 612, "document": "核〔2026〕7号"})}
	}}
	return modulestest.Book{Definition: scorereview.Definition(), Plays: map[string]modulestest.Play{
		"submit": submit, "edit": nothing, "resubmit": nothing, "withdraw": nothing,
		"accept": nothing, "return": reasoned, "reject": reasoned, "report": found, "record": found,
		"send_back": reasoned, "complete": reasoned, "expire": nothing,
	}}
}
