package hooks_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"examhall/modules"
	"examhall/modules/modulestest"
	"examhall/modules/scorereview/scorereviewtest"
)

// offered is one line of what somebody may apply for.
type offered struct {
	Registration, Session, Opens, Closes string
	Title                                modules.Text
	Problem                              *struct{ Code string }
	Choices                              map[string][]offeredChoice
	Materials                            []struct {
		Slot, Need string
		MaxSize    int64 `json:"max_size"`
	}
}

type offeredChoice struct {
	Value       string
	Label, Note modules.Text
	Problem     *struct{ Code string }
}

// offers returns what somebody may apply for, by registration.
func offers(h *modulestest.Hall, as, query string) map[string]offered {
	h.T.Helper()
	a := h.Send(as, http.MethodGet, "/api/portal/services/"+reviews+"/offers"+query, nil)
	var list []offered
	if err := json.Unmarshal([]byte(a.Body), &list); a.Code != http.StatusOK || err != nil {
		h.T.Fatal(a.Code, a.Body)
	}
	all := map[string]offered{}
	for _, o := range list {
		all[o.Registration] = o
	}
	return all
}

func (o offered) problem() string {
	if o.Problem == nil {
		return ""
	}
	return o.Problem.Code
}

// TestOffers lists the own registrations only, each with when it opens and
// closes, and each subject with why it cannot be reviewed.
func TestOffers(t *testing.T) {
	t.Parallel()
	h := open(t)
	other := h.Subject(modulestest.Registration)
	h.Create("li", reviews, scorereviewtest.Form(m{"items": scorereviewtest.About(other)}))
	refunded := h.Find("registration_subjects", h.Subject(modulestest.Registration))
	refunded.Set("status", "refunded")
	if err := h.App.Save(refunded); err != nil {
		t.Fatal(err)
	}

	list := offers(h, "li", "")
	if len(list) != 2 {
		t.Fatalf("%d offers, want those of the two own registrations: %+v", len(list), list)
	}
	o := list[modulestest.Registration]
	if o.problem() != "" || o.Title.ZH != "2026年度一级造价工程师" || o.Opens != "2026-11-20 02:00:00.000Z" || o.Closes != "2026-12-21 15:59:59.000Z" {
		t.Errorf("%+v", o)
	}
	want := map[string]string{
		modulestest.Law:       "subject_objective",
		modulestest.Practice:  "",
		modulestest.Economics: "", // objective, but absent
		modulestest.Drafting:  "",
		other:                 "once_only",
		refunded.Id:           "not_eligible",
	}
	for _, c := range o.Choices["items"] {
		code, known := want[c.Value]
		got := ""
		if c.Problem != nil {
			got = c.Problem.Code
		}
		if !known || got != code {
			t.Errorf("%s: %q, want %q", c.Label.ZH, got, code)
		}
		delete(want, c.Value)
	}
	if len(want) > 0 {
		t.Errorf("not among the choices: %v", want)
	}
	i := slices.IndexFunc(o.Choices["items"], func(c offeredChoice) bool { return c.Value == modulestest.Practice })
	if c := o.Choices["items"][i]; c.Note.ZH != "主观题，公布成绩：53.9" || c.Note.EN != "subjective, published result: 53.9" {
		t.Errorf("%+v", c)
	}
	for _, material := range o.Materials {
		if material.Need != "required" || material.MaxSize != 5<<20 {
			t.Errorf("%+v", material)
		}
	}
	if len(o.Materials) != 3 {
		t.Errorf("%+v", o.Materials)
	}
}

// TestOffersBeforePublication shows no score, nor which subjects there are, of a
// session whose scores are not published: not yet, or not for a minute.
func TestOffersBeforePublication(t *testing.T) {
	t.Parallel()
	h := open(t)
	session := h.Find("exam_sessions", modulestest.Unpublished)
	h.Add("registration_subjects", "", m{
		"registration": modulestest.LateRegistration, "code": "98", "name": "未公布科目", "type": "subjective", "flag": "normal",
		"score": 987, "pass_mark": 540, "status": "active",
	})
	for _, c := range []struct {
		published any
		code      string
		choices   int
	}{
		{"", "window_not_open", 0},
		{modulestest.Start().Add(time.Minute), "window_not_open", 0},
		{modulestest.Start(), "", 1},
	} {
		session.Set("score_published", c.published)
		if err := h.App.Save(session); err != nil {
			t.Fatal(err)
		}
		o := offers(h, "li", "")[modulestest.LateRegistration]
		if o.problem() != c.code || len(o.Choices["items"]) != c.choices {
			t.Errorf("published %v: %q, %d choices", c.published, o.problem(), len(o.Choices["items"]))
		}
		body := h.Send("li", http.MethodGet, "/api/portal/services/"+reviews+"/offers", nil).Body
		if shown := strings.Contains(body, "98.7") || strings.Contains(body, "未公布科目"); shown != (c.choices > 0) {
			t.Errorf("published %v: the score is shown: %v", c.published, shown)
		}
	}
}

// TestOffersAfterTheWindow says until when there was time, and an operator's row
// lengthens it.
func TestOffersAfterTheWindow(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Travel(modulestest.Start().AddDate(0, 2, 0))
	if o := offers(h, "li", "")[modulestest.Registration]; o.problem() != "window_closed" || o.Closes != "2026-12-21 15:59:59.000Z" {
		t.Errorf("%+v", o)
	}
	h.Add("windows", "", m{"service": reviews, "session": modulestest.Session, "opens": modulestest.Start(), "closes": modulestest.Start().AddDate(0, 3, 0)})
	if o := offers(h, "li", "")[modulestest.Registration]; o.problem() != "" || o.Closes != "2027-02-23 02:00:00.000Z" {
		t.Errorf("with a row: %+v", o)
	}
}

// TestOffersForAnApplication offers an application the subjects that it has, and
// nobody learns anything about one of somebody else.
func TestOffersForAnApplication(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := reach(h, modules.Returned)
	subject := scorereviewtest.Subjects(h, id)[0]
	mine := offers(h, "li", "?application="+id)
	if len(mine) != 1 {
		t.Fatalf("%+v", mine)
	}
	for _, c := range mine[modulestest.Registration].Choices["items"] {
		if c.Value == subject && c.Problem != nil {
			t.Errorf("what it asks about is taken by itself: %+v", c.Problem)
		}
	}
	for _, query := range []string{"?application=" + id, "?application=none", "?application=" + id + "'--", "?application=%00"} {
		if list := offers(h, "wang", query); len(list) != 0 {
			t.Errorf("wang asks %s: %+v", query, list)
		}
	}
	if list := offers(h, "wang", "?owner="+modulestest.ID("li")); len(list) != 1 || list[modulestest.WangRegistration].Session != modulestest.Session {
		t.Errorf("wang asks for the offers of li: %+v", list)
	}
	cancelled := h.Find("registrations", modulestest.WangRegistration)
	cancelled.Set("status", "cancelled")
	if err := h.App.Save(cancelled); err != nil {
		t.Fatal(err)
	}
	if list := offers(h, "wang", ""); len(list) != 0 {
		t.Errorf("a registration that was cancelled: %+v", list)
	}
	for as, want := range map[string]int{"": 401, "reviewer": 403, "admin": 403} {
		if a := h.Send(as, http.MethodGet, "/api/portal/services/"+reviews+"/offers?owner="+modulestest.ID("li"), nil); a.Code != want {
			t.Errorf("%s: %d, want %d", as, a.Code, want)
		}
	}
}
