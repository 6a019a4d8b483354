// Package violationtest plays notices of violations and appeals against them in
// tests.
package violationtest

import (
	"crypto/rand"
	"maps"
	"net/http"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/violation"
)

// Sitting adds a registration of li with two subjects of 61.0 and 72.0, which
// passes, and returns its id and theirs.
func Sitting(h *modulestest.Hall) (registration, law, practice string) {
	h.T.Helper()
	registration = h.Add("registrations", "", map[string]any{
		"candidate": modulestest.ID("li"), "session": modulestest.Session, "specialty": rand.Text()[:10], "status": "paid", "result": "passed", "ticket_no": rand.Text(),
	}).Id
	subject := func(code string, score int) string {
		return h.Add("registration_subjects", "", map[string]any{
			"registration": registration, "code": code, "name": "科目" + code, "type": "objective", "flag": "normal", "score": score, "pass_mark": 540, "status": "active",
		}).Id
	}
	return registration, subject("01", 610), subject("02", 720)
}

// Notice adds a notice to li about the first subject of a registration of its own,
// served on the morning of the test, with some values changed.
func Notice(h *modulestest.Hall, change map[string]any) string {
	h.T.Helper()
	registration, law, _ := Sitting(h)
	values := map[string]any{
		"candidate": modulestest.ID("li"), "registration": registration, "subject": law, "notice_no": "示例告〔2026〕" + rand.Text()[:8] + "号",
		"occurred": "2026-09-12 10:20", "fact": "携带手机进入座位", "clause": "7", "penalty": "all_void_5y", "status": "notified",
		"served": h.Now(), "recorder": modulestest.ID("operator"),
	}
	maps.Copy(values, change)
	return h.Add(violation.Notices, "", values).Id
}

// Form returns what li fills in to appeal against a notice, with some values
// changed; a nil value leaves one out.
func Form(notice string, change map[string]any) map[string]any {
	values := map[string]any{
		"status": "submitted", "violation": notice, "kind": "facts", "demand": "revoke", "phone": "13800000000",
		"reason":   "本人进入考场前已将手机关机并存放在物品存放处，座位上的手机不是本人的。",
		"evidence": modulestest.Scan("receipt.jpg"), "id_card": modulestest.Scan("front.jpg"),
	}
	maps.Copy(values, change)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// Proposal returns what a reviewer proposes.
func Proposal(end modules.State) map[string]any {
	values := map[string]any{"proposal": string(end), "findings": "经调取监控录像，与当事人陈述比对，认定如上。"}
	if end == violation.Changed {
		values["new_clause"], values["new_penalty"] = "6", "subject_void"
	}
	return values
}

// Number returns the number of a decision and why.
func Number() map[string]any {
	return map[string]any{"decision_no": "示例决〔2026〕" + rand.Text()[:8] + "号", "reply": "经复核，决定如下，详见复核认定。"}
}

// Book plays every move. Each appeal is against a notice of its own, which operator
// recorded; what a decision needs was proposed by reviewer.
func Book() modulestest.Book {
	nothing := modulestest.Play{}
	with := func(values map[string]any) modulestest.Play {
		return modulestest.Play{With: func(*modulestest.Hall, string) map[string]any { return values }}
	}
	reasoned := with(map[string]any{"reply": "证据材料不清楚"})
	ending := func(end modules.State) modulestest.Play {
		return modulestest.Play{With: func(h *modulestest.Hall, id string) map[string]any {
			propose(h, id, end)
			return Number()
		}}
	}
	return modulestest.Book{Definition: violation.Definition(), Plays: map[string]modulestest.Play{
		"submit": {With: func(h *modulestest.Hall, _ string) map[string]any { return Form(Notice(h, nil), nil) }},
		"edit":   nothing, "resubmit": nothing, "expire": nothing, "accept": nothing, "return": reasoned, "refuse": reasoned,
		"propose": with(Proposal(violation.Upheld)), "send_back": reasoned,
		"uphold": ending(violation.Upheld), "change": ending(violation.Changed), "revoke": ending(violation.Revoked),
	}}
}

// propose has another end proposed than what was: the approver sends it back and
// the reviewer proposes anew.
func propose(h *modulestest.Hall, id string, end modules.State) {
	h.T.Helper()
	r := h.Find(violation.Collection, id)
	if r.GetString("proposal") == string(end) {
		return
	}
	back := h.Update("approver", violation.Collection, id, map[string]any{"status": "accepted", "rev": r.GetInt("rev"), "reply": "请改为" + string(end)})
	again := Proposal(end)
	again["status"], again["rev"] = "reviewing", r.GetInt("rev")+1
	if a := h.Update("reviewer", violation.Collection, id, again); back.Code != http.StatusOK || a.Code != http.StatusOK {
		h.T.Fatal(back.Body, a.Body)
	}
}
