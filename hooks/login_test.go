package hooks

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// door is where candidates log in, with a clock that the test moves.
type door struct {
	*office
	clock time.Time
}

func openDoor(t *testing.T, change ...func(*Options)) *door {
	t.Helper()
	d := &door{clock: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)}
	d.office = openOffice(t, append(change, func(o *Options) { o.Now = func() time.Time { return d.clock } })...)
	return d
}

// captcha asks for a question and returns it with its answer.
func (d *door) captcha(t *testing.T) (c Captcha, digits string) {
	t.Helper()
	status, body := d.ask(t, "guest", "GET", "/api/portal/captcha", "")
	if err := json.Unmarshal([]byte(body), &c); err != nil || status != 200 {
		t.Fatal(status, body)
	}
	return c, d.portal.captchas.asked[c.ID].digits
}

const candidateLogin = "/api/collections/candidates/auth-with-password"

// enter logs a candidate in with the right password, and returns the status and
// the code beside the captcha.
func (d *door) enter(t *testing.T, id, digits string) (int, string) {
	t.Helper()
	status, body := d.ask(t, "guest", "POST", candidateLogin, credentials("zhangsan", password, id, digits))
	return status, code(body, "captcha")
}

func credentials(name, secret, id, digits string) string {
	raw, err := json.Marshal(map[string]string{"identity": name, "password": secret, "captcha_id": id, "captcha": digits})
	if err != nil {
		panic(err) // text always encodes
	}
	return string(raw)
}

// TestCaptchaIsSeenAndHeard says what a question looks and sounds like. Looking
// and listening use nothing up.
func TestCaptchaIsSeenAndHeard(t *testing.T) {
	d := openDoor(t)
	c, digits := d.captcha(t)
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(c.Image, "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	if picture, err := png.Decode(bytes.NewReader(raw)); err != nil || picture.Bounds().Dx() != 200 || picture.Bounds().Dy() != 80 {
		t.Error("the picture:", err)
	}
	if len(digits) != 4 || strings.Contains(c.ID+c.Audio, digits) {
		t.Errorf("the answer %q must be four digits that the question does not tell: %+v", digits, c)
	}
	for _, lang := range []string{"", "?lang=zh", "?lang=en", "?lang=xx"} {
		r := httptest.NewRequest("GET", c.Audio+lang, nil)
		w := httptest.NewRecorder()
		d.mux.ServeHTTP(w, r)
		sound := w.Body.Bytes()
		if w.Code != 200 || w.Header().Get("Content-Type") != "audio/wav" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", lang, w.Code, w.Header())
		}
		if len(sound) < 1000 || string(sound[:4]) != "RIFF" || string(sound[8:16]) != "WAVEfmt " {
			t.Errorf("%s: %d bytes that are no WAV", lang, len(sound))
		}
	}
	if status, _ := d.ask(t, "guest", "GET", "/api/portal/captcha/none/audio", ""); status != 404 {
		t.Error("the sound of nothing:", status)
	}
	if status, why := d.enter(t, c.ID, digits); status != 200 {
		t.Error("after all that the answer is right:", status, why)
	}
}

// TestCaptchaIsUsedOnce says that an answer counts once, right or wrong, for
// three minutes.
func TestCaptchaIsUsedOnce(t *testing.T) {
	d := openDoor(t)
	const invalid = "captcha_invalid"
	try := func(what, id, digits string, want int) {
		t.Helper()
		status, why := d.enter(t, id, digits)
		if status != want || (want == 400) != (why == invalid) {
			t.Errorf("%s: %d %q, want %d", what, status, why, want)
		}
	}
	c, digits := d.captcha(t)
	try("the right answer", c.ID, digits, 200)
	try("the same again", c.ID, digits, 400)

	c, digits = d.captcha(t)
	try("a wrong answer", c.ID, digits+"0", 400)
	try("the right one after it", c.ID, digits, 400)

	c, digits = d.captcha(t)
	other, _ := d.captcha(t)
	try("the answer to another question", other.ID, "x"+digits, 400)
	try("no question", "", "", 400)
	try("no question, with an answer", "none", digits, 400)
	try("no answer", c.ID, "", 400)

	c, digits = d.captcha(t)
	wrong := credentials("zhangsan", "not-the-password", c.ID, digits)
	if status, body := d.ask(t, "guest", "POST", candidateLogin, wrong); status != 400 || code(body, "captcha") != "" {
		t.Error("a wrong password:", status, body)
	}
	try("the answer that went with a wrong password", c.ID, digits, 400)

	for after, want := range map[time.Duration]int{captchaTime: 200, captchaTime + time.Second: 400} {
		c, digits = d.captcha(t)
		d.clock = d.clock.Add(after)
		try("after "+after.String(), c.ID, digits, want)
		if status, _ := d.ask(t, "guest", "GET", c.Audio, ""); status != 404 {
			t.Errorf("after %s it can still be heard: %d", after, status)
		}
	}
}

