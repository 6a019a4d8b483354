package scorereview_test

import (
	"maps"

	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
)

// book plays every move of a score review. Each application is about a subject
// of its own.
func book() modulestest.Book {
	nothing := modulestest.Play{}
	reasoned := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"reply": "准考证照片不清楚，请重新上传"}
	}}
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any {
		return form(map[string]any{"items": about(h.Subject(modulestest.Registration))})
	}}
	found := modulestest.Play{With: func(h *modulestest.Hall, id string) map[string]any {
		return map[string]any{"results": results(h, id, map[string]any{"outcome": "changed", "score": 612})}
	}}
	return modulestest.Book{Definition: scorereview.Definition(), Plays: map[string]modulestest.Play{
		"submit": submit, "edit": nothing, "resubmit": nothing, "withdraw": nothing,
		"accept": nothing, "return": reasoned, "reject": reasoned, "report": found, "record": found,
		"send_back": reasoned, "complete": reasoned, "expire": nothing,
	}}
}

// about returns the rows of an application about the given subjects.
func about(subjects ...string) []map[string]any {
	rows := []map[string]any{}
	for _, s := range subjects {
		rows = append(rows, map[string]any{"subject": s, "reason": "估分与公布成绩相差较大，请核查计分"})
	}
	return rows
}

// results returns the same result for every subject of an application.
func results(h *modulestest.Hall, id string, result map[string]any) []map[string]any {
	rows := []map[string]any{}
	for _, subject := range subjects(h, id) {
		row := map[string]any{"subject": subject}
		maps.Copy(row, result)
		rows = append(rows, row)
	}
	return rows
}

// subjects returns what an application is about.
func subjects(h *modulestest.Hall, id string) []string {
	values, err := scorereview.Definition().Rows[0].Chosen(h.Find(collection, id))
	if err != nil {
		h.T.Fatal(err)
	}
	return values
}
