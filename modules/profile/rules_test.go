package profile_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"examhall/modules/modulestest"
	"examhall/modules/profile"
	"examhall/modules/profile/profiletest"
	"examhall/modules/sealed"
)

const service = profiletest.Collection

// ofWangs is the number of wang.
const ofWangs = "440305200002290010"

// TestWhatIsFilledIn: every rule about what may be changed to what.
func TestWhatIsFilledIn(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, profile.Definition())
	for _, c := range []struct {
		name string
		form map[string]any
		want string
	}{
		{"nothing", profiletest.Form(map[string]any{"items": []string{}, "new_employer": nil}), "items validation_required"},
		{"no value", profiletest.Form(map[string]any{"new_employer": nil}), "new_employer validation_required"},
		{"name and number", profiletest.Person(map[string]any{"items": []string{"name", "identity"}, "new_name": "李龙", "new_id_type": "resident", "new_id_number": valid()}), "items name_and_number"},
		{"a name with a digit", profiletest.Person(map[string]any{"items": []string{"name"}, "new_name": "李2"}), "new_name name_invalid"},
		{"the same name", profiletest.Person(map[string]any{"items": []string{"name"}, "new_name": " 李 䶮 "}), "new_name item_unchanged"},
		{"no proof", profiletest.Person(map[string]any{"items": []string{"name"}, "new_name": "李龙", "proof": nil}), "proof material_missing"},
		{"a number that cannot be", profiletest.Person(map[string]any{"items": []string{"identity"}, "new_id_type": "resident", "new_id_number": "440305199912318882"}), "new_id_number id_invalid"},
		{"no kind of document", profiletest.Person(map[string]any{"items": []string{"identity"}, "new_id_number": valid()}), "new_id_number id_invalid, new_id_type validation_required"},
		{"a gender that the number says", profiletest.Form(map[string]any{"items": []string{"gender"}, "new_gender": "male", "new_employer": nil}), "items item_derived"},
		{"no mobile", profiletest.Form(map[string]any{"items": []string{"mobile"}, "new_mobile": "0755-88881234", "new_employer": nil}), "new_mobile validation_match_invalid"},
		{"the same mobile", profiletest.Form(map[string]any{"items": []string{"mobile"}, "new_mobile": "138 0000 0000", "new_employer": nil}), "new_mobile item_unchanged"},
		{"no address", profiletest.Form(map[string]any{"items": []string{"email"}, "new_email": "li", "new_employer": nil}), "new_email validation_is_email"},
		{"what the system fills in", profiletest.Form(map[string]any{"before": "{}"}), "before state_locked"},
		{"no commitment", profiletest.Form(map[string]any{"commitment": ""}), "commitment commitment_required"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := h.Create("li", service, c.form); strings.Join(a.Problems(), ", ") != c.want {
				t.Errorf("%d %v, want %s", a.Code, a.Problems(), c.want)
			}
		})
	}
}

// valid is a number that nobody has.
func valid() string { return "810000198503150025" }

// decide makes a move of a reviewer.
func decide(h *modulestest.Hall, id, to string) modulestest.Answer {
	h.T.Helper()
	values := map[string]any{"rev": h.Row(service, id).Rev, "status": to}
	if to != "approved" {
		values["reply"] = "请重新确认信息"
	}
	return h.Update("reviewer", service, id, values)
}

// TestName: an approved name is that of the account, the former one is kept, the
// old login is over, and a certificate stays as it was printed.
func TestName(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, profile.Definition())
	c := h.Add("certificates", "", map[string]any{
		"number": "202600000001", "code": "AAAAAAAAAAAAAAAA", "holder": modulestest.ID("li"), "project": modulestest.Project, "name": "李䶮", "id_type": "resident",
		"id_number": "11010519491231002X", "title": "一级造价工程师", "approve_date": "2026-11-01", "issuer": "人事考试中心", "medium": "paper",
		"layout": "professional", "status": "valid", "distribution": "ready", "issued": h.Now(), "rev": 1,
	})
	if offers := h.Send("li", http.MethodGet, "/api/portal/services/profile_changes/offers", nil).Body; !strings.Contains(offers, "您已取得证书") || strings.Contains(offers, "考试正在进行") {
		t.Error("the warnings:", offers)
	}
	a := h.Create("li", service, profiletest.Person(map[string]any{"items": []string{"name", "employer"}, "new_name": "阿卜杜拉•买买提", "new_employer": "新单位"}))
	if a.Code != http.StatusOK || !strings.Contains(a.Body, `"value":"李䶮"`) {
		t.Fatal(a.Code, a.Body)
	}
	h.Token("li")
	if b := decide(h, a.ID(), "approved"); b.Code != http.StatusOK {
		t.Fatal(b.Code, b.Body)
	}
	owner := h.Find("candidates", modulestest.ID("li"))
	if owner.GetString("name") != "阿卜杜拉·买买提" || owner.GetString("employer") != "新单位" {
		t.Error("the account says", owner.GetString("name"), owner.GetString("employer"))
	}
	if got := h.Send("li", http.MethodGet, "/api/portal/applications", nil).Code; got != http.StatusUnauthorized {
		t.Error("the old login still works:", got)
	}
	rows, err := h.App.FindAllRecords("profile_history", dbx.HashExp{"candidate": owner.Id, "item": "name"})
	if err != nil || len(rows) != 1 || sealed.Plain(rows[0], "before") != "李䶮" || rows[0].GetString("application") != a.Text("number") || rows[0].GetString("before_idx") == "" {
		t.Error("the history:", rows, err)
	}
	if h.Find("certificates", c.Id).GetString("name") != "李䶮" {
		t.Error("the certificate has changed")
	}
	if _, err := h.Portal.VerifyAudit(h.App); err != nil {
		t.Error(err)
	}
}