// TestCaptchaAsTyped reads digits as people type them: full-width, as a Chinese
// keyboard writes them, and with blanks around.
func TestCaptchaAsTyped(t *testing.T) {
	d := openDoor(t)
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	for name, typed := range map[string]func(string) string{
		"as shown": func(s string) string { return s }, "full-width": wide.Replace, "with blanks": func(s string) string { return " " + s + "\u3000" },
	} {
		c, digits := d.captcha(t)
		if status, why := d.enter(t, c.ID, typed(digits)); status != 200 {
			t.Errorf("%s: %d %s", name, status, why)
		}
	}
	c, digits := d.captcha(t)
	form := url.Values{"identity": {"zhangsan"}, "password": {password}, "captcha_id": {c.ID}, "captcha": {digits}}
	r := httptest.NewRequest("POST", candidateLogin, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	d.mux.ServeHTTP(w, r)
	if w.Code != 200 {
		t.Errorf("a plain form: %d %s", w.Code, w.Body)
	}
}

// TestCaptchasAreForgotten keeps the memory for questions in bounds: old ones
// go, and the oldest where there are too many.
func TestCaptchasAreForgotten(t *testing.T) {
	d := openDoor(t)
	list := d.portal.captchas
	for range 5 {
		d.captcha(t)
	}
	d.clock = d.clock.Add(captchaTime + time.Second)
	last, _ := d.captcha(t)
	if len(list.asked) != 1 || len(list.order) != 1 {
		t.Errorf("%d questions, %d in order, after those before are over", len(list.asked), len(list.order))
	}
	for range captchaMost {
		list.keep(core.GenerateDefaultRandomId(), asked{digits: "1234"})
	}
	if _, kept := list.asked[last.ID]; kept || len(list.asked) != captchaMost || len(list.order) != captchaMost {
		t.Errorf("%d questions, %d in order, want %d", len(list.asked), len(list.order), captchaMost)
	}
}

// TestCaptchaOff says that a server for tests asks none, and that nothing of a
// login is different otherwise.
func TestCaptchaOff(t *testing.T) {
	d := openDoor(t, func(o *Options) { o.CaptchaOff = true })
	_, body := d.ask(t, "guest", "GET", "/api/portal/captcha", "")
	var off map[string]any
	if err := json.Unmarshal([]byte(body), &off); err != nil || len(off) != 4 || off["off"] != true || off["id"] != "" || off["image"] != "" || off["audio"] != "" {
		t.Error(body)
	}
	if status, why := d.enter(t, "", ""); status != 200 {
		t.Error(status, why)
	}
	if status, _ := d.ask(t, "guest", "POST", candidateLogin, credentials("zhangsan", "wrong", "", "")); status != 400 {
		t.Error("a wrong password:", status)
	}
}

// TestLoginTellsNothing says that nobody learns by a login which user names
// exist: the captcha is looked at before the password, and then a wrong name
// and a wrong password get the same answer, to the byte.
func TestLoginTellsNothing(t *testing.T) {
	d := openDoor(t)
	ask := func(name, secret string, solved bool) string {
		t.Helper()
		c, digits := d.captcha(t)
		if !solved {
			digits = "none"
		}
		r := httptest.NewRequest("POST", candidateLogin, strings.NewReader(credentials(name, secret, c.ID, digits)))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		d.mux.ServeHTTP(w, r)
		var answer strings.Builder
		if err := w.Result().Header.Write(&answer); err != nil {
			t.Fatal(err)
		}
		return http.StatusText(w.Code) + answer.String() + w.Body.String()
	}
	wrong := ask("zhangsan", "not-the-password", true)
	if !strings.Contains(wrong, `"login_failed"`) {
		t.Fatal(wrong)
	}
	unsolved := ask("zhangsan", password, false)
	if !strings.Contains(unsolved, "captcha_invalid") {
		t.Fatal(unsolved)
	}
	for what, got := range map[string][2]string{
		"an unknown name":                        {ask("nobodyhere", password, true), wrong},
		"a name in other letters":                {ask("ZHANGSAN", "not-the-password", true), wrong},
		"an address in place of a name":          {ask("zhangsan@examhall.test", password, true), wrong},
		"the name of staff":                      {ask("reviewer", password, true), wrong},
		"SQL":                                    {ask("' OR 1=1 --", password, true), wrong},
		"an unknown name, no captcha":            {ask("nobodyhere", password, false), unsolved},
		"a wrong password, no captcha":           {ask("zhangsan", "not-the-password", false), unsolved},
		"an unknown name, wrong too, no captcha": {ask("nobodyhere", "not-the-password", false), unsolved},
	} {
		if got[0] != got[1] {
			t.Errorf("%s:\n%s\nbut for a known one:\n%s", what, got[0], got[1])
		}
	}
}

// TestNoWayAroundTheCaptcha tries the same door under its other names.
func TestNoWayAroundTheCaptcha(t *testing.T) {
	d := openDoor(t)
	c, err := d.FindCollectionByNameOrId("candidates")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"candidates", c.Id, "Candidates", "CANDIDATES"} {
		status, body := d.ask(t, "guest", "POST", "/api/collections/"+name+"/auth-with-password", credentials("zhangsan", password, "", ""))
		if status == 200 || status == 400 && code(body, "captcha") != "captcha_invalid" {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	for _, way := range []string{"auth-with-otp", "request-otp", "auth-with-oauth2"} {
		if status, body := d.ask(t, "guest", "POST", "/api/collections/candidates/"+way, credentials("zhangsan", password, "", "")); status != 403 {
			t.Errorf("%s: %d %s", way, status, body)
		}
	}
}
