package certificates_test

import (
	"fmt"
	"net/http"
	"os"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"examhall/hooks"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview"
	"examhall/modules/sealed"
)

const (
	desk    = "/api/portal/desk/certificates"
	session = "certsession0000"
	project = "certproject0000"
)

// open returns an ExamHall with an exam whose certificates can be issued.
func open(t testing.TB) *modulestest.Hall {
	t.Helper()
	h := modulestest.NewWith(t, func(_ *tests.TestApp, o *hooks.Options) {
		o.Templates = os.DirFS("../../templates")
	}, scorereview.Definition())
	exam(h)
	return h
}

// exam adds an exam whose certificates can be issued: an issuer, codes, and
// scores that are public.
func exam(h *modulestest.Hall) {
	h.T.Helper()
	h.Add("exam_projects", project, map[string]any{
		"code": "JZ", "name": "一级建造师", "certificate_title": "中华人民共和国一级建造师", "level": "一级", "issuer": "示例省人力资源和社会保障厅",
		"number_code": "001", "issuer_code": "4401", "e_cert": true, "specialty_codes": map[string]string{"建筑工程": "01", "机电工程": "02"},
	})
	h.Add("exam_sessions", session, map[string]any{
		"project": project, "code": "JZ2026", "title": "2026年度一级建造师", "year": 2026, "exam_from": "2026-09-12", "score_published": modulestest.Published(),
	})
}

// pass adds a candidate who has passed, and returns the registration.
func pass(h *modulestest.Hall, i int, name, specialty string) string {
	h.T.Helper()
	return passAs(h, i, name, specialty, sealed.Resident, idNumber(i))
}

func passAs(h *modulestest.Hall, i int, name, specialty, idType, number string) string {
	h.T.Helper()
	ring := h.Portal.Ring()
	candidate, registration := fmt.Sprintf("candidate%06d", i), fmt.Sprintf("registered%05d", i)
	insert(h, "candidates", dbx.Params{
		"id": candidate, "username": fmt.Sprintf("c%06d", i), "name": name, "id_type": idType, "password": "x", "tokenKey": fmt.Sprintf("%050d", i),
		"id_number": ring.Seal("candidates.id_number", number), "id_number_idx": ring.Index(sealed.KindIDNumber, number),
	})
	insert(h, "registrations", dbx.Params{
		"id": registration, "candidate": candidate, "session": session, "specialty": specialty, "status": "paid", "result": "passed",
	})
	return registration
}

func insert(h *modulestest.Hall, table string, row dbx.Params) {
	h.T.Helper()
	if _, err := h.App.NonconcurrentDB().Insert(table, row).Execute(); err != nil {
		h.T.Fatal(err)
	}
}

// idNumber returns the i-th number of a card, with a right check digit.
func idNumber(i int) string {
	number := fmt.Sprintf("44030519900101%03d", i%1000)
	sum := 0
	for _, c := range number {
		sum = (sum + int(c-'0')) * 2 % 11
	}
	return number + string("10X98765432"[sum])
}

// bulk issues to the whole session and waits.
func bulk(h *modulestest.Hall) *core.Record {
	h.T.Helper()
	a := h.Send("foreign", http.MethodPost, desk+"/batches", order())
	if a.Code != http.StatusOK {
		h.T.Fatal(a.Code, a.Body)
	}
	h.Office.Wait()
	return h.Find("certificate_batches", a.ID())
}

func order() map[string]any {
	return map[string]any{"session": session, "approve_date": "2026-09-13", "medium": "both"}
}

// certificates returns all of them in the order of their numbers.
func certificates(h *modulestest.Hall) []*core.Record {
	h.T.Helper()
	list, err := h.App.FindRecordsByFilter("certificates", "id != ''", "number,reissue_no", 0, 0)
	if err != nil {
		h.T.Fatal(err)
	}
	return list
}

func TestBulk(t *testing.T) {
	h := open(t)
	pass(h, 1, "陈𬭎", "机电工程")
	pass(h, 2, "阿卜杜拉•买买提", "建筑工程")
	pass(h, 3, "张 三", "建筑工程")
	b := bulk(h)
	if b.GetString("status") != "done" || b.GetInt("issued") != 3 || b.GetInt("total") != 3 || b.GetInt("held") != 0 {
		t.Error(b.PublicExport())
	}
	want := [][2]string{{"202600144010100001", "阿卜杜拉·买买提"}, {"202600144010100002", "张三"}, {"202600144010200003", "陈𬭎"}}
	for i, r := range certificates(h) {
		if r.GetString("number") != want[i][0] || r.GetString("name") != want[i][1] {
			t.Error(r.GetString("number"), r.GetString("name"))
		}
		if sealed.Plain(r, "id_number") == "" || r.GetString("gender") == "" || r.GetString("birth_date") != "1990-01-01" {
			t.Error(r.PublicExport())
		}
	}
	if n, err := h.Portal.VerifyAudit(h.App); err != nil || n != 2 {
		t.Error(n, err)
	}
}
