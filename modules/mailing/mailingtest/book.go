// Package mailingtest plays mailings in tests.
package mailingtest

import (
	"crypto/rand"
	"maps"
	"strings"

	"github.com/pocketbase/dbx"

	"examhall/modules/mailing"
	"examhall/modules/modulestest"
)

// Collection is where mailings are.
const Collection = "mailings"

// Certificate adds a certificate of li whose paper lies ready, with some values
// changed, and returns its id.
func Certificate(h *modulestest.Hall, change map[string]any) string {
	h.T.Helper()
	code := rand.Text()[:16]
	values := map[string]any{
		"number": "2026" + strings.Map(digit, code), "code": code, "holder": modulestest.ID("li"), "project": modulestest.Project,
		"session": modulestest.Session, "name": "李䶮", "id_type": "resident", "id_number": "11010519491231002X",
		"title": "一级造价工程师", "level": "一级", "specialty": "土木建筑工程", "approve_date": "2026-11-01", "issuer": "人事考试中心",
		"medium": "paper", "layout": "professional", "status": "valid", "distribution": "ready", "issued": h.Now(), "rev": 1,
	}
	maps.Copy(values, change)
	return h.Add("certificates", "", values).Id
}

// digit makes digits of the letters of a random text.
func digit(c rune) rune { return '0' + c%10 }

// Form returns what li fills in to have a certificate mailed to themselves, with
// some values changed; a nil value leaves one out.
func Form(certificate string, change map[string]any) map[string]any {
	values := map[string]any{
		"status": "submitted", "certificate": certificate, "commitment": "2026-1", "recipient": "李䶮", "mobile": "138 0013 8000",
		"region": "440305", "address": "科技园路 1 号创新大厦 A 座 1203", "postcode": "518057",
	}
	maps.Copy(values, change)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// Distribution returns where the paper of a certificate is.
func Distribution(h *modulestest.Hall, certificate string) string {
	h.T.Helper()
	var where string
	if err := h.App.DB().Select("distribution").From("certificates").Where(dbx.HashExp{"id": certificate}).Row(&where); err != nil {
		h.T.Fatal(err)
	}
	return where
}

// Waybill returns a number of 13 digits that no other parcel has.
func Waybill() string { return "1" + strings.Map(digit, rand.Text()[:12]) }

// Book plays every move. Each mailing is of a certificate of its own.
func Book() modulestest.Book {
	nothing := modulestest.Play{}
	reasoned := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"reply": "手机号码无人接听，地址查无此人"}
	}}
	submit := modulestest.Play{With: func(h *modulestest.Hall, _ string) map[string]any { return Form(Certificate(h, nil), nil) }}
	ship := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"carrier": "ems", "waybill": Waybill()}
	}}
	deliver := modulestest.Play{With: func(*modulestest.Hall, string) map[string]any {
		return map[string]any{"delivered_on": "2026-11-23"}
	}}
	return modulestest.Book{Definition: mailing.Definition(), Plays: map[string]modulestest.Play{
		"submit": submit, "edit": nothing, "withdraw": nothing, "accept": nothing, "refuse": reasoned, "ship": ship, "correct": ship,
		"hand_over": nothing, "deliver": deliver, "bounce": reasoned, "stop": nothing,
	}}
}