// TestNumber: a number is found again, says who its holder is, and belongs to one
// account only. Whoever asks is not told that somebody has it.
func TestNumber(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, profile.Definition())
	form := func(kind, number string) map[string]any {
		return profiletest.Person(map[string]any{"items": []string{"identity"}, "new_id_type": kind, "new_id_number": number})
	}
	a := h.Create("li", service, form("resident", ofWangs))
	if a.Code != http.StatusOK {
		t.Fatal("the candidate is told:", a.Body)
	}
	if b := decide(h, a.ID(), "approved"); b.Problem("status") != "id_taken" {
		t.Errorf("%d %v", b.Code, b.Problems())
	}
	decide(h, a.ID(), "rejected")
	a = h.Create("li", service, form("hmt_residence", valid()))
	if b := decide(h, a.ID(), "approved"); b.Code != http.StatusOK {
		t.Fatal(b.Code, b.Body)
	}
	owner := h.Find("candidates", modulestest.ID("li"))
	if sealed.Plain(owner, "id_number") != valid() || owner.GetString("id_type") != "hmt_residence" || owner.GetString("birth_date") != "1985-03-15" || owner.GetString("gender") != "female" {
		t.Error("the account says", sealed.Plain(owner, "id_number"), owner.GetString("id_type"), owner.GetString("birth_date"), owner.GetString("gender"))
	}
	if owner.GetString("id_number_idx") != h.Find(service, a.ID()).GetString("new_id_number_idx") {
		t.Error("the number is not found by its index")
	}
	var raw string
	if err := h.App.DB().NewQuery("SELECT new_id_number || `before` || former FROM profile_changes WHERE id = {:id}").Bind(dbx.Params{"id": a.ID()}).Row(&raw); err != nil || strings.Contains(raw, valid()) || strings.Contains(raw, "11010519491231002X") {
		t.Error("a number lies open in the row", err)
	}
}

// TestStale: what has changed since the application is not written over.
func TestStale(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, profile.Definition())
	a := h.Create("li", service, profiletest.Form(map[string]any{"items": []string{"mobile"}, "new_mobile": "13900139000", "new_employer": nil}))
	owner := h.Find("candidates", modulestest.ID("li"))
	owner.Set("mobile", "13700137000")
	if err := h.App.Save(owner); err != nil {
		t.Fatal(err)
	}
	if b := decide(h, a.ID(), "approved"); b.Code != http.StatusConflict || b.Problem("status") != "profile_changed" {
		t.Errorf("%d %v", b.Code, b.Problems())
	}
	if got := sealed.Plain(h.Find("candidates", owner.Id), "mobile"); got != "13700137000" {
		t.Error("it was written over:", got)
	}
	decide(h, a.ID(), "returned")
	if b := h.Update("li", service, a.ID(), map[string]any{"rev": h.Row(service, a.ID()).Rev, "status": "submitted"}); b.Code != http.StatusOK {
		t.Fatal(b.Code, b.Body)
	}
	if b := decide(h, a.ID(), "approved"); b.Code != http.StatusOK {
		t.Errorf("confirmed anew: %d %v", b.Code, b.Problems())
	}
	if got := h.Send("li", http.MethodGet, "/api/portal/applications", nil).Code; got != http.StatusOK {
		t.Error("a new mobile ends the login:", got)
	}
}

// TestOther: the plain items, and the photo.
func TestOther(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, profile.Definition())
	a := h.Create("li", service, profiletest.Form(map[string]any{
		"items": []string{"ethnicity", "email", "education", "photo"}, "new_ethnicity": "汉族", "new_email": "li@example.com", "new_education": "master",
		"new_photo": modulestest.Scan("photo.jpg"), "new_employer": "不会被写入",
	}))
	if b := decide(h, a.ID(), "approved"); b.Code != http.StatusOK {
		t.Fatal(a.Body, b.Code, b.Body)
	}
	owner := h.Find("candidates", modulestest.ID("li"))
	for column, want := range map[string]string{"ethnicity": "汉族", "email": "li@example.com", "education": "master", "employer": ""} {
		if got := owner.GetString(column); got != want {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
	if owner.GetString("photo") == "" {
		t.Error("there is no photo")
	}
}

// TestOneAtATime: one open application for each candidate, and one effect of two
// approvals at the same moment.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	h := modulestest.New(t, profile.Definition())
	h.Listen()
	made := ""
	for _, a := range modulestest.Together(
		func() modulestest.Answer { return h.Create("li", service, profiletest.Form(nil)) },
		func() modulestest.Answer { return h.Create("li", service, profiletest.Form(nil)) },
	) {
		if a.Code == http.StatusOK {
			made = a.ID()
		} else if a.Problem("owner") != "duplicate_active" {
			t.Error(a.Code, a.Body)
		}
	}
	if h.Count(service) != 1 {
		t.Fatal(h.Count(service), "applications are open")
	}
	rev := h.Row(service, made).Rev
	approve := func(as string) func() modulestest.Answer {
		return func() modulestest.Answer {
			return h.Update(as, service, made, map[string]any{"rev": rev, "status": "approved"})
		}
	}
	done := 0
	for _, a := range modulestest.Together(approve("reviewer"), approve("reviewer2")) {
		if a.Code == http.StatusOK {
			done++
		}
	}
	if n, err := h.App.CountRecords("profile_history"); done != 1 || n != 1 || err != nil {
		t.Errorf("%d approvals, %d rows of history, %v", done, n, err)
	}
}
